"""Words of `importing`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
