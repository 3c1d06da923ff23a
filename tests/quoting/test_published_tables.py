"""Published contracts and fees, computed by the same cost lines as any option (from the optional shared tables)."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from quoting.small_case import small_bill, small_book

from roi_tool.cdr import make_calls
from roi_tool.costing.line import CostCategory
from roi_tool.costing.priced_item import ItemPrice, item_amounts, quantities
from roi_tool.pricebook import TaxRule
from roi_tool.quoting import Customer, compare, prepare_case
from roi_tool.rating import rate_calls
from roi_tool.tariff import DeckEntry, FairUse, Rate, Tariff


@pytest.fixture(scope="module")
def tricks(shared_data):
    table = json.loads((shared_data / "tables" / "contract_tricks_uk.json").read_text(encoding="utf-8"))
    return {item["trick"]: item for item in table["items"]}


def test_a_discount_that_vanishes_at_renewal_is_shown(tricks):
    trick = tricks["vanishing discount"]
    price = ItemPrice(once_nano=0, term_nano=trick["year1"] * 10**9, renewal_nano=trick["renewal"] * 10**9)
    paid = item_amounts(price, quantities(1, 1, 0, 24), term_months=12, rise=0, horizon_months=24) / 1e9
    assert paid[1:13].tolist() == [trick["year1"]] * 12
    assert paid[13:].tolist() == [trick["renewal"]] * 12
    assert round((paid[13] / paid[12] - 1) * 100) == trick["jump_pct"]


def test_minutes_beyond_fair_use_cost_what_they_cost(tricks):
    trick = tricks["per-minute trap / fair use"]
    tariff = Tariff(
        id="capped",
        currency="GBP",
        rates=(Rate.per_minute("free", "0"),),
        deck=(DeckEntry("44", "free"),),
        fair_use=(FairUse(id="cap", minutes=trick["cap_min"], price=Decimal(str(trick["over_rate"]))),),
    )
    count = trick["used_min"] // 10
    start = [pd.Timestamp("2026-07-01 08:00", tz="UTC") + pd.Timedelta(minutes=30 * number) for number in range(count)]
    calls = make_calls(
        {
            "start": start,
            "called": ["442079460123"] * count,
            "caller": ["442079460200"] * count,
            "duration_ms": [600_000] * count,
        },
        timezone="UTC",
    )
    assert rate_calls(calls, tariff).charge_nano == trick["overage"] * 10**9


def test_a_levy_follows_its_dated_table(shared_data):
    table = json.loads((shared_data / "tables" / "us_taxes_fees.json").read_text(encoding="utf-8"))
    factors = {row["q"]: Decimal(str(row["v"])) / 100 for row in table["usf_factor_pct"] if row["q"].startswith("2025")}
    starts = {quarter: date(2025, 3 * int(quarter[-1]) - 2, 1) for quarter in factors}
    rules = tuple(
        TaxRule(
            name=f"Universal service {quarter}",
            percent=factor,
            applies_to=("usage",),
            valid_from=starts[quarter],
            valid_until=(pd.Timestamp(starts[quarter]) + pd.DateOffset(months=3)).date(),
            source="published factor",
        )
        for quarter, factor in factors.items()
    )
    book = small_book().model_copy(update={"taxes": rules, "valid_from": date(2024, 12, 1)})
    case = prepare_case(Customer("X", seats=20), [small_bill()], book)
    option = compare(case, case.scenario, tornado=False).option("keep_sip")
    usage = next(line for line in option.lines if line.category is CostCategory.USAGE).amounts_nano
    levied = np.add.reduce([line.amounts_nano for line in option.lines if line.category is CostCategory.TAX])
    # Month 1 after the start in December 2024 is January 2025.
    for quarter, factor in factors.items():
        for month in range(3 * int(quarter[-1]) - 2, 3 * int(quarter[-1]) + 1):
            assert abs(int(levied[month]) - float(usage[month]) * float(factor)) <= 1
    assert not levied[13:].any()
