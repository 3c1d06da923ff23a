"""The third page: months, weekdays, the trend with its uncertainty, where the minutes go; and every hour for the workbook."""

from __future__ import annotations

from roi_tool.charting import hours_chart
from roi_tool.reporting.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.figures import count_cell, percent_cell
from roi_tool.reporting.trunk_analysis.subject import TrafficSubject


def over_time(subject: TrafficSubject) -> tuple[Block, ...]:
    """Return the blocks of the page."""
    words, profile = subject.words, subject.profile
    days = words.locale.days["stand-alone"]["wide"]
    months = [(words.month(one.month), one.slot) for one in profile.by_month]
    weekdays = [(str(days[number]), slot) for number, slot in enumerate(profile.by_weekday)]
    return (
        Heading(words.text("Over the weeks and months"), 1),
        Heading(words.text("By month")),
        subject.slots(words.text("Month"), months),
        Heading(words.text("By day of the week")),
        subject.slots(words.text("Day"), weekdays),
        Heading(words.text("Trend of the traffic")),
        Paragraph(trend_text(subject)),
        *_by_class(subject),
        Paragraph(_definitions(subject), quiet=True),
    )


def by_hour(subject: TrafficSubject) -> tuple[Block, ...]:
    """Return every hour of the day, with the chart of the most calls at one time; nothing where no times are known."""
    words, profile = subject.words, subject.profile
    if not subject.measured:
        return ()
    named = [(f"{hour:02}:00", slot) for hour, slot in enumerate(profile.by_hour)]
    chart = hours_chart([slot.peak for slot in profile.by_hour], words, title="chart.hours_peak")
    return (
        Heading(words.text("By hour of the day"), 1),
        subject.slots(words.text("Hour"), named),
        Figure(chart, 0.24),
    )


def trend_text(subject: TrafficSubject) -> str:
    """Return the trend as a sentence that says how sure it is."""
    words, trend = subject.words, subject.profile.trend
    if trend is None:
        return words.text("There are too few whole weeks to tell a trend.")
    blanks = {
        "low": words.percent(trend.low, 1),
        "high": words.percent(trend.high, 1),
        "weeks": words.number(trend.weeks),
    }
    if trend.is_certain:
        return words.text(
            "The traffic changes by {change} a month. The scatter of {weeks} whole weeks allows {low} to {high} "
            "(95 % confidence).",
            change=words.percent(trend.per_month, 1),
            **blanks,
        )
    return words.text(
        "No direction can be told from chance: the scatter of {weeks} whole weeks allows anything from {low} to "
        "{high} a month "
        "(95 % confidence).",
        **blanks,
    )


def _by_class(subject: TrafficSubject) -> tuple[Block, ...]:
    words, minutes = subject.words, dict(subject.profile.minutes_per_month_by_class)
    total = sum(minutes.values())
    if not total:
        return ()
    columns = (
        Column(words.text("Outbound calls"), share=1.6),
        Column(words.text("Minutes a month"), True),
        Column(words.text("Share of minutes"), True),
    )
    rows = [
        Row((Cell(words.label(f"class.{name}")), count_cell(words, round(value)), percent_cell(words, value / total, 1)))
        for name, value in sorted(minutes.items(), key=lambda one: -one[1])
    ]
    rows.append(Row((Cell(words.text("All")), count_cell(words, round(total)), percent_cell(words, 1, 1)), RowStyle.TOTAL))
    return (Heading(words.text("Where the outbound minutes go")), Table(columns, tuple(rows), small=True))


def _definitions(subject: TrafficSubject) -> str:
    words = subject.words
    return words.text(
        "Calls count where they begin, minutes with the day or month of their beginning; days without a bill "
        "count in no average. "
        "Calls inside the house ({internal}) take no channel. One erlang is one channel taken for the whole hour.",
        internal=words.number(subject.profile.internal_calls),
    )
