"""What the what-if page says: sliders, key figures, charts, table and why it changed. Plain Python over a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from roi_tool.charting import BarChart, LineChart, TornadoChart, category_chart, cumulative_chart, tornado_chart
from roi_tool.desktop.driver_text import parse_value, value_text
from roi_tool.desktop.pages.what_if.chance import chance_figure
from roi_tool.desktop.pages.what_if.option_rows import option_columns, option_rows
from roi_tool.desktop.widgets.figure_rows import Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.desktop.widgets.slider_row import SliderFace
from roi_tool.money import Money
from roi_tool.problems import ProblemError
from roi_tool.quoting import Comparison, Driver, OptionResult, Scenario
from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.quoting.uncertainty import Uncertainty

FIRST_DRIVERS = (
    "seats",
    "staff_growth",
    "outbound_minutes",
    "mobile_share",
    "hosted_seat_price",
    "channels",
    "channel_price",
    "pbx_purchase",
    "maintenance_rate",
    "admin_hours",
    "term_months",
    "horizon_months",
    "discount_rate",
    "soft_time_saved",
)
"""The drivers that a meeting moves, in this order; all others stand behind "More"."""


@dataclass(frozen=True, eq=False, slots=True)
class WhatIfPicture:
    """Everything that moves with a slider."""

    cards: tuple[KeyFigure, ...]
    cumulative: LineChart
    tornado: TornadoChart
    categories: BarChart
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def picture(comparison: Comparison, words: Wording, chance: tuple[bool, Uncertainty | None] = (False, None)) -> WhatIfPicture:
    """Return what the page shows for a comparison; `chance` as `ChanceMeter.of_present` gives it."""
    return WhatIfPicture(
        cards=key_figures(comparison, words, chance),
        cumulative=cumulative_chart(comparison, words),
        tornado=tornado_chart(comparison, words),
        categories=_short_names(category_chart(comparison, words), comparison, words),
        columns=option_columns(comparison, words),
        rows=option_rows(comparison, words),
    )


def _short_names(chart: BarChart, comparison: Comparison, words: Wording) -> BarChart:
    """The chart stands in a narrow card beside the table that spells the options out."""
    bars = zip(chart.bars, comparison.options, strict=True)
    return replace(chart, bars=tuple(replace(bar, label=words.label(f"option.short.{option.id}")) for bar, option in bars))


def ordered_drivers(scenario: Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the first drivers and of the others."""
    first = tuple(name for name in FIRST_DRIVERS if name in scenario.drivers)
    return first, tuple(name for name in scenario.drivers if name not in first)


def slider_face(driver: Driver, currency: str, words: Wording) -> SliderFace:
    """Return what a driver's row shows."""

    def shown(value: Decimal) -> str:
        return value_text(value, driver.unit, currency, words)

    label = words.label(f"driver.{driver.id}")
    evidence = driver.evidence
    source = words.text("From: {source}", source=words.label(evidence.source))
    if evidence.as_of is not None:
        source += f" · {words.day(evidence.as_of, 'medium')}"
    bounds = words.text(
        "{low} to {high}; began at {base}", low=shown(driver.low), high=shown(driver.high), base=shown(driver.base)
    )
    widest = max((shown(value) for value in (driver.low, driver.high, driver.base, driver.high - driver.step)), key=len)
    return SliderFace(
        id=driver.id,
        label=label,
        text=shown(driver.value),
        widest=widest,
        badge_code=evidence.confidence.value,
        badge_text=words.label(f"confidence.{evidence.confidence.value}"),
        help=f"{label}\n{bounds}\n{source}",
        value=driver.value,
        base=driver.base,
        low=driver.low,
        high=driver.high,
        step=driver.step,
        reset_text=words.text("Put {driver} back to {base}", driver=label, base=shown(driver.base)),
        exact_text=words.text("{driver}, exact value", driver=label),
    )


def typed_value(driver: Driver, text: str, words: Wording) -> Decimal | str:
    """Return the value of typed words, or the sentence that says why they have none."""
    try:
        return parse_value(text, driver)
    except ProblemError as error:
        return words.sentence(error.problems[0])


def key_figures(
    comparison: Comparison, words: Wording, chance: tuple[bool, Uncertainty | None] = (False, None)
) -> tuple[KeyFigure, ...]:
    """Return the four figures at the top. Where staying is cheapest they say so and show the nearest offer."""
    best = comparison.option(comparison.best)
    shown = best if best.id != "stay" else _nearest(comparison)
    months = words.number(comparison.horizon_months)
    name = words.label(f"option.short.{best.id}")
    answer = KeyFigure(
        words.text("Best over {months} months", months=months),
        name,
        _leads(comparison, words),
        "" if best.id == "stay" else "good",
    )
    sure = chance_figure(*chance, shown.id, comparison.currency, words)
    return answer, _saving(comparison, shown, words), _payback(shown, words), sure


def _nearest(comparison: Comparison) -> OptionResult:
    return min((option for option in comparison.options if option.id != "stay"), key=lambda option: option.npv_cost)


def _leads(comparison: Comparison, words: Wording) -> str:
    """Say who is cheapest before the best option takes over, or that it is so all along."""
    if comparison.best == "stay":
        nearest = words.label(f"option.short.{_nearest(comparison).id}")
        return words.text("every offer costs more; the nearest is {option}", option=nearest)
    taken_over = [crossing for crossing in comparison.crossovers if crossing.b == comparison.best]
    if not taken_over:
        return words.text("the cheapest from the start")
    last = max(taken_over, key=lambda crossing: crossing.month)
    option = words.label(f"option.short.{last.a}")
    return words.text("{option} leads until month {month}", option=option, month=words.number(last.month - 1))


def _saving(comparison: Comparison, shown: OptionResult, words: Wording) -> KeyFigure:
    versus = shown.versus_today
    if versus is None:
        return KeyFigure(words.text("Saves against staying"), "–")
    money = words.money(Money(versus.saving_total_nano, comparison.currency), 0)
    npv = words.money(Money(int(versus.npv * 10**9), comparison.currency), 0)
    soft = any(not line.hard and line.total_nano for line in shown.lines)
    kind = words.text("with soft savings") if soft else words.text("hard savings")
    caption = words.text("Saves against staying")
    if shown.id != comparison.best:
        caption = words.text("{option} against staying", option=words.label(f"option.short.{shown.id}"))
    tone = "bad" if versus.saving_total_nano < 0 else ""
    context = words.text("NPV {npv} · {kind}", npv=npv, kind=kind)
    return KeyFigure(caption, money, context, tone, short=words.text("NPV {npv}", npv=npv))


def _payback(shown: OptionResult, words: Wording) -> KeyFigure:
    caption = words.text("Pays back in")
    versus = shown.versus_today
    if versus is None or versus.payback_months is None:
        code = versus.undefined.get("payback_months", "") if versus else ""
        return KeyFigure(caption, words.text("never"), words.label(code) if code else "")
    if versus.payback_months == 0:
        return KeyFigure(caption, words.text("at once"), words.text("there is nothing to invest first"))
    figure = words.text("{months} months", months=words.number(versus.payback_months, 1))
    if versus.payback_discounted_months is None:
        return KeyFigure(caption, figure, words.text("discounted: never within the horizon"))
    return KeyFigure(
        caption, figure, words.text("discounted {months}", months=words.number(versus.payback_discounted_months, 1))
    )
