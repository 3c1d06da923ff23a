"""Each cost line as formulas over the inputs: the arithmetic of `costing` and `quoting.option_lines`, written for a sheet.

Nothing here decides an amount. `months_of` gives a line's months as expressions where their values are the engine's amounts;
for a line that is not known here, or whose arithmetic has become another, it gives None, and the sheet keeps the engine's
amounts as they are and calls them fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from roi_tool.costing.line import CostLine
from roi_tool.money import NANO
from roi_tool.pricebook import PbxRole
from roi_tool.quoting.other_costs import PlannedCost
from roi_tool.quoting.plan import OptionPlan, PlannedItem, PlannedTax
from roi_tool.reporting.workbook import change_formulas, pbx_formulas
from roi_tool.reporting.workbook.expression import Expression, either, largest, number, smallest
from roi_tool.reporting.workbook.input_cells import InputCells, PartCells
from roi_tool.reporting.workbook.line_places import LinePlaces
from roi_tool.reporting.workbook.prices_sheet import ItemCells, Prices
from roi_tool.reporting.workbook.quantities_sheet import Pieces, Quantities
from roi_tool.reporting.workbook.recipe import Recipe, monthly

_ENOUGH = 2e-6
"""Currency units by which a formula may differ from the engine's amount, which is rounded to 10⁻⁹ in every month."""


class LineFormulas:
    """The recipes of all lines, by line id."""

    def __init__(
        self,
        plans: Mapping[str, OptionPlan],
        inputs: InputCells,
        quantities: Quantities,
        prices: Prices,
        lines: LinePlaces,
        names: Callable[[str], str],
    ) -> None:
        self._quantities, self._prices, self._lines, self._names = quantities, prices, lines, names
        self._recipes: dict[str, Recipe] = {}
        everything = PartCells(inputs)
        split = [
            (plan, part.plan, PartCells(inputs, part.shares), part.plan.id) for plan in plans.values() for part in plan.parts
        ]
        whole = [(plan, plan, everything, "") for plan in plans.values() if not plan.parts]
        for option, plan, cells, part in (*whole, *split):
            self._plan(names(option.id), plan, cells, part)
        prices.calls_head()
        for option, plan, cells, _ in (*whole, *split):
            self._calls(names(option.id), plan, cells)
        for plan in plans.values():
            for other in plan.others:
                self._recipes[other.line_id] = self._other(other, everything)
            for place, tax in enumerate(plan.taxes, start=1):
                self._recipes[f"{plan.id}.tax{place}"] = self._tax(plan.id, tax, everything)

    def months_of(self, line: CostLine) -> Sequence[Expression] | None:
        """Return the line's months as expressions; None where they are not the engine's amounts."""
        recipe = self._recipes.get(line.id)
        if recipe is None:
            return None
        made = []
        for month, nano in enumerate(line.amounts_nano.tolist()):
            amount = recipe(month)
            amount = amount if isinstance(amount, Expression) else number(amount)
            if abs(amount.value - nano / NANO) > _ENOUGH * max(1.0, abs(nano) / NANO / 1e6):
                return None
            made.append(amount)
        return made

    def _plan(self, option: str, plan: OptionPlan, cells: PartCells, part: str) -> None:
        rows, of = self._quantities, self._recipes
        if plan.stays:
            of[f"{plan.id}.rental"] = monthly(cells("today_rental"), rows.risen(cells, "carrier_price_rise"))
        for item in plan.items:
            pieces = rows.of_item(cells, item, part)
            of[item.line_id] = self._item(item, self._prices.item(option, item, cells), pieces, cells)
        labour = rows.risen(cells, "labour_rise")
        if plan.pbx is PbxRole.NEW:
            of |= pbx_formulas.of_new(plan, cells, rows, self._lines, part)
        elif plan.pbx is PbxRole.KEPT:
            of[f"{plan.id}.maintenance"] = monthly(cells("today_maintenance"), labour)
            of[f"{plan.id}.upgrade"] = pbx_formulas.upgrade(cells("today_upgrade"), cells)
        if plan.pbx is not PbxRole.NONE:
            of[f"{plan.id}.power"] = pbx_formulas.power(cells, rows)
            of[f"{plan.id}.space"] = monthly(cells("rack_rent"), labour)
        of[f"{plan.id}.administration"] = monthly(cells("admin_hours") * cells("labour_rate") * plan.admin_share, labour)
        if not plan.stays:
            of |= change_formulas.of_change(plan, cells, rows, self._lines)
        if plan.soft:
            self._time_saved(plan, cells, part)

    def _item(self, item: PlannedItem, price: ItemCells, pieces: Pieces, cells: PartCells) -> Recipe:
        """Return the single price when each piece is bought, and the monthly price while it is there."""
        term, rise = cells("term_months"), cells("offer_price_rise")

        def running(month: int) -> Expression | float:
            since = month - item.month
            if not price.monthly or since <= max(0, item.free_months):
                return 0.0
            taken = either(number(since) <= term, price.in_term, price.after_term)
            begins = term if item.fixed_in_term else number(0)
            years = pbx_formulas.whole_years(number(since - 1) - begins)
            return taken * (number(1) + rise) ** years * pieces.at(month)

        def amount(month: int) -> Expression | float:
            paid = running(month)
            if not item.once_nano or month < item.month:
                return paid
            bought = pieces.at(month) if month == item.month else pieces.bought(month, item.month)
            spent = paid if bought is None else price.once * bought + paid
            if item.life_months and month > item.month and not (month - item.month) % item.life_months:
                again = price.once * smallest(pieces.at(item.month), pieces.at(month))
                spent = either(number(month) < cells("horizon_months"), again, 0.0) + spent
            return spent

        return amount

    def _calls(self, option: str, plan: OptionPlan, cells: PartCells) -> None:
        rows = self._quantities
        rise = rows.risen(cells, "carrier_price_rise" if plan.stays else "offer_price_rise")
        growth = rows.risen(cells, "staff_growth")
        a_month = self._prices.calls(option, plan, cells)
        self._recipes[f"{plan.id}.usage"] = lambda month: a_month * rise[month] * growth[month] if month else 0.0

    def _time_saved(self, plan: OptionPlan, cells: PartCells, part: str) -> None:
        seats, labour = self._quantities.units(cells, "seats", part), self._quantities.risen(cells, "labour_rise")
        worth = cells("soft_minutes_per_seat") / 60 * cells("labour_rate") * cells("soft_time_saved")
        self._recipes[f"{plan.id}.time_saved"] = lambda month: (
            number(0) - worth * seats[month] * labour[month] if month else 0.0
        )

    def _other(self, planned: PlannedCost, cells: PartCells) -> Recipe:
        """Return a stated cost: its amounts are fixed, its pieces follow the inputs."""
        cost, pieces = planned.cost, self._quantities.pieces(cells, planned.cost.per)
        once, monthly, begins = planned.once_nano / NANO, planned.monthly_nano / NANO, max(cost.month, 1)

        def amount(month: int) -> Expression | float:
            since = month - begins
            each = once if month == cost.month else 0.0
            if since >= 0 and (cost.months is None or since < cost.months):
                each += monthly * (1 + float(cost.rise)) ** (since // 12)
            return pieces.at(month) * each if each else 0.0

        return amount

    def _tax(self, option: str, tax: PlannedTax, cells: PartCells) -> Recipe:
        pieces = self._quantities.pieces(cells, tax.per) if tax.fixed_nano else None

        def amount(month: int) -> Expression | float:
            if month < tax.from_month or (tax.until_month is not None and month >= tax.until_month):
                return 0.0
            owed: Expression | float = 0.0
            if tax.percent:
                owed = largest(0.0, self._lines.of_categories(option, tax.categories, month)) * tax.percent
            if pieces is not None and month:
                owed = pieces.at(month) * (tax.fixed_nano / NANO) + owed
            return owed

        return amount
