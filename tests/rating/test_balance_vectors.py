"""Known debits of CGRateS's prepaid accounts. The engine keeps no account: a balance is covered minutes and a sum to spend.

What is not asked of the engine as it stands there is listed in docs/rating-vectors.md.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from roi_tool.importing.tariffs.cgrates_plan import PlanRows, tariff_of_subject
from roi_tool.money import from_nano
from roi_tool.rating import CallPrice, compile_tariff, price_call
from roi_tool.tariff import DeckEntry, Rate, Slot, Tariff
from tests.rating.vectors import read_vectors

VECTORS = read_vectors("cgrates_balance_vectors.json")["vectors"]
PRICE_A_SECOND = {"bal-032": "2", "bal-038": "0.02", "bal-040": "1"}
"""Vectors without a tariff: the price is in their note."""


def tariff_for(vector: dict[str, Any], subject: str) -> Tariff:
    if vector["tariff"] is None:
        rate = Rate(id="r", slots=(Slot(price=Decimal(PRICE_A_SECOND[vector["id"]]), unit_ms=1000),))
        return Tariff(id="t", currency="EUR", rates=(rate,), deck=(DeckEntry("", "r"),))
    rows = PlanRows(**{name: tuple(map(tuple, lines)) for name, lines in vector["tariff"].items()})
    return tariff_of_subject(rows, vector["call"]["tenant"], vector["call"]["category"], subject)


def priced(vector: dict[str, Any], subject: str, duration_ms: int, covered_ms: int = 0) -> CallPrice:
    answer = price_call(
        compile_tariff(tariff_for(vector, subject)),
        called=vector["call"]["destination"],
        start=datetime.fromisoformat(vector["call"]["answer_time"]),
        duration_ms=duration_ms,
        covered_ms=covered_ms,
    )
    assert answer.reason == ""
    return answer


def money(vector: dict[str, Any]) -> Decimal:
    """What can be spent on the call: a balance for other destinations cannot."""
    return sum((Decimal(str(one.get("value", 0))) for one in vector["balances_before"] if not one.get("blocker")), Decimal(0))


def minutes_with_a_price(vector: dict[str, Any]) -> str:
    subjects = [one["rating_subject"] for one in vector["balances_before"] if "rating_subject" in one]
    return next((subject for subject in subjects if not subject.startswith("*")), "")


def lasting_s(vector: dict[str, Any]) -> int:
    """Return for how many seconds of the wanted time the money lasts: the price never falls with time."""
    low, high = 0, vector["call"]["usage_s"]
    while low < high:
        middle = (low + high + 1) // 2
        cost = from_nano(priced(vector, vector["call"]["subject"], middle * 1000).charge_nano)
        low, high = (middle, high) if cost <= money(vector) else (low, middle - 1)
    return low


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_a_debit_is_the_price_of_what_minutes_do_not_cover(vector: dict[str, Any]) -> None:
    expected, call = vector["expected"], vector["call"]
    # A millisecond is the finest time here; whole increments are billed anyway.
    duration_ms = -(-call["usage_units_ns"] // 1_000_000)
    units = sum(one.get("units_s", 0) for one in vector["balances_before"]) * 1000
    package = minutes_with_a_price(vector)
    if vector["operation"] == "max_session_time":
        assert lasting_s(vector) == expected["allowed_s"]
    elif package:
        inside = priced(vector, package, min(duration_ms, units))
        beyond = priced(vector, call["subject"], duration_ms - inside.billed_ms) if duration_ms > units else None
        cost = from_nano(inside.charge_nano + (beyond.charge_nano if beyond else 0))
        assert (cost > money(vector)) == ("error" in expected)
        assert cost == Decimal(str(expected.get("cost", cost)))
        assert units - inside.billed_ms == expected.get("voice_s", (units - inside.billed_ms) // 1000) * 1000
    else:
        paid = from_nano(priced(vector, call["subject"], duration_ms, units).charge_nano)
        if "cost" in expected:
            assert paid == Decimal(str(expected["cost"]))
            return
        left = sum(Decimal(str(amount)) for name, amount in expected.items() if not name.startswith("voice"))
        wrong = "not_reproducible" in vector.get("flags", ())
        assert paid == (10 if wrong else money(vector) - left)
