"""Reads `tariff.toml`: the author's words (seconds, times of day, weekday names) become the model's values."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from roi_tool.importing.tariffs.deck_rows import (
    ENTRY_COLUMNS,
    PRICE_COLUMNS,
    DeckReading,
    milliseconds,
    moment,
    raise_collected,
    read_deck_csv,
)
from roi_tool.importing.tariffs.withheld_rows import Withheld, without_conflicts
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.tariff import Rate, Tariff, clock_seconds, increment_slots

Table = dict[str, Any]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TARIFF_FILE = "tariff.toml"


def read_tariff(path: Path | str) -> Tariff:
    """Read a tariff: a folder with `tariff.toml`, or such a file itself. See docs/tariff-format.md.

    Raises:
        ProblemError: it cannot be read or is not valid; every bad deck row is named with its row.
    """
    return _read(path, None)


def read_tariff_leniently(path: Path | str) -> tuple[Tariff, tuple[Problem, ...]]:
    """Read a tariff without the deck rows that cannot be used; a number that such a row might price has no price.

    See docs/decisions/0010: no call falls to a shorter prefix because the row that priced it is damaged.

    Returns:
        The tariff, and a finding for each row left out and each pair of rows that conflict.

    Raises:
        ProblemError: it cannot be read at all, or what a bad row prices cannot even be guessed.
    """
    withheld = Withheld()
    tariff = without_conflicts(_read(path, withheld), withheld)
    return tariff, tuple(withheld.problems)


def _read(path: Path | str, withheld: Withheld | None) -> Tariff:
    given = Path(path)
    file = given / TARIFF_FILE if given.is_dir() else given
    if file.exists() and not file.is_file():  # a device or a pipe may never end
        raise ProblemError(Problem("tariff_file_missing", where=Where(file=str(file))))
    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        several = sorted(one.parent.name for one in given.glob(f"*/{TARIFF_FILE}")) if given.is_dir() else []
        if several:
            names = ", ".join(several[:10])
            raise ProblemError(Problem("tariff_several", where=Where(file=str(given)), detail={"names": names})) from error
        raise ProblemError(Problem("tariff_file_missing", where=Where(file=str(file)))) from error
    except UnicodeDecodeError as error:
        raise ProblemError(Problem("tariff_not_utf8", where=Where(file=str(file)))) from error
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(Problem("tariff_not_toml", where=Where(file=str(file)), detail={"reason": str(error)})) from error
    return _tariff(table, file, withheld)


def _tariff(table: Table, file: Path, withheld: Withheld | None) -> Tariff:
    values = dict(table)
    try:
        zone = str(values.get("timezone", ""))
        reading = DeckReading(zone)
        _read_decks(values, file, reading)
        if withheld is None:
            raise_collected(reading.problems)
        values["bands"] = [_band(band, zone) for band in values.pop("bands", [])]
        rates = _rates(values.pop("rates", []), file, withheld)
        named = {rate.id if isinstance(rate, Rate) else rate.get("id") for rate in rates}
        values["rates"] = [*rates, *(rate for rate in reading.rates.values() if rate.id not in named)]
        values["carriers"] = [_carrier(carrier, file.parent, withheld) for carrier in values.pop("carriers", [])]
        for name in ("surcharges", "taxes"):
            values[name] = [_dated(levy, zone) for levy in values.pop(name, [])]
        for name in ("allowances", "tier_tables", "fair_use"):
            values[name] = [_with_reach(rule) for rule in values.get(name, [])]
        values["surcharges"] = [_with_reach(rule) for rule in values["surcharges"]]
        if "minimum_spend" in values:
            values["minimum_spend"] = _with_reach(values["minimum_spend"])
        values = _exact_numbers(values)
        values["deck"] = tuple(reading.entries)
        if withheld is not None:
            withheld.leave_out(reading, values)
        return Tariff.model_validate(values)
    except ValidationError as error:
        raise ProblemError(*(_problem(one, file) for one in error.errors()[:20])) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ProblemError(Problem("tariff_invalid", where=Where(file=str(file)), detail={"reason": str(error)})) from error


def _read_decks(values: Table, file: Path, reading: DeckReading) -> None:
    for name in values.pop("decks", []):
        read_deck_csv(file.parent / str(name), reading)
    for row in values.pop("deck", []):
        unknown = set(row) - set(ENTRY_COLUMNS) - set(PRICE_COLUMNS)
        if unknown:
            raise ValueError(f"a deck row does not know “{', '.join(sorted(unknown))}”")
        reading.add({name: _text(cell) for name, cell in row.items()}, Where(file=str(file), column=str(row.get("prefix", ""))))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)


def _problem(error: Any, file: Path) -> Problem:
    path = ".".join(str(step) for step in error["loc"])
    reason = str(error["msg"]).removeprefix("Value error, ")
    return Problem("tariff_invalid", where=Where(file=str(file), column=path), detail={"reason": reason})


def _exact_numbers(value: Any) -> Any:
    """Floats of TOML become the decimals that were written: 0.012 is meant exactly."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {name: _exact_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_exact_numbers(one) for one in value]
    return value


def _band(band: Table, zone: str) -> Table:
    values = dict(band)
    if "from" in values or "till" in values:
        values["windows"] = [f"{values.pop('from', '00:00')}-{values.pop('till', '24:00')}"]
    windows = values.get("windows")
    if windows is not None:
        values["windows"] = [_window(one) for one in windows]
    if "weekdays" in values:
        values["weekdays"] = _weekdays(values["weekdays"])
    return _dated(values, zone)


def _window(window: Any) -> Table:
    if isinstance(window, dict):
        return window
    start, _, end = str(window).partition("-")
    return {"start_s": clock_seconds(start), "end_s": clock_seconds(end)}


def _weekdays(given: Any) -> list[int]:
    """Read `"mon-fri, sun"`, or a list of numbers (1 is Monday) or names."""
    if isinstance(given, list):
        return [day if isinstance(day, int) else _weekday(day) for day in given]
    days: list[int] = []
    for part in str(given).split(","):
        first, dash, last = part.strip().partition("-")
        low = _weekday(first)
        high = _weekday(last) if dash else low
        days += range(low, high + 1) if low <= high else [*range(low, 8), *range(1, high + 1)]
    return days


def _weekday(name: str) -> int:
    short = name.strip().lower()[:3]
    if short not in WEEKDAYS:
        raise ValueError(f"“{name}” is no weekday such as mon")
    return WEEKDAYS.index(short) + 1


def _rates(tables: list[Table], file: Path, withheld: Withheld | None) -> list[Table | Rate]:
    """Read the rates; leniently without those that are not valid: the deck rows that name them close their numbers."""
    if withheld is None:
        return [_rate(table) for table in tables]
    good: list[Table | Rate] = []
    for number, table in enumerate(tables):
        try:
            good.append(Rate.model_validate(_exact_numbers(_rate(table))))
        except (ValueError, TypeError, ArithmeticError) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            where = Where(file=str(file), column=f"rates.{number}")
            detail = {"rate": str(table.get("id", number + 1)), "reason": str(reason).removeprefix("Value error, ")}
            withheld.problems.append(Problem("tariff_rate_left_out", where=where, detail=detail))
    return good


def _rate(rate: Table) -> Table:
    values = _seconds(rate)
    if "price_per_minute" in values:
        text = str(values.pop("price_per_minute"))
        try:
            price = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(f"“{text}” is no price per minute") from error
        if not price.is_finite():
            raise ValueError(f"“{text}” is no price per minute")
        values["slots"] = increment_slots(price, str(values.pop("increments", "1/1")))
    elif "slots" in values:
        values["slots"] = [_seconds(slot) for slot in values["slots"]]
    return values


def _seconds(table: Table) -> Table:
    """`…_s` becomes `…_ms`."""
    return {
        (name.removesuffix("_s") + "_ms" if name.endswith("_s") else name): (
            milliseconds(value) if name.endswith("_s") else value
        )
        for name, value in table.items()
    }


def _dated(table: Table, zone: str) -> Table:
    values = dict(table)
    for name in ("valid_from", "valid_till"):
        if name in values:
            values[name] = moment(values[name], zone)
    return values


_REACH: tuple[str, ...] = ("groups", "classes", "directions")


def _with_reach(rule: Table) -> Table:
    """`groups`, `classes` and `directions` stand flat in the file."""
    values = {name: value for name, value in rule.items() if name not in _REACH}
    reach = {name: rule[name] for name in _REACH if name in rule}
    return {**values, "reach": reach} if reach else values


def _carrier(carrier: Table, folder: Path, withheld: Withheld | None) -> Table:
    """Read a carrier's own tariff; leniently its bad rows close their numbers at this carrier, and others may carry them."""
    values = dict(carrier)
    if isinstance(values.get("tariff"), str):
        place = folder / values["tariff"]
        if withheld is None:
            values["tariff"] = read_tariff(place)
        else:
            values["tariff"], problems = read_tariff_leniently(place)
            withheld.problems += problems
    return values
