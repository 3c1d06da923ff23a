"""Meridian Telecom's monthly invoice as a workbook: a Summary sheet and every call on a Calls sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from making.known import Call, Fee, Known
from making.uk_office import FREEPHONE_LINE, KINDS, make_calls, site_of

CUSTOMER = "Alder & Wren Architects Ltd"
ACCOUNT = "MT-4471902"
PERIODS = (
    (date(2026, 5, 1), date(2026, 6, 1), "MT-2605-31877"),
    (date(2026, 6, 1), date(2026, 7, 1), "MT-2606-32190"),
    (date(2026, 7, 1), date(2026, 8, 1), "MT-2607-32544"),
)
PENNY = Decimal("0.01")
HEADER = (
    "Site", "Date", "Time", "From", "Number dialled", "Destination", "Call type", "Duration", "In bundle", "Charge (£)",
)  # fmt: skip

# Section → kind of charge, description, site, quantity, unit price.
RENTALS: dict[str, list[tuple[str, str, str, str, str]]] = {
    "Line rental": [
        ("recurring", "ISDN30 channel rental", "London", "30", "16.85"),
        ("recurring", "ISDN30 channel rental", "Leeds", "15", "16.85"),
    ],
    "Numbers": [
        ("recurring", "DDI range rental, per number", "London", "100", "0.38"),
        ("recurring", "DDI range rental, per number", "Leeds", "50", "0.38"),
        ("recurring", f"Freephone number rental {FREEPHONE_LINE}", "London", "1", "9.50"),
    ],
    "Features and services": [
        ("recurring", "Caller display, per channel", "Both", "45", "1.20"),
        ("recurring", "Call diversion on busy and failure, per ISDN30", "Both", "2", "14.75"),
        ("recurring", "Total Care repair within 6 hours, per channel", "Both", "45", "1.65"),
        ("fee", "Itemised billing", "Both", "1", "6.00"),
    ],
}
ONE_OFF = {6: ("one_off", "Engineer visit, faulty network terminating unit", "Leeds", "1", "98.00")}
DISCOUNT_RATE = Decimal("0.05")


def write(folder: Path) -> list[Known]:
    """Write three monthly invoices."""
    calls = make_calls("alder and wren", date(2026, 5, 1), 3)
    return [
        _write_month(folder, first, end, number, [call for call in calls if call.start.month == first.month])
        for first, end, number in PERIODS
    ]


def _fees(month: int) -> tuple[dict[str, list[tuple[Fee, str, Decimal]]], Fee]:
    """Return the sections of charges with site and unit price, and the discount."""
    sections = {
        title: [
            (Fee(kind, text, (Decimal(quantity) * Decimal(price)).quantize(PENNY), Decimal(quantity)), site, Decimal(price))
            for kind, text, site, quantity, price in rows
        ]
        for title, rows in RENTALS.items()
    }
    if month in ONE_OFF:
        kind, text, site, quantity, price = ONE_OFF[month]
        sections["One-off charges"] = [(Fee(kind, text, Decimal(price), Decimal(quantity)), site, Decimal(price))]
    rental = sum((fee.amount for fee, _, _ in sections["Line rental"]), Decimal(0))
    discount = Fee("discount", "Loyalty discount, 5% of line rental", -(rental * DISCOUNT_RATE).quantize(PENNY, ROUND_HALF_UP))
    return sections, discount


def _write_month(folder: Path, first: date, end: date, number: str, calls: list[Call]) -> Known:
    name = f"meridian_invoice_{first:%Y-%m}.xlsx"
    sections, discount = _fees(first.month)
    fees = [fee for rows in sections.values() for fee, _, _ in rows] + [discount]
    usage = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    net = usage + sum((fee.amount for fee in fees), Decimal(0))
    tax = (net * Decimal("0.20")).quantize(PENNY, ROUND_HALF_UP)
    total = (net + tax).quantize(PENNY)
    book = xlsxwriter.Workbook(str(folder / name))
    book.set_properties(
        {"title": f"Invoice {number}", "author": "Meridian Telecom", "created": datetime(end.year, end.month, 2, 6, tzinfo=UTC)}
    )
    sheet = _Sheet(book, "Summary", (50, 16, 10, 14, 14))
    _summary_head(sheet, first, end, number)
    _summary_body(sheet, sections, discount, calls, (net, tax, total))
    rows = sheet.records + _write_calls(book, first, end, number, calls)
    book.close()
    return Known(
        file=name,
        layout="uk_invoice",
        encoding="xlsx",
        delimiter="",
        date_order="dmy",
        timezone="Europe/London",
        country="GB",
        currency="GBP",
        period=(first, end),
        calls=calls,
        rows_total=rows,
        fees=[*fees, Fee("tax", "VAT at 20%", tax)],
        stated_total=total,
        notes="Charges exclude VAT. The call types on the Summary sheet are the sums of the Calls sheet, to be counted once.",
    )


class _Sheet:
    """Writes records one below the other and counts those that hold anything."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, widths: Sequence[float]) -> None:
        self._sheet = book.add_worksheet(name)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.fit_to_pages(1, 0)
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.head_right = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self.money = book.add_format({"num_format": "£#,##0.00;-£#,##0.00"})
        self.fine_money = book.add_format({"num_format": "£#,##0.000"})
        self.count = book.add_format({"num_format": "#,##0"})
        self.minutes = book.add_format({"num_format": "#,##0.0"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.time = book.add_format({"num_format": "hh:mm:ss", "align": "left"})
        self.duration = book.add_format({"num_format": "[h]:mm:ss", "align": "center"})
        self.row = 0
        self.records = 0

    def freeze_above(self) -> None:
        """Keep what was written so far in sight when the reader scrolls."""
        self._sheet.freeze_panes(self.row, 0)

    def landscape(self) -> None:
        """Print wide."""
        self._sheet.set_landscape()

    def add(self, cells: Sequence[Any], formats: Sequence[Any] | Any = None) -> None:
        """Write one record; no cells leave a blank row."""
        for column, cell in enumerate(cells):
            style = formats[column] if isinstance(formats, list | tuple) else formats
            if isinstance(cell, Decimal):
                self._sheet.write_number(self.row, column, float(cell), style)
            elif isinstance(cell, date):
                self._sheet.write_datetime(self.row, column, cell, style)
            elif cell not in ("", None) or style is not None:
                self._sheet.write(self.row, column, cell, style)
        self.row += 1
        self.records += bool(cells)


def _summary_head(sheet: _Sheet, first: date, end: date, number: str) -> None:
    last = date.fromordinal(end.toordinal() - 1)
    sheet.add(["Meridian Telecom"], sheet.bold)
    sheet.add(["VAT invoice"], sheet.bold)
    sheet.add([])
    sheet.add(["Customer", CUSTOMER])
    sheet.add(["Account number", ACCOUNT])
    sheet.add(["Invoice number", number])
    sheet.add(["Invoice date", end], [None, sheet.date])
    sheet.add(["Billing period", f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"])
    sheet.add([])


def _summary_body(
    sheet: _Sheet,
    sections: dict[str, list[tuple[Fee, str, Decimal]]],
    discount: Fee,
    calls: list[Call],
    totals: tuple[Decimal, Decimal, Decimal],
) -> None:
    money = [None, None, None, sheet.money, sheet.money]
    head = [sheet.head, sheet.head, sheet.head_right, sheet.head_right, sheet.head_right]
    sheet.add(["Description", "Site", "Quantity", "Unit price", "Amount"], head)
    for title, rows in sections.items():
        sheet.add([title], sheet.bold)
        for fee, site, price in rows:
            sheet.add([fee.description, site, fee.quantity, price, fee.amount], money)
    sheet.add(["Discounts"], sheet.bold)
    sheet.add([discount.description, "Both", "", "", discount.amount], money)
    sheet.add([])
    sheet.add(["Call charges", "", "Calls", "Minutes", "Amount"], head)
    usage = Decimal(0)
    for kind in KINDS:
        of_kind = [call for call in calls if call.kind == kind]
        if of_kind:
            amount = sum((call.charge or Decimal(0) for call in of_kind), Decimal(0))
            minutes = (Decimal(sum(call.duration_s for call in of_kind)) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
            sheet.add([kind, "", len(of_kind), minutes, amount], [None, None, sheet.count, sheet.minutes, sheet.money])
            usage += amount
    sheet.add(["Total call charges", "", len(calls), "", usage], [sheet.bold, None, sheet.count, None, sheet.money])
    sheet.add([])
    for text, amount in zip(("Subtotal excluding VAT", "VAT at 20%", "Total due"), totals, strict=True):
        sheet.add([text, "", "", "", amount], [sheet.bold, None, None, None, sheet.money])


def _write_calls(book: xlsxwriter.Workbook, first: date, end: date, number: str, calls: list[Call]) -> int:
    last = date.fromordinal(end.toordinal() - 1)
    sheet = _Sheet(book, "Calls", (9, 12, 10, 16, 18, 20, 24, 10, 10, 11))
    sheet.add(["Itemised calls"], sheet.bold)
    sheet.add([f"{CUSTOMER} · account {ACCOUNT} · invoice {number} · {first:%d/%m/%Y} to {last:%d/%m/%Y}"])
    sheet.add(["Charges are in pounds sterling and exclude VAT."])
    sheet.add([])
    sheet.add(HEADER, sheet.head)
    sheet.freeze_above()
    sheet.landscape()
    formats = [None, sheet.date, sheet.time, None, None, None, None, sheet.duration, None, sheet.fine_money]
    for call in calls:
        day_fraction = (call.start.hour * 3600 + call.start.minute * 60 + call.start.second) / 86400
        sheet.add(
            [
                site_of(call),
                call.start.date(),
                day_fraction,
                call.caller,
                call.called,
                call.place,
                call.kind,
                call.duration_s / 86400,
                "Yes" if call.in_bundle else "",
                call.charge,
            ],
            formats,
        )
    seconds = sum(call.duration_s for call in calls)
    usage = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    sheet.add(
        ["Total", "", "", "", f"{len(calls)} calls", "", "", seconds / 86400, "", usage],
        [*([sheet.bold] * 7), sheet.duration, None, sheet.fine_money],
    )
    return sheet.records
