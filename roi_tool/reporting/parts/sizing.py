"""Sizing: how many channels the calls need, what decides, and the bandwidth they take."""

from __future__ import annotations

from roi_tool.charting import hours_chart
from roi_tool.reporting.bandwidth_table import CODECS, bandwidth_table
from roi_tool.reporting.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Row, Table
from roi_tool.reporting.matter import Matter
from roi_tool.traffic import find_paid_channels
from roi_tool.traffic.bandwidth import DEFAULT_LINK


def sizing(matter: Matter) -> tuple[Block, ...]:
    """Return busy hour, concurrency, channels and bandwidth; nothing where no call was measured."""
    words, profile = matter.words, matter.case.traffic
    if profile is None or not profile.calls:
        return ()
    sized = profile.sizing
    intro = words.text(
        "At the busiest moment {peak} calls stood at the same time. The busiest hour carried {erlangs} erlangs, for which "
        "Erlang B asks for {lines} channels if no more than {blocking} of the calls in that hour may find all of them "
        "taken. The larger of the two decides: {channels} channels, by {decided}.",
        peak=words.number(profile.peak_concurrent),
        erlangs=words.number(profile.busy_hour_erlangs, 1),
        lines=words.number(sized.erlang_b_channels),
        blocking=words.percent(sized.blocking, 0 if sized.blocking >= 0.01 else 1),
        channels=words.number(sized.channels),
        decided=words.label(f"decided_by.{sized.decided_by.value}"),
    )
    chart = hours_chart([slot.peak for slot in profile.by_hour], words, title="chart.hours_peak")
    blocks: list[Block] = [Heading(words.text("Sizing"), 1), Paragraph(intro)]
    if not matter.has_bills:
        blocks.append(
            Paragraph(words.text("These are a typical customer’s calls; your own bills would take their place."), quiet=True)
        )
    blocks += [
        _figures(matter),
        Heading(chart.title),
        Figure(chart, 0.24),
        Heading(words.text("Bandwidth with all channels in use")),
        bandwidth_table(words, profile.channels_needed, CODECS, DEFAULT_LINK),
        Paragraph(
            words.text(
                "One way, on Ethernet with 20 ms of speech in a packet, with the headers of IP, UDP and RTP; both "
                "directions take it."
            ),
            quiet=True,
        ),
    ]
    return tuple(blocks)


def _figures(matter: Matter) -> Table:
    words, profile = matter.words, matter.case.traffic
    rows: list[tuple[str, Cell]] = [
        (
            words.text("Calls with the outside, in {months} months", months=words.number(profile.months)),
            matter.count(profile.calls),
        ),
        (words.text("of which answered"), matter.count(profile.answered)),
        (words.text("Outbound minutes a month"), matter.count(round(profile.outbound_minutes_per_month))),
        (words.text("Inbound minutes a month"), matter.count(round(profile.inbound_minutes_per_month))),
    ]
    if profile.busy_hour is not None:
        start = profile.busy_hour.start
        when = words.moment(start)
        rows.append((words.text("Busiest hour, local time"), Cell(when)))
    if profile.typical_busy_hour is not None:
        hour, erlangs = profile.typical_busy_hour
        said = words.text(
            "{start}:00 to {end}:00, {erlangs} erlangs", start=hour, end=hour + 1, erlangs=words.number(erlangs, 1)
        )
        rows.append((words.text("Busiest hour of an average working day"), Cell(said)))
    if profile.trend is not None:
        trend = profile.trend
        blanks = {"low": words.percent(trend.low, 1), "high": words.percent(trend.high, 1)}
        said = (
            words.text("{change} a month (between {low} and {high})", change=words.percent(trend.per_month, 1), **blanks)
            if trend.is_certain
            else words.text("no direction can be told (between {low} and {high} a month)", **blanks)
        )
        rows.append((words.text("Trend of the traffic"), Cell(said)))
    rows.append((words.text("Channels needed"), matter.count(profile.sizing.channels)))
    paid = find_paid_channels(matter.case.bills)
    share = profile.share_of_lines_used(paid.channels) if paid else None
    if paid is not None and share is not None:
        said = words.text(
            "{paid}, of which {share} were ever in use at one time",
            paid=words.number(paid.channels),
            share=words.percent(share),
        )
        rows.append((words.text("Channels paid for, by the last bill"), Cell(said)))
    columns = (Column(words.text("Measured in the calls"), share=1.2), Column("", share=1))
    return Table(columns, tuple(Row((Cell(title), cell)) for title, cell in rows))
