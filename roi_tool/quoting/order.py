"""An order out of a quote: the option as it was shown becomes what the operator bills, with nothing typed again."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from roi_tool.billing import Account, Repeats, Subscription
from roi_tool.cdr import Direction
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.money import from_nano
from roi_tool.pricebook import PbxRole
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.quoting.case import Case
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.item_lines import item_price
from roi_tool.quoting.item_pieces import item_pieces
from roi_tool.quoting.mix import MIX
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.plan import OptionPlan, PlannedItem
from roi_tool.quoting.planning import PBX_DRIVER, STAY
from roi_tool.quoting.scenario import Scenario
from roi_tool.tariff import Tariff, Tax


@dataclass(frozen=True)
class Order:
    """What a customer ordered, as the billing run takes it.

    Attributes:
        option: of the comparison.
        price_book: id and version.
        start: first day of month 1.
        term_months: of the contract.
        currency: of every price.
        accounts: one; of a mix by site one for each site. Prices, quantities and dates are their subscriptions.
        tariffs: what the accounts' calls are priced by, by the name that the accounts use: the data that the comparison rated
            with, and the price book's taxes.
        not_billed: ids of the comparison's lines that are the customer's own cost or a forecast: on no invoice of the operator.
        problems: what the order could not take over.
    """

    option: str
    price_book: str
    start: date
    term_months: int
    currency: str
    accounts: tuple[Account, ...]
    tariffs: dict[str, Tariff]
    not_billed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def make_order(case: Case, scenario: Scenario, option: str, start: date, *, account: str = "") -> Order:
    """Turn an option of a quote into an order.

    Prices are the comparison's: of the contract's term, then of its renewal, after free months; quantities are those that each
    product begins with. Rises and growth are forecasts and are not ordered. Seats of pooled allowances are counted from the
    calls, as the comparison counted them.

    Args:
        case, scenario: the quote as it was left.
        option: id of the chosen option.
        start: first day of the contract.
        account: id for the account; by default made from the customer's name.

    Raises:
        ProblemError: there is no such option, or it is "stay": nothing is ordered then.
    """
    if option == STAY:
        raise ProblemError(Problem("order_of_staying"))
    if option not in case.plans:
        known = ", ".join(name for name in case.plans if name != STAY)
        raise ProblemError(Problem("order_option_unknown", detail={"option": option, "known": known}))
    plan, inputs = case.plans[option], take_inputs(scenario)
    places = [place for place, part in enumerate(plan.parts) if not part.plan.stays]
    if plan.parts and not places:
        raise ProblemError(Problem("order_of_staying"))
    moving = [plan.parts[place] for place in places]
    parts = [(part.plan, inputs.part(part.shares)) for part in moving] or [(plan, inputs)]
    accounts = _accounts(case, parts, places, start, account or _slug(case.customer.name))
    taxes, problems = _taxes(case, parts)
    ids = list(dict.fromkeys(part.usage.tariff_id for part, _ in parts))
    tariffs = {_slug(name): _taxed(case.price_book.tariffs[name], taxes) for name in ids}
    billed = {"usage", *(item.line_id for part, _ in parts for item in part.items)}
    lines = option_lines(plan, inputs)
    return Order(
        option=option,
        price_book=f"{case.price_book.id} {case.price_book.version}",
        start=start,
        term_months=inputs.term,
        currency=case.price_book.currency,
        accounts=tuple(accounts),
        tariffs=tariffs,
        not_billed=tuple(line.id for line in lines if not _is_billed(line, billed) and line.total_nano),
        problems=tuple(problems),
    )


def _is_billed(line: CostLine, billed: set[str]) -> bool:
    return line.id in billed or line.category is CostCategory.TAX or line.id.endswith((".usage", ".commitments", ".purchase"))


def _accounts(
    case: Case, parts: Sequence[tuple[OptionPlan, Inputs]], places: Sequence[int], start: date, account_id: str
) -> Iterator[Account]:
    """Return an account, or one for each site that moves; `places` are those of the sites in the mix."""
    taken: set[str] = set()
    named = {part.site for part in case.mix}
    for (plan, inputs), place in zip(parts, places or (0,), strict=True):
        site = case.mix[place].site if plan.id.startswith(f"{MIX}.") else ""
        numbers = _numbers(case, site, named if site else set(), takes_rest=place == 0) - taken
        taken |= numbers
        yield Account(
            id=f"{account_id}-{_slug(site)}" if site else account_id,
            name=f"{case.customer.name}, {site}" if site else case.customer.name,
            tariff=_slug(plan.usage.tariff_id),
            timezone=case.price_book.timezone,
            numbers=frozenset(numbers),
            subscriptions=tuple(_subscriptions(case, plan, inputs, start)),
        )


def _numbers(case: Case, site: str, named: set[str], *, takes_rest: bool) -> set[str]:
    """The customer's own numbers as far as the bills show them; none where the calls are a typical customer's."""
    if case.calls_typical:
        return set()
    frame = case.calls.frame
    if site:
        mine = frame["site"] == site
        frame = frame[mine | ~frame["site"].isin(named)] if takes_rest else frame[mine]
    inbound = frame["direction"] == Direction.INBOUND.value
    found = {str(number) for number in frame["caller"][~inbound].unique()}
    found |= {str(number) for number in frame["called"][inbound].unique()}
    return {number for number in found if number.isascii() and number.isdigit()}


def _subscriptions(case: Case, plan: OptionPlan, inputs: Inputs, start: date) -> Iterator[Subscription]:
    for item in plan.items:
        yield from _item_subscriptions(item, inputs, start)
    if plan.pbx is PbxRole.NEW:
        yield from _purchase(case, plan, inputs, start)


def _item_subscriptions(item: PlannedItem, inputs: Inputs, start: date) -> Iterator[Subscription]:
    """A product's charges: once when it begins, then nothing, the term's price and the renewal's, month by month."""
    price, pieces = item_price(item, inputs), item_pieces(item, inputs)
    begins = months_later(start, item.month)
    if item.month > inputs.horizon:
        return
    if price.once_nano and (count := int(pieces[item.month])):
        yield Subscription(
            description=item.name,
            price=from_nano(price.once_nano),
            quantity=Decimal(count),
            repeats=Repeats.ONCE,
            starts=begins,
        )
    count = int(pieces[min(item.month + 1, inputs.horizon)])
    paid, over = min(price.free_months, inputs.term), inputs.term
    stretches = [(price.term_nano, paid, over), (price.renewal_nano, max(price.free_months, over), None)]
    if price.term_nano == price.renewal_nano:
        stretches = [(price.term_nano, price.free_months, None)]
    for nano, first, end in stretches:
        if nano and count and first != end:
            yield Subscription(
                description=item.name,
                price=from_nano(nano),
                quantity=Decimal(count),
                starts=months_later(begins, first),
                ends=None if end is None else months_later(begins, end),
            )


def _purchase(case: Case, plan: OptionPlan, inputs: Inputs, start: date) -> Iterator[Subscription]:
    """The PBX that is bought: one charge, the very amount of the comparison's line."""
    line = next((line for line in option_lines(replace(plan, taxes=()), inputs) if line.id == f"{plan.id}.purchase"), None)
    if line is None or not line.once_nano:
        return
    option = plan.id.rpartition(".")[2]
    offer = next(offer for offer in case.price_book.offers_sold(case.sip_way) if offer.option == option)
    products = [case.price_book.product(item.sku) for item in offer.items]
    name = " + ".join(product.name for product in products if product.driver == PBX_DRIVER)
    yield Subscription(description=name or "PBX", price=from_nano(line.once_nano), repeats=Repeats.ONCE, starts=start)


def _taxes(case: Case, parts: Sequence[tuple[OptionPlan, Inputs]]) -> tuple[tuple[Tax, ...], list[Problem]]:
    """Return the book's taxes as an invoice has them: on everything billed. Those that are not on everything are named."""
    zone = ZoneInfo(case.price_book.timezone)
    categories = {CostCategory.USAGE.value, *(item.category.value for plan, _ in parts for item in plan.items)}
    taxes, problems = [], []
    for rule in case.price_book.taxes:
        if rule.percent and not rule.fixed and categories <= {*rule.applies_to, CostCategory.OTHER.value}:
            taxes.append(
                Tax(
                    id=rule.name,
                    percent=(rule.percent * 100).normalize(),
                    valid_from=datetime.combine(rule.valid_from, time(), zone),
                    valid_till=None if rule.valid_until is None else datetime.combine(rule.valid_until, time(), zone),
                )
            )
        else:
            problems.append(Problem("order_tax_left_out", Severity.WARNING, detail={"name": rule.name}))
    return tuple(taxes), problems


def _taxed(tariff: Tariff, taxes: tuple[Tax, ...]) -> Tariff:
    """Return the tariff with the book's taxes, where it names none itself; what a call costs stays the same."""
    if tariff.taxes or not taxes:
        return tariff
    # Made anew rather than copied: a copy would keep the fingerprint.
    return Tariff(**{name: getattr(tariff, name) for name in Tariff.model_fields if name != "taxes"}, taxes=taxes)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where there is no such day.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _slug(text: str) -> str:
    """Return a name that is safe as a file's."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower()).split()
    return "-".join(words)[:60] or "order"
