"""Equipment that is bought: the purchase, its growth, the upgrade it needs, and what it is still worth at the end."""

from __future__ import annotations

import numpy as np

from roi_tool.costing.months import MONTHS_PER_YEAR, Amounts, nothing, to_amounts


def purchase_amounts(fixed_nano: float, per_seat_nano: float, seats: Amounts) -> Amounts:
    """Return the purchase at the start and the licences of seats that come later, when they come."""
    amounts = np.zeros(len(seats))
    amounts[0] = fixed_nano + per_seat_nano * int(seats[0])
    if seats[-1] > seats[0]:
        amounts[1:] = per_seat_nano * np.diff(np.maximum.accumulate(seats))
    return to_amounts(amounts)


def upgrade_amounts(purchase_nano: float, share: float, month: int, horizon_months: int, life_months: int = 0) -> Amounts:
    """Return one upgrade of `share` of the purchase, paid in `month`, and again each time as long has passed.

    Nothing where the month lies beyond the horizon, and none in the horizon's last month: nobody upgrades on leaving. With a
    life, months are counted from the latest purchase: nobody upgrades what is replaced in the same year either.
    """
    amounts = np.zeros(horizon_months + 1)
    if month > 0:
        for bought in range(0, horizon_months, life_months or horizon_months):
            replaced = bought + life_months if life_months else horizon_months
            last = min(horizon_months, replaced - MONTHS_PER_YEAR if replaced < horizon_months else horizon_months)
            amounts[bought + month : last : month] = purchase_nano * share
    return to_amounts(amounts)


def replacement_amounts(purchase_nano: float, life_months: int, horizon_months: int) -> Amounts:
    """Return the same purchase again each time the equipment has come to the end of its life before the horizon's."""
    if life_months >= horizon_months:
        return nothing(horizon_months)
    amounts = np.zeros(horizon_months + 1)
    amounts[life_months:horizon_months:life_months] = purchase_nano
    return to_amounts(amounts)


def residual_amounts(purchase_nano: float, share: float, horizon_months: int, life_months: int) -> Amounts:
    """Return what the equipment is still worth at the end, as a negative cost.

    `share` of the purchase is what it fetches new; it falls in a straight line to nothing over `life_months`, after which it
    has been replaced.
    """
    amounts = np.zeros(horizon_months + 1)
    age = (horizon_months - 1) % life_months + 1
    amounts[-1] = -purchase_nano * share * (1 - age / life_months)
    return to_amounts(amounts)
