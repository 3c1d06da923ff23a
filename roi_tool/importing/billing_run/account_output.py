"""One account's files: rated calls, exceptions, invoice and its share of the control sheet, put in place in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from roi_tool.billing import AccountControl, BilledAccount, Invoice, account_control
from roi_tool.importing.billing_run.carried_file import CARRIED_FILE, carried_document
from roi_tool.importing.table_writer import TableWriter
from roi_tool.money import from_nano

CONTROL_FILE = "control.json"
INVOICE_FILE = "invoice.json"
EXCEPTIONS_FILE = "exceptions.csv"
EXCEPTION_COLUMNS = ("account", "file", "row", "call_id", "start", "caller", "called", "duration_s", "reason")


def put_account(
    place: Path,
    billed: BilledAccount,
    left_out: pd.DataFrame,
    files: Sequence[str],
    *,
    kind: str,
    outside_period: int,
    duplicates: int,
    paper: Callable[[Path, BilledAccount], None] | None = None,
) -> AccountControl:
    """Write an account's folder beside its place and move it there: it is there whole, or not at all.

    Args:
        place: the folder; must not exist.
        billed: what was billed.
        left_out: rows of the spool that were not billed, with their reason.
        files: names of the call files, by number.
        kind: "csv" or "parquet".
        outside_period, duplicates: how many of the rows left out are of another month, or came before.
        paper: writes the invoice for people into the folder.
    """
    making = place.with_name(f".{place.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for name, table in (
        (f"rated.{kind}", _rated_table(billed)),
        (EXCEPTIONS_FILE, _exceptions_table(billed, left_out, files)),
    ):
        with TableWriter(making / name) as writer:
            writer.write(table)
    _write(making / CARRIED_FILE, carried_document(billed.carried, billed.invoice.account))
    control = account_control(
        billed.invoice,
        billed.rated.frame["charge_nano"].dropna().astype(object),
        rated=billed.rated.rated,
        outside_period=outside_period,
        duplicates=duplicates,
        carried_sha256=hashlib.sha256((making / CARRIED_FILE).read_bytes()).hexdigest(),
        lapsed=billed.lapsed,
    )
    _write(making / INVOICE_FILE, invoice_document(billed.invoice))
    _write(making / CONTROL_FILE, asdict(control))
    if paper is not None:
        paper(making, billed)
    _sync(making)
    making.rename(place)
    return control


def _exceptions_table(billed: BilledAccount, left_out: pd.DataFrame, files: Sequence[str]) -> pa.Table:
    if not len(left_out) and not billed.rated.unrated:
        return exception_schema().empty_table()
    rows = pd.concat([exception_rows(left_out, files, billed.invoice.account), _unrated_rows(billed)], ignore_index=True)
    return pa.Table.from_pandas(rows, schema=exception_schema(), preserve_index=False)


def read_control(place: Path) -> AccountControl:
    """Read an account's share of the control sheet back."""
    read = json.loads((place / CONTROL_FILE).read_text(encoding="utf-8"))
    return AccountControl(**{**read, "lapsed": tuple(read.get("lapsed", ()))})


def exception_schema() -> pa.Schema:
    """Return the columns of an exceptions file."""
    kinds = {"row": pa.int64(), "start": pa.timestamp("ms", tz="UTC"), "duration_s": pa.decimal128(18, 3)}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in EXCEPTION_COLUMNS])


def exception_rows(rows: pd.DataFrame, files: Sequence[str], account: str = "") -> pd.DataFrame:
    """Return rows of the spool as rows of an exceptions file."""
    starts = pd.to_datetime(rows["start_ms"], unit="ms", utc=True)
    return pd.DataFrame(
        {
            "account": account,
            "file": [files[number] for number in rows["file"]],
            "row": rows["row"],
            "call_id": rows["call_id"],
            "start": starts.where(~rows["reason"].isin(["bad_start", "bad_row"])),
            "caller": rows["caller"],
            "called": rows["called"],
            "duration_s": _seconds(rows["duration_ms"]),
            "reason": rows["reason"],
        },
        columns=list(EXCEPTION_COLUMNS),
    )


def _seconds(lengths_ms: pd.Series) -> pd.Series:
    """Exact decimals of a thousandth."""
    thousandth = from_nano(1_000_000)
    exact = [from_nano(int(length) * 1_000_000).quantize(thousandth) for length in lengths_ms]
    return pd.Series(exact, index=lengths_ms.index, dtype=object)


def _unrated_rows(billed: BilledAccount) -> pd.DataFrame:
    calls, reasons = billed.calls.frame, billed.rated.frame["reason"].astype("str")
    chosen = (reasons != "").to_numpy()
    frame = calls[chosen]
    return pd.DataFrame(
        {
            "account": billed.invoice.account,
            "file": frame["source_file"].to_numpy(),
            "row": frame["source_row"].to_numpy(),
            "call_id": frame["call_id"].to_numpy(),
            "start": frame["start"].to_numpy(dtype="datetime64[ms]"),
            "caller": frame["caller"].to_numpy(),
            "called": frame["called"].to_numpy(),
            "duration_s": _seconds(frame["duration_ms"]).to_numpy(),
            "reason": reasons[chosen].to_numpy(),
        },
        columns=list(EXCEPTION_COLUMNS),
    )


def _rated_table(billed: BilledAccount) -> pa.Table:
    """Every call of the month with its price; unrated ones too, with their reason."""
    calls, rated = billed.calls.frame, billed.rated.frame
    texts = ("call_id", "direction", "caller", "called", "called_class", "site", "source_file")
    columns: dict[str, Any] = {name: pa.array(calls[name].astype("str"), pa.string()) for name in texts}
    columns["source_row"] = pa.array(calls["source_row"])
    columns["start"] = pa.array(calls["start"].to_numpy(dtype="datetime64[ms]"), pa.timestamp("ms", tz="UTC"))
    columns["duration_ms"] = pa.array(calls["duration_ms"])
    for name in ("rate_id", "prefix", "reason"):
        columns[name] = pa.array(rated[name].astype("str"), pa.string())
    columns["billed_ms"] = pa.array(rated["billed_ms"].to_numpy())
    for name in ("charge", "cost", "margin", "tax"):
        amounts = rated[f"{name}_nano"]
        exact = [None if missing else from_nano(int(amount)) for amount, missing in zip(amounts, amounts.isna(), strict=True)]
        columns[name] = pa.array(exact, pa.decimal128(24, 9))
    order = ["call_id", "start", "direction", "caller", "called", "called_class", "site", "duration_ms", "billed_ms", "rate_id"]
    order += ["prefix", "charge", "cost", "margin", "tax", "reason", "source_file", "source_row"]
    return pa.table({name: columns[name] for name in order})


def invoice_document(invoice: Invoice) -> dict[str, Any]:
    """Return an invoice as its JSON document: amounts are decimal strings of currency units."""
    return {_outside_name(name): _outside(name, value) for name, value in asdict(invoice).items()}


def _outside_name(name: str) -> str:
    return name.removesuffix("_nano")


def _outside(name: str, value: Any) -> Any:
    if name.endswith("_nano"):
        return format(from_nano(value).normalize(), "f") if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_outside_name(key): _outside(key, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_outside("", one) for one in value]
    return value


def _write(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")


def _sync(folder: Path) -> None:
    """Bring the files to the disk before the folder appears under its name: a crash of the machine loses nothing."""
    for file in folder.iterdir():
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
