"""What the figures rest on: usage of each option by the rating engine, the bills as read, and every assumption."""

from __future__ import annotations

from dataclasses import replace

from roi_tool.money import from_nano
from roi_tool.reporting.blocks import Block, CellFormat, Heading, Paragraph, RowStyle, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.bills import today
from roi_tool.reporting.parts.known import assumptions, evidence
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place


def write_usage(sheet: Sheet, matter: Matter) -> None:
    """Write what the same calls cost under each option: the engine's own totals, which `roi-tool rate` prints too."""
    words, options = matter.words, matter.comparison.options
    sheet.title(
        words.text("The same calls under every option"),
        words.text(
            "{currency}. These totals are what the rating engine charges for all calls of the bills; nothing is scaled.",
            currency=matter.currency_and_tax(),
        ),
    )
    classes = list(dict.fromkeys(name for option in options for name in option.usage.by_class_nano))
    titles = [words.text("Option"), words.text("Tariff"), words.text("Calls"), words.text("Rated"),
              words.text("Unrated"), words.text("Months"),
              words.text("Charge"), words.text("A month")]  # fmt: skip
    head = sheet.head([*titles, *(words.label(f"class.{name}") for name in classes), words.text("Sum of classes")], words=2)
    for option in options:
        usage, row = option.usage, sheet.row
        sheet.text(row, 0, matter.name(option.id))
        sheet.text(row, 1, usage.tariff_id)
        for column, count in ((2, usage.calls), (4, usage.unrated), (5, usage.months)):
            sheet.number(row, column, count, CellFormat.COUNT)
        sheet.formula(
            row, 3, f"={place(row, 2, fixed=False)}-{place(row, 4, fixed=False)}", usage.calls - usage.unrated, CellFormat.COUNT
        )
        sheet.number(row, 6, from_nano(usage.charge_nano))
        months = max(1, usage.months)
        sheet.formula(
            row, 7, f"={place(row, 6, fixed=False)}/MAX(1,{place(row, 5, fixed=False)})", from_nano(usage.charge_nano) / months
        )
        for offset, name in enumerate(classes):
            sheet.number(row, 8 + offset, from_nano(usage.by_class_nano.get(name, 0)))
        end = 8 + len(classes)
        span = f"{place(row, 8, fixed=False)}:{place(row, end - 1, fixed=False)}"
        total = from_nano(sum(usage.by_class_nano.values()))
        sheet.formula(row, end, f"=SUM({span})" if classes else "=0", total)
        sheet.row += 1
    sheet.raw.freeze_panes(head + 1, 1)
    sheet.raw.set_column(0, 0, 30)
    sheet.raw.set_column(1, 1, 22)
    sheet.raw.set_column(2, 9 + len(classes), 13)


def write_bills(sheet: Sheet, matter: Matter) -> None:
    """Write how the bills were read and reconciled."""
    sheet.title(matter.words.text("The bills as they were read"))
    _blocks(sheet, today(matter)[1:])
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
    _blocks(sheet, (*assumptions(matter)[1:], *evidence(matter)))
    sheet.raw.set_column(0, 0, 38)
    sheet.raw.set_column(1, 4, 20)
    sheet.raw.set_column(5, 8, 26)
    return places


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
