"""Tells what came after a call's own price: rules of the month, surcharges, taxes, the carrier's cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from roi_tool.money import from_nano
from roi_tool.problems import Problem, Severity
from roi_tool.rating.call_story import CallStory
from roi_tool.rating.trail import RuleStep
from roi_tool.tariff import Tariff, Tax


def told_rules(tariff: Tariff, story: CallStory, start: datetime, side: str) -> Iterator[Problem]:
    """Yield a finding for each rule that changed the call, the sum, the taxes, and the cost where the tariff knows carriers."""
    currency = tariff.currency
    estimates = {rule.id for rule in tariff.surcharges if rule.estimate}
    for step in story.steps:
        yield _step(step, currency, step.kind == "surcharge" and step.rule in estimates)
    if any(step.kind != "allowance" for step in story.steps):
        yield _fact("altogether", amount=_amount(story.charge_nano), currency=currency)
    held = [tax for tax in tariff.taxes if _holds(tax, start, side)]
    if held:
        names = ", ".join(f"{tax.id} {_plain(tax.percent)} %" for tax in held)
        code = "tax_included" if story.tax_included else "tax"
        total = story.charge_nano + (0 if story.tax_included else story.tax_nano)
        yield _fact(code, taxes=names, amount=_amount(story.tax_nano), total=_amount(total), currency=currency)
        if any(tax.estimate for tax in held):
            yield _fact("tax_estimate")
    if story.cost_nano is None or story.margin_nano is None:
        return
    if not story.carrier:
        yield _fact("no_carrier")
        return
    code = "carrier" if story.margin_nano >= 0 else "carrier_loss"
    cost, margin = _amount(story.cost_nano), _amount(abs(story.margin_nano))
    yield _fact(code, carrier=story.carrier, cost=cost, margin=margin, currency=currency)


def _step(step: RuleStep, currency: str, is_estimate: bool) -> Problem:
    if step.kind == "allowance":
        minutes, rest = divmod(step.covered_ms, 60_000)
        return _fact("used_allowance", rule=step.rule, time=f"{minutes}:{rest // 1000:02d}")
    difference = _amount(abs(step.after_nano - step.before_nano))
    detail = {"rule": step.rule, "amount": difference, "before": _amount(step.before_nano), "after": _amount(step.after_nano)}
    return _fact(f"{step.kind}{'_estimate' if is_estimate else ''}", currency=currency, **detail)


def _holds(tax: Tax, start: datetime, side: str) -> bool:
    in_time = (tax.valid_from is None or tax.valid_from <= start) and (tax.valid_till is None or start < tax.valid_till)
    return in_time and tax.jurisdiction in ("", side)


def _fact(code: str, **detail: str) -> Problem:
    return Problem(f"rating_explain_{code}", severity=Severity.INFO, detail=detail)


def _amount(nano: int) -> str:
    return _plain(from_nano(nano))


def _plain(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
