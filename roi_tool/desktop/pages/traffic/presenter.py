"""What the traffic page says: when phones are busy, how many channels that takes, where the minutes go. Plain Python."""

from __future__ import annotations

from roi_tool.charting import Bar, BarChart, Tick, hours_chart, round_scale
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.traffic import CODECS, TrafficProfile
from roi_tool.wording import Wording

CODECS_SHOWN = ("g711", "g729", "opus")


def key_figures(traffic: TrafficProfile, words: Wording) -> tuple[KeyFigure, ...]:
    """Return calls, minutes, busy hour and channels."""
    share = traffic.answered / traffic.calls if traffic.calls else 0
    busy = traffic.busy_hour
    at = words.moment(busy.start) if busy else "–"
    return (
        KeyFigure(
            words.text("Calls a month"),
            words.number(traffic.calls / traffic.months),
            words.text("{share} answered", share=words.percent(share)),
        ),
        KeyFigure(
            words.text("Outbound minutes a month"),
            words.number(traffic.outbound_minutes_per_month),
            words.text("{minutes} inbound", minutes=words.number(traffic.inbound_minutes_per_month)),
        ),
        KeyFigure(
            words.text("Busiest hour"), words.text("{erlangs} erlangs", erlangs=words.number(traffic.busy_hour_erlangs, 1)), at
        ),
        KeyFigure(
            words.text("Channels needed"),
            words.number(traffic.channels_needed),
            words.text("by {what}", what=words.label(f"decided_by.{traffic.decided_by.value}")),
        ),
    )


def hour_chart(traffic: TrafficProfile, words: Wording) -> BarChart:
    """Return calls by hour of the day."""
    return hours_chart([slot.calls for slot in traffic.by_hour], words)


def weekday_chart(traffic: TrafficProfile, words: Wording) -> BarChart:
    """Return calls per day by weekday, Monday first, so that weekdays of unequal number compare."""
    per_day = [slot.calls / slot.days if slot.days else 0.0 for slot in traffic.by_weekday]
    names = words.locale.days["format"]["abbreviated"]
    highest = max(per_day, default=0.0)
    bars = tuple(
        Bar(
            names[place],
            (("accent" if value == highest and highest else "neutral", value, ""),),
            words.number(value, 0 if highest >= 10 else 1),
        )
        for place, value in enumerate(per_day)
    )
    scale = round_scale(0.0, highest)
    ticks = tuple(Tick(place, words.number(place, scale.decimals if scale.divisor == 1 else 0)) for place in scale.places)
    return BarChart(words.text("Calls a day by weekday"), bars, ticks, horizontal=False)


def class_chart(traffic: TrafficProfile, words: Wording) -> BarChart:
    """Return outbound minutes a month by the kind of number called, most first."""
    items = sorted(traffic.minutes_per_month_by_class.items(), key=lambda item: -item[1])
    bars = tuple(
        Bar(words.label(f"class.{name}"), (("accent", minutes, ""),), words.number(minutes))
        for name, minutes in items
        if minutes
    )
    return BarChart(words.text("Outbound minutes a month, by kind of number"), bars)


def month_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the table of months."""
    return (
        Column(words.text("Month"), figures=False),
        Column(words.text("Calls")),
        Column(words.text("Minutes")),
        Column(words.text("Most at one time")),
    )


def month_rows(traffic: TrafficProfile, words: Wording) -> tuple[Row, ...]:
    """Return one row per month."""
    return tuple(
        Row(
            item.month.isoformat(),
            (
                Cell(words.month(item.month)),
                Cell(words.number(item.slot.calls)),
                Cell(words.number(item.slot.minutes)),
                Cell(words.number(item.slot.peak)),
            ),
        )
        for item in traffic.by_month
    )


def codec_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the table of bandwidths."""
    return (
        Column(words.text("Codec"), figures=False),
        Column(words.text("kbit/s a call")),
        Column(words.text("all channels, Mbit/s")),
    )


def codec_rows(traffic: TrafficProfile, words: Wording) -> tuple[Row, ...]:
    """Return what the channels needed take of a link, one way, on Ethernet."""
    rows = []
    for codec in CODECS_SHOWN:
        found = traffic.bandwidth(codec)
        total = Cell(words.number(found.kbps_total / 1000, 2))
        cells = (Cell(CODECS[codec].name), Cell(words.number(found.kbps_per_call, 1)), total)
        rows.append(Row(codec, cells))
    return tuple(rows)
