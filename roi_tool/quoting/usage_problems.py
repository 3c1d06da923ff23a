"""What the figures of usage leave out or rest on: calls without a price, charges besides calls, months that are cut short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from roi_tool.money import from_nano
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, Severity
from roi_tool.quoting.baseline import Baseline
from roi_tool.quoting.comparison import UsageResult


def usage_problems(usages: Mapping[str, UsageResult], price_book: PriceBook, baseline: Baseline) -> list[Problem]:
    """Return the findings on every tariff that the options' usage was rated with."""
    found: list[Problem] = []
    touched = _calendar_months(baseline)
    for usage in {usage.tariff_id: usage for usage in usages.values()}.values():
        if usage.unrated:
            detail = {"count": str(usage.unrated), "calls": str(usage.calls), "tariff": usage.tariff_id}
            found.append(Problem("usage_unrated", Severity.WARNING, detail=detail))
        if usage.period_nano:
            detail = {"tariff": usage.tariff_id, "amount": format(from_nano(int(usage.period_nano // usage.months)), ".2f")}
            found.append(Problem("usage_besides_calls", Severity.INFO, detail=detail))
        tariff = price_book.tariffs.get(usage.tariff_id)
        if tariff is not None and tariff.counts_by_month and touched != usage.months:
            detail = {"tariff": usage.tariff_id, "months": f"{float(usage.months):.3g}", "touched": str(touched)}
            found.append(Problem("usage_months_cut", Severity.WARNING, detail=detail))
    return found


def _calendar_months(baseline: Baseline) -> int | Fraction:
    """In how many calendar months the days of the bills lie; the counted months where no days are known."""
    if baseline.period_start is None or baseline.period_end is None:
        return baseline.months
    first, last = baseline.period_start, baseline.period_end - timedelta(days=1)
    return (last.year - first.year) * 12 + last.month - first.month + 1
