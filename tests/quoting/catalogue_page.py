"""Writes docs/cost-catalogue.md out of what the shipped price book really produces, so that the page can't go stale."""

from functools import lru_cache
from pathlib import Path

from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import CostItem
from roi_tool.quoting import Customer, How, SitePart, compare, find_coverage, prepare_case
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cost-catalogue.md"
WORDS = wording_for("en")
HEAD = """# The catalogue of costs

Everything that telephony has been found to cost, and what answers it under each option. Written by a test out of the
comparison of a customer of 50 seats under `pricebooks/example-uk-2026` (`UPDATE_GOLDENS=1 pytest
tests/quoting/test_catalogue.py` writes it anew). Any other case has its own by `roi-tool compare CASE --json` (`catalogue`
of each option) and in its paper; `roi-tool pricebook check FOLDER` says what no product of a price book answers. What nobody
answers is a finding (`cost_items_missing`): nothing is absent in silence.

Sources of the list: the union of the checklists read (Orion on cloud telephone systems, Roshtech's TCO analysis, InformIT,
TechTarget on UCaaS and hosted UC, Cortel, pbmessage, Aberdeen's TCO, The Journal on VoIP, Jive's service fees).

Signs: **bold** lines cost something in this example; (lines) stand at nothing by their input or within the time compared;
*in …* is covered by another price; the rest says why it does not arise.

## What answers each item

"""
SECOND = """
## What moves it, what is assumed, and where to change it

Every default has a source, a date and a confidence, and is shown as a default. `drivers` in a case file (or a slider)
replaces an input, `quantities` the number of pieces of a product, `costs` adds what is bought elsewhere (with
`answers: [item]` it answers the item here), and the price book's `products.toml`, `sets.toml`, `offers.toml`,
`assumptions.toml` and `taxes.toml` are the operator's.

"""


@lru_cache(maxsize=1)
def cases():
    """The columns: a title, the case, the option. The three ways SIP trunk is sold are shown of the PBX that is kept."""
    book = read_pricebook(pricebooks_folder() / "example-uk-2026")
    customer = Customer("A customer", country="GB", seats=50)
    mix = (SitePart("one", 30, "stay"), SitePart("two", 20, "hosted"))
    ways = {
        way: prepare_case(customer, (), book, sip_way=way, mix=mix)
        for way in ("with_bandwidth", "with_services", "own_bandwidth")
    }
    first = ways["with_bandwidth"]
    return (
        ("Stay", first, "stay"),
        ("On-premises, PRI", first, "onprem_pri"),
        ("On-premises, SIP", first, "onprem_sip"),
        ("Keep PBX, SIP with bandwidth", first, "keep_sip"),
        ("… with services", ways["with_services"], "keep_sip"),
        ("… own bandwidth", ways["own_bandwidth"], "keep_sip"),
        ("Hosted", first, "hosted"),
        ("Mix: one site stays, one is hosted", first, "mix"),
    )


def answers(case, option):
    lines = compare(case, case.scenario, tornado=False).option(option).lines
    return find_coverage(case, {option: lines})[option]


def catalogue_page():
    columns = [(title, answers(case, option), case, option) for title, case, option in cases()]
    rows = [_row("Item", *(title for title, *_ in columns)), _row(*["---"] * (len(columns) + 1))]
    for item in CostItem:
        cells = [_cell(found[item], option) for _, found, _, option in columns]
        rows.append(_row(f"{WORDS.label(f'item.{item}')} (`{item}`)", *cells))
    changes = [_row("Item", "Moved by", "Default", "Known how", "Change it at"), _row(*["---"] * 5)]
    changes += [_change(item, [(found[item], case) for _, found, case, _ in columns]) for item in CostItem]
    return HEAD + "\n".join(rows) + "\n" + SECOND + "\n".join(changes) + "\n"


def _row(*cells):
    return "| " + " | ".join(cells) + " |"


def _cell(answer, option):
    names = ", ".join(f"`{line.removeprefix(option + '.')}`" for line in answer.lines)
    if answer.how is How.LINE:
        return f"**{names}**"
    if answer.how is How.NOUGHT:
        return f"({names})"
    said = WORDS.label(answer.said)
    return f"*in {said}*" if answer.how is How.INCLUDED else f"{answer.how}: {said}" if answer.how is How.LEFT_OUT else said


def _change(item, found):
    case = found[0][1]
    drivers = list(dict.fromkeys(name for answer, _ in found for name in answer.drivers))
    moved = [case.scenario.driver(name) for name in drivers]
    names = "; ".join(f"{WORDS.label(f'driver.{driver.id}')} (`{driver.id}`)" for driver in moved)
    values = "; ".join(f"{driver.value.normalize():f} ({driver.unit.value.replace('_', ' ')})" for driver in moved)
    known = "; ".join(dict.fromkeys(f"{driver.evidence.confidence}: {WORDS.label(driver.evidence.source)}" for driver in moved))
    places = ["case `drivers`, slider"] if moved else []
    if any("." in line and line.rpartition(".")[2].upper() in _skus(case) for answer, _ in found for line in answer.lines):
        places.append("case `quantities`, price book")
    included = [answer for answer, _ in found if answer.how is How.INCLUDED]
    reasons = [answer for answer, _ in found if answer.how is How.WITHOUT]
    if included:
        places.append("`includes` of a product")
    if item in case.price_book.no_such_cost:
        places.append("`no_such_cost` of the price book")
    if not places and reasons:
        places.append("case `costs`")
    return _row(WORDS.label(f"item.{item}"), names or "–", values or "–", known or "–", "; ".join(places) or "–")


def _skus(case):
    return {product.sku for product in case.price_book.products}
