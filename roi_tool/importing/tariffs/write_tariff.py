"""Writes a tariff as our folder: `tariff.toml` and `deck.csv`. What is read back is the same tariff."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from roi_tool.importing.tariffs.deck_rows import ENTRY_COLUMNS
from roi_tool.tariff import DeckEntry, Tariff

_FLAT = ("reach",)


def write_tariff(tariff: Tariff, folder: Path | str) -> None:
    """Write a tariff into a folder (made if need be); its carriers stand in folders of their names beside the file.

    Raises:
        OSError: the folder cannot be written.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for carrier in tariff.carriers:
        write_tariff(carrier.tariff, place / carrier.id)
    values = _plain(tariff.model_copy(update={"deck": (), "carriers": ()}))
    values["carriers"] = [{"id": one.id, "quality": str(one.quality), "tariff": one.id} for one in tariff.carriers]
    if tariff.deck:
        values["decks"] = ["deck.csv"]
        (place / "deck.csv").write_text(_deck_text(tariff), encoding="utf-8", newline="")
    (place / "tariff.toml").write_text(_toml(values), encoding="utf-8")


def _deck_text(tariff: Tariff) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(ENTRY_COLUMNS)
    for entry in tariff.deck:
        rows.writerow(_cells(entry))
    return text.getvalue()


def _cells(entry: DeckEntry) -> list[str]:
    cells = {name: getattr(entry, name) for name in ENTRY_COLUMNS}
    cells["prefix"] = entry.prefix or "*"
    cells["exact"] = "yes" if entry.exact else ""
    cells["weight"] = "" if entry.weight == 0 else repr(entry.weight)
    for name in ("valid_from", "valid_till"):
        moment = cells[name]
        cells[name] = "" if moment is None else moment.isoformat()
    cells["direction"] = "" if entry.direction == "outbound" else entry.direction
    return [cells[name] for name in ENTRY_COLUMNS]


def _plain(value: Any) -> Any:
    """Return a model as tables, lists and texts; what has its default value is left out."""
    if isinstance(value, BaseModel):
        table: dict[str, Any] = {}
        for name in type(value).model_fields:
            own = getattr(value, name)
            if own is None or own == type(value).model_fields[name].get_default(call_default_factory=True) or own == ():
                continue
            if name in _FLAT:
                table |= _plain(own)
            elif name.endswith("_ms"):
                table[name.removesuffix("_ms") + "_s"] = str(Decimal(own) / 1000)
            else:
                table[name] = _plain(own)
        return table
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    return value


def _toml(values: dict[str, Any]) -> str:
    lines: list[str] = []
    tables: list[str] = []
    for name, value in values.items():
        if isinstance(value, dict):
            tables += ["", f"[{name}]", *(f"{key} = {_value(one)}" for key, one in value.items())]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                tables += ["", f"[[{name}]]", *(f"{key} = {_value(one)}" for key, one in row.items())]
        else:
            lines.append(f"{name} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
