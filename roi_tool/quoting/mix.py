"""A mix by site: each site moves to the option that suits it, and its own calls are rated under that option's tariff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roi_tool.cdr import CallTable
from roi_tool.pricebook import Offer, PbxRole
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.call_costs import minutes_by_key, usage_under_tariff
from roi_tool.quoting.case import SitePart
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.plan import OptionPlan, PlannedTax, PlanPart
from roi_tool.quoting.planning import offer_plan
from roi_tool.quoting.today import Tariffs, Today

MIX = "mix"
_BY_SEATS = ("seats", "numbers", "analogue_lines", "freephone_numbers", "admin_hours", "today_rental", "kept_rental")
_OF_A_KEPT_PBX = ("today_maintenance", "today_upgrade", "power_watts")


def check_mix(mix: Sequence[SitePart], seats: int, offers: Mapping[str, Offer], today: Today) -> None:
    """See that a mix is about this customer.

    Raises:
        ProblemError: an option the book does not have, a site the calls do not have, seats that do not add up.
    """
    for part in mix:
        if part.option not in offers:
            raise ProblemError(Problem("option_unknown", detail={"option": part.option, "known": ", ".join(offers)}))
    total = sum(part.seats for part in mix)
    if total != seats or any(part.seats < 1 for part in mix):
        raise ProblemError(Problem("mix_seats", detail={"sum": str(total), "seats": str(seats)}))
    known = set(today.calls.frame["site"].unique())
    for part in mix:
        if not today.calls_typical and part.site not in known:
            detail = {"site": part.site, "known": ", ".join(sorted(known - {""})) or "–"}
            raise ProblemError(Problem("mix_site", detail=detail))


def mix_plan(
    mix: Sequence[SitePart],
    offers: Mapping[str, Offer],
    today: Today,
    tariffs: Tariffs,
    evidence: EvidenceList,
    *,
    taxes: tuple[PlannedTax, ...],
) -> OptionPlan:
    """Return the plan of the mix. Channels are shared by what each site's calls need, the rest by seats."""
    seats = sum(part.seats for part in mix)
    needs = [_channels(_calls_of(part, mix, today)) for part in mix]
    parts = []
    for part, need in zip(mix, needs, strict=True):
        offer = offers[part.option]
        calls = _calls_of(part, mix, today)
        usage = usage_under_tariff(calls, tariffs.compiled(offer.tariff), offer.tariff, today.baseline.months)
        minutes = minutes_by_key(calls, today.baseline.months)
        plan = offer_plan(offer, tariffs.book, usage, minutes, evidence)
        shares = dict.fromkeys(_BY_SEATS, part.seats / seats)
        shares["sites"] = 1 / len(mix)
        shares["channels"] = need / sum(needs) if sum(needs) else part.seats / seats
        if offer.pbx is PbxRole.KEPT:
            shares |= dict.fromkeys(_OF_A_KEPT_PBX, part.seats / seats)
        parts.append(PlanPart(_renamed(plan, part.site), shares))
    first = parts[0].plan
    return OptionPlan(
        id=MIX,
        usage=_together([part.plan.usage for part in parts]),
        usage_evidence=first.usage_evidence,
        usage_minutes=minutes_by_key(today.calls, today.baseline.months),
        items=(),
        pbx=PbxRole.NONE,
        admin_share=1.0,
        soft=False,
        taxes=taxes,
        parts=tuple(parts),
    )


def _calls_of(part: SitePart, mix: Sequence[SitePart], today: Today) -> CallTable:
    """Return the site's calls; calls of a site that the mix does not name go with its first part."""
    frame = today.calls.frame
    named = {other.site for other in mix}
    own = frame["site"] == part.site
    if part is mix[0]:
        own |= ~frame["site"].isin(named)
    return today.calls.with_frame(frame[own].reset_index(drop=True))


def _channels(calls: CallTable) -> int:
    from roi_tool.traffic import measure_traffic

    return int(measure_traffic(calls).sizing.channels) if len(calls) else 0


def _renamed(plan: OptionPlan, site: str) -> OptionPlan:
    """Return the plan with line ids of its own, so that two sites on one option stay apart."""
    slug = "".join(letter if letter.isalnum() else "-" for letter in site.lower()) or "site"
    items = tuple(replace(item, line_id=f"{MIX}.{slug}.{item.line_id}") for item in plan.items)
    return replace(plan, id=f"{MIX}.{slug}.{plan.id}", items=items)


def _together(usages: Sequence[UsageResult]) -> UsageResult:
    by_class: dict[str, int] = {}
    for usage in usages:
        for key, nano in usage.by_class_nano.items():
            by_class[key] = by_class.get(key, 0) + nano
    return UsageResult(
        " + ".join(dict.fromkeys(usage.tariff_id for usage in usages)),
        sum(usage.calls for usage in usages),
        sum(usage.rated for usage in usages),
        sum(usage.unrated for usage in usages),
        sum(usage.charge_nano for usage in usages),
        sum(usage.billed_ms for usage in usages),
        usages[0].months,
        by_class,
        sum(usage.period_nano for usage in usages),
    )
