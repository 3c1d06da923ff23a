"""Deck rows in our own format: a CSV file beside `tariff.toml`, or `[[deck]]` tables in it. Rows with prices make rates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.tariff import DeckEntry, Rate

PRICE_COLUMNS = ("price_per_minute", "increments", "connect_fee", "minimum_s")
ENTRY_COLUMNS = (
    "prefix",
    "rate",
    "destination",
    "group",
    "band",
    "direction",
    "called_class",
    "jurisdiction",
    "valid_from",
    "valid_till",
    "weight",
    "exact",
)
MOST_REPORTED = 50
_TRUE = {"1", "true", "yes"}
_FALSE = {"", "0", "false", "no"}


@dataclass
class DeckReading:
    """What was read so far: entries, rates that rows with prices made, and what is wrong with which row."""

    timezone: str
    entries: list[DeckEntry] = field(default_factory=list)
    rates: dict[str, Rate] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: list[Where] = field(default_factory=list)
    """Where each entry stands."""
    unread: list[str] = field(default_factory=list)
    """Prefixes, as they stand there, of rows that cannot be used."""
    _moments: dict[str, datetime | None] = field(default_factory=dict)

    def add(self, cells: Mapping[str, str], where: Where) -> None:
        """Read one row of texts by column name; "" is not given."""
        try:
            self.entries.append(self._entry(cells))
            self.places.append(where)
        except (ValueError, InvalidOperation) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            self.problems.append(Problem("tariff_deck_row", where=where, detail={"reason": _plain(reason)}))
            self.unread.append((cells.get("prefix") or "").strip())

    def _entry(self, cells: Mapping[str, str]) -> DeckEntry:
        get = cells.get
        prefix = (get("prefix") or "").strip()
        prefix = "" if prefix == "*" else prefix.removeprefix("+")
        if any(letter in prefix for letter in ".,") or (prefix[:1].isdigit() and "E" in prefix.upper()):
            raise ValueError(f"the prefix “{prefix}” was damaged by a spreadsheet; format the column as text and export again")
        exact = (get("exact") or "").strip().lower()
        if exact not in _TRUE | _FALSE:
            raise ValueError(f"“{exact}” is neither yes nor no")
        return DeckEntry(
            prefix=prefix,
            rate=get("rate") or self._priced(cells),
            destination=get("destination") or "",
            group=get("group") or "",
            band=get("band") or "",
            direction=get("direction") or "outbound",
            called_class=get("called_class") or "",
            jurisdiction=get("jurisdiction") or "",
            valid_from=self._moment(get("valid_from") or ""),
            valid_till=self._moment(get("valid_till") or ""),
            weight=float(get("weight") or 0),
            exact=exact in _TRUE,
        )

    def _priced(self, cells: Mapping[str, str]) -> str:
        price = (cells.get("price_per_minute") or "").strip()
        if not price:
            raise ValueError("it has neither a rate nor a price per minute")
        increments = (cells.get("increments") or "1/1").strip()
        fee, minimum = (cells.get("connect_fee") or "0").strip(), (cells.get("minimum_s") or "0").strip()
        name = f"{price}/min {increments}"
        name += f" +{fee}" if fee != "0" else ""
        name += f" min {minimum}s" if minimum != "0" else ""
        if name not in self.rates:
            amount, connect = decimal_of(price), decimal_of(fee)
            self.rates[name] = Rate.per_minute(name, amount, increments, connect_fee=connect, minimum_ms=milliseconds(minimum))
        return name

    def _moment(self, text: str) -> datetime | None:
        if text not in self._moments:
            self._moments[text] = moment(text, self.timezone)
        return self._moments[text]


def read_deck_csv(path: Path, reading: DeckReading) -> None:
    """Read a deck file into `reading`.

    Raises:
        ProblemError: the file cannot be read as text, or a column is not known.
    """
    for number, cells in _records(path):
        reading.add(cells, Where(file=str(path), row=number))


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ProblemError(Problem("tariff_file_missing", where=Where(file=str(path)))) from error
    except UnicodeDecodeError as error:
        raise ProblemError(Problem("tariff_not_utf8", where=Where(file=str(path)))) from error
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(rows, [])]
    unknown = [name for name in header if name not in ENTRY_COLUMNS + PRICE_COLUMNS]
    if unknown or "prefix" not in header:
        detail = {"columns": ", ".join(unknown) or "–", "known": ", ".join(ENTRY_COLUMNS + PRICE_COLUMNS)}
        raise ProblemError(Problem("tariff_deck_columns", where=Where(file=str(path), row=1), detail=detail))
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield rows.line_num, dict(zip(header, cells, strict=False))


def raise_collected(problems: Iterable[Problem]) -> None:
    """Raise what was collected, if anything: the first `MOST_REPORTED` findings and a word on the others."""
    found = list(problems)
    if not found:
        return
    if len(found) > MOST_REPORTED:
        rest = Problem("tariff_more_rows", detail={"count": str(len(found) - MOST_REPORTED)})
        found = [*found[:MOST_REPORTED], rest]
    raise ProblemError(*found)


def decimal_of(text: object) -> Decimal:
    """Read a number written with a point.

    Raises:
        ValueError: it is none.
    """
    try:
        return Decimal(str(text).strip())
    except InvalidOperation as error:
        raise ValueError(f"“{text}” is no number") from error


def milliseconds(seconds: object) -> int:
    """Read seconds (decimals allowed) as whole milliseconds."""
    scaled = decimal_of(seconds) * 1000
    if scaled != scaled.to_integral_value():
        raise ValueError(f"“{seconds}” s is finer than a millisecond")
    return int(scaled)


def moment(value: object, timezone: str) -> datetime | None:
    """Read a date (its midnight in the tariff's zone) or a date with time; None for nothing.

    Raises:
        ValueError: it cannot be read.
    """
    if value in ("", None):
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError(f"“{value}” is no date such as 2026-05-01") from error
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        raise ValueError(f"“{value}” is no date such as 2026-05-01")
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(timezone or "UTC"))


def _plain(reason: str) -> str:
    return reason.removeprefix("Value error, ").rstrip(".")
