"""Words of `costing`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
