"""Hands out the marks beside figures: E1, E2 … for bills and measurements, P1 … for price book lines, A1 … for assumptions."""

from __future__ import annotations

from datetime import date

from roi_tool.costing.line import Confidence, Evidence

_LETTERS = {
    Confidence.BILL: "E",
    Confidence.CONTRACT: "E",
    Confidence.MEASURED: "E",
    Confidence.PRICE_BOOK: "P",
}


class EvidenceList:
    """Collects evidence in the order in which it is first used; the same thing from the same source gets the same mark."""

    def __init__(self) -> None:
        self._marks: dict[tuple[Confidence, str, date | None, str], Evidence] = {}
        self._counts: dict[str, int] = {}

    def mark(self, confidence: Confidence, source: str, as_of: date | None = None, about: str = "") -> Evidence:
        """Return the evidence for a source, with its mark. `about` (a driver's id) tells assumptions of one source apart."""
        key = (confidence, source, as_of, about)
        if key not in self._marks:
            letter = _LETTERS.get(confidence, "A")
            self._counts[letter] = self._counts.get(letter, 0) + 1
            self._marks[key] = Evidence(f"{letter}{self._counts[letter]}", confidence, source, as_of)
        return self._marks[key]

    def by_id(self) -> dict[str, Evidence]:
        """Return every mark handed out."""
        return {evidence.id: evidence for evidence in self._marks.values()}
