"""One line that says why the picture changed: which values moved, and what that did to totals, crossover and payback."""

from __future__ import annotations

from roi_tool.desktop.driver_text import change_text
from roi_tool.money import Money
from roi_tool.quoting import Comparison
from roi_tool.wording import Wording

_MOST_DRIVERS = 3


def why_it_changed(before: Comparison, after: Comparison, words: Wording) -> str:
    """Return the line; where nothing moved, what to do."""
    if before is after:
        return words.text("Move a slider: this line says what it changes and why.")
    moved = _moved_drivers(before, after, words)
    effects = [
        *_total_effects(before, after, words),
        *_crossover_effect(before, after, words),
        *_payback_effect(before, after, words),
    ]
    if not effects:
        effects = [words.text("no option’s cost changes")]
    if before.best != after.best:
        best = words.label(f"option.short.{after.best}")
        effects.insert(0, words.text("{option} is now the cheapest", option=best))
    cause = words.listed(moved) if moved else words.text("other customer, bills or prices")
    return words.text("{cause}: {effects}.", cause=cause, effects=words.clauses(effects))


def _moved_drivers(before: Comparison, after: Comparison, words: Wording) -> list[str]:
    moved = []
    for driver in after.scenario:
        old = before.scenario.drivers.get(driver.id)
        if old is not None and old.value != driver.value:
            change = change_text(old.value, driver.value, driver.unit, after.currency, words)
            moved.append(f"{words.label(f'driver.{driver.id}')} {change}")
    if len(moved) > _MOST_DRIVERS:
        more = words.text("{count} more", count=words.number(len(moved) - _MOST_DRIVERS))
        moved = [*moved[:_MOST_DRIVERS], more]
    return moved


def _total_effects(before: Comparison, after: Comparison, words: Wording) -> list[str]:
    """The two options whose totals change most."""
    old = {option.id: option.total_nano for option in before.options}
    changes = [(option.total_nano - old[option.id], option.id) for option in after.options if option.id in old]
    changes = sorted((change for change in changes if change[0]), key=lambda change: -abs(change[0]))[:2]
    effects = []
    for amount_nano, option_id in changes:
        money = words.money(Money(abs(amount_nano), after.currency), 0)
        sign = "−" if amount_nano < 0 else "+"
        effects.append(f"{words.label(f'option.short.{option_id}')} {sign}{money}")
    return effects


def _crossover_effect(before: Comparison, after: Comparison, words: Wording) -> list[str]:
    """The month from which the best option is cheaper than the runner-up."""
    ranked = sorted(after.options, key=lambda option: option.npv_cost)
    if len(ranked) < 2:
        return []
    pair = {ranked[0].id, ranked[1].id}
    months = [
        [crossing.month for crossing in comparison.crossovers if {crossing.a, crossing.b} == pair][-1:]
        for comparison in (before, after)
    ]
    if months[0] == months[1] or not months[1]:
        return []
    other = words.label(f"option.short.{ranked[1].id}")
    to = words.number(months[1][0])
    if not months[0]:
        return [words.text("crossover with {option} now in month {to}", option=other, to=to)]
    return [
        words.text("crossover with {option} from month {from_} to {to}", option=other, from_=words.number(months[0][0]), to=to)
    ]


def _payback_effect(before: Comparison, after: Comparison, words: Wording) -> list[str]:
    shown = after.option(after.best)
    old = next((option for option in before.options if option.id == shown.id), None)
    now, then = (option.versus_today.payback_months if option and option.versus_today else None for option in (shown, old))
    if now is None or then is None or round(now, 1) == round(then, 1):
        return []
    return [words.text("payback from {from_} to {to} months", from_=words.number(then, 1), to=words.number(now, 1))]
