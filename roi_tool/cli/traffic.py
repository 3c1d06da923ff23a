"""`roi-tool traffic`: busy hour, concurrency, channels and bandwidth of calls, of a bill, or of minutes alone."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.cdr import CallTable, concatenate_calls
from roi_tool.cli.console import DONE, Console, worst_status
from roi_tool.cli.erlang import number
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.wording import LANGUAGES, wording_for

if TYPE_CHECKING:
    from roi_tool.traffic import Link, PaidChannels, TrafficProfile

_WRITTEN_AS = (".pdf", ".xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("files", nargs="*", type=Path, metavar="CALLS|BILL", help="normalised calls, or bills as they came")
    parser.add_argument(
        "--blocking", type=number, default=0.01, metavar="P", help="share of calls that may be lost (default 0.01)"
    )
    parser.add_argument("--codec", default="g711", metavar="C", help="codec for the bandwidth (default g711)")
    parser.add_argument("--layer2", default="ethernet", metavar="L", help="link for the bandwidth (default ethernet)")
    parser.add_argument("--growth", type=number, default=0.0, metavar="F", help="share that the traffic will grow")
    parser.add_argument("--burst", type=number, default=0.0, metavar="F", help="share on top of it for bursts")
    parser.add_argument("--lines", type=int, metavar="N", help="lines paid for today")
    parser.add_argument("--months", type=int, metavar="N", help="months that the bills cover, where it is known")
    parser.add_argument("--timezone", metavar="Z", help="the account's zone, such as Europe/London")
    parser.add_argument("--country", default="GB", metavar="CC", help="country of the account, to read bills (default GB)")
    parser.add_argument("--minutes", type=number, metavar="M", help="minutes a month, for a bill without call times")
    parser.add_argument("--working-days", type=number, metavar="D", help="with --minutes: working days a month (default 21)")
    parser.add_argument("--busy-hour-share", type=number, metavar="F", help="with --minutes: share of a day (default 0.17)")
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", help="write the traffic report: out.pdf or out.xlsx")
    parser.add_argument("--customer", default="", metavar="NAME", help="with -o: who the report is for")
    parser.add_argument("--template", metavar="T", help="with -o: folder of a brand; by default the shipped example")
    parser.add_argument("--lang", choices=LANGUAGES, help="with -o: language of the report")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Measure and print."""
    from roi_tool.cli.traffic_answer import minutes_answer, profile_answer, say_minutes, say_profile
    from roi_tool.traffic import PaidChannels, measure_bandwidth, measure_traffic, profile_findings, size_from_minutes
    from roi_tool.traffic.bandwidth import read_link

    if args.lines is not None and args.lines < 1:
        raise ProblemError(Problem("traffic_lines", detail={"lines": str(args.lines)}))
    if args.months is not None and args.months < 1:
        raise ProblemError(Problem("traffic_months", detail={"months": str(args.months)}))
    if args.out is not None and (args.out.suffix.lower() not in _WRITTEN_AS or args.minutes is not None):
        raise ProblemError(Problem("traffic_out", detail={"file": args.out.name}))
    link = read_link(args.layer2)
    demand = {"blocking": args.blocking, "growth": args.growth, "burst": args.burst}
    if args.minutes is not None:
        if args.files:
            raise ProblemError(Problem("traffic_minutes_or_files"))
        days = {"working_days": args.working_days, "busy_hour_share": args.busy_hour_share}
        sized = size_from_minutes(args.minutes, **demand, **{name: value for name, value in days.items() if value is not None})
        bandwidth = measure_bandwidth(args.codec, sized.sizing.channels, link)
        console.result(minutes_answer(sized, bandwidth, console.words))
        say_minutes(sized, bandwidth, console)
        return DONE
    if not args.files:
        raise ProblemError(Problem("traffic_nothing_given"))
    calls, problems, paid = read_any_calls(args.files, timezone=args.timezone, country=args.country)
    console.problems(problems)
    paid = PaidChannels(args.lines) if args.lines is not None else paid
    profile = measure_traffic(calls, months=args.months, **demand)
    if not profile.calls:
        raise ProblemError(Problem("traffic_no_calls"))
    found = profile_findings(profile)
    console.problems(found)
    bandwidth = measure_bandwidth(args.codec, profile.channels_needed, link)
    lines = paid.channels if paid else None
    console.result(profile_answer(profile, bandwidth, lines, console.words))
    say_profile(profile, bandwidth, lines, console)
    if args.out is not None:
        _write_report(args, profile, paid, (*problems, *found), link, console)
    return worst_status((*problems, *found))


def _write_report(
    args: argparse.Namespace,
    profile: TrafficProfile,
    paid: PaidChannels | None,
    problems: tuple[Problem, ...],
    link: Link,
    console: Console,
) -> None:
    from roi_tool.reporting import TrafficSubject, read_brand, write_traffic_pdf, write_traffic_workbook

    words = wording_for(args.lang) if args.lang else console.words
    subject = TrafficSubject(profile, words, args.customer, paid, problems, args.codec, link)
    write = write_traffic_pdf if args.out.suffix.lower() == ".pdf" else write_traffic_workbook
    write(args.out, subject, read_brand(args.template))
    console.say(console.words.text("Written: {file}", file=args.out.resolve()))


def read_any_calls(
    paths: Sequence[Path], *, timezone: str | None = None, country: str = "GB"
) -> tuple[CallTable, tuple[Problem, ...], PaidChannels | None]:
    """Read normalised calls and bills alike, with what should be said about them and the channels that a bill names.

    Raises:
        ProblemError: a file is absent, is neither, or does not belong to the same account.
    """
    from roi_tool.importing import read_bill
    from roi_tool.importing.call_files import read_calls
    from roi_tool.traffic import find_paid_channels

    tables, bills, problems, paid = [], [], [], None
    for path in paths:
        if not path.is_file():
            raise ProblemError(Problem("traffic_file", detail={"file": str(path)}))
        if _is_call_table(path):
            table = read_calls(path)
            tables.append(replace(table, timezone=timezone) if timezone else table)
        else:
            bills.append(path)
    if bills:
        bill = read_bill(bills, country=country, timezone=timezone)
        tables.append(bill.calls)
        paid = find_paid_channels([bill])
        problems += list(bill.problems)
        if bill.rejected:
            detail = {"count": str(len(bill.rejected))}
            problems.append(Problem("traffic_rejected", Severity.WARNING, detail=detail))
    return concatenate_calls(tables), tuple(problems), paid


def _is_call_table(path: Path) -> bool:
    """Tell the tool's own table of calls from a bill: Parquet, or a CSV whose first line names our columns."""
    if path.suffix.lower() == ".parquet":
        return True
    with path.open("rb") as file:
        first = file.readline(4096)
    return b"duration_ms" in first and b"start" in first
