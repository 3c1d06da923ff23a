"""The answer on one sheet: the sentence, and the options side by side as formulas over the other sheets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from roi_tool.money import from_nano
from roi_tool.quoting import OptionResult
from roi_tool.reporting.blocks import CellFormat, RowStyle
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.answer import headline, lead
from roi_tool.reporting.parts.changes import what_would_change
from roi_tool.reporting.parts.grounds import what_it_rests_on
from roi_tool.reporting.parts.method import convention_text
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place


def write_answer(sheet: Sheet, matter: Matter, places: Places) -> None:
    """Write the sheet."""
    words = matter.words
    sheet.title(headline(matter), lead(matter))
    for problem in matter.serious_problems():
        sheet.sentence(matter.sentence(problem), style="input")
    sheet.row += 1
    sheet.head(
        [
            matter.currency_and_tax(),
            words.text("Once"),
            words.text("A month, year 1"),
            words.text("All months"),
            words.text("Present value"),
            words.text("A user and month"),
            words.text("Against staying"),
            words.text("Present value against staying"),
        ]
    )
    first = sheet.row
    for index, option in enumerate(matter.comparison.options):
        _option(sheet, matter, places, option, places.first_option + index, first)
        sheet.row += 1
    sheet.row += 1
    sheet.sentence(
        words.paragraph(
            [
                words.text("The table is computed from the sheets that follow; the sentences are of the figures as issued."),
                convention_text(matter),
            ]
        ),
        style="note",
    )
    for title, texts in (
        (words.text("What this rests on"), what_it_rests_on(matter)),
        (words.text("What would change the answer"), what_would_change(matter)),
    ):
        sheet.row += 1
        sheet.heading(title)
        for text in texts:
            sheet.sentence(f"• {text}", style="wrapped")
    sheet.row += 1
    sheet.raw.insert_chart(sheet.row, 0, _chart(sheet, matter, places), {"x_offset": 4})
    sheet.raw.set_column(0, 0, 34)
    sheet.raw.set_column(1, 7, 14)
    sheet.raw.freeze_panes(first, 1)
    sheet.raw.fit_to_pages(1, 1)


def _chart(sheet: Sheet, matter: Matter, places: Places) -> Any:
    """Return a live chart of the cost so far."""
    options, last = matter.comparison.options, places.start_row + matter.comparison.horizon_months
    chart = sheet.book.add_chart({"type": "line"})
    for index, option in enumerate(options):
        column = places.first_option + len(options) + index
        best = option.id == matter.best.id
        chart.add_series(
            {
                "name": matter.name(option.id),
                "categories": [places.months, places.start_row, 0, last, 0],
                "values": [places.months, places.start_row, column, last, column],
                "line": {"color": sheet.colours.of(option.id), "width": 2.5 if best else 1.5},
            }
        )
    chart.set_title({"name": matter.words.text("Cost so far, month by month"), "name_font": {"size": 11}, "overlay": False})
    chart.set_x_axis({"interval_unit": 12, "num_font": {"size": 9}})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": sheet.colours.rule}}})
    chart.set_legend({"position": "right", "font": {"size": 9}})
    chart.set_size({"width": 900, "height": 320})
    return chart


def _option(sheet: Sheet, matter: Matter, places: Places, option: OptionResult, column: int, first: int) -> None:
    row, months = sheet.row, min(12, matter.comparison.horizon_months)
    style = RowStyle.BEST if option.id == matter.best.id else RowStyle.PLAIN
    whole = CellFormat.WHOLE_MONEY

    def cell(at: int) -> str:
        return place(at, column, sheet=places.months)

    year = f"{cell(places.start_row + 1)}:{place(places.start_row + months, column)}"
    horizon = places.inputs("horizon_months").text
    total, present = place(row, 3, fixed=False), place(row, 4, fixed=False)
    sheet.text(row, 0, matter.name(option.id), style)
    sheet.formula(row, 1, f"={cell(places.start_row)}", from_nano(option.once_nano), whole, style)
    sheet.formula(row, 2, f"=SUM({year})/MIN(12,{horizon})", from_nano(option.yearly_nano[0]) / months, whole, style)
    sheet.formula(row, 3, f"={cell(places.total_row)}", from_nano(option.total_nano), whole, style)
    sheet.formula(row, 4, f"={cell(places.present_row)}", option.npv_cost, whole, style)
    # Seats may grow over the months, so a user's month is total over the months of all users.
    user_months = from_nano(option.total_nano) / option.per_user_month if option.per_user_month else Decimal(0)
    sheet.formula(
        row,
        5,
        f"={total}/{places.user_months or format(user_months, '.6f')}" if user_months else "=0",
        option.per_user_month if user_months else 0,
        CellFormat.MONEY,
        style,
    )
    stay = matter.stay
    sheet.formula(row, 6, f"={total}-{place(first, 3)}", from_nano(option.total_nano - stay.total_nano), whole, style)
    sheet.formula(row, 7, f"={place(first, 4)}-{present}", stay.npv_cost - option.npv_cost, whole, style)
