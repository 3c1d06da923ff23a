"""The words of each room: label codes and problem codes → English texts with `{blanks}`, marked for translation.

One file per room, so that a code and its words are changed together. A code stands in exactly one file.
"""

from roi_tool.wording.vocabulary import (
    billing,
    cli,
    core,
    cost_items,
    costing,
    importing,
    rating,
    reporting,
    storage,
    traffic,
    window,
)

_FILES = (core, costing, cost_items, importing, rating, billing, traffic, reporting, storage, window, cli)

LABELS: dict[str, str] = {code: text for file in _FILES for code, text in file.LABELS.items()}
SENTENCES: dict[str, str] = {code: text for file in _FILES for code, text in file.SENTENCES.items()}

__all__ = ["LABELS", "SENTENCES"]
