"""What would change the answer: inputs whose likely range reaches the point where staying is as cheap, and the horizon."""

from __future__ import annotations

from decimal import Decimal

from roi_tool.money import NANO
from roi_tool.quoting import DriverUnit, Swing
from roi_tool.reporting.matter import Matter

_WHOLE = frozenset((DriverUnit.SEATS, DriverUnit.CHANNELS, DriverUnit.MONTHS, DriverUnit.COUNT, DriverUnit.MINUTES_PER_MONTH))


def what_would_change(matter: Matter) -> tuple[str, ...]:
    """Return sentences, the most telling first; one that says so where nothing would."""
    option = matter.subject
    if option is None:
        return (matter.words.text("No other option is compared here"),)
    sentences = [sentence for swing in matter.comparison.tornado if (sentence := _flip(matter, swing))]
    if not sentences:
        sentences += _range(matter)
    sentences += _crossings(matter)
    sentences += [_largest(matter, swing) for swing in _by_reach(matter)[:2]]
    return tuple(dict.fromkeys(sentences))


def _by_reach(matter: Matter) -> list[Swing]:
    return sorted(
        matter.comparison.tornado, key=lambda swing: abs(swing.saving_at_high_nano - swing.saving_at_low_nano), reverse=True
    )


def _flip(matter: Matter, swing: Swing) -> str | None:
    """Say from which value on the saving is gone, where that value lies in the driver's range.

    Between the ends of the range the saving is taken as a straight line, so the value is said to be about right.
    """
    low, high = swing.saving_at_low_nano, swing.saving_at_high_nano
    if (low > 0) == (high > 0) or low == high:
        return None
    share = Decimal(low) / Decimal(low - high)
    value = swing.low_value + (swing.high_value - swing.low_value) * share
    driver = matter.comparison.scenario.driver(swing.driver)
    blanks = {"driver": matter.driver_name(driver.id), "value": matter.driver_value(driver, _readable(value, driver.unit))}
    gone_above = low > high
    if matter.best.id == "stay":
        option = matter.subject
        assert option is not None
        blanks["option"] = matter.inner_phrase(option.id)
        if gone_above:
            return matter.words.text("{driver} below about {value}: {option} is cheaper than staying", **blanks)
        return matter.words.text("{driver} above about {value}: {option} is cheaper than staying", **blanks)
    if gone_above:
        return matter.words.text("{driver} above about {value}: staying is cheaper", **blanks)
    return matter.words.text("{driver} below about {value}: staying is cheaper", **blanks)


def _readable(value: Decimal, unit: DriverUnit) -> Decimal:
    if unit in _WHOLE:
        return value.quantize(Decimal(1))
    return value.quantize(Decimal("0.001") if abs(value) < 1 else Decimal("0.1") if abs(value) < 100 else Decimal(1))


def _range(matter: Matter) -> list[str]:
    ends = [end for swing in matter.comparison.tornado for end in (swing.saving_at_low_nano, swing.saving_at_high_nano)]
    if not ends:
        return []
    low, high = min(ends), max(ends)
    if low >= 0:
        return [
            matter.words.text(
                "No single input, moved within its likely range, does: the saving stays between {low} and {high}",
                low=matter.money(low),
                high=matter.money(high),
            )
        ]
    return [
        matter.words.text(
            "No single input, moved within its likely range, does: the extra cost stays between {low} and {high}",
            low=matter.money(-high),
            high=matter.money(-low),
        )
    ]


def _crossings(matter: Matter) -> list[str]:
    """Say which option was the cheaper before the best one overtook it, latest first."""
    found = sorted(
        (crossing for crossing in matter.comparison.crossovers if crossing.b == matter.best.id), key=lambda one: -one.month
    )
    return [
        matter.words.text(
            "Over less than {period}, {option} costs less",
            period=matter.period(crossing.month),
            option=matter.inner_phrase(crossing.a),
        )
        for crossing in found[:2]
        if crossing.month > 1
    ]


def _largest(matter: Matter, swing: Swing) -> str:
    driver = matter.comparison.scenario.driver(swing.driver)
    return matter.words.text(
        "{driver}, from {low} to {high}, moves the saving by {amount}",
        driver=matter.driver_name(driver.id),
        low=matter.driver_value(driver, swing.low_value),
        high=matter.driver_value(driver, swing.high_value),
        amount=matter.words.short_money(
            abs(swing.saving_at_high_nano - swing.saving_at_low_nano) // NANO * NANO, matter.comparison.currency
        ),
    )
