"""Bills that do not fit the open quote: why is said, and what can be done is offered: a new quote, or an exchange rate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.desktop.task_runner import Task
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import Wording

if TYPE_CHECKING:
    from decimal import Decimal

    from roi_tool.cdr import Bill
    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.quoting.case import Case, Customer, ExchangeRate
    from roi_tool.workspace.bill_taxes import Change
    from roi_tool.workspace.open_quote import OpenQuote

Add = Callable[[str, Callable[[], Callable[[Task], Any]], Callable[[Any], None]], None]
"""Puts an errand behind those that wait."""


def nameless(words: Wording, country: str) -> Customer:
    """Return a customer of whom only the bills are known."""
    from roi_tool.quoting.case import Customer

    return Customer(words.text("New customer"), country)


def fitted(prepare: Callable[[], Case]) -> Case | Problem:
    """Return the case, or why bills do not fit where something can be done about it."""
    from roi_tool.workspace.case_errands import what_is_unlike

    try:
        return prepare()
    except ProblemError as error:
        unlike = what_is_unlike(error)
        if unlike is None:
            raise
        return unlike


def take_or_offer(
    desk: DeskState, add: Add, found: Case | Problem, bills: tuple[Bill, ...], rates: tuple[ExchangeRate, ...] = ()
) -> None:
    """Take the case; where bills do not fit say why, with a button that does what can be done. `rates` were given already."""
    words = desk.words
    if not isinstance(found, Problem):
        desk.take_case(found)
        return
    from roi_tool.workspace.bill_taxes import like_the_first, tax_said, tax_taken_out

    sentence = words.sentence(found)
    if found.code == "currencies_differ":
        currency = found.detail["bills"]
        desk.say(sentence, "warn", words.text("Give a rate…"), lambda: desk.rate_asked.emit(bills, currency))
    elif found.code == "bills_tax_unsaid":
        included = found.detail["state"].endswith("True")
        said = words.text("Take the rest as with tax") if included else words.text("Take the rest as without tax")
        desk.say(sentence, "warn", said, lambda: add_changed(desk, add, bills, rates, partial(tax_said, included=included)))
    elif found.code == "bills_tax_differs":
        said = words.text("Take the tax out")
        desk.say(sentence, "warn", said, lambda: add_changed(desk, add, bills, rates, partial(tax_taken_out, rate=_vat(desk))))
    elif desk.quote is not None:
        desk.say(sentence, "warn", words.text("New quote with them"), lambda: begin_with(desk, add, bills, rates))
    else:
        first = like_the_first(bills)
        name = Path(bills[0].files[0].path).name if bills and bills[0].files else ""
        said = words.text("Begin with {file}", file=name)
        desk.say(sentence, "warn", said, lambda: begin_with(desk, add, first, rates))


def _vat(desk: DeskState) -> Decimal:
    from roi_tool.workspace.case_errands import price_book

    return desk.quote.case.price_book.vat_rate if desk.quote is not None else price_book(desk.settings.price_book).vat_rate


def add_changed(desk: DeskState, add: Add, bills: tuple[Bill, ...], rates: tuple[ExchangeRate, ...], change: Change) -> None:
    """Put bills in, they and those of the open quote changed so that they go together; without a quote one is begun."""

    def make() -> Callable[[Task], Case | Problem]:
        quote, words, settings = desk.quote, desk.words, desk.settings
        changed = tuple(map(change, bills))

        def prepare() -> Case:
            from roi_tool.workspace.bill_taxes import changed_case
            from roi_tool.workspace.case_errands import at_rates, new_case, with_bills

            if quote is not None:
                return with_bills(changed_case(at_rates(quote.case, rates), change), changed)
            return new_case(changed, nameless(words, settings.country), settings.price_book, rates)

        def work(task: Task) -> Case | Problem:
            task.report(0.1)
            return fitted(prepare)

        return work

    title = desk.words.text("Rating every call under every offer")
    add(title, make, lambda found: take_or_offer(desk, add, found, bills, rates))


def begin_with(desk: DeskState, add: Add, bills: tuple[Bill, ...], rates: tuple[ExchangeRate, ...] = ()) -> None:
    """Begin another quote with bills; the former one is a click away."""
    former, words, book = desk.quote, desk.words, desk.settings.price_book
    country = (former.case.customer.country if former else "") or desk.settings.country

    def make() -> Callable[[Task], OpenQuote]:
        def work(task: Task) -> OpenQuote:
            from roi_tool.workspace.case_errands import new_case
            from roi_tool.workspace.open_quote import OpenQuote

            task.report(0.1)
            return OpenQuote(new_case(bills, nameless(words, country), book, rates))

        return work

    def done(quote: OpenQuote) -> None:
        desk.put_quote(quote)
        if former is not None:
            back = words.text("Back to {customer}", customer=former.case.customer.name)
            desk.say(words.text("A new quote has begun with these bills."), "info", back, lambda: desk.put_quote(former))

    add(words.text("Rating every call under every offer"), make, done)


def add_at_rate(desk: DeskState, add: Add, bills: tuple[Bill, ...], rate: ExchangeRate) -> None:
    """Put bills in another currency into the quote, or begin one with them, converted at a rate."""
    rates = (rate,)

    def make() -> Callable[[Task], Case | Problem]:
        quote, settings = desk.quote, desk.settings
        words = desk.words

        def prepare() -> Case:
            from roi_tool.workspace.case_errands import at_rates, new_case, with_bills

            if quote is not None:
                return with_bills(at_rates(quote.case, rates), bills)
            return new_case(bills, nameless(words, settings.country), settings.price_book, rates)

        def work(task: Task) -> Case | Problem:
            task.report(0.1)
            return fitted(prepare)

        return work

    add(
        desk.words.text("Rating every call under every offer"),
        make,
        lambda found: take_or_offer(desk, add, found, bills, rates),
    )
