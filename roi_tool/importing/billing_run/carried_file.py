"""`carried.json`: what an account's allowances have left when its month ends, for the next month's run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from roi_tool.billing import Month
from roi_tool.rating import AllowanceLeft, Carried

CARRIED_FILE = "carried.json"


def carried_document(carried: Carried, account: str) -> dict[str, Any]:
    """Return the JSON document: exact integers of each allowance's unit by owner and by the month that they are left of."""
    return {
        "account": account,
        "month": str(Month.at(carried.month)),
        "allowances": {name: _left_document(left, carried.month, account) for name, left in carried.allowances.items()},
    }


def _left_document(rest: AllowanceLeft, month: int, account: str) -> dict[str, Any]:
    left = {}
    for seat, sizes in rest.left.items():
        first = month - len(sizes) + 1
        left[seat if rest.per_seat else account] = {str(Month.at(first + place)): size for place, size in enumerate(sizes)}
    return {"unit": rest.unit, "owner": "seat" if rest.per_seat else "account", "left": left}


def read_carried(text: bytes) -> Carried:
    """Read the document back.

    Raises:
        ValueError: it is no such document (also where a key is missing or a month left out).
    """
    try:
        read = json.loads(text)
        month = Month.of(read["month"]).place
        return Carried(month, {name: _left_of(rest, month) for name, rest in read["allowances"].items()})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no file of what allowances have left") from error


def _left_of(rest: Mapping[str, Any], month: int) -> AllowanceLeft:
    per_seat = {"seat": True, "account": False}[rest["owner"]]
    left = {}
    for owner, sizes in rest["left"].items():
        months = [Month.of(name).place for name in sizes]
        if months != list(range(month - len(months) + 1, month + 1)) or not all(type(size) is int for size in sizes.values()):
            raise ValueError("the months of what is left do not follow one another")
        left[owner if per_seat else ""] = tuple(sizes.values())
    return AllowanceLeft(rest["unit"], per_seat, left)
