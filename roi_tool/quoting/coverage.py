"""Whether every item of the catalogue of costs is answered under every option: by a line, another price, or a reason.

Nothing is absent in silence: what nobody answers is said as missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from roi_tool.costing.line import CostLine
from roi_tool.pricebook import SERVICES, CostItem, PbxRole, Per, PriceBook
from roi_tool.problems import Problem, Severity
from roi_tool.quoting.case import Case
from roi_tool.quoting.inputs import take_inputs
from roi_tool.quoting.mix import MIX
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.plan import OptionPlan

_I = CostItem


class How(StrEnum):
    """How an item is answered; the order is that in which a mix by site takes the first one found."""

    MISSING = "missing"
    """By nothing: a fault of the price book."""
    LINE = "line"
    """By lines that cost something."""
    NOUGHT = "nought"
    """By lines that are there and stand at nothing, because a driver is 0 or its month does not come."""
    INCLUDED = "included"
    """In the price of something else."""
    LEFT_OUT = "left_out"
    """Not at all, and that is said."""
    WITHOUT = "without"
    """It does not arise here, for a stated reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One item under one option.

    Attributes:
        how: see `How`.
        lines: ids of the lines that answer it.
        drivers: ids of the drivers that those lines follow first.
        said: name of the product that includes it, the price book's reason, or a label code such as `without.no_pbx`.
    """

    how: How
    lines: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    said: str = ""


_ALREADY, _NO_CHANGE, _AS_BILLED = "without.already_there", "without.no_change", "without.as_billed"
_NO_PBX, _NO_TRUNK = "without.no_pbx", "without.no_sip_trunk"
_NO_INTERNET, _OLD_PHONES, _NO_SEATS = "without.no_internet_needed", "without.telephones_stay", "without.no_hosted_seats"
_NOT_CHOSEN, _NO_RENEWAL = "without.not_chosen", "without.no_renewal"

_OF_A_TRUNK = (
    _I.CHANNELS,
    _I.BURST_CHANNELS,
    _I.SBC,
    _I.SESSION_LICENCES,
    _I.TRUNK_SET_UP,
)
_OF_SEATS = (
    _I.SEATS,
    _I.COMMON_AREA_SEATS,
    _I.MINIMUM_SEATS,
    _I.SITE_LICENCE,
    _I.ACTIVATION,
    _I.HANDSET_RENTAL,
)
_AT_THE_DESK = (_I.HANDSETS, _I.HEADSETS, _I.CONFERENCE_PHONES)
_OF_THE_LAN = (_I.NETWORK_CHECK, _I.POE_SWITCHES, _I.CABLING, _I.UPS)
_OF_THE_INTERNET = (_I.INTERNET_ACCESS, _I.BANDWIDTH, _I.BANDWIDTH_TEST, _I.BACKUP_LINE, _I.SECURITY)
_OF_A_PBX = (
    _I.PBX_SYSTEM,
    _I.PBX_LICENCES,
    _I.GATEWAY,
    _I.LEASE,
    _I.MAINTENANCE,
    _I.SOFTWARE_ASSURANCE,
    _I.UPGRADE,
    _I.SPARES,
    _I.RESIDUAL_VALUE,
    _I.POWER,
    _I.COOLING,
    _I.RACK_SPACE,
)
_OF_A_CHANGE = (
    _I.TRAINING_USERS,
    _I.TRAINING_ADMINISTRATORS,
    _I.PROJECT,
    _I.OWN_LABOUR,
    _I.INSTALLATION,
    _I.TERMINAL_CONFIGURATION,
    _I.PORTING,
    _I.OVERLAP,
    _I.TERMINATION,
    _I.PROVIDER_TERMINATION,
    _I.DOWNTIME,
    _I.LEARNING,
)
_BOUGHT_WITH_A_PBX = (_I.PBX_SYSTEM, _I.PBX_LICENCES, _I.VOICEMAIL, _I.GATEWAY, _I.LEASE)

REASONS: Mapping[str, Mapping[CostItem, str]] = {
    "stay": {
        **dict.fromkeys(_OF_A_CHANGE, _NO_CHANGE),
        **dict.fromkeys(_OF_A_TRUNK, _NO_TRUNK),
        **dict.fromkeys(_OF_THE_INTERNET, _NO_INTERNET),
        **dict.fromkeys(_OF_THE_LAN, _OLD_PHONES),
        **dict.fromkeys((_I.FIXED_FEE, _I.CALLER_NAME, _I.EMERGENCY_FEE, _I.RECOVERY_FEES), _AS_BILLED),
        **dict.fromkeys(SERVICES, _NOT_CHOSEN),
        _I.RENEWAL_PRICE: _NO_RENEWAL,
        _I.REPLACEMENT: "without.replacement_unknown",
    },
    "pbx_kept": {
        **dict.fromkeys((*_AT_THE_DESK, *_BOUGHT_WITH_A_PBX, _I.ADAPTERS), _ALREADY),
        **dict.fromkeys(_OF_THE_LAN, _OLD_PHONES),
        _I.SPARES: "without.in_maintenance",
        _I.SOFTWARE_ASSURANCE: "without.in_maintenance",
        _I.RESIDUAL_VALUE: "without.not_sold",
        _I.REPLACEMENT: "without.replacement_unknown",
        _I.TRAINING_USERS: _OLD_PHONES,
    },
    "pbx_new": {_I.LEASE: "without.bought_outright"},
    "pbx_none": {**dict.fromkeys(_OF_A_PBX, _NO_PBX), _I.REPLACEMENT: "without.outlasts"},
    "no_trunk": {**dict.fromkeys(_OF_A_TRUNK, _NO_TRUNK)},
    "no_lines": {_I.TRUNK_LINES: "without.channels_instead"},
    "no_circuits": {_I.GATEWAY: "without.trunk_ends_at_sbc"},
    "pri": {**dict.fromkeys(_OF_THE_INTERNET, _NO_INTERNET)},
    "no_seats": {**dict.fromkeys(_OF_SEATS, _NO_SEATS)},
    "own_bandwidth": {**dict.fromkeys((_I.INTERNET_ACCESS, _I.BANDWIDTH), "without.own_line")},
}
"""What is so of an option → item → why it does not arise there. The first that applies holds, in this order."""


def find_coverage(case: Case, lines: Mapping[str, Sequence[CostLine]]) -> dict[str, dict[CostItem, Answer]]:
    """Return option → item → how it is answered, for every item of the catalogue.

    Args:
        case: as prepared.
        lines: option → its lines, as `compare` gives them.
    """
    found: dict[str, dict[CostItem, Answer]] = {}
    for option, own in lines.items():
        plan = case.plans[option]
        if plan.parts:
            sites = [_of_plan(part.plan, _at_site(part.plan, own), case.price_book) for part in plan.parts]
            found[option] = {item: _together([site[item] for site in sites]) for item in CostItem}
        else:
            found[option] = _of_plan(plan, own, case.price_book)
    return found


def missing_costs(case: Case) -> tuple[Problem, ...]:
    """Return a finding for each option under which nothing answers some items of the catalogue.

    A book that speaks of no item at all is older than the catalogue: that is said once, and nothing can be missed.
    """
    book = case.price_book
    if not (book.no_such_cost or book.left_out or any(item.answers for offer in book.offers for item in offer.items)):
        return (
            (Problem("cost_items_unknown", Severity.INFO, detail={"book": f"{book.id} {book.version}"}),) if book.offers else ()
        )
    inputs = take_inputs(case.scenario)
    coverage = find_coverage(case, {name: option_lines(plan, inputs) for name, plan in case.plans.items()})
    return tuple(
        Problem(
            "cost_items_missing",
            Severity.WARNING,
            detail={"option": f"option.{option}", "items": ", ".join(f"item.{item}" for item in items)},
        )
        for option, items in missing_items(coverage).items()
    )


def missing_items(coverage: Mapping[str, Mapping[CostItem, Answer]]) -> dict[str, tuple[CostItem, ...]]:
    """Return option → the items that nothing answers, for the options that have any."""
    found = {
        name: tuple(item for item, answer in items.items() if answer.how is How.MISSING) for name, items in coverage.items()
    }
    return {name: items for name, items in found.items() if items}


def _of_plan(plan: OptionPlan, lines: Iterable[CostLine], book: PriceBook) -> dict[CostItem, Answer]:
    by_item: dict[str, list[CostLine]] = {}
    for line in lines:
        for name in line.answers:
            by_item.setdefault(name, []).append(line)
    included = {item: planned.name for planned in plan.items for item in planned.includes} | dict(plan.pbx_includes)
    facts = _facts(plan)
    return {item: _answer(item, by_item.get(item, []), included, facts, book) for item in CostItem}


def _answer(
    item: CostItem, lines: list[CostLine], included: Mapping[CostItem, str], facts: tuple[str, ...], book: PriceBook
) -> Answer:
    costing = [line for line in lines if line.amounts_nano.any()]
    if costing:
        return Answer(How.LINE, tuple(line.id for line in costing), _drivers(costing))
    if item in included:
        return Answer(How.INCLUDED, said=included[item])
    if lines:
        return Answer(How.NOUGHT, tuple(line.id for line in lines), _drivers(lines))
    reason = book.no_such_cost.get(item) or next((REASONS[fact][item] for fact in facts if item in REASONS[fact]), "")
    if item is CostItem.TAXES and any(rule.recoverable for rule in book.taxes):
        reason = "without.tax_reclaimed"
    if reason:
        return Answer(How.WITHOUT, said=reason)
    return Answer(How.LEFT_OUT, said=book.left_out[item]) if item in book.left_out else Answer(How.MISSING)


def _facts(plan: OptionPlan) -> tuple[str, ...]:
    """Return what is so of an option, by what it is made of: the keys of `REASONS` that apply."""
    per = {item.per for item in plan.items}
    seats = any(CostItem.SEATS in item.answers for item in plan.items)
    true = {
        "stay": plan.stays,
        "pbx_kept": plan.pbx is PbxRole.KEPT,
        "pbx_new": plan.pbx is PbxRole.NEW,
        "pbx_none": plan.pbx is PbxRole.NONE,
        "no_trunk": Per.CHANNEL not in per,
        "no_lines": not plan.stays and Per.LINE not in per,
        "no_circuits": Per.LINE not in per,
        "pri": Per.LINE in per and Per.CHANNEL not in per and not seats,
        "no_seats": not seats,
        "own_bandwidth": plan.way == "own_bandwidth",
    }
    return tuple(fact for fact in REASONS if true[fact])


def _drivers(lines: Iterable[CostLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.driver for line in lines if line.driver))


def _at_site(plan: OptionPlan, lines: Iterable[CostLine]) -> list[CostLine]:
    """Return a site's own lines of a mix, and those of the whole customer."""
    whole = (f"{MIX}.other", f"{MIX}.tax")
    return [line for line in lines if line.id.startswith((f"{plan.id}.", *whole))]


def _together(answers: list[Answer]) -> Answer:
    """Return the answer of a mix: that of its sites, the one that costs most attention first."""
    first = min(answers, key=lambda answer: list(How).index(answer.how))
    alike = [answer for answer in answers if answer.how is first.how]
    lines = tuple(dict.fromkeys(name for answer in alike for name in answer.lines))
    drivers = tuple(dict.fromkeys(name for answer in alike for name in answer.drivers))
    return Answer(first.how, lines, drivers, first.said)
