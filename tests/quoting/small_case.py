"""A tiny case for tests of every room: 20 seats, one month of 40 calls, a price book of a dozen lines.

from quoting.small_case import small_case, small_book, small_bill
case = small_case()
comparison = compare(case, case.scenario)
"""

from datetime import date
from functools import lru_cache

import pandas as pd

from roi_tool.cdr import Bill, Charge, ChargeKind, FileReading, Reconciliation, make_calls
from roi_tool.pricebook import Assumption, CostItem, Offer, OfferItem, PbxRole, PriceBook, Product, TypicalCall
from roi_tool.quoting import Case, Customer, prepare_case
from roi_tool.tariff import DeckEntry, Rate, Tariff

DAY = date(2026, 8, 1)

ASSUMPTIONS = {
    "seats": ("20", "10", "40"),
    "staff_growth": ("0", "-0.02", "0.05"),
    "channels_per_seat": ("0.25", "0.2", "0.35"),
    "numbers_per_seat": ("1", "0.5", "1.5"),
    "analogue_lines": ("0", "0", "2"),
    "maintenance_rate": ("0.15", "0.10", "0.20"),
    "admin_hours_per_seat": ("0.1", "0.05", "0.15"),
    "labour_rate": ("30", "25", "40"),
    "labour_rise": ("0", "0", "0.04"),
    "term_months": ("36", "36", "36"),
    "horizon_months": ("60", "60", "60"),
    "discount_rate": ("0.08", "0.05", "0.12"),
    "carrier_price_rise": ("0", "0", "0.05"),
    "offer_price_rise": ("0", "0", "0.05"),
    "soft_time_saved": ("0", "0", "0.5"),
    "soft_minutes_per_seat": ("60", "20", "120"),
    "contract_months_left": ("0", "0", "6"),
    "termination_share": ("1", "0.5", "1"),
    "overlap_weeks": ("4", "2", "8"),
    "upgrade_share": ("0.2", "0.1", "0.3"),
    "upgrade_month": ("49", "37", "61"),
    "residual_share": ("0.1", "0", "0.2"),
    "power_watts": ("150", "100", "250"),
    "power_price": ("0.25", "0.2", "0.32"),
    "kept_pbx_share": ("0.8", "0.6", "1"),
    "today_rental_per_seat": ("7", "5", "9"),
    "finance_months": ("0", "0", "0"),
    "finance_rate": ("0.09", "0.06", "0.12"),
}


def small_tariff(tariff_id="flat", landline="0.01", mobile="0.05", abroad="0.10") -> Tariff:
    """Three prices by the minute, billed by the second."""
    return Tariff(
        id=tariff_id,
        currency="GBP",
        rates=(
            Rate.per_minute("landline", landline),
            Rate.per_minute("mobile", mobile),
            Rate.per_minute("abroad", abroad),
        ),
        deck=(DeckEntry("44", "landline"), DeckEntry("447", "mobile"), DeckEntry("1", "abroad")),
    )


@lru_cache(maxsize=1)
def small_book() -> PriceBook:
    """A price book with all four offers."""
    products = (
        Product(sku="SEAT", name="Hosted seat", unit="seat", once="10", monthly="14", by_term={12: "12", 36: "10"},
                renewal="11", driver="hosted_seat_price"),
        Product(sku="CHAN", name="SIP channel", unit="channel", monthly="6", driver="channel_price"),
        Product(sku="PRI", name="ISDN30 circuit", unit="line", once="300", monthly="400", driver="pri_line_price"),
        Product(sku="PBX", name="IP PBX", unit="once", once="3000", driver="pbx_purchase"),
        Product(sku="LIC", name="User licence", unit="seat", once="100", driver="pbx_purchase"),
        Product(sku="SBC", name="Session border controller", unit="once", once="1200"),
        Product(sku="PORT", name="Number porting", unit="number", once="5"),
    )  # fmt: skip
    pbx = (OfferItem(sku="PBX", cost="equipment", per="order"), OfferItem(sku="LIC", cost="licences", per="seat"))
    port = OfferItem(sku="PORT", cost="porting", per="number")
    sip = (
        OfferItem(sku="CHAN", cost="lines", per="channel"),
        OfferItem(sku="SBC", cost="equipment", per="order"),
        port,
    )
    return PriceBook(
        id="small-book",
        version="1",
        operator="Fairlead",
        country="GB",
        currency="GBP",
        valid_from=date(2026, 7, 1),
        valid_until=date(2027, 1, 1),
        vat_rate="0.2",
        products=products,
        offers=(
            Offer(option="onprem_pri", tariff="flat", pbx=PbxRole.NEW,
                  items=(*pbx, OfferItem(sku="PRI", cost="lines", per="line"), port)),
            Offer(option="onprem_sip", tariff="flat", pbx=PbxRole.NEW, items=(*pbx, *sip)),
            Offer(option="keep_sip", tariff="flat", pbx=PbxRole.KEPT, items=sip),
            Offer(option="hosted", tariff="hosted", pbx=PbxRole.NONE, admin_share="0.3", soft=True,
                  items=(OfferItem(sku="SEAT", cost="seats", per="seat"), port)),
        ),
        assumptions=tuple(
            Assumption(id=name, value=value, low=low, high=high, source="an example", as_of=DAY)
            for name, (value, low, high) in ASSUMPTIONS.items()
        ),
        left_out=dict.fromkeys(CostItem, "bought elsewhere"),
        today_tariff="dear",
        typical_calls=(
            TypicalCall(called_class="geographic", called="442079460123", minutes_per_seat=100, mean_seconds=180),
            TypicalCall(called_class="mobile", called="447700900123", minutes_per_seat=50, mean_seconds=120),
        ),
        tariffs={
            "dear": small_tariff("dear", "0.03", "0.12", "0.30"),
            "flat": small_tariff(),
            "hosted": small_tariff("hosted", "0", "0.02"),
        },
    )  # fmt: skip


@lru_cache(maxsize=1)
def small_bill() -> Bill:
    """July 2026: 40 calls of one to five minutes at 0.03, 0.12 or 0.30 a minute, and 400.00 of rental."""
    count = 40
    kinds = [("geographic", "442079460123", 30), ("mobile", "447700900123", 120), ("international", "12125550123", 300)]
    chosen = [kinds[number % 3] for number in range(count)]
    minutes = [1 + number % 5 for number in range(count)]
    calls = make_calls(
        {
            "start": [
                pd.Timestamp("2026-07-01 08:00", tz="UTC") + pd.Timedelta(hours=17 * number) for number in range(count)
            ],
            "called": [called for _, called, _ in chosen],
            "called_class": [kind for kind, _, _ in chosen],
            "duration_ms": [60_000 * length for length in minutes],
            "charge_nano": [
                price * 1_000_000 * length for (_, _, price), length in zip(chosen, minutes, strict=True)
            ],
        },
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        tax_included=False,
    )  # fmt: skip
    rental = 400 * 10**9
    total = rental + int(calls.frame["charge_nano"].sum())
    return Bill(
        calls=calls,
        charges=(Charge(ChargeKind.RECURRING, "Line rental", rental),),
        files=(FileReading("july.csv", "detected", rows_total=41, rows_calls=40, rows_charges=1),),
        reconciliation=Reconciliation(total, total, "total"),
        currency="GBP",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 8, 1),
        carrier="Old Carrier",
    )


@lru_cache(maxsize=1)
def small_case() -> Case:
    """Twenty seats, the bill and the book above."""
    return prepare_case(Customer("Small & Sons", country="GB", seats=20), [small_bill()], small_book())
