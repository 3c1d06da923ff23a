"""Writes an order as the accounts file and the tariffs that the billing run takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from roi_tool.billing import Account
from roi_tool.importing.tariffs.write_tariff import write_tariff
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.quoting import Order

ACCOUNTS_FILE = "accounts.yaml"
TARIFFS_FOLDER = "tariffs"
ORDER_FILE = "order.json"


def write_order(order: Order, folder: Path) -> None:
    """Write `accounts.yaml`, `tariffs/` and `order.json` (what it was made of, and what of the quote no invoice will show).

    Raises:
        ProblemError: there is something in the folder (`order_folder_taken`), or it cannot be written.
    """
    where = Where(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProblemError(Problem("order_folder_taken", where=where))
        for name, tariff in order.tariffs.items():
            write_tariff(tariff, folder / TARIFFS_FOLDER / name)
        accounts = {"accounts": [_entry(account) for account in order.accounts]}
        text = yaml.safe_dump(accounts, allow_unicode=True, sort_keys=False)
        (folder / ACCOUNTS_FILE).write_text(text, encoding="utf-8")
        text = json.dumps(order_document(order), ensure_ascii=False, indent=1) + "\n"
        (folder / ORDER_FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        detail = {"reason": error.strerror or type(error).__name__}
        raise ProblemError(Problem("order_not_written", where=where, detail=detail)) from error


def order_document(order: Order) -> dict[str, Any]:
    """Return an order as its JSON document."""
    return {
        "option": order.option,
        "price_book": order.price_book,
        "start": order.start.isoformat(),
        "term_months": order.term_months,
        "currency": order.currency,
        "accounts": [_entry(account) for account in order.accounts],
        "tariffs": {name: tariff.fingerprint for name, tariff in order.tariffs.items()},
        "not_billed": list(order.not_billed),
    }


def _entry(account: Account) -> dict[str, Any]:
    """An account as the accounts file has it; what is left at its default is left out."""
    entry = account.model_dump(mode="json", exclude_defaults=True)
    return {name: sorted(value) if name == "numbers" else value for name, value in entry.items()}
