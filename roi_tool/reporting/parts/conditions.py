"""The small print as figures: prices that change by contract, and what ending the old contract costs, formula by formula."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from roi_tool.costing.leaving import TerminationPart
from roi_tool.money import Money
from roi_tool.quoting import Inputs, price_steps, take_inputs, what_is_owed
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table, marked, plain
from roi_tool.reporting.matter import Matter


def conditions(matter: Matter) -> tuple[Block, ...]:
    """Return both tables, each where there is something to say."""
    if not matter.case.plans:
        return ()
    return (*_prices_that_change(matter), *_leaving(matter))


def _prices_that_change(matter: Matter) -> tuple[Block, ...]:
    words = matter.words
    found = {}
    for option in matter.comparison.options:
        for step in price_steps(matter.case, matter.comparison.scenario, option.id):
            found[(step.name, step.term_nano, step.renewal_nano, step.renewal_from)] = step
    if not found:
        return ()
    columns = (
        Column(words.text("Price a piece and month"), share=3),
        Column(words.text("Free months"), True),
        Column(words.text("In the term"), True),
        Column(words.text("After it"), True),
        Column(words.text("from month"), True),
    )
    rows = tuple(
        Row(
            (
                Cell(plain(step.name)),
                Cell(words.number(step.free_months) if step.free_months else "–"),
                matter.exact(step.term_nano),
                matter.exact(step.renewal_nano),
                Cell(words.number(step.renewal_from)),
            )
        )
        for step in found.values()
    )
    rises = next(iter(found.values()))
    note = words.text(
        "Prices that are fixed during the term rise by {rise} a year from month {month} on; it is all in the totals, month by "
        "month.",
        rise=words.percent(rises.rise, 1),
        month=words.number(rises.rises_from),
    )
    return (
        Heading(words.text("Prices that change")),
        Table(columns, rows, small=True),
        Paragraph(note, quiet=True),
    )


def _leaving(matter: Matter) -> tuple[Block, ...]:
    words = matter.words
    plan = next((plan for plan in matter.case.plans.values() if not plan.stays and not plan.parts), None)
    line = next(
        (line for option in matter.comparison.options for line in option.lines if line.label == "cost.termination"), None
    )
    if plan is None or line is None:
        return ()
    inputs = take_inputs(matter.comparison.scenario)
    parts = what_is_owed(plan, inputs)
    rows = [
        Row(
            (
                Cell(words.label(f"formula.{part.term.kind}", **_blanks(matter, part, inputs))),
                matter.exact(round(part.amount_nano)),
            )
        )
        for part in parts
    ]
    terms = plan.leaving
    if terms is not None and terms.cap_nano is not None:
        rows.append(Row((Cell(words.text("At most")), matter.exact(terms.cap_nano))))
    rows.append(Row((Cell(words.text("Owed in all")), matter.exact(line.once_nano)), RowStyle.TOTAL))
    says = words.text("Formula{mark}", mark=marked(line.evidence.id))
    columns = (Column(says, share=5), Column(matter.currency_and_tax(), True))
    return (Heading(words.text("What ending the old contract costs")), Table(columns, tuple(rows), small=True))


def _blanks(matter: Matter, part: TerminationPart, inputs: Inputs) -> Mapping[str, str]:
    """Return what fills the blanks of a formula."""
    words, term = matter.words, part.term

    def money(nano: float) -> str:
        return words.money(Money(round(nano), matter.comparison.currency))

    return {
        "months": words.number(Decimal(str(round(part.months, 2))), 0 if part.months == int(part.months) else 1),
        "rental": money(inputs.nano("today_rental") - inputs.nano("kept_rental")),
        "share": words.percent(part.share),
        "amount": money(term.amount_nano),
        "pieces": words.number(term.pieces),
        "less": money(term.less_nano),
        "of": words.number(term.months),
    }
