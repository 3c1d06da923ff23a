"""Returns of two streams of money, benefits and costs: PV, NPV, ROI by name, IRR, payback.

The two ROIs are not comparable: TEI sets the whole net present value against the present value of the costs, Nucleus sets an
average year against the initial cost. No figure here is called just "ROI".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from roi_tool.costing.discounting import (
    MONTHS_PER_YEAR,
    Amounts,
    Convention,
    Floats,
    Period,
    check_factors,
    check_rate,
    discount_factors,
    nano_decimal,
    ratio_decimal,
)
from roi_tool.costing.payback import falls_back_at, payback_periods
from roi_tool.costing.rate_of_return import irr, xirr
from roi_tool.problems import Problem, ProblemError

NO_COSTS = "undefined.no_costs"
NO_INITIAL_COST = "undefined.no_initial_cost"
UNDER_THREE_YEARS = "undefined.under_three_years"
DATED = "undefined.dated"

_NUCLEUS_YEARS = 3


@dataclass(frozen=True, eq=False)
class Returns:
    """What the money does. Amounts in currency units, ratios as fractions, times in months.

    A figure without a meaning is None, and `undefined[its name]` is the code of the reason.

    Attributes:
        pv_benefits, pv_costs, npv: present values; `npv` is the first less the second.
        roi_tei: npv / pv_costs.
        roi_nucleus: average yearly net benefit of the first three years / initial cost.
        irr: effective yearly rate at which the net flow is worth nothing, under the same convention.
        payback_months, payback_discounted_months: until the running total covers the outlay; 0 is "at once".
        falls_back_months: when a running total that had been covered is below zero again (an upgrade); None if never.
        end_months: when each column ends, in months from the start.
        net_nano: benefits less costs by column.
        cumulative_nano, cumulative_discounted_nano: running totals of it.
        undefined: name of a figure → code of the reason why it is None.
    """

    pv_benefits: Decimal
    pv_costs: Decimal
    npv: Decimal
    roi_tei: Decimal | None
    roi_nucleus: Decimal | None
    irr: Decimal | None
    payback_months: Decimal | None
    payback_discounted_months: Decimal | None
    falls_back_months: int | None
    end_months: Floats
    net_nano: Amounts
    cumulative_nano: Amounts
    cumulative_discounted_nano: Floats
    undefined: Mapping[str, str]


def measure_returns(
    benefits_nano: Amounts,
    costs_nano: Amounts,
    *,
    rate: float | Decimal,
    convention: Convention = Convention.TEI,
    period: Period = Period.MONTHS,
) -> Returns:
    """Return every figure of two streams.

    Args:
        benefits_nano: int64, shape (periods + 1,), index 0 at the start; what comes in or is no longer paid, positive.
        costs_nano: the same for what is paid, positive.
        rate: yearly effective discount rate, 0.1 is 10 %.
        convention: see `Convention`.
        period: what one column is.

    Raises:
        ProblemError: `returns_rate`; `returns_ragged` when the streams differ in length, `returns_empty` when there is no
            period after the start.
    """
    _check_streams(benefits_nano, costs_nano)
    factors = discount_factors(len(costs_nano) - 1, float(rate), Convention(convention), Period(period))
    net = benefits_nano - costs_nano
    months = MONTHS_PER_YEAR if period == Period.YEARS else 1
    nucleus = _roi_nucleus(net, int(costs_nano[0]), _NUCLEUS_YEARS * MONTHS_PER_YEAR // months)
    end_months = np.arange(len(net), dtype=np.float64) * months
    yearly_irr = _yearly_irr(net, convention, period)
    return _figures(benefits_nano, costs_nano, factors, end_months, roi_nucleus=nucleus, yearly_irr=yearly_irr)


def measure_dated_returns(
    benefits_nano: Amounts, costs_nano: Amounts, days: Sequence[date], *, rate: float | Decimal
) -> Returns:
    """Return every figure of streams whose columns fall on dates, as Excel's XNPV and XIRR do (years of 365 days).

    Args:
        benefits_nano: int64, one amount for each day.
        costs_nano: the same for what is paid, positive.
        days: rising; the first is today. A month is a twelfth of 365 days.
        rate: yearly effective discount rate.

    Raises:
        ProblemError: as `measure_returns`, and `returns_dates` when days are not rising or not one for each column.
    """
    _check_streams(benefits_nano, costs_nano)
    check_rate(rate)
    if len(days) != len(costs_nano) or any(later < earlier for earlier, later in pairwise(days)):
        raise ProblemError(Problem("returns_dates", detail={"dates": str(len(days)), "columns": str(len(costs_nano))}))
    years = np.array([(day - days[0]).days / 365.0 for day in days])
    net = benefits_nano - costs_nano
    with np.errstate(over="ignore"):
        factors = (1.0 + float(rate)) ** -years
    check_factors(factors, rate)
    end_months = years * MONTHS_PER_YEAR
    return _figures(benefits_nano, costs_nano, factors, end_months, roi_nucleus=DATED, yearly_irr=xirr(net, days))


def _check_streams(benefits_nano: Amounts, costs_nano: Amounts) -> None:
    if len(benefits_nano) != len(costs_nano):
        counts = {"first": str(len(benefits_nano)), "other": str(len(costs_nano))}
        raise ProblemError(Problem("returns_ragged", detail=counts))
    if len(costs_nano) < 2:
        raise ProblemError(Problem("returns_empty"))


def _figures(
    benefits_nano: Amounts,
    costs_nano: Amounts,
    factors: Floats,
    end_months: Floats,
    *,
    roi_nucleus: float | str,
    yearly_irr: float | str,
) -> Returns:
    """Return the figures of two streams; `end_months` says when each column ends, in months."""
    net = benefits_nano - costs_nano
    discounted = net.astype(np.float64) * factors
    cumulative, cumulative_discounted = net.cumsum(), discounted.cumsum()
    pv_benefits = float(np.dot(benefits_nano.astype(np.float64), factors))
    pv_costs = float(np.dot(costs_nano.astype(np.float64), factors))
    npv = pv_benefits - pv_costs
    undefined: dict[str, str] = {}

    def defined(name: str, value: float | str) -> Decimal | None:
        if isinstance(value, str):
            undefined[name] = value
            return None
        return ratio_decimal(value)

    fallen = falls_back_at(cumulative)
    return Returns(
        pv_benefits=nano_decimal(pv_benefits),
        pv_costs=nano_decimal(pv_costs),
        npv=nano_decimal(npv),
        roi_tei=defined("roi_tei", npv / pv_costs if pv_costs > 0 else NO_COSTS),
        roi_nucleus=defined("roi_nucleus", roi_nucleus),
        irr=defined("irr", yearly_irr),
        payback_months=defined("payback_months", _moment(payback_periods(cumulative), end_months)),
        payback_discounted_months=defined(
            "payback_discounted_months",
            _moment(payback_periods(_cleaned(cumulative_discounted, discounted)), end_months),
        ),
        falls_back_months=None if fallen is None else round(end_months[fallen]),
        end_months=end_months,
        net_nano=net,
        cumulative_nano=cumulative,
        cumulative_discounted_nano=cumulative_discounted,
        undefined=MappingProxyType(undefined),
    )


def yearly_flows(net_nano: Amounts) -> Amounts:
    """Return monthly flows gathered into years, index 0 still the start; a part year stands as a year."""
    years = -(-(len(net_nano) - 1) // MONTHS_PER_YEAR)
    padded = np.zeros(years * MONTHS_PER_YEAR, dtype=net_nano.dtype)
    padded[: len(net_nano) - 1] = net_nano[1:]
    return np.concatenate((net_nano[:1], padded.reshape(years, MONTHS_PER_YEAR).sum(axis=1)))


def monthly_flows(yearly: Floats) -> Floats:
    """Return yearly flows spread evenly over their months, index 0 still the start."""
    return np.concatenate((yearly[:1], np.repeat(yearly[1:] / MONTHS_PER_YEAR, MONTHS_PER_YEAR)))


def _roi_nucleus(net: Amounts, initial_cost: int, periods: int) -> float | str:
    """Source: Nucleus Research, Standard ROI Tool: average annual net benefit over three years / initial cost."""
    if len(net) - 1 < periods:
        return UNDER_THREE_YEARS
    if initial_cost <= 0:
        return NO_INITIAL_COST
    return int(net[1 : periods + 1].sum()) / _NUCLEUS_YEARS / initial_cost


def _yearly_irr(net: Amounts, convention: Convention, period: Period) -> float | str:
    if convention == Convention.TEI:
        return irr(yearly_flows(net) if period == Period.MONTHS else net)
    by_month = irr(net if period == Period.MONTHS else monthly_flows(net.astype(np.float64)))
    return by_month if isinstance(by_month, str) else (1.0 + by_month) ** MONTHS_PER_YEAR - 1.0


def _moment(periods: float | str, end_months: Floats) -> float | str:
    """Turn a count of periods into months, evenly within a period."""
    if isinstance(periods, str):
        return periods
    before = min(int(periods), len(end_months) - 2)
    return float(end_months[before] + (periods - before) * (end_months[before + 1] - end_months[before]))


def _cleaned(cumulative: Floats, flows: Floats) -> Floats:
    """Set to 0 what is only the dust of float sums, so that a break-even to the unit counts as one."""
    dust = 1e-13 * float(np.abs(flows).sum())
    return np.where(np.abs(cumulative) <= dust, 0.0, cumulative)
