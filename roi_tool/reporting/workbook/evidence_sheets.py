"""What the figures rest on: usage of each option by the rating engine, the bills as read, and every assumption."""

from __future__ import annotations

from dataclasses import replace

from roi_tool.money import from_nano
from roi_tool.quoting import DriverUnit
from roi_tool.reporting.blocks import Block, CellFormat, Heading, Paragraph, RowStyle, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.bills import no_bill_yet, today
from roi_tool.reporting.parts.known import used_evidence
from roi_tool.reporting.parts.usage import class_name
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

_FORMATS = {
    DriverUnit.FRACTION: CellFormat.PERCENT,
    DriverUnit.FRACTION_PER_YEAR: CellFormat.PERCENT,
    DriverUnit.MONEY: CellFormat.MONEY,
    DriverUnit.MONEY_PER_MONTH: CellFormat.MONEY,
    DriverUnit.MONEY_PER_SEAT_MONTH: CellFormat.MONEY,
    DriverUnit.MONEY_PER_HOUR: CellFormat.MONEY,
    DriverUnit.MINUTES_PER_MONTH: CellFormat.COUNT,
}


def write_usage(sheet: Sheet, matter: Matter) -> None:
    """Write what the same calls cost under each option: the engine's own totals, which `roi-tool rate` prints too."""
    words, options = matter.words, matter.comparison.options
    note = words.text(
        "{currency}. These totals are what the rating engine charges for all calls of the bills; nothing is scaled.",
        currency=matter.currency_and_tax(),
    )
    sheet.title(words.text("The same calls under every option"), note)
    titles = (
        words.text("Option"),
        words.text("Tariff"),
        words.text("Calls"),
        words.text("Rated"),
        words.text("Unrated"),
        words.text("Months"),
        words.text("Charge"),
        words.text("A month"),
    )
    head = sheet.head(list(titles), figures=range(2, 8))
    for option in options:
        used, row = option.usage, sheet.row
        sheet.text(row, 0, matter.name(option.id))
        sheet.text(row, 1, used.tariff_id or words.text("as billed"))
        for column, count in ((2, used.calls), (4, used.unrated), (5, used.months)):
            sheet.number(row, column, count, CellFormat.COUNT)
        calls, unrated, months, charge = (place(row, column, fixed=False) for column in (2, 4, 5, 6))
        sheet.formula(row, 3, f"={calls}-{unrated}", used.calls - used.unrated, CellFormat.COUNT)
        sheet.number(row, 6, from_nano(used.charge_nano))
        sheet.formula(row, 7, f"={charge}/MAX(1,{months})", from_nano(used.charge_nano) / max(1, used.months))
        sheet.row += 1
    sheet.row += 1
    _usage_by_class(sheet, matter)
    sheet.raw.freeze_panes(head + 1, 1)
    sheet.raw.set_column(0, 0, 32)
    sheet.raw.set_column(1, 8, 17)


def _usage_by_class(sheet: Sheet, matter: Matter) -> None:
    """Write the same totals by kind of call, summed by formulas."""
    words, options = matter.words, matter.comparison.options
    keys = list(dict.fromkeys(key for option in options for key in option.usage.by_class_nano))
    if not keys:
        return
    sheet.heading(words.text("By kind of call"))
    sheet.head([words.text("Kind of call"), *(matter.name(option.id) for option in options)])
    first = sheet.row
    for key in keys:
        sheet.text(sheet.row, 0, class_name(matter, key))
        for column, option in enumerate(options, start=1):
            sheet.number(sheet.row, column, from_nano(option.usage.by_class_nano.get(key, 0)))
        sheet.row += 1
    sheet.text(sheet.row, 0, words.text("Total"), RowStyle.TOTAL)
    for column, option in enumerate(options, start=1):
        span = f"{place(first, column, fixed=False)}:{place(sheet.row - 1, column, fixed=False)}"
        total = from_nano(sum(option.usage.by_class_nano.values()))
        sheet.formula(sheet.row, column, f"=SUM({span})", total, style=RowStyle.TOTAL)
    sheet.row += 1


def write_bills(sheet: Sheet, matter: Matter) -> None:
    """Write how the bills were read and reconciled."""
    sheet.title(matter.words.text("The bills as they were read"))
    _blocks(sheet, today(matter)[1:] or (no_bill_yet(matter),))
    sheet.raw.set_column(0, 0, 34)
    sheet.raw.set_column(1, 8, 14)


def write_assumptions(sheet: Sheet, matter: Matter, places: Places) -> Places:
    """Write every input and every source; the discount rate is a live cell. Returns the places with the rate's."""
    words = matter.words
    sheet.title(words.text("Assumptions and evidence"))
    sheet.text(sheet.row, 0, words.text("Discount rate a year (change it here)"), RowStyle.GROUP)
    sheet.number(sheet.row, 1, matter.comparison.discount_rate, CellFormat.PERCENT, "input")
    places = replace(places, rate=place(sheet.row, 1, sheet=sheet.name))
    sheet.row += 2
    _drivers(sheet, matter)
    sheet.row += 1
    _marks(sheet, matter)
    for column, width in enumerate((38, 14, 28, 12, 12, 16, 8, 60, 12, 14)):
        sheet.raw.set_column(column, column, width)
    return places


def _drivers(sheet: Sheet, matter: Matter) -> None:
    words = matter.words
    titles = (
        words.text("Input"),
        words.text("Value"),
        words.text("Said in words"),
        words.text("Low"),
        words.text("High"),
        words.text("How it is known"),
        words.text("Mark"),
        words.text("Source"),
        words.text("Date"),
        words.text("Moved from"),
    )
    head = sheet.head(list(titles), figures=(1, 3, 4, 8, 9))
    for driver in matter.comparison.scenario:
        row, kind = sheet.row, _FORMATS.get(driver.unit, CellFormat.NUMBER)
        sheet.text(row, 0, matter.driver_name(driver.id))
        sheet.number(row, 1, driver.value, kind)
        sheet.text(row, 2, matter.driver_value(driver))
        sheet.number(row, 3, driver.range_low, kind)
        sheet.number(row, 4, driver.range_high, kind)
        sheet.text(row, 5, words.label(f"confidence.{driver.evidence.confidence.value}"))
        sheet.text(row, 6, driver.evidence.id)
        sheet.text(row, 7, matter.source(driver.evidence))
        sheet.cell(row, 8, matter.day(driver.evidence.as_of))
        if driver.moved:
            sheet.number(row, 9, driver.base, kind)
        sheet.row += 1
    sheet.raw.freeze_panes(head + 1, 1)


def _marks(sheet: Sheet, matter: Matter) -> None:
    words = matter.words
    sheet.heading(words.text("Evidence"))
    sheet.head([words.text("Mark"), words.text("How it is known"), words.text("Source")], figures=())
    for evidence in used_evidence(matter):
        sheet.text(sheet.row, 0, evidence.id)
        sheet.text(sheet.row, 1, words.label(f"confidence.{evidence.confidence.value}"))
        sheet.text(sheet.row, 2, matter.source(evidence))
        sheet.row += 1


def _blocks(sheet: Sheet, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            sheet.row += 1
            sheet.heading(block.text)
        elif isinstance(block, Paragraph):
            sheet.sentence(block.text, style="note")
        elif isinstance(block, Table):
            sheet.table(block)
            sheet.row += 1
