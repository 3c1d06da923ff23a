"""How many of a product this customer takes, where it differs from the price book's usual make-up of an option."""

from __future__ import annotations

from collections.abc import Sequence

from roi_tool.costing.line import Evidence
from roi_tool.pricebook import Offer, OfferItem, PriceBook
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.case import Quantity
from roi_tool.quoting.evidence import EvidenceList


def with_quantities(book: PriceBook, offers: Sequence[Offer], quantities: Sequence[Quantity]) -> tuple[Offer, ...]:
    """Return the offers with the stated numbers of pieces; shares no longer apply to a number that was stated.

    Raises:
        ProblemError: an option that is not sold (`option_unknown`), a product that none of the named options contains
            (`quantity_unknown`), a number that is none (`quantity_impossible`).
    """
    _check(offers, quantities)
    return tuple(
        offer.model_copy(update={"items": tuple(_stated(offer, item, quantities) for item in offer.items)}) for offer in offers
    )


def quantity_of(option: str, sku: str, quantities: Sequence[Quantity]) -> Quantity | None:
    """Return what was stated of a product under an option; the last statement holds."""
    return next((one for one in reversed(quantities) if one.sku == sku and option in (one.options or (option,))), None)


def quantity_mark(option: str, sku: str, quantities: Sequence[Quantity], evidence: EvidenceList) -> Evidence | None:
    """Return the evidence of a stated number of pieces."""
    found = quantity_of(option, sku, quantities)
    return None if found is None else evidence.mark(found.confidence, found.source, found.as_of, f"quantity {sku}")


def _stated(offer: Offer, item: OfferItem, quantities: Sequence[Quantity]) -> OfferItem:
    found = quantity_of(offer.option, item.sku, quantities)
    if found is None:
        return item
    return item.model_copy(update={"times": found.times, "share": (), "without": (), "least": 0})


def _check(offers: Sequence[Offer], quantities: Sequence[Quantity]) -> None:
    options = {offer.option: {item.sku for item in offer.items} for offer in offers}
    for one in quantities:
        for option in one.options:
            if option not in options:
                raise ProblemError(Problem("option_unknown", detail={"option": option, "known": ", ".join(options)}))
        among = [options[option] for option in (one.options or options)]
        if not any(one.sku in skus for skus in among):
            known = ", ".join(sorted(set().union(*among)))
            raise ProblemError(Problem("quantity_unknown", detail={"sku": one.sku, "known": known}))
        if not 0 <= one.times <= 10_000:
            raise ProblemError(Problem("quantity_impossible", detail={"sku": one.sku, "times": str(one.times)}))
