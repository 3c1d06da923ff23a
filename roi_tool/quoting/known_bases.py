"""The base values that a case itself knows: from the bills, the measured traffic and the price book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from roi_tool.cdr import CalledClass, CallTable, Direction
from roi_tool.costing.line import Confidence, Evidence
from roi_tool.money import from_nano
from roi_tool.pricebook import REQUIRED_ASSUMPTIONS, Offer, PriceBook
from roi_tool.quoting.base_scenario import NOTHING_SAID, Base, from_assumption, unmarked
from roi_tool.quoting.baseline import Baseline
from roi_tool.quoting.call_costs import outbound_minutes
from roi_tool.quoting.case import Customer, DriverFact
from roi_tool.quoting.planning import pbx_price
from roi_tool.quoting.today import Today

_CENT = Decimal("0.01")
_SEATS_RANGE = Decimal("0.15")
_PRICE_RANGE = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was read and measured. `minutes` a month by kind of call; `channels` the need, None where it can't be measured.

    `offers` are those that the customer is made.
    """

    customer: Customer
    today: Today
    minutes: Mapping[str, float]
    channels: int | None
    offers: tuple[Offer, ...]

    @property
    def bill(self) -> Evidence:
        """The mark of the bills, or of what stands in for them."""
        return self.today.bill_mark


def known_bases(measured: Measured, facts: Mapping[str, DriverFact], book: PriceBook) -> dict[str, Base]:
    """Return driver id → base for every driver that the case knows better than the book's assumptions."""
    bases = _size_bases(measured, facts, book)
    bases |= _call_bases(measured)
    seats = _value("seats", bases, facts)
    bases |= _price_bases(facts, book, measured.offers, seats=int(seats))
    bases["today_rental"] = _rental_base(measured, seats, book)
    going_on = _a_month(max(0, measured.today.baseline.going_on_nano), measured.today.baseline)
    bases["kept_rental"] = _exact(going_on.quantize(_CENT, ROUND_HALF_UP), measured.bill)
    share = from_assumption(book, "kept_pbx_share")
    rate = from_assumption(book, "maintenance_rate")
    purchase = _value("pbx_purchase", bases, facts)
    upkeep = [
        (purchase * share.value * point / 12).quantize(_CENT, ROUND_HALF_UP) for point in (rate.value, rate.low, rate.high)
    ]
    bases["today_maintenance"] = Base(upkeep[0], rate.evidence, upkeep[1], upkeep[2])
    bases["today_upgrade"] = _exact(Decimal(0), unmarked(Confidence.DEFAULT, NOTHING_SAID))
    if not book.assumes("desk_phone_share"):
        bases["desk_phone_share"] = _exact(Decimal(1), unmarked(Confidence.DEFAULT, NOTHING_SAID))
    return bases


def _a_month(nano: int, baseline: Baseline) -> Decimal:
    """Return what an amount of all the bills is a month."""
    numerator, denominator = baseline.months.as_integer_ratio()
    return from_nano(nano) * denominator / numerator


def _rental_base(measured: Measured, seats: Decimal, book: PriceBook) -> Base:
    """Return what is paid a month besides calls: by the bills, or so much a seat where they don't say."""
    baseline = measured.today.baseline
    if baseline.rental_nano > 0:
        rental = _a_month(baseline.rental_nano, baseline)
        return _exact(rental.quantize(_CENT, ROUND_HALF_UP), measured.bill)
    each = from_assumption(book, "today_rental_per_seat")
    return Base(each.value * seats, each.evidence, each.low * seats, each.high * seats)


def _size_bases(measured: Measured, facts: Mapping[str, DriverFact], book: PriceBook) -> dict[str, Base]:
    customer = measured.customer
    bases: dict[str, Base] = {}
    if customer.seats is not None:
        seats = Decimal(customer.seats)
        bases["seats"] = Base(
            seats,
            unmarked(Confidence.CHOICE, customer.contact or customer.name),
            _whole(seats * (1 - _SEATS_RANGE)),
            _whole(seats * (1 + _SEATS_RANGE)),
        )
    else:
        bases["seats"] = from_assumption(book, "seats")
    seats = _value("seats", bases, facts)
    for name, per_seat in (
        ("channels", "channels_per_seat"),
        ("numbers", "numbers_per_seat"),
        ("admin_hours", "admin_hours_per_seat"),
        ("project_hours", "project_hours_per_seat"),
    ):
        if not book.assumes(per_seat) and per_seat not in REQUIRED_ASSUMPTIONS:
            bases[name] = _exact(Decimal(0), unmarked(Confidence.DEFAULT, NOTHING_SAID))
            continue
        each = from_assumption(book, per_seat)
        points = [each.value * seats, each.low * seats, each.high * seats]
        if name == "admin_hours":
            points = [point.quantize(Decimal("0.5"), ROUND_HALF_UP) for point in points]
        else:
            points = [_whole(point) for point in points]
        bases[name] = Base(points[0], each.evidence, points[1], points[2])
    if measured.channels is not None:
        channels = Decimal(measured.channels)
        mark = unmarked(Confidence.MEASURED, measured.bill.source, measured.bill.as_of)
        bases["channels"] = Base(channels, mark, _whole(channels * Decimal("0.8")), _whole(channels * Decimal("1.3")))
    said = unmarked(Confidence.CHOICE, customer.contact or customer.name)
    one = unmarked(Confidence.DEFAULT, "one site until more are named")
    bases["sites"] = _exact(Decimal(customer.sites), one if customer.sites == 1 else said)
    bases["freephone_numbers"] = _exact(Decimal(_freephone_numbers(measured.today.calls)), measured.bill)
    bases["analogue_lines"] = from_assumption(book, "analogue_lines")
    return bases


def _call_bases(measured: Measured) -> dict[str, Base]:
    total = outbound_minutes(measured.minutes)
    mobile = measured.minutes.get(CalledClass.MOBILE.value, 0.0)
    share = mobile / total if total else 0.0
    by_month = _outbound_by_month(measured.today.calls)
    spread = [value / sum(by_month) * len(by_month) for value in by_month] if sum(by_month) else [1.0]
    minutes = Decimal(round(total))
    fraction, landline = Decimal(str(round(share, 3))), measured.minutes.get(CalledClass.GEOGRAPHIC.value, 0.0)
    # What was never called has no price to scale: then the driver stays where it is.
    room = Decimal(str(round(landline / total, 3))) if total and mobile else Decimal(0)
    least = Decimal(0) if landline else fraction
    return {
        "outbound_minutes": Base(
            minutes,
            measured.bill,
            _whole(minutes * Decimal(str(min(*spread, 0.85)))),
            _whole(minutes * Decimal(str(max(*spread, 1.15)))),
            maximum=None if total else Decimal(0),
        ),
        "mobile_share": Base(
            fraction,
            measured.bill,
            fraction - Decimal("0.08"),
            fraction + Decimal("0.08"),
            least,
            min(Decimal(1), fraction + room),
        ),
    }


def _freephone_numbers(calls: CallTable) -> int:
    """Return how many freephone numbers of the customer's own were called."""
    frame = calls.frame
    own = (frame["direction"] == Direction.INBOUND.value) & (frame["called_class"] == CalledClass.TOLL_FREE.value)
    return int(frame.loc[own, "called"].nunique())


def _outbound_by_month(calls: CallTable) -> list[float]:
    frame = calls.frame
    outbound = frame[frame["direction"] == Direction.OUTBOUND.value]
    if outbound.empty:
        return [0.0]
    month = outbound["start"].dt.tz_convert(calls.timezone).dt.tz_localize(None).dt.to_period("M")
    return [float(value) for value in outbound["duration_ms"].groupby(month).sum()]


def _price_bases(facts: Mapping[str, DriverFact], book: PriceBook, offers: Sequence[Offer], *, seats: int) -> dict[str, Base]:
    term = facts["term_months"].value if "term_months" in facts else book.assumption("term_months").value
    bases = {}
    for product in book.products:
        if product.driver in ("", "pbx_purchase"):
            continue
        price = product.monthly_in_term(int(term))
        others = [price, product.monthly_after_term, *product.by_term.values()]
        mark = unmarked(Confidence.PRICE_BOOK, f"{book.id} {book.version}: {product.sku}", book.valid_from)
        low, high = min(*others, price * (1 - _PRICE_RANGE)), max(*others, price * (1 + _PRICE_RANGE))
        bases[product.driver] = Base(price, mark, low.quantize(_CENT), high.quantize(_CENT))
    fixed, per_seat = pbx_price(book, offers)
    purchase = from_nano(fixed + per_seat * seats).quantize(_CENT)
    mark = unmarked(Confidence.PRICE_BOOK, f"{book.id} {book.version}: PBX", book.valid_from)
    bases["pbx_purchase"] = Base(purchase, mark, _whole(purchase * (1 - _PRICE_RANGE)), _whole(purchase * (1 + _PRICE_RANGE)))
    return bases


def _value(name: str, bases: Mapping[str, Base], facts: Mapping[str, DriverFact]) -> Decimal:
    return facts[name].value if name in facts else bases[name].value


def _exact(value: Decimal, mark: Evidence) -> Base:
    return Base(value, mark, value, value)


def _whole(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)
