"""Words of `billing`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
