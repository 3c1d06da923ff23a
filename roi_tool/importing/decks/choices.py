"""What a person may decide when a deck leaves it open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeckChoices:
    """Answers to the questions that reading a deck can raise; empty means: find it out, and ask when two readings remain.

    Attributes:
        sheet: name of the sheet with the prices.
        price_column: heading of the price column.
        hyphen: "range" or "area".
        date_order: "dmy", "mdy" or "ymd".
        currency: ISO 4217 code, where the file names none or is wrong.
        increments: such as "60/1", where the file names none.
        timezone: IANA name of the zone in which the deck's dates begin.
        country: ISO 3166 code of a national deck, whose codes have a trunk prefix instead of a country code.
        indeterminate: what US calls of unknown jurisdiction pay where the deck has no such price: "interstate",
            "intrastate" or "dearer"; "" leaves them without a price.
    """

    sheet: str = ""
    price_column: str = ""
    hyphen: str = ""
    date_order: str = ""
    currency: str = ""
    increments: str = ""
    timezone: str = ""
    country: str = ""
    indeterminate: str = ""


ASK_NOTHING = DeckChoices()
"""Everything is found out from the file."""
