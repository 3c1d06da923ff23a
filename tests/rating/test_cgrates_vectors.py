"""Known results of CGRateS 0.10: exactly where its own rounding does no harm, else with its rounding of increments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from math import gcd
from typing import Any

import pytest

from roi_tool.importing.tariffs.cgrates_plan import PlanRows, tariff_of_subject
from roi_tool.importing.tariffs.cgrates_rates import duration_ns
from roi_tool.money import to_nano
from roi_tool.problems import ProblemError
from roi_tool.rating import CallPrice, compile_tariff, price_call
from tests.rating.vectors import read_vectors

VECTORS = read_vectors("cgrates_vectors.json")["vectors"]


def plan_of(vector: dict[str, Any]) -> PlanRows:
    return PlanRows(**{name: tuple(tuple(row) for row in rows) for name, rows in vector["tariff"].items()})


def answer(vector: dict[str, Any], increment_decimals: int | None) -> CallPrice:
    call, settings = vector["call"], vector["settings"]
    rows = plan_of(vector)
    is_voice = call["tor"] == "*voice"
    unit = 1_000_000
    if not is_voice:
        steps = [duration_ns(cell) for row in rows.rates for cell in row[3:6]]
        unit = gcd(call["usage_units_ns"], *steps)
    tariff = tariff_of_subject(
        rows,
        call["tenant"],
        call["category"],
        call["subject"],
        increment_decimals=increment_decimals,
        fallback_depth=settings.get("fallback_depth", 3),
        unit_ns=unit,
        splits=is_voice,
    )
    return price_call(
        compile_tariff(tariff),
        called=call["destination"] or "*any",
        start=datetime.fromisoformat(call["answer_time"]),
        duration_ms=call["usage_units_ns"] // unit,
    )


def check(vector: dict[str, Any], increment_decimals: int | None, expected: Any) -> None:
    if "expected_error" in vector:
        try:
            reason = answer(vector, increment_decimals).reason
        except ProblemError as error:
            reason = error.problems[0].code
        assert reason == {"RATING_PLAN_NOT_FOUND": "cgrates_no_profile", "UNAUTHORIZED_DESTINATION": "no_rate"}[expected]
        return
    got = answer(vector, increment_decimals)
    assert got.reason == ""
    charge = got.charge_nano
    if vector["settings"].get("apply_connect_fee") is False:
        assert got.price is not None
        charge -= got.price.connect_nano
    assert charge == to_nano(Decimal(str(expected)))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_exact_arithmetic_gives_the_exact_result(vector: dict[str, Any]) -> None:
    check(vector, None, vector["rederived"]["exact_rules"])


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_rounding_increments_gives_what_cgrates_gives(vector: dict[str, Any]) -> None:
    expected = vector.get("expected_error", vector.get("expected_cost"))
    check(vector, vector["settings"]["system_rounding_decimals"], expected)
