"""What may stand in the way of taking last month's rest of an allowance into this month's bill."""

from __future__ import annotations

from roi_tool.billing.account import Account
from roi_tool.problems import Problem
from roi_tool.rating import Carried
from roi_tool.tariff import Tariff


def carry_problems(account: Account, carried: Carried, tariff: Tariff) -> list[Problem]:
    """Name the allowances that keep their id but count something else now: what is left of them cannot be taken up."""
    return [
        Problem("billing_allowance_changed", detail={"account": account.id, "allowance": name, "tariff": account.tariff})
        for name in carried.changed(tariff)
    ]


def rolling_allowances(tariff: Tariff) -> tuple[str, ...]:
    """Return the ids of the allowances whose rest stays usable in later months."""
    return tuple(allowance.id for allowance in tariff.allowances if allowance.rollover_months)
