"""Reads a price book: a folder of TOML files and tariff folders. Every finding names the file, the entry and the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from roi_tool.importing.tariffs import read_tariff
from roi_tool.pricebook import Assumption, Offer, PriceBook, Product, TaxRule, TypicalCall, check_price_book
from roi_tool.problems import Problem, ProblemError, Severity, Where
from roi_tool.tariff import Tariff

HEAD = "pricebook.toml"
MOST_BYTES = 5_000_000
"""A file of a price book larger than this is refused unread."""

_PARTS: Mapping[str, tuple[str, str, type[BaseModel], str, bool]] = {
    # part of the book: (file, table in it, model, what names an entry, whether the file must be there)
    "products": ("products.toml", "product", Product, "sku", True),
    "offers": ("offers.toml", "offer", Offer, "option", True),
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
    tariffs = _tariffs(folder, head.pop("tariffs", {}), problems)
    if problems:
        raise ProblemError(*problems)
    try:
        book = PriceBook.model_validate({**head, **parts, "tariffs": tariffs})
    except ValidationError as error:
        raise ProblemError(*_findings(error, folder / HEAD, "pricebook", "")) from None
    wrong = check_price_book(book)
    if wrong:
        raise ProblemError(*(_located(problem, folder) for problem in wrong))
    return book


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
        problems.append(Problem("pricebook_not_toml", where=where, detail={"reason": "it is not UTF-8 text"}))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem("pricebook_not_toml", where=where, detail={"reason": str(error)}))
    return {}, ""


def _entries(path: Path, table: str, model: type[BaseModel], key: str, problems: list[Problem]) -> tuple[BaseModel, ...]:
    content, text = _read_toml(path, problems)
    reason = f"unknown key; entries are called [[{table}]]"
    problems.extend(_wrong(path, None, name, name, reason) for name in content if name != table)
    rows = content.get(table, [])
    if not isinstance(rows, list):
        problems.append(_wrong(path, None, table, table, f"write each entry as [[{table}]]"))
        return ()
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == f"[[{table}]]"]
    entries = []
    for position, row in enumerate(rows):
        line = lines[position] if len(lines) == len(rows) else None
        name = f"{table} {row.get(key, position + 1)}" if isinstance(row, dict) else table
        try:
            entries.append(model.model_validate(row))
        except ValidationError as error:
            problems.extend(_findings(error, path, name, "" if line is None else str(line)))
    return tuple(entries)


def _findings(error: ValidationError, path: Path, entry: str, line: str) -> list[Problem]:
    findings = []
    for item in error.errors(include_url=False):
        key = ".".join(str(part) for part in item["loc"]) or "entry"
        given = "" if isinstance(item["input"], dict | list) else f" (found: {item['input']})"
        reason = "unknown key" if item["type"] == "extra_forbidden" else item["msg"].removeprefix("Value error, ") + given
        findings.append(_wrong(path, int(line) if line else None, entry, key, reason))
    return findings


def _wrong(path: Path, row: int | None, entry: str, key: str, reason: str) -> Problem:
    detail = {"entry": entry, "key": key, "reason": reason}
    return Problem("pricebook_wrong", Severity.ERROR, Where(str(path), row), detail)


def _tariffs(folder: Path, named: Any, problems: list[Problem]) -> dict[str, Tariff]:
    if not isinstance(named, dict):
        problems.append(_wrong(folder / HEAD, None, "tariffs", "tariffs", "write a table of id = folder"))
        return {}
    tariffs = {}
    for name, place in named.items():
        path = (folder / str(place)).resolve()
        if not path.is_relative_to(folder.resolve()):
            problems.append(_wrong(folder / HEAD, None, "tariffs", name, f"{place} lies outside the price book"))
            continue
        try:
            tariffs[name] = read_tariff(path)
        except ProblemError as error:
            problems.extend(error.problems)
    return tariffs


def _located(problem: Problem, folder: Path) -> Problem:
    """Give a book's own finding the file in which its entry stands."""
    kind = problem.detail["entry"].split(" ")[0].rstrip("s")
    files = {table: file for file, table, *_ in _PARTS.values()}
    file = folder / files.get(kind, HEAD)
    return Problem(problem.code, problem.severity, Where(str(file)), problem.detail)
