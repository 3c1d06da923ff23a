"""A PBX's lines as formulas: purchase, instalments, maintenance, upgrades, what it is worth at the end, electricity."""

from __future__ import annotations

from roi_tool.costing.months import MONTHS_PER_YEAR
from roi_tool.costing.power import HOURS_PER_MONTH
from roi_tool.money import NANO
from roi_tool.quoting.pbx_lines import EQUIPMENT_LIFE_MONTHS
from roi_tool.quoting.plan import OptionPlan
from roi_tool.reporting.workbook.expression import (
    Expression,
    both,
    either,
    largest,
    number,
    remainder,
    smallest,
    whole_down,
)
from roi_tool.reporting.workbook.input_cells import PartCells
from roi_tool.reporting.workbook.line_places import LinePlaces
from roi_tool.reporting.workbook.quantities_sheet import Pieces, Quantities
from roi_tool.reporting.workbook.recipe import Recipe, monthly


def of_new(plan: OptionPlan, cells: PartCells, rows: Quantities, lines: LinePlaces, part: str) -> dict[str, Recipe]:
    """Return line id → recipe of a new PBX; all but the purchase follow the cell of the purchase."""
    bought = lines.cell(f"{plan.id}.purchase", 0)
    labour = rows.risen(cells, "labour_rise")
    a_month = bought * cells("maintenance_rate") / 12
    return {
        f"{plan.id}.purchase": _purchase(plan, cells, rows, part),
        f"{plan.id}.financing": _financing(bought, cells),
        f"{plan.id}.maintenance": monthly(a_month, labour),
        f"{plan.id}.assurance": lambda month: bought * cells("assurance_rate") / 12 * labour[month] if month else 0.0,
        f"{plan.id}.spares": lambda month: 0.0 if month else bought * cells("spares_share"),
        f"{plan.id}.upgrade": upgrade(bought * cells("upgrade_share"), cells, EQUIPMENT_LIFE_MONTHS),
        f"{plan.id}.replacement": _replacement(bought, cells),
        f"{plan.id}.residual": _residual(bought, cells),
    }


def _purchase(plan: OptionPlan, cells: PartCells, rows: Quantities, part: str) -> Recipe:
    """Return the listed prices, scaled so that the purchase at the base number of seats costs what the input says."""
    fixed, per_seat = plan.pbx_fixed_nano / NANO, plan.pbx_seat_nano / NANO
    listed = fixed + per_seat * cells.base["seats"]
    factor = cells("pbx_purchase") / listed if listed else number(0)
    seats = Pieces(rows.units(cells, "seats", part), 1.0)

    def amount(month: int) -> Expression | float:
        if not month:
            return factor * (seats.at(0) * per_seat + fixed)
        come = seats.bought(month, 0)
        return come * per_seat * factor if come is not None and per_seat else 0.0

    return amount


def upgrade(amount: Expression, cells: PartCells, life: int = 0) -> Recipe:
    """Return an upgrade, and again each time as long has passed, but none in the horizon's last month.

    With a life, months count from the latest purchase, and in the year before the next one there is none.
    """
    every, horizon = cells("upgrade_month"), cells("horizon_months")

    def paid(month: int) -> Expression | float:
        since = month % life if life else month
        if not since:
            return 0.0
        due = both(remainder(number(since), every).equals(0), number(month) < horizon)
        if life and since >= life - MONTHS_PER_YEAR:
            due = both(due, horizon <= month - since + life)
        return either(due, amount, 0.0)

    return paid


def _replacement(bought: Expression, cells: PartCells) -> Recipe:
    """Return the same purchase again at the end of each life, but not in the horizon's last month."""

    def paid(month: int) -> Expression | float:
        if not month or month % EQUIPMENT_LIFE_MONTHS:
            return 0.0
        return either(number(month) < cells("horizon_months"), bought, 0.0)

    return paid


def _residual(bought: Expression, cells: PartCells) -> Recipe:
    """Return what the latest purchase is still worth at the end, in a straight line to nothing over its life."""
    horizon, share = cells("horizon_months"), cells("residual_share")
    age = remainder(horizon - 1, number(EQUIPMENT_LIFE_MONTHS)) + 1
    worth = number(0) - bought * share * (number(1) - age / EQUIPMENT_LIFE_MONTHS)
    return lambda month: either(horizon.equals(month), worth, 0.0) if month else 0.0


def _financing(bought: Expression, cells: PartCells) -> Recipe:
    """Return the price that comes in, the instalments, and with the last of them in the horizon what is still owed."""
    months, rate, horizon = cells("finance_months"), cells("finance_rate") / 12, cells("horizon_months")
    left_over = bought * cells("finance_residual")
    payment = (bought - left_over * _worth(rate, months)) / _annuity(rate, months)
    paid = smallest(months, horizon)
    owed = payment * _annuity(rate, months - paid) + left_over * _worth(rate, months - paid)

    def amount(month: int) -> Expression | float:
        if not month:
            return number(0) - bought
        instalment = either(number(month) <= paid, payment, 0.0)
        return instalment + either(paid.equals(month), owed, 0.0)

    return amount


def _worth(rate: Expression, months: Expression) -> Expression:
    """Return what 1 after some months is worth today."""
    return number(1) / (number(1) + rate) ** months


def _annuity(rate: Expression, months: Expression) -> Expression:
    """Return what 1 at the end of each month is worth today."""
    return either(rate.equals(0), months, (number(1) - _worth(rate, months)) / rate)


def power(cells: PartCells, rows: Quantities) -> Recipe:
    """Return watts and what cools them, day and night, at the price of a kilowatt hour."""
    a_month = cells("power_watts") * (number(1) + cells("cooling_share")) / 1000 * HOURS_PER_MONTH * cells("power_price")
    rise = rows.risen(cells, "offer_price_rise")
    return monthly(a_month, rise)


def whole_years(months: Expression) -> Expression:
    """Return the whole years in a number of months, none where it is negative."""
    return whole_down(largest(0.0, months) / 12)
