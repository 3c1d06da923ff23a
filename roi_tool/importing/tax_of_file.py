"""Whether a file's prices hold the tax, where only one of its sentences tells: said of all its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roi_tool.cdr import Charge, ChargeKind
from roi_tool.importing.meaning.tax_sentences import tax_said
from roi_tool.importing.table_reading import TableReading


def with_tax_said(readings: Sequence[TableReading]) -> list[TableReading]:
    """Return the tables of a file with the tax's state where only a sentence of the file tells it, for calls and charges."""
    said = tax_said(text for reading in readings for text in reading.texts)
    return list(readings) if said is None else [_with_state(reading, said) for reading in readings]


def _with_state(reading: TableReading, said: bool) -> TableReading:
    calls = reading.calls
    if calls.tax_included is None and calls.frame["charge_nano"].notna().any():
        calls = replace(calls, tax_included=said)
    charges, sure = ([_charge(charge, said) for charge in listed] for listed in (reading.charges, reading.sure_charges))
    return replace(reading, calls=calls, charges=charges, sure_charges=sure)


def _charge(charge: Charge, said: bool) -> Charge:
    """A tax holds no tax of its own, and a charge that says more of itself knows better."""
    return charge if charge.tax_included is not None or charge.kind is ChargeKind.TAX else replace(charge, tax_included=said)
