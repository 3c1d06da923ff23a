"""Every cost line month by month, with the way home of its figure. All totals of the workbook are formulas over this sheet."""

from __future__ import annotations

from dataclasses import replace

from roi_tool.money import from_nano
from roi_tool.reporting.blocks import plain
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.costs import line_name
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

_WORDS = 8


def write_lines(sheet: Sheet, matter: Matter, places: Places) -> Places:
    """Write the sheet; return the places with those of this sheet."""
    words, months = matter.words, matter.comparison.horizon_months
    sheet.title(
        words.text("Every cost line, month by month"),
        words.text(
            "{currency}. What is paid at the start stands under “start”, what is paid in a month under its number. Change an "
            "amount here and every total of this workbook follows.",
            currency=matter.currency_and_tax(),
        ),
    )
    titles = [
        words.text("Option"),
        words.text("Cost line"),
        words.text("Kind"),
        words.text("Moved by"),
        words.text("Mark"),
        words.text("How it is known"),
        words.text("Source"),
        words.text("Hard or soft"),
        words.text("Total"),
        words.text("start"),
    ]
    head = sheet.head(
        [*titles, *(words.number(month) for month in range(1, months + 1))], figures=range(_WORDS, len(titles) + months)
    )
    first = sheet.row
    for option in matter.comparison.options:
        for line in option.lines:
            row = sheet.row
            values = (
                option.id,
                line_name(matter, line),
                words.label(f"category.{line.category.value}"),
                matter.driver_name(line.driver) if line.driver else "",
                line.evidence.id,
                words.label(f"confidence.{line.evidence.confidence.value}"),
                matter.source(line.evidence),
                words.text("hard") if line.hard else words.text("soft"),
            )
            for column, text in enumerate(values):
                sheet.text(row, column, plain(text) if column else matter.name(option.id))
            start = _WORDS + 1
            span = f"{place(row, start, fixed=False)}:{place(row, start + months, fixed=False)}"
            sheet.formula(row, _WORDS, f"=SUM({span})", from_nano(line.total_nano))
            for month, amount in enumerate(line.amounts_nano.tolist()):
                sheet.number(row, start + month, from_nano(amount))
            sheet.row += 1
    last = sheet.row - 1
    sheet.raw.freeze_panes(head + 1, 2)
    sheet.raw.autofilter(head, 0, last, _WORDS - 1)
    for column, width in enumerate((26, 34, 16, 20, 7, 14, 34, 9, 13)):
        sheet.raw.set_column(column, column, width)
    sheet.raw.set_column(_WORDS + 1, _WORDS + 1 + months, 11)
    sheet.raw.repeat_rows(head)
    sheet.raw.repeat_columns(0, 1)
    sheet.raw.fit_to_pages(0, 0)
    sheet.raw.set_print_scale(70)
    return replace(places, first_line=first, last_line=last, option_column=0, start_column=_WORDS + 1)
