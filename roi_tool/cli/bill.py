"""`roi-tool bill`: reads phone bills, lists their calls, audits them against a contract."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from zoneinfo import available_timezones

from roi_tool.cdr import Bill
from roi_tool.cli.bill_answer import amount_text, bill_as_json, whole_seconds
from roi_tool.cli.console import DONE, NEEDS_ATTENTION, Console
from roi_tool.money import Money
from roi_tool.problems import Problem, ProblemError, Severity, Where


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `read`, `calls` and `audit`."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    read = commands.add_parser("read", help="what was understood of a bill, and whether its money adds up")
    _add_reading(read)
    calls = commands.add_parser("calls", help="write the normalised calls as CSV or Parquet")
    _add_reading(calls)
    calls.add_argument("-o", "--output", required=True, metavar="FILE", help="calls.csv or calls.parquet")
    audit = commands.add_parser("audit", help="re-rate the bill under the customer's contract and list wrong charges")
    _add_reading(audit)
    audit.add_argument("--tariff", required=True, metavar="T", help="tariff folder or file of the contract")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--layout", metavar="NAME", help="a declared layout, or the path of a layout file")
    parser.add_argument("--country", metavar="CC", help="country of the account, such as GB")
    parser.add_argument("--timezone", metavar="ZONE", help="time zone of the bill's times, such as Europe/London")
    parser.add_argument("--currency", metavar="CUR", help="currency of the amounts, such as GBP")
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="order of day, month and year")
    parser.add_argument("--duration", metavar="FORM", help="how durations are written: seconds, minutes, m:s, h:m, h:m:s, …")
    parser.add_argument("--mask", action="store_true", help="replace the last digits of subscriber numbers as they are read")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the bill and do what was asked."""
    bill = _read(args)
    if args.action == "calls":
        return _write_calls(bill, args, console)
    if args.action == "audit":
        return _audit(bill, args, console)
    problems = _findings(bill, console)
    console.result(bill_as_json(bill, console.words))
    _print_bill(bill, console)
    console.problems(problems)
    return _status(bill, problems)


def _read(args: argparse.Namespace) -> Bill:
    from roi_tool.importing import read_bill

    country, currency = (args.country or "").upper(), (args.currency or "").upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise _wrong_option("--country", args.country, "a code of two letters, such as GB")
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise _wrong_option("--currency", args.currency, "a code of three letters, such as GBP")
    if args.timezone and args.timezone not in available_timezones():
        raise _wrong_option("--timezone", args.timezone, "a name such as Europe/London")
    return read_bill(
        args.files,
        layout=args.layout,
        country=country or None,
        timezone=args.timezone,
        currency=currency or None,
        date_order=args.date_order,
        duration=args.duration,
        mask_numbers=args.mask,
    )


def _wrong_option(option: str, value: str, known: str) -> ProblemError:
    return ProblemError(Problem("option_invalid", detail={"option": option, "value": value, "known": known}))


def _findings(bill: Bill, console: Console) -> list[Problem]:
    """Everything that needs attention: rejected rows, questions, a total that does not agree."""
    found = list(bill.problems) + [item.problem for item in bill.rejected]
    for file in bill.files:
        for question in file.questions:
            options = ", ".join(console.words.label(f"answer.{option}") for option in question.options)
            detail = {"samples": ", ".join(question.samples), "options": options}
            found.append(Problem(question.code, Severity.QUESTION, Where(file.path), detail))
    difference = bill.reconciliation.difference_nano
    if difference:
        detail = {
            "stated": _shown(bill.reconciliation.stated_nano or 0, bill, console),
            "read": _shown(bill.reconciliation.read_nano, bill, console),
            "difference": _shown(difference, bill, console),
            "by": bill.reconciliation.by,
        }
        found.append(Problem("not_reconciled", Severity.WARNING, detail=detail))
    return found


def _status(bill: Bill, problems: list[Problem]) -> int:
    worrying = [problem for problem in problems if problem.severity is not Severity.INFO]
    return NEEDS_ATTENTION if worrying else DONE


def _shown(nano: int, bill: Bill, console: Console) -> str:
    if not bill.currency:
        return console.words.amount(nano)
    return console.words.money(Money(nano, bill.currency))


def _print_bill(bill: Bill, console: Console) -> None:
    words = console.words
    header = [words.text(title) for title in ("File", "Layout", "Rows", "Calls", "Charges", "Skipped", "Rejected")]
    rows = [
        [Path(file.path).name, words.text("detected") if file.layout == "detected" else file.layout]
        + [
            words.number(count)
            for count in (file.rows_total, file.rows_calls, file.rows_charges, file.rows_skipped, file.rows_rejected)
        ]
        for file in bill.files
    ]
    console.table(header, rows, text_columns=2)
    frame = bill.calls.frame
    console.say()
    minutes = words.number(int(frame["duration_ms"].sum()) // 60000)
    console.say(
        words.text(
            "{calls} calls, {minutes} minutes, {charge}",
            calls=words.number(len(frame)),
            minutes=minutes,
            charge=_shown(int(frame["charge_nano"].sum()), bill, console),
        )
    )
    by_kind: dict[str, int] = {}
    for charge in bill.charges:
        by_kind[charge.kind.value] = by_kind.get(charge.kind.value, 0) + charge.amount_nano
    for kind, nano in by_kind.items():
        console.say(words.fact(words.label(f"charge_kind.{kind}"), _shown(nano, bill, console)))
    if bill.reconciliation.stated_nano is not None and not bill.reconciliation.difference_nano:
        total = _shown(bill.reconciliation.stated_nano, bill, console)
        console.say(
            words.text("Adds up to the total that the bill states: {total} ({by})", total=total, by=bill.reconciliation.by)
        )

    for line in bill.reconciliation.lines:
        detail = {name: _shown(nano, bill, console) for name, nano in (("stated", line.stated_nano), ("read", line.read_nano))}
        label = f"{words.label(f'explanation.{line.code}')} ({line.label})"
        console.say(words.fact(label, words.text("{stated} stated, {read} read", **detail)))


def _write_calls(bill: Bill, args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.call_files import write_calls

    write_calls(bill.calls, Path(args.output))
    problems = _findings(bill, console)
    console.result({"calls": len(bill.calls), "output": args.output})
    console.say(console.words.text("{count} calls written to {file}", count=len(bill.calls), file=args.output))
    console.problems(problems)
    return _status(bill, problems)


def _audit(bill: Bill, args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.auditing import audit_bill
    from roi_tool.importing.tariffs import read_tariff

    audit = audit_bill(bill, read_tariff(args.tariff))
    words = console.words
    totals = {name: audit.total(name) for name in ("overcharged", "undercharged", "double_billed")}
    rows = [
        {
            "file": row.file,
            "row": row.row,
            "finding": row.finding,
            "start": row.start.isoformat(),
            "called": row.called,
            "duration_s": whole_seconds(row.duration_ms),
            "billed": amount_text(row.billed_nano, bill.currency),
            "contract": amount_text(row.contract_nano, bill.currency),
            "difference": amount_text(row.difference_nano, bill.currency),
        }
        for row in audit.findings()
    ]
    counted = {name: {"count": count, "amount": amount_text(nano, bill.currency)} for name, (count, nano) in totals.items()}
    console.result(
        {
            "calls": len(bill.calls),
            "checked": audit.checked,
            "unpriced": audit.unpriced,
            **counted,
            "currency": bill.currency,
            "rows": rows,
        }
    )
    console.say(
        words.text(
            "{checked} calls checked, {unpriced} not priced by the contract",
            checked=words.number(audit.checked),
            unpriced=words.number(audit.unpriced),
        )
    )
    for name, (count, nano) in totals.items():
        said = words.text("{count}, {amount}", count=words.number(count), amount=_shown(nano, bill, console))
        console.say(words.fact(words.label(f"audit.{name}"), said))
    if rows:
        console.say()
        titles = (words.text("File"), words.text("Row"), words.text("Finding"), words.text("Number called"))
        header = [*titles, words.text("On the bill"), words.text("By contract")]
        shown = [
            [
                Path(str(r["file"])).name,
                str(r["row"]),
                words.label(f"audit.{r['finding']}"),
                str(r["called"]),
                str(r["billed"]),
                str(r["contract"]),
            ]
            for r in rows[:50]
        ]
        console.table(header, shown, text_columns=4)
    return NEEDS_ATTENTION if rows else DONE
