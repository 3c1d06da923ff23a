"""The deck: which rate a called number has. Rows are plain tuples, because a deck may have 300,000 of them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class DeckEntry(NamedTuple):
    """One row: calls to numbers that start with `prefix` have the rate.

    Of the rows that fit a call the longest prefix wins; of equally long ones that which states a jurisdiction or a class;
    of those with bands the one that holds at the time. Rows that are still equal are refused when the tariff is compiled.

    Attributes:
        prefix: digits without `+`; "" is every number. A whole number (an own number that is free) is a prefix too.
        rate: id of a `Rate`.
        destination: name for people.
        group: destination group that allowances and tiers name.
        band: id of a `TimeBand`; "" is always.
        direction: "outbound", "inbound" or "internal".
        called_class: a word of the call table, such as "mobile", or "" for any.
        jurisdiction: "interstate", "intrastate", "indeterminate" (US, by both numbers), or "" for any.
        valid_from, valid_till: half-open, aware instants judged at the start of the call; None is open.
        weight: higher wins among bands.
        exact: the called number must be the prefix, not only start with it (short codes).
    """

    prefix: str
    rate: str
    destination: str = ""
    group: str = ""
    band: str = ""
    direction: str = "outbound"
    called_class: str = ""
    jurisdiction: str = ""
    valid_from: datetime | None = None
    valid_till: datetime | None = None
    weight: float = 0.0
    exact: bool = False
