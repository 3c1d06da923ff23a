"""`roi-tool billing run`: the operator's month. Stop it at any moment and give the same command again: it goes on.

`roi-tool billing order` makes out of a quote what that run takes, so that nobody types an order again.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.cli.console import DONE, NEEDS_ATTENTION, Console, worst_status
from roi_tool.money import Money, to_nano
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.wording import LANGUAGES, Wording, wording_for
from roi_tool.wording.marking import N_

if TYPE_CHECKING:
    from roi_tool.billing import BilledAccount, ControlSheet, Month

NO_MONTH_BEFORE = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    run_parser = actions.add_parser("run", help=N_("bill a month of calls"))
    run_parser.add_argument("--calls", type=Path, nargs="+", required=True, metavar="C", help=N_("call files, CSV or Parquet"))
    run_parser.add_argument("--accounts", type=Path, required=True, metavar="A", help=N_("accounts: YAML, JSON or CSV"))
    run_parser.add_argument(
        "--tariffs", type=Path, required=True, metavar="DIR", help=N_("folder of tariffs, one for each name")
    )
    run_parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=N_("where the results go"))
    run_parser.add_argument(
        "--previous",
        metavar="FOLDER",
        help=N_("output of the month before: what its allowances have left is taken up; “none” says that there is none"),
    )
    run_parser.add_argument("--period", metavar="2026-05", help=N_("the month; by default the one most calls are of"))
    run_parser.add_argument("--format", choices=("parquet", "csv"), default="parquet", help=N_("of the rated calls"))
    run_parser.add_argument("--timezone", default="UTC", metavar="ZONE", help=N_("of starts in call files that state none"))
    run_parser.add_argument("--invoices", choices=("pdf", "no"), default="pdf", help=N_("invoices for people beside the JSON"))
    run_parser.add_argument(
        "--itemised",
        choices=("no", "masked", "full"),
        default="masked",
        help=N_("calls in the invoice: left out, with the ends of the other party's numbers hidden, or in full"),
    )
    run_parser.add_argument("--template", metavar="T", help=N_("folder of a brand; by default the shipped example"))
    run_parser.add_argument("--lang", choices=LANGUAGES, help=N_("language of the invoices"))
    run_parser.add_argument("--json", action="store_true", help=N_("print one JSON object"))
    order_parser = actions.add_parser("order", help=N_("make an option of a quote into an order that the run bills"))
    order_parser.add_argument("quote", type=Path, metavar="QUOTE", help=N_("case file (YAML, JSON) or .roiquote"))
    order_parser.add_argument("--option", required=True, metavar="OPTION", help=N_("the chosen option, such as keep_sip"))
    order_parser.add_argument("--start", required=True, metavar="2026-12-01", help=N_("first day of the contract"))
    order_parser.add_argument("--account", default="", metavar="ID", help=N_("id of the account; by default from the name"))
    order_parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=N_("where the order goes"))
    order_parser.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Do the action."""
    return _order(args, console) if args.action == "order" else _run(args, console)


def _order(args: argparse.Namespace, console: Console) -> int:
    """Write the order; 1 when something of the quote could not be taken over."""
    from roi_tool.importing.billing_run import order_document, write_order
    from roi_tool.quoting import make_order
    from roi_tool.workspace.opening import open_case

    try:
        start = date.fromisoformat(args.start)
    except ValueError as error:
        raise ProblemError(Problem("order_start_wrong", detail={"start": args.start})) from error
    case, scenario = open_case(args.quote)
    order = make_order(case, scenario, args.option, start, account=args.account)
    write_order(order, args.output)
    words = console.words
    for account in order.accounts:
        console.say(f"{account.id}  {account.name}  ({account.tariff})")
        header = [words.text("Charge"), words.text("from"), words.text("until"), words.text("Quantity"), words.text("Price")]
        rows = [
            [
                item.description,
                item.starts.isoformat() if item.starts else "",
                item.ends.isoformat() if item.ends else "",
                format(item.quantity.normalize(), "f"),
                words.money(Money(to_nano(item.price), order.currency)),
            ]
            for item in account.subscriptions
        ]
        console.table(header, rows)
        console.say()
    if order.not_billed:
        console.say(words.text("On no invoice of the operator: {lines}", lines=", ".join(order.not_billed)))
    console.say(words.text("Written: {file}", file=args.output))
    console.result(order_document(order))
    console.problems(order.problems)
    return worst_status(order.problems)


def _run(args: argparse.Namespace, console: Console) -> int:
    """Bill; 1 when calls are left over or a sum does not close."""
    from roi_tool.importing.billing_run import RunRequest, control_document, read_accounts, run_billing

    request = RunRequest(
        calls=tuple(args.calls),
        accounts=read_accounts(args.accounts),
        tariffs=args.tariffs,
        output=args.output,
        month=_month(args.period),
        kind=args.format,
        timezone=args.timezone,
        paper=_paper(args, console) if args.invoices == "pdf" else None,
        previous=Path(args.previous) if args.previous not in (None, NO_MONTH_BEFORE) else None,
    )
    words = console.words

    def progress(done: int, total: int) -> None:
        if done == total or done % 500 == 0:
            console.progress(
                words.text("{done} of {total} accounts billed", done=words.number(done), total=words.number(total))
            )

    sheet = run_billing(request, progress)
    _show(sheet, console)
    console.result(control_document(sheet))
    problems = _findings(sheet, words, is_first=args.previous == NO_MONTH_BEFORE)
    console.problems(problems)
    return DONE if not problems and not sheet.not_billed else NEEDS_ATTENTION


def _findings(sheet: ControlSheet, words: Wording, *, is_first: bool) -> list[Problem]:
    """What somebody should look at before the invoices go out."""
    found: list[Problem] = []

    def warn(code: str, count: int, **detail: str) -> None:
        if count:
            found.append(Problem(code, Severity.WARNING, detail={"count": str(count), **detail}))

    if sheet.begins_with_nothing and not is_first:
        warn("billing_nothing_carried", len(sheet.rolling), allowance=sheet.rolling[0])
    warn("billing_departed", len(sheet.departed), account=next(iter(sheet.departed), ""))
    account, allowance = next(iter(sheet.lapsed), ("", ""))
    warn("billing_lapsed", len(sheet.lapsed), account=account, allowance=allowance)
    charged = ", ".join(words.money(Money(amount, currency)) for currency, amount in sheet.shared_charges)
    warn("billing_ids_shared", len(sheet.shared_ids), id=next(iter(sheet.shared_ids), ""), amount=charged)
    if not sheet.closes:
        found.append(Problem("billing_does_not_close"))
    return found


def _paper(args: argparse.Namespace, console: Console) -> Callable[[Path, BilledAccount], None]:
    """Return what writes an account's invoice as PDF into its folder."""
    from roi_tool.reporting import Numbers, read_brand, write_invoice_pdf

    brand, numbers = read_brand(args.template), Numbers(args.itemised)
    words = wording_for(args.lang) if args.lang else console.words

    def write(folder: Path, billed: BilledAccount) -> None:
        write_invoice_pdf(folder / "invoice.pdf", billed, brand, words, numbers=numbers)

    return write


def _month(text: str | None) -> Month | None:
    from roi_tool.billing import Month

    if not text:
        return None
    try:
        return Month.of(text)
    except ValueError as error:
        raise ProblemError(Problem("billing_period_wrong", detail={"period": text})) from error


def _show(sheet: ControlSheet, console: Console) -> None:
    words = console.words
    console.say(words.fact(words.text("Month"), sheet.period))
    if sheet.previous:
        console.say(words.fact(words.text("Allowances go on from"), sheet.previous))
    console.say(
        words.text(
            "Calls: {read} read = {rated} billed + {left} left over",
            read=words.number(sheet.calls_read),
            rated=words.number(sheet.rated),
            left=words.number(sheet.not_billed),
        )
    )
    for reason, count in sheet.exceptions:
        console.say("  " + words.fact(words.label(f"billing.reason.{reason}"), words.number(count)))
    for name, count in (
        ("outside_period", sum(account.outside_period for account in sheet.accounts)),
        ("duplicate", sum(account.duplicates for account in sheet.accounts)),
        ("unrated", sum(account.unrated for account in sheet.accounts)),
    ):
        if count:
            console.say("  " + words.fact(words.label(f"billing.reason.{name}"), words.number(count)))
    console.say()
    header = ["", words.text("Invoices"), words.text("Usage"), words.text("Net"), words.text("Tax"), words.text("Total")]
    rows = [
        [
            currency,
            words.number(sums["invoices"]),
            *(words.money(Money(sums[name], currency)) for name in ("usage_nano", "net_nano", "tax_nano", "total_nano")),
        ]
        for currency, sums in sheet.totals().items()
    ]
    console.table(header, rows)
    console.say()
    console.say(words.text("Counts and sums close.") if sheet.closes else words.text("Counts or sums do not close."))
