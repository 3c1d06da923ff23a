"""`roi-tool bill audit`: the wrong charges of a bill with their money, for people, as JSON and as a file for the claim."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.cdr import Bill
from roi_tool.cli.bill_answer import amount_text, whole_seconds
from roi_tool.cli.bill_findings import findings_of, shown
from roi_tool.cli.console import DONE, NEEDS_ATTENTION, Console, cut
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.importing.auditing import Audit, Finding

_MOST_SHOWN = 50


def run_audit(bill: Bill, args: argparse.Namespace, console: Console) -> int:
    """Audit a bill that was read with what its files repeat; 1 where a charge is wrong or cannot be judged."""
    from roi_tool.importing.audit_file import write_findings
    from roi_tool.importing.auditing import audit_bill
    from roi_tool.importing.tariffs import read_tariff

    audit = audit_bill(bill, read_tariff(args.tariff), vat=_rate(args.vat))
    findings = list(audit.findings())
    if args.output:
        write_findings(findings, Path(args.output), audit.currency, console.words)
    console.result(_as_json(audit, findings, bill))
    _print(audit, findings, bill, console)
    if args.output:
        console.progress(console.words.text("Written: {file}", file=args.output))
    console.problems([*findings_of(bill, console), *audit.problems, *unjudged_problems(audit, console.words)])
    return NEEDS_ATTENTION if findings or audit.unpriced else DONE


def unjudged_problems(audit: Audit, words: Wording) -> list[Problem]:
    """Say of the calls that were not held against the contract why not."""
    from roi_tool.importing.audit_file import cause_words

    return [
        Problem("audit_unpriced", Severity.WARNING, detail={"count": words.number(count), "reason": cause_words(reason, words)})
        for reason, count in audit.unpriced_by_reason.items()
    ]


def _rate(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        rate = Decimal(text.rstrip(" %")) / 100
    except InvalidOperation:
        rate = Decimal(-1)
    if not 0 <= rate <= 1:
        detail = {"option": "--vat", "value": text, "known": "a percentage such as 20"}
        raise ProblemError(Problem("option_invalid", detail=detail))
    return rate


def _as_json(audit: Audit, findings: list[Finding], bill: Bill) -> dict[str, Any]:
    def amount(nano: int) -> str:
        return amount_text(nano, bill.currency)

    totals = {name: audit.total(name) for name in ("overcharged", "undercharged", "double_billed")}
    return {
        "calls": len(bill.calls),
        "checked": audit.checked,
        "unpriced": audit.unpriced,
        "unpriced_by_reason": dict(audit.unpriced_by_reason),
        **{name: {"count": count, "amount": amount(nano)} for name, (count, nano) in totals.items()},
        "billed": amount(audit.billed_nano),
        "contract": amount(audit.contract_nano),
        "rounding": amount(audit.rounding_nano),
        "not_judged": amount(audit.unjudged_nano),
        "currency": bill.currency,
        "rows": [
            {
                "file": row.file,
                "row": row.row,
                "finding": row.finding,
                "cause": row.cause,
                "start": row.start.isoformat(),
                "caller": row.caller,
                "called": row.called,
                "duration_s": whole_seconds(row.duration_ms),
                "rate": row.rate,
                "contract_billed_s": whole_seconds(row.contract_billed_ms),
                "billed": amount(row.billed_nano),
                "contract": amount(row.contract_nano),
                "difference": amount(row.difference_nano),
            }
            for row in findings
        ],
    }


def _print(audit: Audit, findings: list[Finding], bill: Bill, console: Console) -> None:
    words = console.words
    checked = words.plural("{count} call checked", "{count} calls checked", audit.checked)
    console.say(words.listed((checked, words.text("{count} not judged", count=words.number(audit.unpriced)))))
    console.say()
    rows = [[words.text("On the bill"), "", shown(audit.billed_nano, bill, console)]]
    rows.append([words.text("By contract"), "", shown(audit.contract_nano, bill, console)])
    for name in ("overcharged", "undercharged", "double_billed"):
        count, nano = audit.total(name)
        rows.append([words.label(f"audit.{name}"), words.number(count), shown(nano, bill, console)])
    rows.append([words.text("the bill’s own rounding"), "", shown(audit.rounding_nano, bill, console)])
    rows.append([words.label("audit.not_judged"), words.number(audit.unpriced), shown(audit.unjudged_nano, bill, console)])
    console.table([words.text("Money"), words.text("Calls"), words.text("Amount")], rows)
    if findings:
        console.say()
        _print_rows(findings, bill, console)


def _print_rows(findings: list[Finding], bill: Bill, console: Console) -> None:
    from roi_tool.importing.audit_file import cause_words

    words = console.words
    several = len({row.file for row in findings}) > 1
    header = [words.text("Row"), words.text("Finding"), words.text("Number called")]
    header += [words.text("On the bill"), words.text("By contract")]
    rows = [
        [
            (f"{cut(Path(row.file).name, 14)} " if several else "") + str(row.row),
            words.label(f"audit.{row.finding}"),
            row.called,
            amount_text(row.billed_nano, bill.currency),
            amount_text(row.contract_nano, bill.currency),
        ]
        for row in findings[:_MOST_SHOWN]
    ]
    console.table(header, rows, text_columns=3)
    causes = {row.cause for row in findings if row.cause}
    for cause in sorted(causes):
        places = [str(row.row) for row in findings if row.cause == cause]
        listed = words.listed(places[:8]) + (" …" if len(places) > 8 else "")
        console.say(words.fact(cause_words(cause, words), words.text("rows {rows}", rows=listed)))
    if len(findings) > _MOST_SHOWN:
        console.say(words.text("… and {count} more; -o claim.csv lists them all.", count=len(findings) - _MOST_SHOWN))
