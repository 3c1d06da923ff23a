"""Rate decks in: CSV and workbooks by detection, with the mapping shown, nothing dropped silently; decks compared and amended.

Must not know how a call is priced.
"""

from roi_tool.importing.decks.amending import amend_deck
from roi_tool.importing.decks.checking import DeckCheck, check_deck
from roi_tool.importing.decks.choices import DeckChoices
from roi_tool.importing.decks.comparing import CodeMovement, DeckDifference, Movement, compare_decks
from roi_tool.importing.decks.deck import Change, Deck, DeckCode, DeckCounts, Mapping, Terms
from roi_tool.importing.decks.deck_tariff import deck_tariff
from roi_tool.importing.decks.reading import read_deck
from roi_tool.importing.decks.tariff_as_deck import is_tariff, tariff_as_deck

__all__ = [
    "Change",
    "CodeMovement",
    "Deck",
    "DeckCheck",
    "DeckChoices",
    "DeckCode",
    "DeckCounts",
    "DeckDifference",
    "Mapping",
    "Movement",
    "Terms",
    "amend_deck",
    "check_deck",
    "compare_decks",
    "deck_tariff",
    "is_tariff",
    "read_deck",
    "tariff_as_deck",
]
