"""How sure the answer is: draws of all inputs within their likely ranges, and the values at which the saving is gone."""

from __future__ import annotations

from decimal import Decimal

from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.matter import Matter

_TELLING_ERROR = 0.005


def chances(matter: Matter) -> tuple[Block, ...]:
    """Return each option's chance of beating staying, and where eight of ten draws lie; nothing without a model."""
    words, found = matter.words, matter.uncertainty
    if found is None or not found.options:
        return ()
    columns = (
        Column(words.text("Net present value against staying"), share=2),
        Column(words.text("Cheaper than staying"), True),
        Column(words.text("Low case"), True),
        Column(words.text("One in ten below"), True),
        Column(words.text("As given"), True),
        Column(words.text("One in ten above"), True),
        Column(words.text("High case"), True),
    )
    rows = []
    for option in matter.comparison.options:
        spread = found.options.get(option.id)
        if spread is None or option.versus_today is None:
            continue
        low, below, above, high = (
            matter.whole_decimal(Decimal(str(round(value, 2))))
            for value in (spread.worst_case, spread.low, spread.high, spread.best_case)
        )
        figures = (low, below, matter.whole_decimal(option.versus_today.npv), above, high)
        chosen = matter.subject is not None and option.id == matter.subject.id
        cells = (Cell(matter.name(option.id)), Cell(words.chance(spread.chance_beats_stay)), *figures)
        rows.append(Row(cells, RowStyle.BEST if chosen else RowStyle.PLAIN))
    note = words.text(
        "In {draws} draws all inputs moved at once, each on its own within its likely range and most often near "
        "its given value "
        "(triangular). Drawn with seed {seed}: the same seed gives the same draws. In the low case all inputs stand at their "
        "worse end at once, in the high case at their better end; either is unlikelier than any one of them alone.",
        draws=words.number(found.draws),
        seed=found.seed,
    )
    if found.fit_error > _TELLING_ERROR:
        more = words.text(
            "The draws use a fit of the model that was off by up to {error} of the largest change.",
            error=words.percent(found.fit_error, 1),
        )
        note = words.paragraph((note, more))
    return (
        Heading(words.text("How sure the answer is")),
        Table(columns, tuple(rows), small=True),
        Paragraph(note, quiet=True),
    )


def break_even_cell(matter: Matter, driver_id: str) -> Cell:
    """Return the value of an input at which the subject costs as much as staying; a dash where there is none."""
    value = matter.break_even.get(driver_id)
    if value is None:
        return Cell("–")
    return Cell(matter.bare_value(matter.comparison.scenario.driver(driver_id), value), value)
