"""Words of `rating`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
