"""What a price is: the frozen, validated model of everything a tariff can express.

`Tariff` holds rates (terms of a price), the deck (prefix → rate), time bands, allowances, tiers, commitments, surcharges,
taxes and the carriers on the cost side. It prices nothing itself: `roi_tool.rating` does. It knows no file: see
`roi_tool.importing.tariffs` and docs/tariff-format.md.
"""

from roi_tool.tariff.band import HolidayCalendar, Holidays, TimeBand, Window, clock_seconds
from roi_tool.tariff.deck import DeckEntry
from roi_tool.tariff.discount import (
    Allowance,
    ChannelCommitment,
    Counted,
    FairUse,
    MinimumSpend,
    Reach,
    Shared,
    Tier,
    TierMode,
    TierTable,
)
from roi_tool.tariff.levy import Surcharge, Tax
from roi_tool.tariff.rate import Rate, Slot, increment_slots
from roi_tool.tariff.tariff import Carrier, IncrementRounding, RoundingRule, Split, Tariff

__all__ = [
    "Allowance",
    "Carrier",
    "ChannelCommitment",
    "Counted",
    "DeckEntry",
    "FairUse",
    "HolidayCalendar",
    "Holidays",
    "IncrementRounding",
    "MinimumSpend",
    "Rate",
    "Reach",
    "RoundingRule",
    "Shared",
    "Slot",
    "Split",
    "Surcharge",
    "Tariff",
    "Tax",
    "Tier",
    "TierMode",
    "TierTable",
    "TimeBand",
    "Window",
    "clock_seconds",
    "increment_slots",
]
