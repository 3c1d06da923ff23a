"""The portable `.roiquote`: one zip with a JSON body, the price book as it was, and the calls as Parquet.

Opened in five years it computes to the same unit, because nothing in it points outside. Written atomically: a crash
leaves the old file or the new one, never half of one.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from roi_tool.cdr import (
    CALL_COLUMNS,
    Bill,
    CallTable,
    Charge,
    FileReading,
    Reconciliation,
    Rejected,
    check_calls,
    empty_calls,
)
from roi_tool.costing.leaving import TerminationTerms
from roi_tool.pricebook import PriceBook, SipWay
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.quoting import Case, Customer, DriverFact, OtherCost, Quantity, Scenario, SitePart
from roi_tool.tariff import DeckEntry

SCHEMA_VERSION = 1
BODY, CALLS = "quote.json", "calls.parquet"
MOST_BYTES = 2_000_000_000
"""Unpacked size above which a file is refused unread (a zip bomb)."""
_DECK_ENTRY = TypeAdapter(DeckEntry)
_BILL = "bill"
_BILL_FIELDS = (
    "charges",
    "rejected",
    "files",
    "reconciliation",
    "currency",
    "period_start",
    "period_end",
    "carrier",
    "problems",
)


class BillBody(BaseModel):
    """A bill without its calls, and what a frame of calls can't carry."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    charges: tuple[Charge, ...]
    rejected: tuple[Rejected, ...]
    files: tuple[FileReading, ...]
    reconciliation: Reconciliation
    currency: str
    period_start: date | None
    period_end: date | None
    carrier: str
    problems: tuple[Problem, ...]
    timezone: str
    calls_currency: str
    country: str
    tax_included: bool | None

    @classmethod
    def of(cls, bill: Bill) -> BillBody:
        """Take what is not a call out of a bill."""
        own = {name: getattr(bill, name) for name in _BILL_FIELDS}
        calls = bill.calls
        return cls(
            **own,
            timezone=calls.timezone,
            calls_currency=calls.currency,
            country=calls.country,
            tax_included=calls.tax_included,
        )

    def bill(self, calls: CallTable) -> Bill:
        """Return the bill with its calls."""
        return Bill(calls=calls, **{name: getattr(self, name) for name in _BILL_FIELDS})


@dataclass(frozen=True)
class QuoteContent:
    """What a `.roiquote` holds: everything that `prepare_case` and `compare` need."""

    customer: Customer
    bills: tuple[Bill, ...]
    price_book: PriceBook
    facts: Mapping[str, DriverFact]
    values: Mapping[str, Decimal]
    """Driver → value, for the drivers that were moved."""
    convention: str
    sip_way: SipWay | None
    mix: tuple[SitePart, ...]
    other_costs: tuple[OtherCost, ...]
    quantities: tuple[Quantity, ...]
    leaving: TerminationTerms | None
    saved_at: datetime


def write_quote_file(path: Path, case: Case, scenario: Scenario) -> None:
    """Write a case and where its drivers stand.

    Raises:
        ProblemError: the file can't be written (`quote_not_written`).
    """
    path = Path(path)
    body = {
        "schema_version": SCHEMA_VERSION,
        "saved_at": datetime.now(UTC).isoformat(),
        "customer": TypeAdapter(Customer).dump_python(case.customer, mode="json"),
        "bills": [BillBody.of(bill).model_dump(mode="json") for bill in case.bills],
        "price_book": _book_body(case.price_book),
        "facts": TypeAdapter(dict[str, DriverFact]).dump_python(dict(case.facts), mode="json"),
        "scenario": {driver.id: str(driver.value) for driver in scenario if driver.moved},
        "convention": scenario.convention,
        "sip_way": case.sip_way,
        "mix": TypeAdapter(tuple[SitePart, ...]).dump_python(case.mix, mode="json"),
        "other_costs": TypeAdapter(tuple[OtherCost, ...]).dump_python(case.other_costs, mode="json"),
        "quantities": TypeAdapter(tuple[Quantity, ...]).dump_python(case.quantities, mode="json"),
        "leaving": TypeAdapter(TerminationTerms | None).dump_python(case.leaving, mode="json"),
    }
    frames = [bill.calls.frame.assign(**{_BILL: number}) for number, bill in enumerate(case.bills)]
    calls = pd.concat(frames, ignore_index=True) if frames else empty_calls().frame.assign(**{_BILL: 0})
    parquet = io.BytesIO()
    calls.to_parquet(parquet, index=False)
    try:
        _write_atomically(path, json.dumps(body, ensure_ascii=False, indent=1), parquet.getvalue())
    except OSError as error:
        detail = {"reason": error.strerror or str(error)}
        raise ProblemError(Problem("quote_not_written", where=Where(str(path)), detail=detail)) from error


def _book_body(book: PriceBook) -> dict[str, Any]:
    """Return the book as JSON values, without the carriers of its tariffs: what calls cost the operator leaves no house."""
    body = book.model_dump(mode="json", exclude={"tariffs"})
    body["tariffs"] = {name: tariff.model_dump(mode="json", exclude={"carriers"}) for name, tariff in book.tariffs.items()}
    return body


def _book(body: dict[str, Any]) -> PriceBook:
    for tariff in body["tariffs"].values():
        tariff["deck"] = tuple(_DECK_ENTRY.validate_python(row) for row in tariff["deck"])
    return PriceBook.model_validate(body)


def _write_atomically(path: Path, body: str, calls: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(BODY, body)
                archive.writestr(CALLS, calls, zipfile.ZIP_STORED)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_quote_file(path: Path) -> QuoteContent:
    """Read a `.roiquote`.

    Raises:
        ProblemError: no such file, no `.roiquote`, damaged, or of a newer version than this program knows.
    """
    path = Path(path)
    where = Where(str(path))
    if not path.is_file():
        raise ProblemError(Problem("case_no_file", where=where))
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
                raise ProblemError(Problem("case_too_large", where=where, detail={"limit": str(MOST_BYTES // 1_000_000)}))
            body = json.loads(archive.read(BODY))
            calls = pd.read_parquet(io.BytesIO(archive.read(CALLS)))
        return _content(body, calls, where)
    except ProblemError:
        raise
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError, OSError, ValidationError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ProblemError(Problem("quote_damaged", where=where, detail={"reason": reason})) from error


def _content(body: dict[str, Any], calls: pd.DataFrame, where: Where) -> QuoteContent:
    version = body["schema_version"]
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        detail = {"found": str(version), "known": str(SCHEMA_VERSION)}
        raise ProblemError(Problem("quote_too_new", where=where, detail=detail))
    bills = []
    for number, entry in enumerate(body["bills"]):
        bill = BillBody.model_validate(entry)
        frame = calls.loc[calls[_BILL] == number, list(CALL_COLUMNS)].reset_index(drop=True).astype(dict(CALL_COLUMNS))
        table = CallTable(frame, bill.timezone, bill.calls_currency, bill.country, bill.tax_included)
        wrong = check_calls(table)
        if wrong:
            raise ProblemError(*wrong)
        bills.append(bill.bill(table))
    return QuoteContent(
        customer=TypeAdapter(Customer).validate_python(body["customer"]),
        bills=tuple(bills),
        price_book=_book(body["price_book"]),
        facts=TypeAdapter(dict[str, DriverFact]).validate_python(body["facts"]),
        values=TypeAdapter(dict[str, Decimal]).validate_python(body["scenario"]),
        convention=str(body["convention"]),
        sip_way=body["sip_way"],
        mix=TypeAdapter(tuple[SitePart, ...]).validate_python(body["mix"]),
        other_costs=TypeAdapter(tuple[OtherCost, ...]).validate_python(body.get("other_costs", ())),
        quantities=TypeAdapter(tuple[Quantity, ...]).validate_python(body.get("quantities", ())),
        leaving=TypeAdapter(TerminationTerms | None).validate_python(body.get("leaving")),
        saved_at=datetime.fromisoformat(body["saved_at"]),
    )
