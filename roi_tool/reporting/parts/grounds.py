"""What the answer rests on: the inputs that matter, each with its mark, and what is not counted."""

from __future__ import annotations

from roi_tool.costing.line import Confidence
from roi_tool.quoting import Driver
from roi_tool.reporting.blocks import marked
from roi_tool.reporting.matter import Matter

_ALWAYS = ("seats",)
_APART = ("horizon_months", "discount_rate")


def what_it_rests_on(matter: Matter, at_most: int = 4) -> tuple[str, ...]:
    """Return sentences: the drivers that move the answer most, then what is not counted."""
    sentences = [_said(matter, driver) for driver in _weighty_drivers(matter, at_most)]
    sentences.append(_soft(matter))
    return tuple(sentences)


def _weighty_drivers(matter: Matter, at_most: int) -> list[Driver]:
    drivers = matter.comparison.scenario.drivers
    by_swing = sorted(
        matter.comparison.tornado, key=lambda swing: abs(swing.saving_at_high_nano - swing.saving_at_low_nano), reverse=True
    )
    names = [name for name in (*_ALWAYS, *(swing.driver for swing in by_swing)) if name in drivers and name not in _APART]
    return [drivers[name] for name in dict.fromkeys(names)][:at_most]


def _said(matter: Matter, driver: Driver) -> str:
    words = matter.words
    blanks = {"driver": matter.driver_name(driver.id), "value": matter.driver_value(driver), "mark": marked(driver.evidence.id)}
    if driver.moved:
        return words.text("{driver}: {value}, moved from {base}{mark}", base=matter.driver_value(driver, driver.base), **blanks)
    if driver.evidence.confidence is Confidence.ESTIMATE:
        return words.text("{driver}: {value}, an estimate{mark}", **blanks)
    if driver.evidence.confidence is Confidence.DEFAULT:
        return words.text("{driver}: {value}, our default{mark}", **blanks)
    return words.text("{driver}: {value}{mark}", **blanks)


def _soft(matter: Matter) -> str:
    soft = any(line.total_nano for option in matter.comparison.options for line in option.lines if not line.hard)
    if soft:
        return matter.words.text(
            "Time your staff may save is counted as you asked; it is marked as soft on the page of cost lines"
        )
    return matter.words.text("Time your staff may save is not counted")
