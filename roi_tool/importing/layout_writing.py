"""Writes a layout as a TOML file that `read_layout` reads back the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from roi_tool.importing.layout import Layout
from roi_tool.importing.layout_library import all_layouts, known_layouts, user_layout_folder
from roi_tool.problems import Problem, ProblemError, Where


def layout_toml(layout: Layout) -> str:
    """Return a layout as TOML; what has its default value is left out."""
    values = layout.model_dump(mode="json", exclude_defaults=True)
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for name, table in values.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def layout_name(text: str) -> str:
    """Return a name that a layout may have: small letters, digits and low lines; "my_layout" where nothing is left.

    >>> layout_name("Acme Bill (May).csv"), layout_name("电信")
    ('acme_bill_may_csv', 'my_layout')
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "my_layout"


def free_name(text: str) -> str:
    """Return a name after `text` that no known layout has."""
    wanted, taken = layout_name(text), {layout.name for layout in all_layouts()}
    names = (wanted, *(f"{wanted}_{number}" for number in range(2, 10_000)))
    return next(name for name in names if name not in taken)


def save_layout(layout: Layout, folder: Path | None = None) -> Path:
    """Write a layout into the user's folder, in one step; one of the user's of that name is replaced.

    Raises:
        ProblemError: it has the name of a shipped layout (`layout_name_taken`), or cannot be written (`layout_not_written`).
    """
    if layout.name in {known.name for known in known_layouts()}:
        raise ProblemError(Problem("layout_name_taken", detail={"layout": layout.name}))
    file = (folder or user_layout_folder()) / f"{layout.name}.toml"
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(layout_toml(layout), encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        detail = {"reason": error.strerror or str(error)}
        raise ProblemError(Problem("layout_not_written", where=Where(str(file)), detail=detail)) from error
    return file


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _value(text)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A JSON text, number or truth value is a TOML one, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
