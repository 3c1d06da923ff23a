"""The worked example of docs/rating-for-operators.md does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "rating-for-operators.md"


def test_the_worked_example_runs_as_printed() -> None:
    found = doctest.testfile(str(GUIDE), module_relative=False)
    assert found.attempted > 20
    assert found.failed == 0
