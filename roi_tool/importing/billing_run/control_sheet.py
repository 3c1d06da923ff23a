"""The control sheet and the exceptions file of a run, each written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from roi_tool.billing import AccountControl, ControlSheet
from roi_tool.importing.billing_run.account_output import exception_schema
from roi_tool.importing.table_writer import TableWriter
from roi_tool.money import from_nano, to_nano

CONTROL_FILE = "control.json"


def control_document(sheet: ControlSheet) -> dict[str, Any]:
    """Return a control sheet as its JSON document."""
    return {
        "period": sheet.period,
        "calls_read": sheet.calls_read,
        "rated": sheet.rated,
        "not_billed": sheet.not_billed,
        "exceptions": dict(sheet.exceptions),
        "counts_close": sheet.counts_close,
        "sums_close": sheet.sums_close,
        "closes": sheet.closes,
        "ids_in_several_accounts": list(sheet.shared_ids),
        "charged_for_ids_in_several_accounts": {currency: _units(amount) for currency, amount in sheet.shared_charges},
        "allowances_rolling_over": list(sheet.rolling),
        "taken_up_from": sheet.previous,
        "accounts_not_billed_any_more": list(sheet.departed),
        "totals": {
            currency: {
                name.removesuffix("_nano"): amount if name == "invoices" else _units(amount) for name, amount in sums.items()
            }
            for currency, sums in sheet.totals().items()
        },
        "accounts": [_account_document(account) for account in sheet.accounts],
    }


def _account_document(account: AccountControl) -> dict[str, Any]:
    return {
        name.removesuffix("_nano"): _units(value) if name.endswith("_nano") else value
        for name, value in asdict(account).items()
    }


def _account_of(document: dict[str, Any]) -> AccountControl:
    names = {field.name.removesuffix("_nano"): field.name for field in fields(AccountControl)}
    values: dict[str, Any] = {names[name]: value for name, value in document.items() if name in names}
    amounts = {name: to_nano(Decimal(value)) for name, value in values.items() if name.endswith("_nano")}
    return AccountControl(**{**values, **amounts, "lapsed": tuple(values.get("lapsed", ()))})


def read_sheet(file: Path) -> ControlSheet | None:
    """Return the control sheet of a run that is done (also of earlier versions); None when it is not there."""
    if not file.is_file():
        return None
    read = json.loads(file.read_text(encoding="utf-8"))
    accounts = tuple(_account_of(account) for account in read["accounts"])
    charged = read.get("charged_for_ids_in_several_accounts", {})
    return ControlSheet(
        period=read["period"],
        calls_read=read["calls_read"],
        exceptions=tuple(sorted(read["exceptions"].items())),
        accounts=accounts,
        shared_ids=tuple(read["ids_in_several_accounts"]),
        shared_charges=tuple((currency, to_nano(Decimal(amount))) for currency, amount in charged.items()),
        previous=read.get("taken_up_from", ""),
        rolling=tuple(read.get("allowances_rolling_over", ())),
        departed=tuple(read.get("accounts_not_billed_any_more", ())),
    )


def control_csv(sheet: ControlSheet) -> str:
    """Return the accounts of a control sheet as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    heads = ["account", "invoice", "currency", "calls", "rated", "unrated", "outside_period", "duplicates"]
    heads += ["charge", "usage", "net", "tax", "total", "closes"]
    writer.writerow(heads)
    for one in sheet.accounts:
        amounts = [_units(amount) for amount in (one.charge_nano, one.usage_nano, one.net_nano, one.tax_nano, one.total_nano)]
        counts = [one.calls, one.rated, one.unrated, one.outside_period, one.duplicates]
        name = f"'{one.account}" if one.account[:1] in "=+-@" else one.account
        writer.writerow([name, one.invoice, one.currency, *counts, *amounts, "yes" if one.closes else "no"])
    return stream.getvalue()


def _units(amount_nano: int) -> str:
    return format(from_nano(amount_nano).normalize(), "f") if amount_nano else "0"


def write_exceptions(path: Path, nobody: pd.DataFrame, files: Sequence[Path]) -> None:
    """Write the exceptions of the whole run: rows of no account, then each account's own file, in order."""
    making = path.with_name(f".{path.name}")
    with TableWriter(making) as writer:
        writer.write(pa.Table.from_pandas(nobody, schema=exception_schema(), preserve_index=False))
    with making.open("ab") as whole:
        for file in files:
            whole.write(file.read_bytes().partition(b"\n")[2])
        whole.flush()
        os.fsync(whole.fileno())
    making.replace(path)


def put_text(path: Path, text: str) -> None:
    """Write a whole file or none."""
    making = path.with_name(f".{path.name}.making")
    making.write_text(text, encoding="utf-8")
    with making.open("rb") as stream:
        os.fsync(stream.fileno())
    making.replace(path)
