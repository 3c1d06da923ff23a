"""Turns what a validator finds wrong with an entry of a file into findings of ours: each names the entry, what was found there
and what is accepted, in words that `wording` has in every language.

Knows pydantic's kinds of error; must know no file format and no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from roi_tool.problems.problem import Problem, Severity, Where

_CODES: Mapping[str, str] = {
    "missing": "entry_missing",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), "entry_not_whole"),
    **dict.fromkeys(("decimal_parsing", "decimal_type", "finite_number", "float_parsing", "float_type"), "entry_not_number"),
    "decimal_max_places": "entry_too_precise",
    **dict.fromkeys(("decimal_max_digits", "decimal_whole_digits"), "entry_too_many_figures"),
    **dict.fromkeys(("tuple_type", "list_type"), "entry_not_list"),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), "entry_not_entries"),
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode"), "entry_not_text"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "entry_not_yes_no"),
    **dict.fromkeys(
        (
            "date_type",
            "date_parsing",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
            "datetime_type",
            "datetime_parsing",
        ),
        "entry_not_date",
    ),
    "string_too_short": "entry_empty",
    "string_too_long": "entry_too_long",
    "too_short": "entry_too_few",
    **dict.fromkeys(("greater_than_equal", "greater_than"), "entry_too_small"),
    **dict.fromkeys(("less_than_equal", "less_than"), "entry_too_large"),
    **dict.fromkeys(("literal_error", "enum"), "entry_not_among"),
    "string_pattern_mismatch": "entry_wrong_form",
    "extra_forbidden": "entry_unknown",
    "range_order": "entry_range_order",
    "termination_needs": "entry_missing",
    "termination_extra": "entry_unknown",
}
"""Kind of error → our code. A kind that is not here is said with the validator's own words (`entry_wrong`)."""
_LIMITS = ("ge", "gt", "le", "lt", "max_length", "min_length", "decimal_places", "max_digits", "whole_digits")
_FORMS: Mapping[str, str] = {
    r"^[A-Z]{3}$": "form.currency",
    r"^[A-Z]{2}$": "form.country",
    r"^([A-Z]{2})?$": "form.country",
    r"^[a-z][a-z0-9_]*$": "form.id",
    r"^[A-Z0-9][A-Z0-9._-]*$": "form.sku",
    r"^\d{2,15}$": "form.number",
}
"""Pattern → the words for what it accepts."""


def entry_findings(error: ValidationError, model: type[BaseModel], where: Where, above: str = "") -> list[Problem]:
    """Return one finding for each error.

    Args:
        error: as the validator raised it.
        model: that was validated; it knows which entries there are.
        where: the file, and the row where it can be told.
        above: what the entry belongs to, such as `product SBC`.
    """
    return [_finding(item, model, where, above) for item in error.errors(include_url=False)]


def _finding(item: Any, model: type[BaseModel], where: Where, above: str) -> Problem:
    place = [part for part in item["loc"] if not str(part).startswith("function-")]
    path = ".".join(str(part) for part in place)
    found = item["input"]
    detail = {
        "entry": f"{above}, {path}" if above and path else above or path or "–",
        "found": "–" if isinstance(found, dict | list | tuple) else str(found)[:80],
    }
    code = _CODES.get(item["type"], "entry_wrong")
    context = item.get("ctx", {})
    if code == "entry_unknown":
        known = context["known"].split(", ") if "known" in context else _entries_at(model, place[:-1])
        close = get_close_matches(str(place[-1]), known, n=1) or known
        detail["known"] = ", ".join(close)
    elif code == "entry_not_among":
        detail["known"] = ", ".join(re.findall(r"'([^']*)'", context.get("expected", "")))
    elif code == "entry_wrong_form":
        detail["form"] = _FORMS.get(context.get("pattern", ""), str(context.get("pattern", "")))
    elif code == "entry_wrong":
        detail["reason"] = item["msg"].removeprefix("Value error, ")
    limit = next((context[name] for name in _LIMITS if name in context), None)
    if limit is not None:
        detail["limit"] = str(limit)
    if item["type"] in ("greater_than", "less_than"):
        code += "_or_equal"
    return Problem(code, Severity.ERROR, where, detail)


def _entries_at(model: type[BaseModel], place: list[Any]) -> list[str]:
    """Return the entries that there are at a place inside a model."""
    for part in place:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(str(part))
        if field is None:
            continue  # the key of a mapping: its model was taken with the mapping
        found = next(_models(field.annotation), None)
        if found is None:
            return []
        model = found
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Return the models that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, UnionType) or get_args(annotation):
        for part in get_args(annotation):
            yield from _models(part)
