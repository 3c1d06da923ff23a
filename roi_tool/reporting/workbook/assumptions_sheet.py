"""Every input with its source, as the cells that the workbook's formulas follow; and every mark with its way home."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from roi_tool.costing.line import CostLine
from roi_tool.quoting import Driver, DriverUnit
from roi_tool.quoting.scenario import WHOLE_UNITS
from roi_tool.reporting.blocks import CellFormat
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.known import used_evidence, what_for
from roi_tool.reporting.workbook.input_cells import VALUE_COLUMN, InputCells
from roi_tool.reporting.workbook.sheet import Sheet

_FORMATS = {
    DriverUnit.FRACTION: CellFormat.PERCENT,
    DriverUnit.FRACTION_PER_YEAR: CellFormat.PERCENT,
    DriverUnit.MONEY: CellFormat.MONEY,
    DriverUnit.MONEY_PER_MONTH: CellFormat.MONEY,
    DriverUnit.MONEY_PER_SEAT_MONTH: CellFormat.MONEY,
    DriverUnit.MONEY_PER_HOUR: CellFormat.MONEY,
    DriverUnit.MINUTES_PER_MONTH: CellFormat.COUNT,
}

_LIVE_COLUMN = 10
_ABSENT_AT_ZERO = {"kept_rental": "kept_rental", "finance_months": "financing"}
"""Driver → the end of the ids of lines that there are only where it is not nil."""


def write_assumptions(sheet: Sheet, matter: Matter) -> InputCells:
    """Write every input and every source; return the inputs' cells."""
    words = matter.words
    sheet.title(
        words.text("Assumptions and evidence"),
        words.text(
            "Change a coloured value and every computed figure of this workbook follows. What is not coloured is followed by "
            "the tool alone. Months compared may be made fewer here, not more."
        ),
    )
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
        words.text("Here"),
    )
    head = sheet.head(list(titles), figures=(1, 3, 4, 8, 9))
    cells = InputCells(matter.comparison.scenario, sheet.name, sheet.row)
    for driver in matter.comparison.scenario:
        _driver(sheet, matter, driver)
        sheet.row += 1
    sheet.row += 1
    _marks(sheet, matter)
    sheet.raw.freeze_panes(head + 1, 1)
    for column, width in enumerate((38, 14, 28, 12, 12, 16, 8, 60, 12, 14, 12)):
        sheet.raw.set_column(column, column, width)
    return cells


def followed(matter: Matter, fixed: Collection[CostLine]) -> set[str]:
    """Return the inputs that the workbook follows wherever they count: no line that depends on them is fixed or left out."""
    lines = [line for option in matter.comparison.options for line in option.lines]
    live = {driver for line in lines for driver in line.inputs} - {driver for line in fixed for driver in line.inputs}
    for driver, ending in _ABSENT_AT_ZERO.items():
        if not any(line.id.endswith(f".{ending}") for line in lines if driver in line.inputs):
            live.discard(driver)
    return live | {"discount_rate"} | (set() if fixed else {"horizon_months"})


def colour_inputs(sheet: Sheet, matter: Matter, cells: InputCells, live: Iterable[str]) -> None:
    """Colour the cells of the inputs that formulas follow, and hold what is entered there to the input's bounds."""
    words, following = matter.words, set(live)
    for driver in matter.comparison.scenario:
        row = cells.row(driver.id)
        if driver.id not in following:
            sheet.text(row, _LIVE_COLUMN, words.text("as issued"))
            continue
        high = driver.value if driver.id == "horizon_months" else driver.high
        sheet.number(row, VALUE_COLUMN, driver.value, _FORMATS.get(driver.unit, CellFormat.NUMBER), "input")
        sheet.text(row, _LIVE_COLUMN, words.text("to be tried"))
        sheet.raw.data_validation(
            row,
            VALUE_COLUMN,
            row,
            VALUE_COLUMN,
            {
                "validate": "integer" if driver.unit in WHOLE_UNITS else "decimal",
                "criteria": "between",
                "minimum": float(driver.low),
                "maximum": float(high),
                "error_title": words.text("Out of bounds"),
                "error_message": words.text(
                    "{name} may be from {low} to {high}.",
                    name=matter.driver_name(driver.id),
                    low=words.number(driver.low),
                    high=words.number(high),
                )[:255],
            },
        )


def _driver(sheet: Sheet, matter: Matter, driver: Driver) -> None:
    words, row, kind = matter.words, sheet.row, _FORMATS.get(driver.unit, CellFormat.NUMBER)
    sheet.text(row, 0, matter.driver_name(driver.id))
    sheet.number(row, VALUE_COLUMN, driver.value, kind)
    sheet.text(row, 2, matter.driver_value(driver))
    sheet.number(row, 3, driver.range_low, kind)
    sheet.number(row, 4, driver.range_high, kind)
    sheet.text(row, 5, words.label(f"confidence.{driver.evidence.confidence.value}"))
    sheet.text(row, 6, driver.evidence.id)
    sheet.text(row, 7, matter.source(driver.evidence))
    sheet.cell(row, 8, matter.day(driver.evidence.as_of))
    if driver.moved:
        sheet.number(row, 9, driver.base, kind)


def _marks(sheet: Sheet, matter: Matter) -> None:
    words = matter.words
    sheet.heading(words.text("Evidence"))
    titles = [words.text("Mark"), words.text("How it is known"), words.text("By whom, or from what")]
    sheet.head([*titles, "", "", "", words.text("Date"), words.text("For")], figures=())
    stands_for = what_for(matter)
    for evidence in used_evidence(matter):
        sheet.text(sheet.row, 0, evidence.id)
        sheet.text(sheet.row, 1, words.label(f"confidence.{evidence.confidence.value}"))
        sheet.text(sheet.row, 2, matter.source(evidence))
        sheet.cell(sheet.row, 6, matter.day(evidence.as_of))
        sheet.text(sheet.row, 7, words.joined(stands_for.get(evidence.id, ())))
        sheet.row += 1
