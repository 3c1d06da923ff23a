"""Words of `reporting`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
