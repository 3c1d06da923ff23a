"""Method and definitions: what each figure means, so that anyone can compute it again."""

from __future__ import annotations

from roi_tool.costing.discounting import Convention
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Row, Table
from roi_tool.reporting.matter import Matter


def convention_text(matter: Matter) -> str:
    """Return the convention of discounting as a sentence, with its rate."""
    words = matter.words
    rate = words.percent(matter.comparison.discount_rate, 1)
    if matter.comparison.scenario.convention == Convention.MONTHLY:
        return words.text(
            "Discounted at {rate} a year, monthly convention: what is paid at the start counts in full, each month’s money "
            "is discounted at the end of its month.",
            rate=rate,
        )
    return words.text(
        "Discounted at {rate} a year, TEI convention: what is paid at the start counts in full, each year’s money is "
        "discounted at the end of its year.",
        rate=rate,
    )


def convention_note(matter: Matter) -> str:
    """Return the convention in a few words for the foot of every page: figures under two conventions are not comparable."""
    words = matter.words
    rate = words.percent(matter.comparison.discount_rate, 1)
    if matter.comparison.scenario.convention == Convention.MONTHLY:
        return words.text("discounted at {rate}, monthly convention", rate=rate)
    return words.text("discounted at {rate}, TEI convention", rate=rate)


def method(matter: Matter) -> tuple[Block, ...]:
    """Return the definitions, each beside its term."""
    words = matter.words
    months = words.number(matter.comparison.horizon_months)
    terms = (
        (words.text("Once"), words.text("Everything paid at the start, before the first month.")),
        (words.text("A month, year 1"), words.text("The cost of the first twelve months divided by twelve.")),
        (
            words.text("Present value"),
            words.text(
                "What all payments of the {months} months are worth today. {convention}",
                months=months,
                convention=convention_text(matter),
            ),
        ),
        (words.text("Net present value"), words.text("Present value of staying as you are less present value of the option.")),
        (words.text("ROI (TEI)"), words.text("Net present value divided by the present value of the option’s costs.")),
        (
            words.text("ROI (Nucleus)"),
            words.text(
                "Average yearly net benefit of the first three years divided by the initial cost. Not comparable with ROI "
                "(TEI)."
            ),
        ),
        (
            words.text("Payback"),
            words.text(
                "The month in which what was saved so far covers what was paid at the start, interpolated within the month; "
                "not discounted."
            ),
        ),
        (
            words.text("Payback, discounted"),
            words.text("The same with every amount in today’s terms."),
        ),
        (
            words.text("IRR"),
            words.text("The discount rate at which the net present value is nil; shown only where there is exactly one."),
        ),
        (words.text("A user and month"), words.text("Total cost divided by the sum of users over all months.")),
        (
            words.text("Calls"),
            words.text(
                "The calls of your own bills, each priced one by one under each option’s tariff by the engine that would "
                "bill you: the same calls, the same rounding, the same amount."
            ),
        ),
        (
            words.text("Rounding"),
            words.text(
                "Amounts are computed exactly and rounded where they are printed, so that sums of printed figures may "
                "differ by one."
            ),
        ),
    )
    columns = (Column(words.text("Term"), share=1), Column(words.text("Meaning"), share=4))
    rows = tuple(Row((Cell(term), Cell(meaning))) for term, meaning in terms)
    return (Heading(words.text("Method and definitions"), 1), Table(columns, rows, small=True))
