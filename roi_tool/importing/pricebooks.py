"""Reads a price book: a folder of TOML files and tariff folders. Every finding names the file, the entry and the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from roi_tool.importing.tariffs import read_tariff
from roi_tool.pricebook import Assumption, ItemSet, Offer, PriceBook, Product, TaxRule, TypicalCall, check_price_book
from roi_tool.problems import Problem, ProblemError, Severity, Where
from roi_tool.problems.entries import entry_findings
from roi_tool.tariff import Tariff

HEAD = "pricebook.toml"
MOST_BYTES = 5_000_000
"""A file of a price book larger than this is refused unread."""

_PARTS: Mapping[str, tuple[str, str, type[BaseModel], str, bool]] = {
    # part of the book: (file, table in it, model, what names an entry, whether the file must be there)
    "products": ("products.toml", "product", Product, "sku", True),
    "offers": ("offers.toml", "offer", Offer, "option", True),
    "sets": ("sets.toml", "set", ItemSet, "name", False),
    "assumptions": ("assumptions.toml", "assumption", Assumption, "id", True),
    "taxes": ("taxes.toml", "tax", TaxRule, "name", False),
    "typical_calls": ("typical_calls.toml", "call", TypicalCall, "called_class", False),
}


def read_pricebook(folder: Path) -> PriceBook:
    """Read and validate a price book.

    Raises:
        ProblemError: with every finding at once: a file that is missing or no TOML, an unknown key, a wrong price, an offer
            that names what is not there. Each says the file, the row where it can be told, the entry and the reason.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ProblemError(Problem("pricebook_no_folder", where=Where(str(folder))))
    problems: list[Problem] = []
    head, _ = _read_toml(folder / HEAD, problems)
    parts: dict[str, Any] = {}
    for part, (file, table, model, key, needed) in _PARTS.items():
        path = folder / file
        parts[part] = _entries(path, table, model, key, problems) if needed or path.is_file() else ()
    parts["offers"] = _written_out(parts["offers"], parts.pop("sets"), folder, problems)
    tariffs = _tariffs(folder, head.pop("tariffs", {}), problems)
    if problems:
        raise ProblemError(*problems)
    try:
        book = PriceBook.model_validate({**head, **parts, "tariffs": tariffs})
    except ValidationError as error:
        raise ProblemError(*entry_findings(error, PriceBook, Where(str(folder / HEAD)), "pricebook")) from None
    wrong = check_price_book(book)
    if wrong:
        raise ProblemError(*(_located(problem, folder) for problem in wrong))
    return book


def _written_out(offers: Sequence[Offer], sets: Sequence[ItemSet], folder: Path, problems: list[Problem]) -> tuple[Offer, ...]:
    """Return the offers with the items of the sets that they name."""
    known = {one.name: one for one in sets}
    path = folder / _PARTS["offers"][0]
    problems += [
        _wrong("entry_not_among", path, f"offer {offer.option}, sets", found=name, known=", ".join(known) or "–")
        for offer in offers
        for name in offer.sets
        if name not in known
    ]
    return tuple(offer.with_items_of(known) for offer in offers if set(offer.sets) <= set(known))


def _read_toml(path: Path, problems: list[Problem]) -> tuple[dict[str, Any], str]:
    where = Where(str(path))
    if not path.is_file():
        problems.append(Problem("pricebook_no_file", where=where, detail={"name": path.name}))
        return {}, ""
    if path.stat().st_size > MOST_BYTES:
        problems.append(Problem("pricebook_too_large", where=where, detail={"limit": str(MOST_BYTES // 1_000_000)}))
        return {}, ""
    try:
        text = path.read_text(encoding="utf-8")
        # Floats are kept as written: 9.5 is 9.5, never 9.4999…
        return tomllib.loads(text, parse_float=str), text
    except UnicodeDecodeError:
        problems.append(Problem("file_not_text", where=where))
    except tomllib.TOMLDecodeError as error:
        row = re.search(r"line (\d+)", str(error))
        at = Where(str(path), int(row.group(1)) if row else None)
        problems.append(Problem("pricebook_not_toml", where=at))
    return {}, ""


def _entries(path: Path, table: str, model: type[BaseModel], key: str, problems: list[Problem]) -> tuple[BaseModel, ...]:
    content, text = _read_toml(path, problems)
    problems.extend(_wrong("entry_unknown", path, name, found="", known=f"[[{table}]]") for name in content if name != table)
    rows = content.get(table, [])
    if not isinstance(rows, list):
        problems.append(_wrong("entry_unknown", path, table, found="", known=f"[[{table}]]"))
        return ()
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == f"[[{table}]]"]
    entries = []
    for position, row in enumerate(rows):
        line = lines[position] if len(lines) == len(rows) else None
        name = f"{table} {row.get(key, position + 1)}" if isinstance(row, dict) else table
        try:
            entries.append(model.model_validate(row))
        except ValidationError as error:
            problems.extend(entry_findings(error, model, Where(str(path), line), name))
    return tuple(entries)


def _wrong(code: str, path: Path, entry: str, **detail: str) -> Problem:
    return Problem(code, Severity.ERROR, Where(str(path)), {"entry": entry, **detail})


def _tariffs(folder: Path, named: Any, problems: list[Problem]) -> dict[str, Tariff]:
    if not isinstance(named, dict):
        problems.append(_wrong("entry_not_entries", folder / HEAD, "tariffs", found=str(named)[:80]))
        return {}
    tariffs = {}
    for name, place in named.items():
        path = (folder / str(place)).resolve()
        if not path.is_relative_to(folder.resolve()):
            problems.append(_wrong("pricebook_tariff_outside", folder / HEAD, f"tariffs.{name}", found=str(place)))
            continue
        try:
            tariffs[name] = read_tariff(path)
        except ProblemError as error:
            problems.extend(error.problems)
    return tariffs


def _located(problem: Problem, folder: Path) -> Problem:
    """Give a book's own finding the file in which its entry stands."""
    kind = problem.detail["of"].split(" ")[0].rstrip("s")
    files = {table: file for file, table, *_ in _PARTS.values()}
    file = folder / files.get(kind, HEAD)
    return Problem(problem.code, problem.severity, Where(str(file)), problem.detail)
