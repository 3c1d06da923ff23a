"""The first page: how many channels the calls need, when it is busy, when it is quiet."""

from __future__ import annotations

from roi_tool.charting import hours_chart
from roi_tool.reporting.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Headline,
    KeyFigure,
    KeyFigures,
    Lead,
    Notice,
    Row,
    Table,
)
from roi_tool.reporting.figures import DASH
from roi_tool.reporting.trunk_analysis.subject import TrafficSubject
from roi_tool.traffic.rhythm import Slot

_LEAST_SHOWN = 0.1
"""Minutes a day below which no figure is printed."""


def answer(subject: TrafficSubject) -> tuple[Block, ...]:
    """Return the blocks of page one."""
    words, profile = subject.words, subject.profile
    blocks: list[Block] = [Headline(headline(subject)), Lead(_lead(subject))]
    findings = subject.sentences()
    if findings:
        blocks.append(Notice(findings[:4]))
    blocks += [KeyFigures(_key_figures(subject)), Heading(words.text("When it is busy, and when quiet")), _extremes(subject)]
    if subject.measured:
        peaks = hours_chart([slot.peak for slot in profile.by_hour], words, title="chart.hours_peak")
        calls = hours_chart([slot.calls for slot in profile.by_hour], words)
        for chart in (peaks, calls):
            blocks += [Heading(chart.title), Figure(chart, 0.23)]
    return tuple(blocks)


def headline(subject: TrafficSubject) -> str:
    """Return the sentence that states the answer."""
    words, needed = subject.words, subject.profile.channels_needed
    channels = words.number(needed)
    if subject.paid is None:
        return words.text("Your calls need {channels} channels.", channels=channels)
    paid = words.number(subject.paid.channels)
    if needed < subject.paid.channels:
        return words.text("Your calls need {channels} channels; {paid} are paid for.", channels=channels, paid=paid)
    if needed > subject.paid.channels:
        return words.text("Your calls need {channels} channels; only {paid} are paid for.", channels=channels, paid=paid)
    return words.text("Your calls need {channels} channels, as many as are paid for.", channels=channels)


def _lead(subject: TrafficSubject) -> str:
    words, profile = subject.words, subject.profile
    assert profile.first_day is not None and profile.last_day is not None
    blanks = {
        "calls": words.number(profile.calls),
        "minutes": words.number(profile.minutes),
        "first": words.day(profile.first_day),
        "last": words.day(profile.last_day),
        "zone": profile.timezone,
    }
    if subject.measured:
        return words.text(
            "Measured in {calls} calls with the outside, {minutes} minutes, from {first} to {last}; times are those of {zone}.",
            **blanks,
        )
    return words.text(
        "Estimated from {calls} calls with the outside, {minutes} minutes, from {first} to {last}: the bill shows no times.",
        **blanks,
    )


def _key_figures(subject: TrafficSubject) -> tuple[KeyFigure, ...]:
    words, profile = subject.words, subject.profile
    figures = [
        KeyFigure(
            words.text("Channels needed"),
            words.number(profile.channels_needed),
            words.text("decided by {reason}", reason=words.label(f"decided_by.{profile.decided_by.value}")),
        )
    ]
    if not subject.measured:
        a_month = profile.minutes / profile.months
        figures.append(
            KeyFigure(words.text("Busy hour, erlangs"), words.number(profile.busy_hour_erlangs, 1), _assumed(subject))
        )
        figures.append(KeyFigure(words.text("Minutes a month"), words.number(a_month), words.text("with the outside")))
        return tuple(figures)
    share = profile.share_of_lines_used(subject.paid.channels) if subject.paid else None
    if share is not None and subject.paid is not None:
        note = words.text(
            "{used} of {paid} channels were ever in use at one time",
            used=words.number(min(profile.peak_concurrent, subject.paid.channels)),
            paid=words.number(subject.paid.channels),
        )
        figures.append(KeyFigure(words.text("Paid channels ever used"), words.percent(share), note))
    else:
        at = profile.peak_at
        when = words.moment(at) if at else ""
        figures.append(KeyFigure(words.text("Most calls at one time"), words.number(profile.peak_concurrent), when))
    if profile.busy_hour is not None:
        start = profile.busy_hour.start
        when = words.moment(start)
        figures.append(KeyFigure(words.text("Busy hour, erlangs"), words.number(profile.busy_hour.erlangs, 1), when))
    return tuple(figures)


def _assumed(subject: TrafficSubject) -> str:
    estimate = subject.profile.estimate
    if estimate is None:
        return ""
    return subject.words.text(
        "{days} working days a month, {share} of a day’s minutes in its busiest hour",
        days=subject.words.number(estimate.working_days, 1),
        share=subject.words.percent(estimate.busy_hour_share),
    )


def _extremes(subject: TrafficSubject) -> Table:
    """Return busiest and quietest hour, weekday and month with their minutes a day."""
    words, profile = subject.words, subject.profile
    most, least = profile.extremes(busiest=True), profile.extremes(busiest=False)
    names = words.locale.days["stand-alone"]["wide"]

    named: dict[str, dict[int | str | None, tuple[str, Slot]]] = {
        "hour": {
            hour: (words.text("{start}:00 to {end}:00", start=hour, end=hour + 1), slot)
            for hour, slot in enumerate(profile.by_hour)
        },
        "weekday": {day: (str(names[day - 1]), slot) for day, slot in enumerate(profile.by_weekday, 1)},
        "month": {f"{one.month:%Y-%m}": (words.month(one.month), one.slot) for one in profile.by_month},
    }

    def cell(key: str, chosen: int | str | None) -> Cell:
        if chosen is None:
            return DASH
        name, slot = named[key][chosen]
        a_day = slot.minutes_per_day
        if a_day < _LEAST_SHOWN:
            minutes = words.text("under {limit}", limit=words.number(_LEAST_SHOWN, 1))
        else:
            minutes = words.number(a_day, 0 if a_day >= 10 else 1)
        return Cell(words.text("{name} ({minutes} minutes a day)", name=name, minutes=minutes))

    titles = {"hour": words.text("Hour of the day"), "weekday": words.text("Day of the week"), "month": words.text("Month")}
    rows = [
        Row((Cell(title), cell(key, most[key]), cell(key, least[key])))
        for key, title in titles.items()
        if key != "hour" or subject.measured
    ]
    columns = (
        Column("", share=1),
        Column(words.text("Busiest"), share=1.5),
        Column(words.text("Quietest of those with calls"), share=1.5),
    )
    return Table(columns, tuple(rows), small=True)
