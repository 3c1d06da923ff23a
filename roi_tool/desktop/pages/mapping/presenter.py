"""What the mapping page says: the file's rows with a meaning over each column, choices, totals, rejected rows. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from roi_tool.desktop.pages.bills.presenter import reject_columns, reject_rows
from roi_tool.desktop.widgets.figure_rows import Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.desktop.widgets.sheet_preview import ColumnHead, PreviewRow
from roi_tool.importing.cells.countries import zones_of_country
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.column_mapping import ADDED_ROLES, Draft, Effect
from roi_tool.importing.layout import Role
from roi_tool.money import Money
from roi_tool.wording import Wording

FIRST_ROWS = 12
PROBLEMS_SHOWN = 4
_HEADER_ROWS = 25
USUAL_ROLES: tuple[tuple[Role, ...], ...] = (
    (Role.START, Role.DATE, Role.TIME),
    (Role.DURATION, Role.BILLED),
    (Role.CALLED, Role.CALLER, Role.NUMBER, Role.OWN),
    (Role.CHARGE, Role.CHARGE_WITH_TAX, Role.TAX),
    (Role.DIRECTION, Role.TYPE, Role.DESCRIPTION),
)
FURTHER_ROLES = (
    Role.ANSWER,
    Role.END,
    Role.RING,
    Role.STATUS,
    Role.KIND,
    Role.PLACE,
    Role.RATE,
    Role.QUANTITY,
    Role.ACCOUNT,
    Role.SITE,
    Role.CALL_ID,
    Role.GROUP,
    Role.CURRENCY,
    Role.WEEKDAY,
    Role.EPOCH,
)
_DELIMITERS = (",", ";", "\t", "|")
_CURRENCIES = (
    *("GBP", "EUR", "USD", "CNY", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK"),
    *("HKD", "INR", "JPY", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "ZAR"),
)
_ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Athens"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto", "America/Sao_Paulo"),
    *("Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo"),
    *("Australia/Perth", "Australia/Sydney", "Pacific/Auckland"),
)


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """An entry of a column's menu. `added`: besides the column that has this meaning already. `further`: of the submenu."""

    role: Role | None
    text: str
    chosen: bool
    added: bool = False
    group: int = 0
    further: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A field: what it is called, (value, words) to choose from, and which is chosen."""

    key: str
    label: str
    entries: tuple[tuple[Any, str], ...]
    chosen: Any


def heads(draft: Draft, words: Wording) -> tuple[ColumnHead, ...]:
    """Return what stands over each column: its meaning, or that it is not used."""
    roles = draft.roles()
    unused = words.text("not used")
    return tuple(
        ColumnHead(words.label(f"role.{roles[place].value}") if place in roles else unused, place in roles)
        for place in range(draft.table.width)
    )


def preview_rows(draft: Draft, effect: Effect | None) -> tuple[PreviewRow, ...]:
    """Return the first rows, then those around the first problems."""
    table, header = draft.table, draft.columns.header
    bad = _rejected_places(draft, effect)
    shown = list(range(min(FIRST_ROWS, len(table))))
    for place in bad[:PROBLEMS_SHOWN]:
        shown += [near for near in (place - 1, place, place + 1) if 0 <= near < len(table)]
    rows: list[PreviewRow] = []
    before = -1
    for place in sorted(set(shown)):
        if place != before + 1:
            rows.append(PreviewRow("⋮", ("",) * table.width, "gap"))
        before = place
        cells = tuple(str(column[place].as_py()).strip() for column in table.columns)
        tone = "bad" if place in bad else ""
        if header is not None and place <= header:
            tone = "title" if place == header else "above"
        rows.append(PreviewRow(str(int(table.row_numbers[place])), cells, tone))
    return tuple(rows)


def _rejected_places(draft: Draft, effect: Effect | None) -> list[int]:
    if effect is None:
        return []
    numbers = draft.table.row_numbers
    places = []
    for rejected in effect.bill.rejected[:50]:
        where = rejected.problem.where
        if where.row is None or where.sheet != draft.table.sheet:
            continue
        place = int(np.searchsorted(numbers, where.row))
        if place < len(numbers) and int(numbers[place]) == where.row:
            places.append(place)
    return places


def role_choices(draft: Draft, column: int, words: Wording) -> tuple[RoleChoice, ...]:
    """Return the entries of a column's menu."""
    present = draft.roles().get(column)
    found = [RoleChoice(None, words.text("Not used"), present is None)]
    for group, roles in enumerate(USUAL_ROLES, start=1):
        for role in roles:
            label = words.label(f"role.{role.value}")
            found.append(RoleChoice(role, label, present is role, group=group))
            if role in ADDED_ROLES and set(draft.columns.places.get(role, ())) - {column}:
                text = words.text("{meaning}, added to the other column", meaning=label)
                found.append(RoleChoice(role, text, False, added=True, group=group))
    found += [
        RoleChoice(role, words.label(f"role.{role.value}"), present is role, further=True, group=len(USUAL_ROLES) + 1)
        for role in FURTHER_ROLES
    ]
    return tuple(found)


def choices(draft: Draft, effect: Effect | None, words: Wording) -> tuple[Choice, ...]:
    """Return the fields above the preview; those that mean nothing for this file are left out."""
    table, formats = draft.table, effect.formats if effect is not None else None
    found = []
    if len(draft.tables) > 1:
        names = tuple((place, one.sheet or one.file) for place, one in enumerate(draft.tables))
        found.append(Choice("table", words.text("Sheet"), names, draft.place))
    numbers = draft.tables[draft.place].row_numbers
    last = max(_HEADER_ROWS, (draft.columns.header or 0) + 1)
    rows = tuple((place, words.text("row {row}", row=int(numbers[place]))) for place in range(min(last, len(numbers))))
    found.append(Choice("header", words.text("Titles"), ((None, words.text("none")), *rows), draft.columns.header))
    if table.delimiter:
        signs = tuple((sign, words.label(f"delimiter.{_name(sign)}")) for sign in _DELIMITERS)
        found.append(Choice("delimiter", words.text("Columns split by"), signs, draft.delimiter or table.delimiter))

    def of_cells(key: str, label: str, values: tuple[tuple[Any, str], ...], settled: Any) -> Choice:
        said = next((text for value, text in values if value == settled), "")
        as_found = words.text("{what} · found", what=said) if said else words.text("as found")
        return Choice(key, label, ((None, as_found), *values), getattr(draft.chosen, key))

    orders = tuple((order, words.label(f"answer.{order.value}")) for order in DateOrder)
    lengths = tuple((form, words.label(f"written.{form.value}")) for form in DurationFormat)
    decimals = ((".", words.text("point")), (",", words.text("comma")))
    units = (("unit", words.text("whole units")), ("hundredth", words.text("hundredths (pence, cents)")))
    scale = None if formats is None else "unit" if formats.amount.unit_nano == 10**9 else "hundredth"
    calls = effect.bill.calls if effect is not None else None
    taxes = tuple((held, words.label(f"tax_said.{held}")) for held in (True, False))
    found += [
        of_cells("date_order", words.text("Dates"), orders, formats and formats.date_order),
        of_cells("duration", words.text("Durations"), lengths, formats and formats.duration),
        of_cells("decimal", words.text("Decimal sign"), decimals, formats and formats.amount.decimal),
        of_cells("amount_unit", words.text("Amounts in"), units, scale),
        of_cells("currency", words.text("Currency"), _currencies(effect, words), effect and effect.bill.currency),
        of_cells("tax_included", words.text("Prices hold tax"), taxes, calls and calls.tax_included),
        of_cells("timezone", words.text("Time zone"), _zones(draft, effect), calls and calls.timezone),
    ]
    return tuple(found)


def _currencies(effect: Effect | None, words: Wording) -> tuple[tuple[str, str], ...]:
    found = (effect.bill.currency,) if effect is not None and effect.bill.currency else ()
    return tuple((code, f"{code} · {words.currency_name(code)}") for code in dict.fromkeys((*found, *_CURRENCIES)))


def _zones(draft: Draft, effect: Effect | None) -> tuple[tuple[str, str], ...]:
    """Return the zone that was found, those of its country, and those where business is done."""
    country = draft.country or (effect.bill.calls.country if effect is not None else "")
    found = (effect.bill.calls.timezone,) if effect is not None else ()
    names = dict.fromkeys((*found, *zones_of_country(country), *_ZONES))
    return tuple((name, name.replace("_", " ")) for name in names)


def _name(sign: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[sign]


def key_figures(effect: Effect | None, busy: bool, words: Wording) -> tuple[KeyFigure, ...]:
    """Return calls, time, money and difference as the draft reads them; "…" while that is being worked out."""
    captions = (words.text("Calls"), words.text("Time talked"), words.text("Read"), words.text("Bill total less what was read"))
    if effect is None:
        return tuple(KeyFigure(caption, "…" if busy else "–") for caption in captions)
    bill = effect.bill
    reading, frame = bill.files[0], bill.calls.frame
    seconds = (int(frame["duration_ms"].sum()) + 500) // 1000
    rows, rejected = words.number(reading.rows_total), words.number(reading.rows_rejected)
    counts = words.text("{rows} rows, {rejected} rejected", rows=rows, rejected=rejected)
    if effect.sampled is not None:
        busy = False  # what the first records give is shown until the whole is known
        counts = words.text("first {rows} rows, {rejected} rejected", rows=rows, rejected=rejected)
        if effect.records is not None:
            records = words.number(effect.records)
            counts = words.text("first {rows} of {all} rows, {rejected} rejected", rows=rows, all=records, rejected=rejected)
    others = words.text(
        "other charges: {charges}; rows skipped: {skipped}",
        charges=words.number(reading.rows_charges),
        skipped=words.number(reading.rows_skipped),
    )

    def money(nano: int) -> str:
        return words.money(Money(nano, bill.currency), 2) if bill.currency else words.amount(nano)

    found = bill.reconciliation
    difference = found.difference_nano
    stated = words.text("no total is stated") if found.stated_nano is None else found.by
    hours = f"{words.number(seconds // 3600)}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return (
        KeyFigure(captions[0], "…" if busy else words.number(reading.rows_calls), counts),
        KeyFigure(captions[1], "…" if busy else hours, words.text("{seconds} seconds", seconds=words.number(seconds))),
        KeyFigure(captions[2], "…" if busy else money(found.read_nano), others),
        KeyFigure(
            captions[3],
            "…" if busy else "–" if difference is None else money(difference),
            stated,
            "" if difference is None else "bad" if difference else "good",
        ),
    )


def rejects(effect: Effect | None, words: Wording) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the rejected rows with their reasons."""
    bills = (effect.bill,) if effect is not None else ()
    return reject_columns(words), reject_rows(bills, words)
