"""Words of `storage`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
