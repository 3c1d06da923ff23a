"""Bills in a random mix of what real files show, in seven languages: each reads to exactly what was written, asking nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from stranger_bills import invented_bill

from roi_tool.importing import read_bill


def _check(seed: int, folder: Path) -> None:
    invented = invented_bill(seed)
    path = folder / f"{seed}{invented.suffix}"
    path.write_bytes(invented.data)
    bill = read_bill(path)
    found = [
        (
            f"{row.start:%Y-%m-%dT%H:%M:%S}",
            str(row.direction),
            row.caller if wanted[2] is not None else None,
            row.called,
            row.duration_ms,
            0 if pd.isna(row.charge_nano) else row.charge_nano,
        )
        for row, wanted in zip(bill.calls.frame.itertuples(), invented.calls, strict=False)
    ]
    assert found == invented.calls, invented.name
    assert bill.currency == invented.currency, invented.name
    assert bill.calls.tax_included == invented.tax_included, invented.name
    assert sum(charge.amount_nano for charge in bill.charges) == invented.rental_nano, invented.name
    assert [question.code for question in bill.files[0].questions] == [], invented.name
    assert bill.rejected == (), invented.name


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_bills_of_unknown_carriers_are_read_exactly(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 20):
        _check(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 2000, 100))
def test_a_thousand_bills_of_unknown_carriers_are_read_exactly(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 100):
        _check(seed, tmp_path)
