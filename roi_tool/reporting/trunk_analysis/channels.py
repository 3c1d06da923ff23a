"""The second page: what decides the number of channels, what fewer or more would do, what is paid for, the bandwidth."""

from __future__ import annotations

from decimal import Decimal

from roi_tool.reporting.bandwidth_table import CODECS, bandwidth_table
from roi_tool.reporting.blocks import Block, Bullets, Cell, CellFormat, Column, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.figures import DASH, count_cell, number_cell
from roi_tool.reporting.masking import masked
from roi_tool.reporting.trunk_analysis.subject import TrafficSubject
from roi_tool.traffic import find_codec
from roi_tool.traffic.erlang import erlang_b_blocking

_AROUND = 4
_ONE_IN_AT_MOST = 10_000_000


def channels(subject: TrafficSubject) -> tuple[Block, ...]:
    """Return the blocks of the page."""
    words = subject.words
    codecs = tuple(dict.fromkeys((find_codec(subject.codec).id, *CODECS)))
    return (
        Heading(words.text("Channels: how many, and why"), 1),
        Paragraph(_why(subject)),
        Heading(words.text("With fewer channels, and with more")),
        _around(subject),
        Paragraph(_explained(subject), quiet=True),
        *_paid(subject),
        Heading(words.text("Bandwidth with all channels in use")),
        bandwidth_table(words, subject.profile.channels_needed, codecs, subject.link),
        Paragraph(
            words.text(
                "One way, with 20 ms of speech in a packet where the codec allows it and the headers of IP, UDP "
                "and RTP, on {link}; "
                "both directions take it.",
                link=words.label(f"layer2.{subject.link.layer2}"),
            ),
            quiet=True,
        ),
    )


def _why(subject: TrafficSubject) -> str:
    words, profile, sized = subject.words, subject.profile, subject.profile.sizing
    blanks = {
        "erlangs": words.number(profile.busy_hour_erlangs, 1),
        "lines": words.number(sized.erlang_b_channels),
        "blocking": words.percent(sized.blocking, 0 if sized.blocking >= 0.01 else 1),
        "channels": words.number(sized.channels),
    }
    if subject.measured:
        said = words.text(
            "At the busiest moment {peak} calls stood at the same time. The busiest hour carried {erlangs} "
            "erlangs, for which "
            "Erlang B asks for {lines} channels if no more than {blocking} of the calls in that hour may find all of them "
            "taken. The larger of the two decides: {channels} channels, by {decided}.",
            peak=words.number(profile.peak_concurrent),
            decided=words.label(f"decided_by.{sized.decided_by.value}"),
            **blanks,
        )
    else:
        said = words.text(
            "The busiest hour is estimated at {erlangs} erlangs, for which Erlang B asks for {channels} "
            "channels if no more than "
            "{blocking} of the calls in that hour may find all of them taken. With a bill that shows times this "
            "can be measured.",
            **blanks,
        )
    if sized.growth or sized.burst:
        more = words.text(
            "The traffic is taken {growth} higher for growth and {burst} on top of it for bursts: {traffic} erlangs.",
            growth=words.percent(sized.growth),
            burst=words.percent(sized.burst),
            traffic=words.number(sized.traffic_erlangs, 1),
        )
        said = words.paragraph((said, more))
    return said


def _around(subject: TrafficSubject) -> Table:
    """Return Erlang B around the answer beside what was measured."""
    words, profile, sized = subject.words, subject.profile, subject.profile.sizing
    first = max(1, min(sized.channels, sized.erlang_b_channels) - _AROUND)
    counts = set(range(first, sized.channels + _AROUND))
    if subject.paid is not None:
        counts.add(subject.paid.channels)
    columns = [
        Column(words.text("Channels"), share=1),
        Column(words.text("Calls lost in the busy hour"), True),
        Column(words.text("One call in"), True),
    ]
    if subject.measured:
        columns.append(Column(words.text("Minutes with more calls at one time"), True))
    rows = []
    for count in sorted(counts):
        lost = erlang_b_blocking(sized.traffic_erlangs, count)
        name = words.number(count)
        if subject.paid is not None and count == subject.paid.channels:
            name = words.text("{channels}, paid for", channels=name)
        said = words.percent(lost, 2) if lost >= 0.00005 else words.text("under {limit}", limit=words.percent(0.0001, 2))
        cells = [
            Cell(name, count) if name == words.number(count) else Cell(name),
            Cell(said, Decimal(str(round(lost, 6))), CellFormat.PERCENT),
            count_cell(words, _rough(1 / lost)) if lost * _ONE_IN_AT_MOST > 1 else DASH,
        ]
        if subject.measured:
            cells.append(number_cell(words, profile.seconds_beyond(count) / 60, 1))
        rows.append(Row(tuple(cells), RowStyle.BEST if count == sized.channels else RowStyle.PLAIN))
    return Table(tuple(columns), tuple(rows), small=True)


def _rough(number: float) -> int:
    """Return a number to two digits: a chance is no finer."""
    whole = round(number)
    return int(round(whole, 2 - len(str(whole)))) if whole >= 100 else whole


def _explained(subject: TrafficSubject) -> str:
    words = subject.words
    if not subject.measured:
        return words.text(
            "Calls lost are by Erlang B: calls come at random and who finds all channels taken does not try again."
        )
    return words.text(
        "Calls lost are by Erlang B: calls come at random and who finds all channels taken does not try again. "
        "The last column is "
        "measured: for how long in the whole period more calls stood at one time than there would have been channels."
    )


def _paid(subject: TrafficSubject) -> tuple[Block, ...]:
    words, paid = subject.words, subject.paid
    heading = Heading(words.text("Channels paid for"))
    if paid is None:
        return (
            heading,
            Paragraph(
                words.text("The bills do not say how many channels are paid for. Tell us, and the unused part is shown here.")
            ),
        )
    used = min(subject.profile.peak_concurrent, paid.channels)
    blanks = {"paid": words.number(paid.channels), "used": words.number(used)}
    said = (
        words.text(
            "{paid} channels are paid for; {used} of them were ever in use at one time. {spare} were never "
            "needed in this period.",
            spare=words.number(paid.channels - used),
            **blanks,
        )
        if subject.measured
        else words.text("{paid} channels are paid for. How many were ever in use cannot be told without times.", **blanks)
    )
    if not paid.by:
        return (heading, Paragraph(said))
    sources = tuple(
        words.text(
            "{description} × {pieces}: {channels} channels, by the last bill that names them",
            description=masked(description),
            pieces=words.number(pieces),
            channels=words.number(found),
        )
        for description, pieces, found in paid.by
    )
    return (heading, Paragraph(said), Bullets(sources))
