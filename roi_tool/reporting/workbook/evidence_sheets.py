"""What the figures rest on: usage of each option by the rating engine, and the bills as read."""

from __future__ import annotations

from roi_tool.money import from_nano
from roi_tool.reporting.blocks import Block, CellFormat, Heading, Paragraph, RowStyle, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.bills import no_bill_yet, today, today_usage
from roi_tool.reporting.parts.sizing import sizing
from roi_tool.reporting.parts.usage import class_name
from roi_tool.reporting.workbook.sheet import Sheet, place


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
        for column, count in ((2, used.calls), (4, used.unrated)):
            sheet.number(row, column, count, CellFormat.COUNT)
        whole = isinstance(used.months, int)
        sheet.number(row, 5, float(used.months), CellFormat.COUNT if whole else CellFormat.NUMBER)
        calls, unrated, months, charge = (place(row, column, fixed=False) for column in (2, 4, 5, 6))
        sheet.formula(row, 3, f"={calls}-{unrated}", used.calls - used.unrated, CellFormat.COUNT)
        sheet.number(row, 6, from_nano(used.charge_nano))
        sheet.formula(row, 7, f"={charge}/{months}", float(from_nano(used.charge_nano)) / float(used.months))
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
    """Write how the bills were read and reconciled, and the calls that are on them."""
    sheet.title(matter.words.text("The bills as they were read"))
    _blocks(sheet, today(matter)[1:] or (no_bill_yet(matter),))
    _blocks(sheet, today_usage(matter))
    sheet.raw.set_column(0, 0, 34)
    sheet.raw.set_column(1, 8, 14)


def write_sizing(sheet: Sheet, matter: Matter) -> None:
    """Write how many channels the calls need, and why."""
    sheet.title(matter.words.text("Sizing"))
    _blocks(sheet, sizing(matter)[1:])
    sheet.raw.set_column(0, 0, 40)
    sheet.raw.set_column(1, 8, 24)


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
