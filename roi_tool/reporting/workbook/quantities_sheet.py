"""Quantities and rises month by month: seats, channels, circuits, numbers, and what a year's rise makes of a price.

Each row is written when a cost line first asks for it, so that the sheet holds what the cost lines follow and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from roi_tool.pricebook import Per
from roi_tool.quoting.pieces import CHANNELS_PER_PRI, DRIVER_OF_PER
from roi_tool.quoting.plan import PlannedItem
from roi_tool.reporting.blocks import CellFormat
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.workbook.expression import (
    Expression,
    either,
    largest,
    largest_of,
    number,
    rounded,
    whole_down,
    whole_up,
)
from roi_tool.reporting.workbook.input_cells import InputCells, PartCells
from roi_tool.reporting.workbook.sheet import Sheet, place

_FIRST = 1
"""Column of the start; month m stands m columns to the right."""
_STEADY = (Per.ANALOGUE, Per.DEVICE, Per.SITE, Per.FREEPHONE)


@dataclass(frozen=True)
class MonthRow:
    """A row of the sheet: one cell for each month."""

    cells: tuple[Expression, ...]
    sheet: str
    row: int

    def __getitem__(self, month: int) -> Expression:
        return self.cells[month]

    def most(self, first: int, last: int) -> Expression:
        """Return the largest of months `first` to `last`."""
        span = f"{place(self.row, _FIRST + first, sheet=self.sheet)}:{place(self.row, _FIRST + last, fixed=False)}"
        return largest_of(span, [cell.value for cell in self.cells[first : last + 1]])


@dataclass(frozen=True)
class Pieces:
    """How many pieces there are: `times` for each unit of a row, or one steady count.

    Attributes:
        units, times: what is counted.
        share, without: only these shares of the pieces, then not those.
        least: paid for at least.
        committed: of the first pieces, until the term is over.
        term: months of the contract.
    """

    units: MonthRow | Expression
    times: float
    share: tuple[Expression, ...] = ()
    without: tuple[Expression, ...] = ()
    least: int = 0
    committed: float = 0.0
    term: Expression | None = None

    def at(self, month: int) -> Expression:
        """Return the pieces of a month that are there or paid for."""
        pieces = self._needed(month)
        if not self.committed or self.term is None or not isinstance(self.units, MonthRow):
            return pieces
        bound = largest(pieces, whole_up(self._needed(0) * self.committed))
        return either(number(month) <= self.term, bound, pieces)

    def _needed(self, month: int) -> Expression:
        return self._times(self.units[month] if isinstance(self.units, MonthRow) else self.units)

    def bought(self, month: int, first: int) -> Expression | None:
        """Return the pieces that come in a month beyond the most since month `first`; None where their number is steady."""
        if not isinstance(self.units, MonthRow):
            return None
        return largest(0.0, self._needed(month) - self._times(self.units.most(first, month - 1)))

    def _times(self, units: Expression) -> Expression:
        pieces = units if self.times == 1 else whole_up(units * self.times)
        for part in self.share:
            pieces = whole_up(pieces * part)
        for part in self.without:
            pieces = pieces - whole_up(pieces * part)
        return largest(pieces, self.least) if self.least else pieces


class Quantities:
    """The sheet's rows by what they are."""

    def __init__(self, sheet: Sheet, matter: Matter) -> None:
        self._sheet, self._matter = sheet, matter
        self._rows: dict[tuple[str, ...], MonthRow] = {}
        words, months = matter.words, matter.comparison.horizon_months
        sheet.title(
            words.text("Quantities and rises, month by month"),
            words.text("What the cost lines are multiplied with. Every row follows the inputs."),
        )
        self._head = sheet.head([words.text("Month"), words.text("start"), *[""] * months])
        for month in range(1, months + 1):
            sheet.number(self._head, _FIRST + month, month, CellFormat.COUNT, "figure_head")
        sheet.raw.set_column(0, 0, 46)
        sheet.raw.set_column(_FIRST, _FIRST + months, 9)
        sheet.raw.freeze_panes(sheet.row, 1)

    @property
    def months(self) -> range:
        """The start and every month."""
        return range(self._matter.comparison.horizon_months + 1)

    def risen(self, inputs: PartCells, driver: str) -> MonthRow:
        """Return what a yearly rise makes of 1: none in year 1, the first at the first anniversary."""
        years = self._years()
        return self._row(
            ("risen", driver),
            self._matter.words.text("{rise}: factor so far", rise=self._matter.driver_name(driver)),
            lambda month: (number(1) + inputs(driver)) ** years[month],
            CellFormat.NUMBER,
        )

    def pieces(self, inputs: PartCells, per: Per, times: float = 1.0, part: str = "") -> Pieces:
        """Return how many pieces a quantity needs; `part` names the site of a mix."""
        if per is Per.ORDER:
            return Pieces(number(1), times)
        if per in _STEADY:
            return Pieces(rounded(inputs(DRIVER_OF_PER[per])), times)
        if per is Per.LINE:
            return Pieces(self._circuits(inputs, part), times)
        return Pieces(self.units(inputs, DRIVER_OF_PER[per], part), times)

    def of_item(self, inputs: PartCells, item: PlannedItem, part: str = "") -> Pieces:
        """Return how many pieces of a product an option needs."""
        return replace(
            self.pieces(inputs, item.per, item.times, part),
            share=tuple(inputs(name) for name in item.share),
            without=tuple(inputs(name) for name in item.without),
            least=item.least,
            committed=item.committed,
            term=inputs("term_months"),
        )

    def user_months(self, inputs: InputCells) -> str:
        """Return the formula of the months of all users over the months compared."""
        seats = self.units(PartCells(inputs), "seats")
        first, last = self.months[1], self.months[-1]
        span = f"{place(seats.row, _FIRST + first, sheet=seats.sheet)}:{place(seats.row, _FIRST + last)}"
        month = f"{place(self._head, _FIRST + first, sheet=seats.sheet)}:{place(self._head, _FIRST + last)}"
        return f"SUMPRODUCT({span},--({month}<={inputs('horizon_months').text}))"

    def units(self, inputs: PartCells, driver: str, part: str = "") -> MonthRow:
        """Return whole units (seats, channels, numbers) that grow with the staff at each anniversary."""
        growth, count = self.risen(inputs, "staff_growth"), rounded(inputs(driver))
        return self._row(
            ("units", driver, part),
            self._title(self._matter.driver_name(driver), part),
            lambda month: whole_down(count * growth[month] + (0.5 + 1e-9)),
            CellFormat.COUNT,
        )

    def _circuits(self, inputs: PartCells, part: str) -> MonthRow:
        channels, sites = self.units(inputs, "channels", part), rounded(inputs("sites"))
        return self._row(
            ("circuits", part),
            self._title(self._matter.words.text("Primary-rate circuits, at least one for each site"), part),
            lambda month: largest(whole_up(channels[month] / CHANNELS_PER_PRI), sites),
            CellFormat.COUNT,
        )

    def _years(self) -> MonthRow:
        words = self._matter.words
        return self._row(
            ("years",),
            words.text("Whole years passed"),
            lambda month: number(max(month - 1, 0) // 12),
            CellFormat.COUNT,
        )

    def _title(self, words: str, part: str) -> str:
        return f"{words}, {part}" if part else words

    def _row(self, key: tuple[str, ...], title: str, of: Callable[[int], Expression], kind: CellFormat) -> MonthRow:
        if key not in self._rows:
            made = [of(month) for month in self.months]
            row, sheet = self._sheet.row, self._sheet
            sheet.text(row, 0, title)
            for month, one in enumerate(made):
                sheet.expression(row, _FIRST + month, one, kind)
            cells = (Expression(place(row, _FIRST + month, sheet=sheet.name), one.value) for month, one in enumerate(made))
            self._rows[key] = MonthRow(tuple(cells), sheet.name, row)
            sheet.row += 1
        return self._rows[key]
