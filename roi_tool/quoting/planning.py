"""Turns the price book's offers into option plans: whole numbers, each part with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from roi_tool.cdr import CalledClass
from roi_tool.costing.leaving import TerminationTerms
from roi_tool.costing.line import Confidence, CostCategory, Evidence
from roi_tool.money import to_nano
from roi_tool.pricebook import Offer, OfferItem, PbxRole, Per, PriceBook, Product
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.base_scenario import FORMS
from roi_tool.quoting.call_costs import outbound_minutes
from roi_tool.quoting.case import Quantity
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.item_pieces import inputs_of_item
from roi_tool.quoting.plan import OptionPlan, PlannedItem, PlannedTax
from roi_tool.quoting.quantities import quantity_mark
from roi_tool.quoting.scenario import DriverUnit

STAY = "stay"
PBX_DRIVER = "pbx_purchase"


def stay_plan(
    usage: UsageResult, minutes: Mapping[str, float], evidence: Evidence, taxes: tuple[PlannedTax, ...] = ()
) -> OptionPlan:
    """Return today as it is: its calls as billed; rental, maintenance and administration come from the drivers."""
    share = _landline_share(minutes)
    return OptionPlan(
        id=STAY,
        usage=usage,
        usage_evidence=evidence,
        usage_minutes=minutes,
        items=(),
        pbx=PbxRole.KEPT,
        admin_share=1.0,
        soft=False,
        landline_share=share,
        stays=True,
        taxes=taxes,
    )


def offer_plan(
    offer: Offer,
    book: PriceBook,
    usage: UsageResult,
    minutes: Mapping[str, float],
    evidence: EvidenceList,
    *,
    taxes: tuple[PlannedTax, ...] = (),
    quantities: Sequence[Quantity] = (),
    leaving: TerminationTerms | None = None,
) -> OptionPlan:
    """Return an offer's plan; a line whose number of pieces was stated carries the mark of who stated it."""
    items = [(item, book.product(item.sku)) for item in offer.items]
    bought = [(item, product) for item, product in items if product.driver == PBX_DRIVER]
    fixed, per_seat = _pbx_parts(items)
    planned = tuple(
        _item(offer, item, product, book, evidence, quantities) for item, product in items if product.driver != PBX_DRIVER
    )
    tariff_mark = evidence.mark(Confidence.PRICE_BOOK, _source(book, f"tariff {offer.tariff}"), book.valid_from)
    return OptionPlan(
        id=offer.option,
        usage=usage,
        usage_evidence=tariff_mark,
        usage_minutes=minutes,
        items=planned,
        pbx=offer.pbx,
        admin_share=float(offer.admin_share),
        soft=offer.soft,
        landline_share=_landline_share(minutes),
        pbx_fixed_nano=fixed,
        pbx_seat_nano=per_seat,
        pbx_answers=tuple(dict.fromkeys(answer for item, _ in bought for answer in item.answers)),
        pbx_includes={included: product.name for _, product in bought for included in product.includes},
        way=offer.way or "",
        change_share=float(offer.change_share),
        leaving=leaving,
        leaving_evidence=None
        if leaving is None
        else evidence.mark(Confidence.CONTRACT, leaving.source, leaving.as_of, "leaving"),
        taxes=taxes,
    )


def check_book_drivers(book: PriceBook) -> None:
    """See that what the book's products and offers follow are drivers that there are.

    Raises:
        ProblemError: `pricebook_driver`, one for each name that is none.
    """
    named = {(f"product {product.sku}", product.driver) for product in book.products if product.driver}
    shares = {
        (f"offer {offer.option}, {item.sku}", name)
        for offer in book.offers
        for item in offer.items
        for name in (*item.share, *item.without)
    }
    wrong = [pair for pair in sorted(named) if pair[1] not in FORMS]
    fractions = [name for name, form in FORMS.items() if form.unit is DriverUnit.FRACTION]
    wrong += [pair for pair in sorted(shares) if pair[1] not in fractions]
    if wrong:
        raise ProblemError(
            *(
                Problem("pricebook_driver", detail={"entry": entry, "driver": name, "known": ", ".join(fractions)})
                for entry, name in wrong
            )
        )


def planned_taxes(book: PriceBook, evidence: EvidenceList, *, recovers_vat: bool) -> tuple[PlannedTax, ...]:
    """Return the book's taxes and fees that this customer bears; months count from the day the book begins."""
    return tuple(
        PlannedTax(
            name=rule.name,
            percent=float(rule.percent),
            categories=frozenset(CostCategory(name) for name in rule.applies_to),
            fixed_nano=to_nano(rule.fixed),
            per=Per(rule.per),
            from_month=_months_between(book.valid_from, rule.valid_from),
            until_month=None if rule.valid_until is None else _months_between(book.valid_from, rule.valid_until),
            evidence=evidence.mark(Confidence.ESTIMATE, rule.source, rule.valid_from, f"tax {rule.name}"),
            answers=rule.answers,
        )
        for rule in book.taxes
        if not (rule.recoverable and recovers_vat)
    )


def _months_between(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def pbx_price(book: PriceBook, offers: Sequence[Offer]) -> tuple[int, int]:
    """Return what a new PBX costs, nano units: its fixed part and its part per seat; zeros where these offers have none."""
    for offer in offers:
        if offer.pbx is PbxRole.NEW:
            return _pbx_parts([(item, book.product(item.sku)) for item in offer.items])
    return 0, 0


def _landline_share(minutes: Mapping[str, float]) -> float:
    total = outbound_minutes(minutes)
    return minutes.get(CalledClass.GEOGRAPHIC.value, 0.0) / total if total else 0.0


def _pbx_parts(items: Sequence[tuple[OfferItem, Product]]) -> tuple[int, int]:
    fixed = per_seat = Decimal(0)
    for item, product in items:
        if product.driver == PBX_DRIVER and item.per is Per.SEAT:
            per_seat += item.times * product.once
        elif product.driver == PBX_DRIVER:
            fixed += item.times * product.once
    return _nano(fixed), _nano(per_seat)


def _item(
    offer: Offer,
    item: OfferItem,
    product: Product,
    book: PriceBook,
    evidence: EvidenceList,
    quantities: Sequence[Quantity],
) -> PlannedItem:
    terms = sorted(product.by_term.items())
    monthly = bool(product.monthly or product.by_term or product.renewal)
    committed = bool(item.committed)
    follows = inputs_of_item(item.per, product.driver, item.share, item.without, monthly=monthly, committed=committed)
    return PlannedItem(
        line_id=f"{offer.option}.{product.sku.lower()}",
        category=CostCategory(item.cost),
        name=product.name,
        evidence=quantity_mark(offer.option, product.sku, quantities, evidence)
        or evidence.mark(Confidence.PRICE_BOOK, _source(book, product.sku), book.valid_from),
        per=item.per,
        times=float(item.times),
        month=item.month,
        once_nano=to_nano(product.once),
        by_term_nano=((0, to_nano(product.monthly)), *((months, to_nano(price)) for months, price in terms)),
        renewal_nano=to_nano(product.monthly_after_term),
        free_months=product.free_months,
        driver=product.driver,
        follows=follows,
        share=item.share,
        without=item.without,
        least=item.least,
        committed=float(item.committed),
        life_months=product.life_months,
        answers=item.answers,
        includes=product.includes,
    )


def _source(book: PriceBook, entry: str) -> str:
    return f"{book.id} {book.version}: {entry}"


def _nano(amount: Decimal) -> int:
    return int((amount * 1_000_000_000).to_integral_value())
