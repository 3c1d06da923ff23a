"""`roi-tool bill`: reads phone bills, lists their calls, audits them against a contract, and forgets what was answered."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from zoneinfo import available_timezones

from roi_tool.cdr import Bill
from roi_tool.cli.bill_answer import bill_as_json
from roi_tool.cli.bill_findings import findings_of, status_of
from roi_tool.cli.console import DONE, Console
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording.marking import N_

_ANSWERS = ("date_order", "duration", "charge", "timezone", "currency")
"""Options that answer for a layout and may be remembered for it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `read`, `calls`, `audit` and `answers`."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    read = commands.add_parser("read", help=N_("what was understood of a bill, and whether its money adds up"))
    _add_reading(read)
    calls = commands.add_parser("calls", help=N_("write the normalised calls as CSV or Parquet"))
    _add_reading(calls)
    calls.add_argument("-o", "--output", required=True, metavar="FILE", help=N_("calls.csv or calls.parquet"))
    audit = commands.add_parser("audit", help=N_("re-rate the bill under the customer's contract and list wrong charges"))
    _add_reading(audit)
    audit.add_argument("--tariff", required=True, metavar="T", help=N_("tariff folder or file of the contract"))
    audit.add_argument(
        "--vat", metavar="PERCENT", help=N_("VAT rate, where bill and contract differ in whether prices hold it")
    )
    audit.add_argument("-o", "--output", metavar="FILE", help=N_("write every finding for a claim: claim.csv or claim.xlsx"))
    answers = commands.add_parser("answers", help=N_("list or forget what was answered about the layouts of bills"))
    answers.add_argument("--forget", metavar="ID", help=N_("forget the answers of this id, or `all`"))
    answers.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help=N_("the files of one bill; several make one bill"))
    parser.add_argument("--layout", metavar="NAME", help=N_("a declared layout, or the path of a layout file"))
    parser.add_argument("--country", metavar="CC", help=N_("country of the account, such as GB"))
    parser.add_argument("--timezone", metavar="ZONE", help=N_("time zone of the bill's times, such as Europe/London"))
    parser.add_argument("--currency", metavar="CUR", help=N_("currency of the amounts, such as GBP"))
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help=N_("order of day, month and year"))
    parser.add_argument(
        "--duration", metavar="FORM", help=N_("how durations are written: seconds, minutes, m:s, h:m, h:m:s, …")
    )
    parser.add_argument("--charge", metavar="TITLE", help=N_("title of the column of the charges, where several could be it"))
    parser.add_argument(
        "--remember", action="store_true", help=N_("use these answers for every bill of the layout from now on")
    )
    parser.add_argument("--ask-again", action="store_true", help=N_("read without what was answered before"))
    parser.add_argument(
        "--mask", action="store_true", help=N_("replace the last digits of subscriber numbers as they are read")
    )
    parser.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the bill and do what was asked."""
    if args.action == "answers":
        from roi_tool.cli.bill_answers import run_answers

        return run_answers(args, console)
    if args.remember and not any(getattr(args, kind) for kind in _ANSWERS):
        raise ProblemError(Problem("remember_nothing"))
    bill = _read(args)
    if args.remember:
        given = {kind: str(value) for kind in _ANSWERS if (value := getattr(args, kind))}
        from roi_tool.cli.bill_answers import keep_answers

        keep_answers(bill, given, console)
    if args.action == "calls":
        return _write_calls(bill, args, console)
    if args.action == "audit":
        from roi_tool.cli.bill_audit import run_audit

        return run_audit(bill, args, console)
    from roi_tool.cli.bill_text import print_bill

    problems = findings_of(bill, console)
    console.result(bill_as_json(bill, console.words))
    print_bill(bill, console)
    console.problems(problems)
    return status_of(problems)


def _read(args: argparse.Namespace) -> Bill:
    from roi_tool.importing import read_bill

    args.country, args.currency = (args.country or "").upper(), (args.currency or "").upper()
    if args.country and not re.fullmatch("[A-Z]{2}", args.country):
        raise _wrong_option("--country", args.country, "a code of two letters, such as GB")
    if args.currency and not re.fullmatch("[A-Z]{3}", args.currency):
        raise _wrong_option("--currency", args.currency, "a code of three letters, such as GBP")
    if args.timezone and args.timezone not in available_timezones():
        raise _wrong_option("--timezone", args.timezone, "a name such as Europe/London")
    bill: Bill = read_bill(
        args.files,
        layout=args.layout,
        country=args.country or None,
        timezone=args.timezone,
        currency=args.currency or None,
        date_order=args.date_order,
        duration=args.duration,
        charge=args.charge,
        recall=not args.ask_again,
        mask_numbers=args.mask,
        keep_repeated=args.action == "audit",
    )
    return bill


def _wrong_option(option: str, value: str, known: str) -> ProblemError:
    return ProblemError(Problem("option_invalid", detail={"option": option, "value": value, "known": known}))


def _write_calls(bill: Bill, args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.call_files import write_calls

    words, problems = console.words, findings_of(bill, console)
    if not args.output.lower().endswith((".csv", ".parquet")):
        raise _wrong_option("--output", args.output, "a file that ends in .csv or .parquet")
    try:
        write_calls(bill.calls, Path(args.output))
    except OSError as error:
        raise not_written(args.output, error) from error
    console.result({"calls": len(bill.calls), "output": args.output})
    said = words.plural("{count} call written to {file}", "{count} calls written to {file}", len(bill.calls), file=args.output)
    console.say(said)
    console.problems(problems)
    return status_of(problems) if problems else DONE


def not_written(path: str, error: OSError) -> ProblemError:
    """Return the problem of a place that cannot be written."""
    return ProblemError(Problem("output_not_written", detail={"file": path, "reason": error.strerror or str(error)}))
