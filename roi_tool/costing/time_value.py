"""Money over time in the words of a spreadsheet: NPV, XNPV, MIRR, PMT, RATE, EFFECT, PV, FV, NPER, IPMT and PPMT.

Source: Microsoft, documentation of the Excel functions of these names; MIRR and RATE come from the `pyxirr` library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyxirr

from roi_tool.costing.discounting import check_rate
from roi_tool.costing.rate_of_return import irr, xirr
from roi_tool.problems import Problem, ProblemError

NO_RESULT = "undefined.no_result"


def net_present_value(rate: float, values: Sequence[float]) -> float:
    """Return NPV as a spreadsheet means it: the first value comes one period from now and is discounted too."""
    check_rate(rate)
    flows = _flows(values)
    return float(np.dot(flows, (1.0 + rate) ** -np.arange(1.0, len(flows) + 1.0)))


def dated_net_present_value(rate: float, values: Sequence[float], days: Sequence[date]) -> float:
    """Return XNPV: dated flows, years of 365 days, the first day undiscounted."""
    check_rate(rate)
    _check_days(values, days)
    years = np.array([(day - days[0]).days / 365.0 for day in days])
    return float(np.dot(_flows(values), (1.0 + rate) ** -years))


def internal_rate(values: Sequence[float]) -> float | str:
    """Return IRR per period, or the code of why it is not defined."""
    return irr(np.array(_flows(values)))


def dated_internal_rate(values: Sequence[float], days: Sequence[date]) -> float | str:
    """Return XIRR per year, or the code of why it is not defined."""
    _check_days(values, days)
    return xirr(np.array(_flows(values)), days)


def modified_internal_rate(values: Sequence[float], finance_rate: float, reinvest_rate: float) -> float | str:
    """Return MIRR per period: outlays financed at one rate, returns put out at another; or the code of why not."""
    check_rate(finance_rate)
    check_rate(reinvest_rate)
    flows = np.array(_flows(values))
    if not ((flows > 0).any() and (flows < 0).any()):
        return "undefined.irr_no_change"
    found = pyxirr.mirr(flows, finance_rate, reinvest_rate)
    return NO_RESULT if found is None or not math.isfinite(found) else float(found)


def payment(rate: float, periods: float, present_value: float, future_value: float = 0.0, *, at_start: bool = False) -> float:
    """Return PMT: the level payment per period of a loan or lease, negative when `present_value` is received.

    Args:
        rate: per period.
        periods: number of payments, above 0.
        present_value: borrowed now.
        future_value: left over at the end (a residual, negative when it has to be paid).
        at_start: whether payments are made at the start of each period, as leases often are.

    Raises:
        ProblemError: `returns_rate`, or `returns_periods` for no periods.

    >>> round(payment(0.08 / 12, 10, 10_000), 6)
    -1037.032089
    """
    check_rate(rate)
    _check_periods(periods)
    # The level payment that has the present value: pv = -pmt × annuity - fv × (1 + rate)^-periods.
    lost = -math.expm1(-periods * math.log1p(rate))
    annuity = periods if rate == 0 else lost / rate
    return -(present_value + future_value * (1.0 - lost)) / (annuity * (1.0 + rate * at_start))


def loan_rate(
    periods: float, payment_each: float, present_value: float, future_value: float = 0.0, *, at_start: bool = False
) -> float | str:
    """Return RATE: the rate per period that a loan's or a lease's payments amount to, or the code of why there is none."""
    _check_periods(periods)
    found = pyxirr.rate(periods, payment_each, present_value, future_value, pmt_at_beginning=at_start)
    return NO_RESULT if found is None or not math.isfinite(found) else float(found)


def annuity(function: str, arguments: Mapping[str, float], *, at_start: bool = False) -> float | str:
    """Return PV, FV, NPER, IPMT or PPMT of level payments, or the code of why there is none.

    Args:
        function: its name.
        arguments: `rate` per period, and of `nper`, `pmt`, `pv`, `fv`, `per` those that the function takes.
        at_start: whether payments are made at the start of each period.

    Raises:
        ProblemError: `returns_rate`, or `returns_periods` for no periods.

    >>> round(annuity("PV", {"rate": 0.08 / 12, "nper": 240, "pmt": 500.0}), 2)
    -59777.15
    """
    check_rate(arguments["rate"])
    if "nper" in arguments:
        _check_periods(arguments["nper"])
    if "per" in arguments and not 1 <= arguments["per"] <= arguments["nper"]:
        raise ProblemError(Problem("returns_periods", detail={"periods": f"{arguments['per']:g}"}))
    found = getattr(pyxirr, function.lower())(**arguments, pmt_at_beginning=at_start)
    return NO_RESULT if found is None or not math.isfinite(found) else float(found)


def effective_rate(nominal: float, per_year: int) -> float:
    """Return EFFECT: the yearly rate of a nominal one that is compounded `per_year` times.

    >>> round(effective_rate(0.0525, 4), 9)
    0.053542667
    """
    _check_periods(per_year)
    check_rate(nominal / per_year)
    return math.expm1(per_year * math.log1p(nominal / per_year))


def nominal_rate(effective: float, per_year: int) -> float:
    """Return NOMINAL: the inverse of `effective_rate`."""
    check_rate(effective)
    _check_periods(per_year)
    return per_year * math.expm1(math.log1p(effective) / per_year)


def _flows(values: Sequence[float]) -> list[float]:
    if not len(values):
        raise ProblemError(Problem("returns_empty"))
    return [float(value) for value in values]


def _check_days(values: Sequence[float], days: Sequence[date]) -> None:
    if len(days) != len(values) or any(day < days[0] for day in days):
        raise ProblemError(Problem("returns_dates", detail={"dates": str(len(days)), "columns": str(len(values))}))


def _check_periods(periods: float) -> None:
    if not 0 < periods < 1e6:
        raise ProblemError(Problem("returns_periods", detail={"periods": f"{periods:g}"}))
