"""The traffic as `roi-tool traffic` prints it: one JSON object, or tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from roi_tool.cli.console import Console
from roi_tool.traffic import Bandwidth, MinutesOnly, Sizing, TrafficProfile
from roi_tool.traffic.rhythm import Slot
from roi_tool.traffic.sizing import DecidedBy
from roi_tool.wording import Wording


def profile_answer(profile: TrafficProfile, bandwidth: Bandwidth, lines: int | None, words: Wording) -> dict[str, Any]:
    """Return everything measured. Minutes are floats, times ISO 8601 with zone."""
    busy, typical, moving = profile.busy_hour, profile.typical_busy_hour, profile.busiest_sixty_minutes
    answer: dict[str, Any] = {
        "timezone": profile.timezone,
        "period": {"first_day": profile.first_day, "last_day": profile.last_day, "months": profile.months},
        "gaps": [asdict(gap) for gap in profile.gaps],
        "calls": profile.calls,
        "answered": profile.answered,
        "internal_calls": profile.internal_calls,
        "minutes": _figure(profile.minutes),
        "outbound_minutes_per_month": _figure(profile.outbound_minutes_per_month),
        "inbound_minutes_per_month": _figure(profile.inbound_minutes_per_month),
        "minutes_per_month_by_class": {name: _figure(value) for name, value in profile.minutes_per_month_by_class.items()},
        "busy_hour": None if busy is None else {"start": busy.start, "erlangs": _figure(busy.erlangs)},
        "busiest_60_minutes": None if moving is None else {"start": moving.start, "erlangs": _figure(moving.erlangs)},
        "typical_busy_hour": None if typical is None else {"hour": typical[0], "erlangs": _figure(typical[1])},
        "peak": {"concurrent": profile.peak_concurrent, "at": profile.peak_at},
        "channels": _sizing_answer(profile.sizing, measured=profile.estimate is None),
        "bandwidth": asdict(bandwidth),
        "by_hour": [{"hour": hour, **_slot(slot)} for hour, slot in enumerate(profile.by_hour)],
        "by_weekday": [{"weekday": day + 1, **_slot(slot)} for day, slot in enumerate(profile.by_weekday)],
        "by_month": [{"month": f"{item.month:%Y-%m}", **_slot(item.slot)} for item in profile.by_month],
        "busiest": profile.extremes(busiest=True),
        "quietest": profile.extremes(busiest=False),
        "trend": None if profile.trend is None else {**asdict(profile.trend), "is_certain": profile.trend.is_certain},
        "concurrency_seconds": [_figure(value) for value in profile.level_seconds],
        "basis": "measured" if profile.estimate is None else "estimated",
    }
    if profile.estimate:
        answer["busy_hour"] = {"start": None, "erlangs": _figure(profile.busy_hour_erlangs)}
        answer["assumptions"] = _assumptions(profile.estimate, words)
    if lines is not None and profile.estimate is None:
        answer["lines"] = {
            "paid": lines,
            "ever_used": min(profile.peak_concurrent, lines),
            "share_ever_used": _figure(profile.share_of_lines_used(lines) or 0.0),
            "seconds_beyond": _figure(profile.seconds_beyond(lines)),
        }
    return answer


def minutes_answer(sized: MinutesOnly, bandwidth: Bandwidth, words: Wording) -> dict[str, Any]:
    """Return the sizing from minutes with its assumptions."""
    return {
        "minutes_per_month": sized.minutes_per_month,
        "busy_hour": {"start": None, "erlangs": _figure(sized.busy_hour_erlangs)},
        "channels": _sizing_answer(sized.sizing, measured=False),
        "bandwidth": asdict(bandwidth),
        "assumptions": _assumptions(sized, words),
    }


def say_minutes(sized: MinutesOnly, bandwidth: Bandwidth, console: Console) -> None:
    """Print the sizing from minutes for people."""
    words = console.words
    console.say(words.text("Busy hour: {count} erlangs", count=words.number(sized.busy_hour_erlangs, 2)))
    console.say(
        words.text(
            "Channels needed: {channels}, by Erlang B for {traffic} erlangs at {blocking}",
            channels=sized.sizing.channels,
            traffic=words.number(sized.sizing.traffic_erlangs, 2),
            blocking=words.percent(sized.sizing.blocking, 1),
        )
    )
    _say_bandwidth(bandwidth, console)
    console.say(words.text("Assumed: {assumption}", assumption=_assumption(sized, words)))


def say_profile(profile: TrafficProfile, bandwidth: Bandwidth, lines: int | None, console: Console) -> None:
    """Print the profile for people."""
    if console.as_json:
        return
    words = console.words
    assert profile.first_day is not None and profile.last_day is not None
    console.say(
        words.text(
            "{calls} calls with the outside, {minutes} minutes, from {first} to {last} ({zone})",
            calls=words.number(profile.calls),
            minutes=words.number(profile.minutes),
            first=words.day(profile.first_day, "medium"),
            last=words.day(profile.last_day, "medium"),
            zone=profile.timezone,
        )
    )
    if profile.estimate:
        say_minutes(profile.estimate, bandwidth, console)
    else:
        _say_busy(profile, bandwidth, lines, console)
    _say_trend(profile, console)
    console.say()
    _say_slots(console, words.text("Month"), [(words.month(item.month), item.slot) for item in profile.by_month])
    names = words.locale.days["stand-alone"]["wide"]
    _say_slots(console, words.text("Weekday"), [(names[day], slot) for day, slot in enumerate(profile.by_weekday)])
    if profile.estimate is None:
        hours = [(f"{hour:02}:00", slot) for hour, slot in enumerate(profile.by_hour) if slot.calls]
        _say_slots(console, words.text("Hour"), hours)


def _say_busy(profile: TrafficProfile, bandwidth: Bandwidth, lines: int | None, console: Console) -> None:
    words, busy = console.words, profile.busy_hour
    if busy:
        at = f"{words.day(busy.start.date(), 'medium')} {busy.start:%H:%M}"
        console.say(words.text("Busy hour: {count} erlangs, {at}", count=words.number(busy.erlangs, 2), at=at))
    moving = profile.busiest_sixty_minutes
    if moving:
        at = f"{words.day(moving.start.date(), 'medium')} {moving.start:%H:%M}"
        count = words.number(moving.erlangs, 2)
        console.say(words.text("Busiest sixty minutes, wherever they begin: {count} erlangs, from {at}", count=count, at=at))
    if profile.peak_at:
        at = f"{words.day(profile.peak_at.date(), 'medium')} {profile.peak_at:%H:%M:%S}"
        console.say(words.text("Most calls at one time: {count}, {at}", count=profile.peak_concurrent, at=at))
    _say_channels(profile.sizing, console)
    _say_bandwidth(bandwidth, console)
    share = None if lines is None else profile.share_of_lines_used(lines)
    if share is not None:
        used = min(profile.peak_concurrent, lines or 0)
        console.say(
            words.text(
                "Of {lines} lines paid for, {used} were ever in use at one time ({share})",
                lines=lines,
                used=used,
                share=words.percent(share),
            )
        )


def _say_channels(sizing: Sizing, console: Console) -> None:
    words = console.words
    console.say(
        words.text(
            "Channels needed: {channels}, decided by {reason} "
            "(peak {peak}; Erlang B {erlang} for {traffic} erlangs at {blocking})",
            channels=sizing.channels,
            reason=words.label(f"decided_by.{sizing.decided_by}"),
            peak=sizing.measured_peak,
            erlang=sizing.erlang_b_channels,
            traffic=words.number(sizing.traffic_erlangs, 2),
            blocking=words.percent(sizing.blocking, 1),
        )
    )


def _say_bandwidth(bandwidth: Bandwidth, console: Console) -> None:
    words = console.words
    console.say(
        words.text(
            "Bandwidth: {total} kbit/s each way for {channels} calls ({one} kbit/s a call, {codec})",
            total=words.number(bandwidth.kbps_total),
            channels=bandwidth.calls,
            one=words.number(bandwidth.kbps_per_call, 1),
            codec=bandwidth.codec,
        )
    )


def _say_trend(profile: TrafficProfile, console: Console) -> None:
    words, trend = console.words, profile.trend
    if trend is None:
        console.say(words.text("Trend: too few whole weeks to tell"))
        return
    figures = {
        "low": words.percent(trend.low, 1),
        "high": words.percent(trend.high, 1),
        "best": words.percent(trend.per_month, 1),
        "weeks": trend.weeks,
    }
    if trend.is_certain:
        console.say(words.text("Trend: {best} a month (95 % sure of {low} to {high}, {weeks} weeks)", **figures))
    else:
        console.say(words.text("Trend: none that can be told from chance ({low} to {high} a month, {weeks} weeks)", **figures))


def _say_slots(console: Console, name: str, slots: Sequence[tuple[str, Slot]]) -> None:
    words = console.words
    header = [name, words.text("Calls"), words.text("Minutes"), words.text("Minutes a day"), words.text("Most at one time")]
    rows = [
        [
            label,
            words.number(slot.calls),
            words.number(slot.minutes),
            words.number(slot.minutes_per_day, 1),
            words.number(slot.peak),
        ]
        for label, slot in slots
    ]
    console.table(header, rows)
    console.say()


def _assumption(sized: MinutesOnly, words: Wording) -> str:
    return words.text(
        "{days} working days a month, {share} of a day's minutes in its busiest hour",
        days=words.number(sized.working_days, 1),
        share=words.percent(sized.busy_hour_share),
    )


def _assumptions(sized: MinutesOnly, words: Wording) -> dict[str, Any]:
    days = {"working_days": sized.working_days, "busy_hour_share": sized.busy_hour_share}
    return {**days, "text": _assumption(sized, words)}


def _sizing_answer(sizing: Sizing, *, measured: bool) -> dict[str, Any]:
    return {
        "needed": sizing.channels,
        "decided_by": (sizing.decided_by if measured else DecidedBy.ERLANG_B).value,
        "measured_peak": sizing.measured_peak if measured else None,
        "erlang_b": sizing.erlang_b_channels,
        "traffic_erlangs": _figure(sizing.traffic_erlangs),
        "blocking": sizing.blocking,
        "growth": sizing.growth,
        "burst": sizing.burst,
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "calls": slot.calls,
        "minutes": _figure(slot.minutes),
        "minutes_per_day": _figure(slot.minutes_per_day),
        "days": slot.days,
        "peak": slot.peak,
    }


def _figure(value: float) -> float:
    """Round away what binary fractions leave behind."""
    return round(value, 6)
