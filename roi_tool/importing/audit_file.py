"""The findings of an audit as a file for the claim: CSV or XLSX, one row per finding, its money and where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from roi_tool.importing.auditing import Finding
from roi_tool.money import from_nano
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import Wording

_MONEY = ("billed", "contract", "difference")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by a spreadsheet."""


def write_findings(findings: Sequence[Finding], path: Path, currency: str, words: Wording) -> None:
    """Write every finding; an XLSX sums up its money below.

    Raises:
        ProblemError: an ending that is neither `.csv` nor `.xlsx`, or a place that cannot be written.
    """
    rows = [_values(finding, currency, words) for finding in findings]
    try:
        match path.suffix.lower():
            case ".csv":
                _write_csv(rows, path)
            case ".xlsx":
                _write_workbook(rows, path, words)
            case _:
                detail = {"option": "--output", "value": str(path), "known": ".csv, .xlsx"}
                raise ProblemError(Problem("option_invalid", detail=detail))
    except OSError as error:
        detail = {"file": str(path), "reason": error.strerror or str(error)}
        raise ProblemError(Problem("output_not_written", detail=detail)) from error


def cause_words(cause: str, words: Wording) -> str:
    """Return the cause of a finding, or why a call has no price, in words; "" where there is none."""
    codes = (f"audit.cause.{cause}", f"rating.reason.{cause}")
    return next((said for code in codes if (said := words.label(code)) != code), "")


def _values(found: Finding, currency: str, words: Wording) -> dict[str, str | int | Decimal]:
    return {
        "file": Path(found.file).name,
        "row": found.row,
        "finding": words.label(f"audit.{found.finding}"),
        "cause": cause_words(found.cause, words),
        "start": found.start.isoformat(),
        "caller": found.caller,
        "called": found.called,
        "duration_s": Decimal(found.duration_ms).scaleb(-3).normalize(),
        "rate": found.rate,
        "contract_billed_s": Decimal(found.contract_billed_ms).scaleb(-3).normalize(),
        "billed": from_nano(found.billed_nano).normalize(),
        "contract": from_nano(found.contract_nano).normalize(),
        "difference": from_nano(found.difference_nano).normalize(),
        "currency": currency,
    }


_CALL = ("file", "row", "finding", "cause", "start", "caller", "called", "duration_s", "rate", "contract_billed_s")
_COLUMNS = (*_CALL, *_MONEY, "currency")


def _write_csv(rows: Sequence[dict[str, str | int | Decimal]], path: Path) -> None:
    text = io.StringIO()
    pen = csv.writer(text, lineterminator="\n")
    pen.writerow(_COLUMNS)
    pen.writerows([_plain(row[name]) for name in _COLUMNS] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")  # without the mark a spreadsheet takes it for Latin


def _plain(value: str | int | Decimal) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _write_workbook(rows: Sequence[dict[str, str | int | Decimal]], path: Path, words: Wording) -> None:
    import xlsxwriter

    # An OSError is what the caller turns into a sentence; xlsxwriter has one of its own for a file that is open elsewhere.
    path.open("ab").close()
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00######"})
        sheet.write_row(0, 0, _COLUMNS, bold)
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows, start=1):
            for column, name in enumerate(_COLUMNS):
                value = row[name]
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                else:
                    sheet.write_number(place, column, float(value), money if name in _MONEY else None)
        last = len(rows) + 1
        for name in _MONEY:
            column = _COLUMNS.index(name)
            letter = chr(ord("A") + column)
            total = float(sum((Decimal(row[name]) for row in rows), Decimal(0)))
            sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})" if rows else "=0", money, total)
        sheet.write_string(last, 0, words.text("Total"), bold)
        sheet.autofit()
