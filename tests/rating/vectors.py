"""Reads the vectors of `../shared/data/vectors`, where they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "vectors"


def read_vectors(name: str) -> dict[str, Any]:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the optional sibling folder with {name} is absent", allow_module_level=True)
    return json.loads(path.read_text(encoding="utf-8"))
