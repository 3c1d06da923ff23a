"""An invented case and comparison, built by hand from plain numbers, so that papers and charts are tested without the model."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pandas as pd

from roi_tool.cdr import (
    Bill,
    Charge,
    ChargeKind,
    FileReading,
    Reconciliation,
    Rejected,
    concatenate_calls,
    empty_calls,
    make_calls,
)
from roi_tool.costing.line import Confidence, CostCategory, CostLine, Evidence
from roi_tool.money import NANO, to_nano
from roi_tool.problems import Problem, Severity, Where
from roi_tool.quoting import Comparison, Crossover, Driver, DriverUnit, OptionResult, Scenario, Swing, UsageResult, VersusToday
from roi_tool.quoting.case import Case, Customer
from roi_tool.traffic import measure_traffic

EVIDENCE = {
    "E1": Evidence("E1", Confidence.BILL, "bills of May to July 2026, Tamar Telecom", date(2026, 8, 1)),
    "E2": Evidence("E2", Confidence.MEASURED, "concurrent calls in the bills", date(2026, 8, 1)),
    "P1": Evidence("P1", Confidence.PRICE_BOOK, "Fairlead UK 2026, seat-standard", date(2026, 10, 1)),
    "P2": Evidence("P2", Confidence.PRICE_BOOK, "Fairlead UK 2026, sip-channel", date(2026, 10, 1)),
    "P3": Evidence("P3", Confidence.PRICE_BOOK, "Fairlead UK 2026, pbx-142", date(2026, 10, 1)),
    "A1": Evidence("A1", Confidence.ESTIMATE, "customer's own estimate, J. Alder", date(2026, 11, 3)),
    "A2": Evidence("A2", Confidence.DEFAULT, "the tool's default", None),
}

# option: [(category, label, evidence, driver, once, a month)], in currency units
PRICES = {
    "stay": [
        ("usage", "cost.usage", "E1", "outbound_minutes", 0, 1204.37),
        ("lines", "cost.rental", "E1", "", 0, 1180),
        ("maintenance", "cost.maintenance", "E1", "", 0, 232),
        ("labour", "cost.administration", "A1", "admin_hours", 0, 374),
    ],
    "onprem_pri": [
        ("equipment", "cost.pbx_purchase", "P3", "pbx_purchase", 38200, 0),
        ("setup", "Installation", "P3", "", 6900, 0),
        ("usage", "cost.usage", "P2", "outbound_minutes", 0, 812.20),
        ("lines", "Channels", "P2", "", 0, 780),
        ("maintenance", "cost.maintenance", "A2", "maintenance_rate", 0, 477.50),
    ],
    "onprem_sip": [
        ("equipment", "cost.pbx_purchase", "P3", "pbx_purchase", 38200, 0),
        ("setup", "Installation", "P3", "", 6900, 0),
        ("usage", "cost.usage", "P2", "outbound_minutes", 0, 612.20),
        ("lines", "SIP channels", "P2", "", 0, 300),
        ("maintenance", "cost.maintenance", "A2", "maintenance_rate", 0, 477.50),
        ("labour", "cost.administration", "A1", "admin_hours", 0, 250),
    ],
    "keep_sip": [
        ("equipment", "Session border controller", "P2", "", 7050, 0),
        ("termination", "cost.termination", "A1", "", 2300, 0),
        ("usage", "cost.usage", "P2", "outbound_minutes", 0, 612.20),
        ("lines", "SIP channels", "P2", "", 0, 300),
        ("maintenance", "cost.maintenance", "E1", "", 0, 524),
        ("labour", "cost.administration", "A1", "admin_hours", 0, 374),
    ],
    "hosted": [
        ("setup", "Activation", "P1", "", 13720, 0),
        ("termination", "cost.termination", "A1", "", 2300, 0),
        ("usage", "cost.usage", "P1", "outbound_minutes", 0, 140.11),
        ("seats", "Hosted seats", "P1", "hosted_seat_price", 0, 1349),
        ("labour", "cost.administration", "A1", "admin_hours", 0, 166),
    ],
}

_DRIVERS = [
    ("seats", DriverUnit.SEATS, 142, 118, 165, "E1"),
    ("hosted_seat_price", DriverUnit.MONEY_PER_SEAT_MONTH, "9.50", "8", "12", "P1"),
    ("outbound_minutes", DriverUnit.MINUTES_PER_MONTH, 31480, 28000, 35000, "E1"),
    ("admin_hours", DriverUnit.HOURS_PER_MONTH, 11, 6, 16, "A1"),
    ("maintenance_rate", DriverUnit.FRACTION_PER_YEAR, "0.15", "0.10", "0.20", "A2"),
    ("staff_growth", DriverUnit.FRACTION_PER_YEAR, "0.04", "0", "0.08", "A1"),
    ("pbx_purchase", DriverUnit.MONEY, 38200, 34000, 44000, "P3"),
    ("horizon_months", DriverUnit.MONTHS, 60, 36, 84, "A2"),
    ("discount_rate", DriverUnit.FRACTION, "0.08", "0.05", "0.12", "A2"),
]


def invented_scenario(months=60):
    drivers = {}
    for name, unit, value, low, high, mark in _DRIVERS:
        number = Decimal(months) if name == "horizon_months" else Decimal(str(value))
        bounds = {"low": min(Decimal(str(low)), number), "high": max(Decimal(str(high)), number), "step": Decimal("0.01")}
        drivers[name] = Driver(
            name,
            unit,
            number,
            number,
            **bounds,
            range_low=Decimal(str(low)),
            range_high=Decimal(str(high)),
            evidence=EVIDENCE[mark],
        )
    return Scenario(drivers)


def npv_cost(monthly_nano, rate):
    """Years discounted at their end, the start undiscounted."""
    value = monthly_nano[0] / NANO
    for start in range(1, len(monthly_nano), 12):
        value += monthly_nano[start : start + 12].sum() / NANO / (1 + rate) ** ((start - 1) // 12 + 1)
    return Decimal(str(round(value, 6)))


def invented_comparison(options=tuple(PRICES), months=60, factor=1.0, prices=PRICES, currency="GBP", swing=21_300):
    scenario = invented_scenario(months)
    rate = scenario["discount_rate"]
    results, stay = [], None
    for option_id in options:
        lines = []
        for position, (category, label, mark, driver, once, month) in enumerate(prices[option_id]):
            amounts = np.full(months + 1, to_nano(str(round(month * factor, 2))), dtype=np.int64)
            amounts[0] = to_nano(str(round(once * factor, 2)))
            amounts.setflags(write=False)
            evidence = EVIDENCE[mark]
            words = (label, {}) if "." in label else ("cost.item", {"name": label})
            line = CostLine(f"{option_id}.{position}", CostCategory(category), words[0], driver, evidence, amounts)
            lines.append(replace(line, label_args=words[1]))
        monthly = np.sum([line.amounts_nano for line in lines], axis=0, dtype=np.int64)
        total, cost = int(monthly.sum()), npv_cost(monthly, float(rate))
        by_category = {}
        for line in lines:
            by_category[line.category] = by_category.get(line.category, 0) + line.total_nano
        yearly = tuple(int(monthly[start : start + 12].sum()) for start in range(1, months + 1, 12))
        usage_month = sum(line.first_month_nano for line in lines if line.category is CostCategory.USAGE)
        usage = UsageResult(
            f"tariff-{option_id}", 10438, 10420, 18, usage_month * 3, 94_440 * 60_000, 3,
            {"geographic": usage_month, "mobile": usage_month, "international": usage_month},
        )  # fmt: skip
        result = OptionResult(
            option_id,
            tuple(lines),
            monthly,
            yearly,
            total,
            cost,
            Decimal(total) / NANO / 142 / months,
            by_category,
            usage,
            None,
        )
        stay = stay or result
        if option_id != "stay":
            saving = stay.total_nano - total
            less = stay.first_month_nano - result.first_month_nano
            payback = Decimal(result.once_nano) / less if less > 0 else None
            npv = stay.npv_cost - cost
            versus = VersusToday(
                saving, npv, npv / (result.npv_cost or 1), Decimal("0.8"), None, payback, payback and payback * Decimal("1.05"),
                {"irr": "irr_not_unique", **({} if payback else {"payback_months": "payback_never"})},
            )  # fmt: skip
            result = replace(result, versus_today=versus)
        results.append(result)
    best = min(results, key=lambda result: result.npv_cost).id
    return Comparison(
        currency, False, scenario, months, rate, tuple(results), _crossovers(results), best,
        _swings(results, best, round(swing * factor)), EVIDENCE,
        (Problem("bill_unreconciled", Severity.WARNING, Where("july.csv"), {"bill": "July 2026", "difference": "0.03"}),),
    )  # fmt: skip


def _crossovers(results):
    found = []
    for number, first in enumerate(results):
        for second in results[number + 1 :]:
            gap = first.cumulative_nano - second.cumulative_nano
            for month in np.flatnonzero((gap[1:] > 0) != (gap[:-1] > 0)) + 1:
                pair = (first.id, second.id) if gap[month] > 0 else (second.id, first.id)
                found.append(Crossover(*pair, int(month)))
    return tuple(found)


def _swings(results, best, swing):
    others = [result for result in results if result.id != "stay"]
    if not others:
        return ()
    option = min(others, key=lambda result: result.npv_cost) if best == "stay" else next(r for r in others if r.id == best)
    base = option.versus_today.saving_total_nano
    rows = []
    for position, name in enumerate(
        ("hosted_seat_price", "seats", "outbound_minutes", "admin_hours", "staff_growth", "maintenance_rate")
    ):
        _, _, _, low, high, _ = next(row for row in _DRIVERS if row[0] == name)
        reach = swing * NANO // (position + 1)
        rows.append(Swing(name, Decimal(str(low)), Decimal(str(high)), base + reach, base - reach * 2 // 3))
    return tuple(rows)


def invented_bill(month=5, calls=60):
    random = np.random.default_rng(month)
    start = np.datetime64(f"2026-{month:02}-01T08:00:00") + random.integers(0, 20 * 86_400, calls).astype("timedelta64[s]")
    classes = random.choice(["geographic", "mobile", "international"], calls, p=[0.55, 0.4, 0.05])
    table = make_calls(
        {
            "start": pd.DatetimeIndex(start).tz_localize("UTC"),
            "called": [f"4479460{number:05}" for number in range(calls)],
            "caller": "442079460100",
            "called_class": classes,
            "duration_ms": random.integers(5, 900, calls) * 1000,
            "charge_nano": random.integers(1, 90, calls) * (NANO // 100),
            "source_file": f"tamar-2026-{month:02}.csv",
            "source_row": range(10, 10 + calls),
        },
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        tax_included=False,
    )
    charge = int(table.frame["charge_nano"].sum())
    rental = Charge(ChargeKind.RECURRING, "ISDN30 rental, 30 channels", to_nano("1180.00"), Decimal(30))
    tax = Charge(ChargeKind.TAX, "VAT", to_nano("236.00"))
    read = charge + rental.amount_nano + tax.amount_nano
    file = FileReading(
        f"/somewhere/tamar-2026-{month:02}.csv",
        "tamar",
        "utf-8",
        ",",
        "dmy",
        0.97,
        calls + 10,
        calls,
        2,
        7,
        1,
        (("heading", 7),),
    )
    refused = Rejected(Problem("row_unreadable", Severity.WARNING, Where(file.path, 17), {}), "442079460100;x")
    stated = read + (to_nano("0.03") if month == 7 else 0)
    return Bill(
        table, (rental, tax), (refused,), (file,), Reconciliation(stated, read, "total of the first page"), "GBP",
        date(2026, month, 1), date(2026, month + 1, 1), "Tamar Telecom",
    )  # fmt: skip


def invented_case(comparison=None, bills=(5, 6, 7), name="Alder & Wren Architects"):
    comparison = comparison or invented_comparison()
    read = tuple(invented_bill(month) for month in bills)
    calls = concatenate_calls([bill.calls for bill in read]) if read else empty_calls(timezone="Europe/London", currency="GBP")
    book = SimpleNamespace(
        id="fairlead-uk-2026", version="2026-10", operator="Fairlead", valid_from=date(2026, 10, 1),
        valid_until=date(2027, 4, 1), country="GB", currency="GBP", vat_rate=Decimal("0.2"), note="",
    )  # fmt: skip
    return Case(
        customer=Customer(name, "GB", 142, 2, "Jo Alder"),
        bills=read,
        calls=calls,
        price_book=book,
        traffic=measure_traffic(calls) if len(calls) else None,
        usages={option.id: option.usage for option in comparison.options},
        scenario=comparison.scenario,
        plans={},
        evidence=EVIDENCE,
        calls_typical=not read,
        facts={},
    )
