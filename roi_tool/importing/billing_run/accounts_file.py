"""Reads the accounts of a billing run: YAML or JSON with subscriptions, or a plain CSV of accounts."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from roi_tool.billing import Account
from roi_tool.problems import Problem, ProblemError, Where

MOST_BYTES = 256 << 20
_CSV_COLUMNS = {
    "id": ("id", "account", "account_id", "customer"),
    "name": ("name", "customer_name"),
    "tariff": ("tariff", "plan"),
    "seats": ("seats", "users"),
    "timezone": ("timezone", "zone"),
    "numbers": ("numbers", "number", "ddi", "cli"),
    "monthly_fee": ("monthly_fee", "monthly", "mrc"),
}


def read_accounts(path: Path) -> tuple[Account, ...]:
    """Read the accounts.

    YAML and JSON hold a list `accounts` (or are that list) of entries as `roi_tool.billing.Account` has them. A CSV has a
    header with `account` and `tariff`, and may have `name`, `seats`, `timezone`, `monthly_fee` and `numbers` (parted by
    blanks or `;`).

    Raises:
        ProblemError: it cannot be read; every wrong account is named.
    """
    where = Where(str(path))
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        if path.stat().st_size > MOST_BYTES:
            raise ProblemError(Problem("billing_accounts_too_large", where=where))
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(Problem("billing_accounts_unreadable", where=where, detail={"reason": str(error)})) from error
    entries = _csv_entries(text, where) if path.suffix.lower() in (".csv", ".txt") else _document_entries(text, path, where)
    accounts: list[Account] = []
    problems: list[Problem] = []
    for row, entry in entries:
        try:
            accounts.append(Account.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            detail = {
                "account": str(entry.get("id", "?")) if isinstance(entry, dict) else "?",
                "field": ".".join(map(str, first["loc"])) or "–",
                "reason": str(first["msg"]).removeprefix("Value error, "),
            }
            problems.append(Problem("billing_account_wrong", where=Where(str(path), row), detail=detail))
    problems += _clashes(accounts, where)
    if not accounts and not problems:
        problems.append(Problem("billing_accounts_none", where=where))
    if problems:
        raise ProblemError(*problems[:50])
    return tuple(accounts)


def _clashes(accounts: list[Account], where: Where) -> list[Problem]:
    ids = Counter(account.id for account in accounts)
    numbers = Counter(number for account in accounts for number in account.numbers)
    found = [
        Problem("billing_account_twice", where=where, detail={"account": name}) for name, count in ids.items() if count > 1
    ]
    found += [
        Problem("billing_number_twice", where=where, detail={"number": name}) for name, count in numbers.items() if count > 1
    ]
    return found


def _document_entries(text: str, path: Path, where: Where) -> list[tuple[int | None, Any]]:
    try:
        # Numbers stay as written: a price is never a binary float.
        read = json.loads(text, parse_float=str) if path.suffix.lower() == ".json" else yaml.load(text, Loader=_ExactLoader)
    except (json.JSONDecodeError, yaml.YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ProblemError(Problem("billing_accounts_unreadable", where=where, detail={"reason": reason})) from error
    listed = read.get("accounts") if isinstance(read, dict) else read
    if not isinstance(listed, list):
        raise ProblemError(Problem("billing_accounts_none", where=where))
    return [(None, entry) for entry in listed]


class _ExactLoader(yaml.SafeLoader):
    """YAML whose decimals stay texts, and whose long digits stay what was written."""


def _as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _as_text)


def _csv_entries(text: str, where: Where) -> list[tuple[int | None, Any]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    titles = [cell.strip().lower().replace(" ", "_") for cell in next(rows, [])]
    places = {
        meaning: next((titles.index(name) for name in names if name in titles), -1) for meaning, names in _CSV_COLUMNS.items()
    }
    if places["id"] < 0 or places["tariff"] < 0:
        raise ProblemError(Problem("billing_accounts_columns", where=where, detail={"columns": ", ".join(titles) or "–"}))
    entries: list[tuple[int | None, Any]] = []
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        values = {meaning: cells[place].strip() for meaning, place in places.items() if 0 <= place < len(cells)}
        entry: dict[str, Any] = {
            name: values[name] for name in ("id", "name", "tariff", "seats", "timezone") if values.get(name)
        }
        numbers = values.get("numbers", "").replace(";", " ").split()
        entry["numbers"] = [number.lstrip("+") for number in numbers]
        if values.get("monthly_fee"):
            entry["subscriptions"] = [{"description": "monthly fee", "price": values["monthly_fee"]}]
        entries.append((rows.line_num, entry))
    return entries
