"""Returns of each option against staying, as formulas: present values, the two ROIs by name, IRR, payback, and their flows.

A figure without a meaning is a dash, as in the paper.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from roi_tool.costing.discounting import Convention
from roi_tool.money import NANO
from roi_tool.quoting import OptionResult
from roi_tool.reporting.blocks import CellFormat
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.method import convention_text
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

_NONE = "–"
_FLOWS = 2
"""Columns before the flows: month and year."""
_EACH = 5
"""Columns of flows for each option: net, so far, so far discounted, and where each of the two crosses nil."""
_NUCLEUS_MONTHS = 36
_GUESSES = (5.0, -0.9, -0.7, -0.4, 0.1)
"""Rates from which a spreadsheet seeks an IRR, the last first: from one alone it may not find it."""


def write_returns(sheet: Sheet, matter: Matter, places: Places) -> None:
    """Write the sheet: the figures, each year's net flow, and each month's."""
    words, options = matter.words, matter.comparison.options[1:]
    sheet.title(
        words.text("Returns against staying as you are"),
        words.text("{currency}. {convention}", currency=matter.currency_and_tax(), convention=convention_text(matter)),
    )
    if not options:
        return
    years = -(-matter.comparison.horizon_months // 12)
    figures = sheet.row
    yearly = figures + 10
    monthly = yearly + years + 5
    flows = _Flows(matter, places, yearly=yearly + 2, monthly=monthly + 2, years=years)
    sheet.head([words.text("Figure"), *(matter.name(option.id) for option in options)])
    titles = (
        words.text("Present value of staying"),
        words.text("Present value of the option"),
        words.text("Net present value"),
        words.text("ROI (TEI)"),
        words.text("ROI (Nucleus)"),
        words.text("IRR a year"),
        words.text("Payback, months"),
        words.text("Payback, discounted"),
    )
    for offset, title in enumerate(titles):
        sheet.text(figures + 1 + offset, 0, title)
    for index, option in enumerate(options):
        _figures(sheet, flows, index, option, figures + 1)
    _yearly(sheet, matter, flows)
    _monthly(sheet, matter, flows)
    sheet.raw.set_column(0, 0, 30)
    sheet.raw.set_column(1, _FLOWS + _EACH * len(options), 15)
    sheet.raw.freeze_panes(figures + 1, 1)


class _Flows:
    """Where the flows stand on this sheet, and the costs on the sheet of months."""

    def __init__(self, matter: Matter, places: Places, *, yearly: int, monthly: int, years: int) -> None:
        self.matter, self.places = matter, places
        self.yearly, self.monthly, self.years = yearly, monthly, years
        self.months = matter.comparison.horizon_months
        self.monthly_convention = matter.comparison.scenario.convention == Convention.MONTHLY

    def cell(self, index: int, part: int, month: int) -> str:
        return place(self.monthly + month, _FLOWS + _EACH * index + part, fixed=False)

    def span(self, index: int, part: int, first: int = 0) -> str:
        return f"{self.cell(index, part, first)}:{self.cell(index, part, self.months)}"

    def cost(self, option: int, month: int) -> str:
        """Return an option's cost in a month; option 0 is staying."""
        column = self.places.first_option + option
        return place(self.places.start_row + month, column, sheet=self.places.months, fixed=False)

    def present(self, option: int) -> str:
        return place(self.places.present_row, self.places.first_option + option, sheet=self.places.months)

    def of_irr(self, index: int) -> tuple[str, str, str]:
        """Return the span of the flows that the IRR is taken of, and the same without its last and without its first."""
        if self.monthly_convention:
            last = self.cell(index, 0, self.months - 1)
            return self.span(index, 0), f"{self.cell(index, 0, 0)}:{last}", self.span(index, 0, 1)

        def year(number: int) -> str:
            return place(self.yearly + number, 1 + index, fixed=False)

        first, last = year(0), year(self.years)
        return f"{first}:{last}", f"{first}:{year(self.years - 1)}", f"{year(1)}:{last}"


def _figures(sheet: Sheet, flows: _Flows, index: int, option: OptionResult, row: int) -> None:
    column, versus, stay = 1 + index, option.versus_today, flows.matter.stay
    assert versus is not None
    benefits, costs, npv = (place(row + offset, column, fixed=False) for offset in range(3))
    sheet.formula(row, column, f"={flows.present(0)}", stay.npv_cost)
    sheet.formula(row + 1, column, f"={flows.present(1 + index)}", option.npv_cost)
    sheet.formula(row + 2, column, f"={benefits}-{costs}", versus.npv)
    tei = f'=IF({costs}>0,{npv}/{costs},"{_NONE}")'
    sheet.formula(row + 3, column, tei, _or_dash(versus.roi_tei), CellFormat.PERCENT)
    sheet.formula(row + 4, column, _nucleus(flows, index), _or_dash(versus.roi_nucleus), CellFormat.PERCENT)
    sheet.formula(row + 5, column, _irr(flows, index, versus.irr), _or_dash(versus.irr), CellFormat.PERCENT)
    for offset, part, months in ((6, 1, versus.payback_months), (7, 2, versus.payback_discounted_months)):
        sheet.formula(row + offset, column, _payback(flows, index, part), _or_dash(months), pattern="0.0_)")


def _nucleus(flows: _Flows, index: int) -> str:
    """Source: see `costing.returns`: the average year of the first three over what is paid at the start."""
    if flows.months < _NUCLEUS_MONTHS:
        return f'="{_NONE}"'
    gained = f"({flows.cell(index, 1, _NUCLEUS_MONTHS)}-{flows.cell(index, 1, 0)})/3"
    once, horizon = flows.cost(1 + index, 0), flows.places.inputs("horizon_months").text
    return f'=IF(OR({once}<=0,{horizon}<{_NUCLEUS_MONTHS}),"{_NONE}",{gained}/{once})'


def _irr(flows: _Flows, index: int, known: Decimal | None) -> str:
    """Return the IRR where the flow changes its sign once, sought from where it was found and then from farther off."""
    span, head, tail = flows.of_irr(index)
    found = f'"{_NONE}"'
    for guess in (*_GUESSES, *(() if known is None else (float(known),))):
        if flows.monthly_convention:
            found = f"IFERROR((1+IRR({span},{(1 + guess) ** (1 / 12) - 1:.6g}))^12-1,{found})"
        else:
            found = f"IFERROR(IRR({span},{guess:.6g}),{found})"
    return f'=IF(SUMPRODUCT(--({head}*{tail}<0))=1,{found},"{_NONE}")'


def _payback(flows: _Flows, index: int, part: int) -> str:
    """Return where the running total first comes to nil from below; 0 is "at once", a dash where it ends below."""
    start, then, end = (flows.cell(index, part, month) for month in (0, 1, flows.months))
    crossings = flows.span(index, part + 2)
    put_in = f"OR({start}<0,AND({start}=0,{then}<0))"
    return f'=IF({end}<0,"{_NONE}",IF({put_in},IF(COUNT({crossings})=0,"{_NONE}",MIN({crossings})),0))'


def _yearly(sheet: Sheet, matter: Matter, flows: _Flows) -> None:
    words, options = matter.words, matter.comparison.options[1:]
    sheet.row = flows.yearly - 2
    sheet.heading(words.text("Net flow by year: staying less the option"))
    sheet.head([words.text("Year"), *(matter.name(option.id) for option in options)])
    for year in range(flows.years + 1):
        row = flows.yearly + year
        sheet.number(row, 0, year, CellFormat.COUNT)
        for index, option in enumerate(options):
            years = f"{place(flows.monthly, 1)}:{place(flows.monthly + flows.months, 1)}"
            formula = f"=SUMIF({years},{place(row, 0, fixed=False)},{flows.span(index, 0)})"
            net = _net(matter, option)
            held = -(-np.arange(len(net)) // 12) == year
            sheet.formula(row, 1 + index, formula, float(net[held].sum()))


def _monthly(sheet: Sheet, matter: Matter, flows: _Flows) -> None:
    words, options, places = matter.words, matter.comparison.options[1:], flows.places
    sheet.row = flows.monthly - 2
    sheet.heading(words.text("Net flow by month: staying less the option"))
    titles = [words.text("Month"), words.text("Year")]
    for option in options:
        name = matter.short_name(option.id)
        titles += [
            words.text("{option}, net", option=name),
            words.text("{option}, so far", option=name),
            words.text("{option}, so far, discounted", option=name),
            words.text("Crosses nil in month"),
            words.text("Crosses nil, discounted"),
        ]
    sheet.head(titles, figures=range(len(titles)))
    sheet.raw.set_row(sheet.row - 1, 40)
    for month in range(flows.months + 1):
        row = flows.monthly + month
        for column in (0, 1):
            there = place(places.start_row + month, column, sheet=places.months, fixed=False)
            sheet.formula(row, column, f"={there}", -(-month // 12) if column else month, CellFormat.COUNT)
    for index, option in enumerate(options):
        _flows_of(sheet, matter, flows, index, option)


def _flows_of(sheet: Sheet, matter: Matter, flows: _Flows, index: int, option: OptionResult) -> None:
    """Write an option's five columns."""
    net = _net(matter, option)
    month_of = np.arange(len(net))
    exponent = month_of / 12 if flows.monthly_convention else -(-month_of // 12)
    discounted = net * (1.0 + float(matter.comparison.discount_rate)) ** -exponent.astype(np.float64)
    so_far = (net.cumsum(), discounted.cumsum())
    for month in range(flows.months + 1):
        row, first = flows.monthly + month, _FLOWS + _EACH * index
        own = flows.cell(index, 0, month)
        factor = place(flows.places.start_row + month, 2, sheet=flows.places.months, fixed=False)
        sheet.formula(row, first, f"={flows.cost(0, month)}-{flows.cost(1 + index, month)}", float(net[month]))
        for part, flow in ((1, own), (2, f"{own}*{factor}")):
            before = f"{flows.cell(index, part, month - 1)}+" if month else ""
            sheet.formula(row, first + part, f"={before}{flow}", float(so_far[part - 1][month]))
            if month:
                crossing, value = _crossing(flows, index, part, month, so_far[part - 1])
                sheet.formula(row, first + part + 2, crossing, value, pattern="0.0_)")


def _crossing(flows: _Flows, index: int, part: int, month: int, so_far: np.ndarray) -> tuple[str, float | str]:
    """Return the formula of where within the month the running total comes to nil, evenly; "" where it does not."""
    before, after = flows.cell(index, part, month - 1), flows.cell(index, part, month)
    there = place(flows.monthly + month, 0, fixed=False)
    formula = f'=IF(AND({before}<0,{after}>=0),{there}-1+{before}/({before}-{after}),"")'
    low, high = float(so_far[month - 1]), float(so_far[month])
    return formula, month - 1 + low / (low - high) if low < 0 <= high else ""


def _net(matter: Matter, option: OptionResult) -> np.ndarray:
    """Return what staying costs more than the option, by month, in currency units."""
    return np.asarray((matter.stay.monthly_nano - option.monthly_nano) / NANO, dtype=np.float64)


def _or_dash(value: Decimal | None) -> Decimal | str:
    return _NONE if value is None else value
