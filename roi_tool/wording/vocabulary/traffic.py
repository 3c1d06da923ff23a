"""Words of `traffic`."""

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {}
