"""What moves the saving: one bar per driver, longest first."""

from __future__ import annotations

from roi_tool.charting.driver_values import driver_value
from roi_tool.charting.spec import Labels, TornadoBar, TornadoChart
from roi_tool.money import NANO
from roi_tool.quoting import Comparison, Swing


def tornado_chart(comparison: Comparison, labels: Labels, *, at_most: int = 8) -> TornadoChart:
    """Return the drivers' swings of the best option's saving against staying, in currency units.

    Where staying is best, the comparison's swings are those of the next best option, and the base is its (negative) saving.
    """
    option = comparison.option(tornado_option(comparison))
    base_nano = option.versus_today.saving_total_nano if option.versus_today else 0
    swings = sorted(comparison.tornado, key=lambda swing: _reach(swing, base_nano), reverse=True)[:at_most]
    bars = tuple(_bar(swing, base_nano, comparison, labels) for swing in swings if _reach(swing, base_nano))
    return TornadoChart(
        title=labels.label(
            "chart.tornado", option=labels.label(f"option.short.{option.id}"), months=labels.number(comparison.horizon_months)
        ),
        base=base_nano / NANO,
        base_text=labels.short_money(base_nano, comparison.currency),
        bars=bars,
        reach=max((_reach(swing, base_nano) for swing in swings), default=0) / NANO or 1.0,
    )


def tornado_option(comparison: Comparison) -> str:
    """Return the option whose saving the tornado moves: the best, or where staying is best the cheapest of the others."""
    if comparison.best != "stay":
        return comparison.best
    others = [option for option in comparison.options if option.id != "stay"]
    return min(others, key=lambda option: option.npv_cost).id if others else "stay"


def _reach(swing: Swing, base_nano: int) -> int:
    return max(abs(swing.saving_at_low_nano - base_nano), abs(swing.saving_at_high_nano - base_nano))


def _bar(swing: Swing, base_nano: int, comparison: Comparison, labels: Labels) -> TornadoBar:
    driver = comparison.scenario.driver(swing.driver)
    low = driver_value(swing.low_value, driver.unit, comparison.currency, labels)
    high = driver_value(swing.high_value, driver.unit, comparison.currency, labels)
    worse, better = sorted((swing.saving_at_low_nano - base_nano, swing.saving_at_high_nano - base_nano))
    signed = [_signed(change, comparison.currency, labels) for change in (worse, better)]
    return TornadoBar(
        label=labels.label("chart.tornado_range", driver=labels.label(f"driver.{swing.driver}"), low=_bare(low), high=high),
        low=swing.saving_at_low_nano / NANO,
        high=swing.saving_at_high_nano / NANO,
        text=" / ".join(signed),
        low_text=low,
        high_text=high,
    )


def _bare(percentage: str) -> str:
    """Leave out the per cent sign that the range's other end carries."""
    return percentage.rstrip("%").rstrip()


def _signed(amount_nano: int, currency: str, labels: Labels) -> str:
    return f"{'+' if amount_nano > 0 else ''}{labels.short_money(amount_nano, currency)}"
