"""Inputs that once made a fault, and many damaged bills: nothing is lost, nothing hangs, nothing is a traceback."""

from __future__ import annotations

from pathlib import Path

import fuzz_bills
import pytest


@pytest.mark.parametrize("seed", sorted(fuzz_bills.SEEDS.iterdir()), ids=lambda path: path.name)
def test_a_kept_seed_makes_no_fault(seed: Path, tmp_path: Path) -> None:
    assert fuzz_bills.check(seed.read_bytes(), f"any{seed.suffix}", tmp_path)


@pytest.mark.nightly
def test_damaged_bills_make_no_fault() -> None:
    outcomes = fuzz_bills.run(20_000, seed=7, keep=False)
    assert not [name for name in outcomes if name.startswith("fault")]
    assert sum(outcomes.values()) == 20_000
