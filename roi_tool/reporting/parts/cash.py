"""Cumulative cash, the months in which options overtake each other, and what moves the saving."""

from __future__ import annotations

from roi_tool.charting import cumulative_chart, tornado_chart, tornado_option
from roi_tool.reporting.blocks import Block, Bullets, Cell, Column, Figure, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.chances import break_even_cell, chances
from roi_tool.reporting.parts.changes import what_would_change


def cash(matter: Matter) -> tuple[Block, ...]:
    """Return the cost so far at the end of each year, and the crossovers."""
    words = matter.words
    chart = cumulative_chart(matter.comparison, words)
    ends = list(range(0, matter.comparison.horizon_months + 1, 12))
    if ends[-1] != matter.comparison.horizon_months:
        ends.append(matter.comparison.horizon_months)
    columns = (
        Column(matter.currency_and_tax(), share=1),
        *(
            Column(words.text("At start") if not month else words.text("Month {month}", month=words.number(month)), True)
            for month in ends
        ),
    )
    rows = tuple(
        Row(
            (Cell(matter.short_name(option.id)), *(matter.whole(int(option.cumulative_nano[month])) for month in ends)),
            RowStyle.BEST if option.id == matter.best.id else RowStyle.PLAIN,
        )
        for option in matter.comparison.options
    )
    blocks: list[Block] = [
        Heading(words.text("Cost so far, month by month"), 1),
        Heading(chart.title),
        Figure(chart, 0.42),
        Table(columns, rows, small=True),
    ]
    crossings = [
        words.text(
            "From month {month} on, {after} has cost less than {before}.",
            month=words.number(crossing.month),
            after=matter.inner_phrase(crossing.b),
            before=matter.inner_phrase(crossing.a),
        )
        for crossing in sorted(matter.comparison.crossovers, key=lambda one: one.month)
    ]
    if crossings:
        blocks += [Heading(words.text("Where the order changes")), Bullets(tuple(crossings[:8]))]
    return tuple(blocks)


def sensitivity(matter: Matter) -> tuple[Block, ...]:
    """Return the tornado with its table: one input at a time, over its likely range."""
    words, comparison = matter.words, matter.comparison
    chart = tornado_chart(comparison, words)
    if not chart.bars:
        return ()
    option = tornado_option(comparison)
    note = words.text(
        "One input at a time is taken to both ends of its likely range; the others stay. The line in the middle is the "
        "saving of {option} against staying as you are over {period}, {amount}.",
        option=matter.inner_phrase(option),
        period=matter.period(),
        amount=chart.base_text,
    )
    columns: tuple[Column, ...] = (
        Column(words.text("Input"), share=1.6),
        Column(words.text("Low"), True),
        Column(words.text("High"), True),
        Column(words.text("Saving at low"), True),
        Column(words.text("Saving at high"), True),
    )
    if matter.break_even:
        columns += (Column(words.text("Break-even"), True),)
    rows = []
    for swing in comparison.tornado:
        driver = comparison.scenario.driver(swing.driver)
        cells = (
            Cell(matter.driver_name(swing.driver)),
            Cell(matter.bare_value(driver, swing.low_value), swing.low_value),
            Cell(matter.bare_value(driver, swing.high_value), swing.high_value),
            matter.whole(swing.saving_at_low_nano),
            matter.whole(swing.saving_at_high_nano),
        )
        rows.append(Row((*cells, break_even_cell(matter, swing.driver)) if matter.break_even else cells))
    return (
        Heading(words.text("What moves the answer"), 1),
        *chances(matter),
        Heading(chart.title),
        Figure(chart, 0.04 + 0.031 * len(chart.bars)),
        Paragraph(note, quiet=True),
        Table(columns, tuple(rows), small=True),
        *_break_even_note(matter),
        Heading(words.text("What would change the answer")),
        Bullets(what_would_change(matter)),
    )


def _break_even_note(matter: Matter) -> tuple[Block, ...]:
    if not matter.break_even or matter.subject is None:
        return ()
    note = matter.words.text(
        "Break-even is the value at which the net present value of {option} against staying is nil, the other "
        "inputs as given; "
        "a dash means that none within the input’s bounds brings it there.",
        option=matter.inner_phrase(matter.subject.id),
    )
    return (Paragraph(note, quiet=True),)
