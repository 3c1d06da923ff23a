"""Words of `cli`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
