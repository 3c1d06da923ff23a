"""The JSON shape of `roi-tool bill read`."""

from __future__ import annotations

from typing import Any

from roi_tool.cdr import Bill, FileReading
from roi_tool.cdr.covered_months import accounts_covered, months_counted
from roi_tool.money import from_nano, minor_digits
from roi_tool.wording import Wording


def bill_as_json(bill: Bill, words: Wording) -> dict[str, Any]:
    """Return the shape of `bill read --json`."""
    return {
        "files": [_file_json(file, words) for file in bill.files],
        "currency": bill.currency,
        "period": {"start": bill.period_start, "end": bill.period_end},
        "calls": _calls_json(bill),
        "charges": [
            {
                "kind": charge.kind.value,
                "description": charge.description,
                "quantity": format(charge.quantity, "f"),
                "amount": amount_text(charge.amount_nano, bill.currency),
                "tax_included": charge.tax_included,
            }
            for charge in bill.charges
        ],
        "rejected": [
            {
                "file": item.problem.where.file,
                "row": item.problem.where.row,
                "code": item.problem.code,
                "text": words.sentence(item.problem),
                "record": item.text,
            }
            for item in bill.rejected
        ],
        "tax_included": bill.calls.tax_included,
        "coverage": _coverage_json(bill),
        "reconciliation": _reconciliation_json(bill),
        "problems": [{"code": problem.code, "text": words.sentence(problem)} for problem in bill.problems],
    }


def _file_json(file: FileReading, words: Wording) -> dict[str, Any]:
    return {
        "path": file.path,
        "layout": file.layout,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "date_order": file.date_order,
        "confidence": round(file.confidence, 3),
        "rows": {
            "total": file.rows_total,
            "calls": file.rows_calls,
            "charges": file.rows_charges,
            "skipped": file.rows_skipped,
            "rejected": file.rows_rejected,
        },
        "skipped_by_reason": dict(file.skipped_by_reason),
        "shape": file.shape,
        "answered": [{"kind": one.kind, "answer": one.answer, "on": one.on} for one in file.answered],
        "questions": [
            {
                "code": question.code,
                "text": words.label(f"question.{question.code}"),
                "options": list(question.options),
                "samples": list(question.samples),
            }
            for question in file.questions
        ],
    }


def _calls_json(bill: Bill) -> dict[str, Any]:
    frame = bill.calls.frame
    by_class: dict[str, dict[str, Any]] = {}
    for name, group in frame.groupby("called_class", observed=True, sort=True):
        by_class[str(name)] = {
            "count": len(group),
            "duration_s": whole_seconds(group["duration_ms"].sum()),
            "charge": amount_text(int(group["charge_nano"].sum()), bill.currency),
        }
    counts = frame["direction"].value_counts()
    return {
        "count": len(frame),
        "answered": int((frame["duration_ms"] > 0).sum()),
        "duration_s": whole_seconds(frame["duration_ms"].sum()),
        "billed_s": whole_seconds(frame["billed_ms"].fillna(0).sum()),
        "charge": amount_text(int(frame["charge_nano"].sum()), bill.currency),
        "first_start": frame["start"].min().isoformat() if len(frame) else None,
        "last_start": frame["start"].max().isoformat() if len(frame) else None,
        "by_direction": {way: int(counts.get(way, 0)) for way in ("outbound", "inbound", "internal")},
        "by_class": by_class,
    }


def _coverage_json(bill: Bill) -> dict[str, Any]:
    """Months from the first day to the last; `months_counted` counts a part of a month as the share of its days."""
    (account,) = accounts_covered([bill]) or (None,)
    months = account.months if account else ()
    return {
        "months_counted": f"{float(months_counted(months)):.4f}".rstrip("0").rstrip("."),
        "months": [
            {
                "month": f"{month.named:%Y-%m}",
                "start": month.start,
                "end": month.end,
                "days": month.days,
                "days_covered": month.days_covered,
                "state": month.state,
            }
            for month in months
        ],
    }


def whole_seconds(milliseconds: Any) -> int:
    """Return whole seconds, half up."""
    return (int(milliseconds) + 500) // 1000


def amount_text(nano: int, currency: str) -> str:
    """Return a decimal string with at least the currency's decimals and no zeros beyond them."""
    least = minor_digits(currency) if currency else 2
    text = f"{from_nano(nano):.9f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _reconciliation_json(bill: Bill) -> dict[str, Any]:
    found = bill.reconciliation
    difference = found.difference_nano
    return {
        "stated_total": None if found.stated_nano is None else amount_text(found.stated_nano, bill.currency),
        "read_total": amount_text(found.read_nano, bill.currency),
        "difference": None if difference is None else amount_text(difference, bill.currency),
        "by": found.by,
        "unexplained": None if found.unexplained_nano is None else amount_text(found.unexplained_nano, bill.currency),
        "lines": [
            {
                "code": line.code,
                "label": line.label,
                "row": line.where.row,
                "stated": amount_text(line.stated_nano, bill.currency),
                "read": amount_text(line.read_nano, bill.currency),
                "difference": amount_text(line.difference_nano, bill.currency),
            }
            for line in found.lines
        ],
    }
