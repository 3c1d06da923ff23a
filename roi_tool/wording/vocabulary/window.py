"""Words of `window`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
