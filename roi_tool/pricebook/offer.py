"""How an option is put together out of products: which, how many of them, and which tariff its calls are priced by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from roi_tool.pricebook.cost_item import CostItem
from roi_tool.pricebook.product import Entry

CostName = Literal[
    "lines",
    "seats",
    "numbers",
    "equipment",
    "licences",
    "setup",
    "maintenance",
    "power",
    "connectivity",
    "training",
    "porting",
    "other",
]
"""The cost category that an item is counted under."""


class Per(StrEnum):
    """What an item's quantity follows."""

    SEAT = "seat"
    CHANNEL = "channel"
    LINE = "line"
    """Primary-rate circuits of 30 channels: enough for the channels, and at least one for each site."""
    ANALOGUE = "analogue"
    """Analogue lines that must stay: alarm, lift."""
    DEVICE = "device"
    """Analogue devices that an adapter connects: fax, door, paging."""
    SITE = "site"
    NUMBER = "number"
    FREEPHONE = "freephone"
    """Own freephone numbers, called by others at the customer's cost."""
    ORDER = "order"
    """Once per customer."""


SipWay = Literal["with_bandwidth", "with_services", "own_bandwidth"]
"""How SIP trunk is sold: with the access line, as a package with services and minutes, over the customer's own line."""


class PbxRole(StrEnum):
    """What happens to the customer's PBX under an option."""

    NONE = "none"
    KEPT = "kept"
    NEW = "new"


class OfferItem(Entry):
    """`times` of a product per seat, channel, …; fractions are rounded up to whole pieces.

    Attributes:
        sku: of the product.
        cost: the category that it is counted under.
        answers: the items of the catalogue that it answers.
        per: what the quantity follows.
        times: pieces for each; 0 for none unless a case says otherwise.
        share: ids of drivers: only these shares of the pieces, one after the other.
        without: ids of drivers: not these shares of what is left.
        least: pieces that are paid for at least (a minimum of seats).
        committed: share of the first pieces that is paid for until the term ends, even if fewer are used.
        month: when it is bought and its monthly price begins: 0 at the start (monthly from month 1), 49 in month 49.
    """

    sku: str
    cost: CostName
    answers: tuple[CostItem, ...] = ()
    per: Per
    times: Annotated[Decimal, Field(ge=0, le=10000)] = Decimal(1)
    share: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    least: Annotated[int, Field(ge=0, le=100_000)] = 0
    committed: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)
    month: Annotated[int, Field(ge=0, le=120)] = 0


class ItemSet(Entry):
    """Items that several offers have in common, written once."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    items: tuple[OfferItem, ...]


class Offer(Entry):
    """One option's composition.

    Attributes:
        option: `onprem_pri`, `onprem_sip`, `keep_sip`, `hosted` (and others a book adds).
        way: of the three ways SIP trunk is sold, the one this offer is; None for an offer that holds for all of them.
        tariff: id of the tariff its calls are priced by.
        items: what it is made of; `sets` names the sets whose items come after its own.
        pbx: what happens to the PBX: it decides maintenance, upgrade, power and residual value.
        admin_share: share of today's administration hours that remain.
        change_share: how much of a whole change of telephones it brings about: staff's own project time, lost hours, learning.
        soft: whether staff may save time by it (counted only where the scenario says so).
    """

    option: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    way: SipWay | None = None
    tariff: str
    sets: tuple[str, ...] = ()
    items: tuple[OfferItem, ...] = ()
    pbx: PbxRole
    admin_share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)
    change_share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)
    soft: bool = False

    def with_items_of(self, sets: Mapping[str, ItemSet]) -> Offer:
        """Return the offer with the items of its sets written out.

        Raises:
            KeyError: it names a set that there is not.
        """
        items = (*self.items, *(item for name in self.sets for item in sets[name].items))
        return self.model_copy(update={"items": items, "sets": ()})
