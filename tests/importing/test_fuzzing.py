"""Inputs that once made a fault, and many damaged files: nothing is lost, nothing hangs, nothing is a traceback."""

from __future__ import annotations

from pathlib import Path

import fuzz_bills
import pytest
from fuzz_targets import SEEDS, TARGETS, check, starts_of

KEPT = sorted(path for path in SEEDS.rglob("*") if path.is_file())


@pytest.mark.parametrize("seed", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_kept_seed_makes_no_fault(seed: Path, tmp_path: Path) -> None:
    assert check(seed.parent.name, seed.read_bytes(), tmp_path)


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_mutations_start_from_is_read(target: str, tmp_path: Path) -> None:
    outcomes = {check(target, content, tmp_path) for content in starts_of(target)}
    assert outcomes & {"read", "opened"}


@pytest.mark.nightly
@pytest.mark.parametrize("target", TARGETS)
def test_damaged_files_make_no_fault(target: str) -> None:
    outcomes = fuzz_bills.run(target, 3000, seed=7, keep=False)
    assert not [name for name in outcomes if name.startswith("fault")]
    assert sum(outcomes.values()) == 3000


@pytest.mark.nightly
@pytest.mark.parametrize("target", ["text", "deck"])
def test_what_hypothesis_builds_makes_no_fault(target: str) -> None:
    outcomes = fuzz_bills.run_hypothesis(target, 3000, seed=7, keep=False)
    assert not [name for name in outcomes if name.startswith("fault")]
