"""Known debits of CGRateS's prepaid accounts, where they come down to a price and covered minutes.

Not reproduced, with the reason: how long a balance would last (`max_session_time`), balances that carry a rating subject, and
refused debits are questions of a prepaid account, which this engine does not keep; two vectors carry no tariff; bal-040
contradicts its own price (its note).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from roi_tool.importing.tariffs.cgrates_plan import PlanRows, tariff_of_subject
from roi_tool.money import from_nano
from roi_tool.rating import compile_tariff, price_call
from tests.rating.vectors import read_vectors

VECTORS = read_vectors("cgrates_balance_vectors.json")["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_a_debit_is_the_price_of_what_minutes_do_not_cover(vector: dict[str, Any]) -> None:
    balances, expected, call = vector["balances_before"], vector["expected"], vector["call"]
    if vector["operation"] == "max_session_time" or "error" in expected or "not_reproducible" in vector.get("flags", ()):
        pytest.skip("a question of a prepaid account")
    if vector["tariff"] is None:
        pytest.skip("no tariff is given")
    if any("rating_subject" in balance for balance in balances) or call["usage_units_ns"] % 1_000_000:
        pytest.skip("balances with a price of their own")
    rows = PlanRows(**{name: tuple(map(tuple, lines)) for name, lines in vector["tariff"].items()})
    tariff = tariff_of_subject(rows, call["tenant"], call["category"], call["subject"])
    answer = price_call(
        compile_tariff(tariff),
        called=call["destination"],
        start=datetime.fromisoformat(call["answer_time"]),
        duration_ms=call["usage_units_ns"] // 1_000_000,
        covered_ms=sum(balance.get("units_s", 0) for balance in balances) * 1000,
    )
    assert answer.reason == ""
    paid = from_nano(answer.charge_nano)
    if "cost" in expected:
        assert paid == Decimal(str(expected["cost"]))
    else:
        before = sum(Decimal(str(balance.get("value", 0))) for balance in balances)
        after = sum(Decimal(str(amount)) for name, amount in expected.items() if name.startswith("monetary"))
        assert paid == before - after
