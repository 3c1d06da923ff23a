"""A mix by site: each site moves to the option that suits it or stays as it is, and pays for its own calls there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from roi_tool.cdr import CallTable
from roi_tool.costing.leaving import TerminationTerms
from roi_tool.pricebook import Offer, PbxRole
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.call_costs import SUMMARY, minutes_by_key, usage_of_site, usage_under_tariff
from roi_tool.quoting.case import Quantity, SitePart
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.plan import OptionPlan, PlannedTax, PlanPart
from roi_tool.quoting.planning import STAY, offer_plan, stay_plan
from roi_tool.quoting.today import Tariffs, Today

MIX = "mix"
_BY_SEATS = (
    "seats",
    "numbers",
    "analogue_lines",
    "freephone_numbers",
    "admin_hours",
    "today_rental",
    "kept_rental",
    "analogue_devices",
    "project_hours",
    "rack_rent",
)
_OF_A_KEPT_PBX = ("today_maintenance", "today_upgrade", "power_watts")


def check_mix(mix: Sequence[SitePart], seats: int, offers: Mapping[str, Offer], today: Today) -> None:
    """See that a mix is about this customer.

    Raises:
        ProblemError: an option the book does not have, a site the calls do not have, seats that do not add up.
    """
    for part in mix:
        if part.option not in (STAY, *offers):
            raise ProblemError(Problem("option_unknown", detail={"option": part.option, "known": ", ".join((STAY, *offers))}))
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
    quantities: Sequence[Quantity] = (),
    leaving: TerminationTerms | None = None,
) -> OptionPlan:
    """Return the plan of the mix. Channels are shared by what each site's calls need, the rest by seats.

    A site that stays keeps its part of today's rental, maintenance and calls; early termination and the weeks of both services
    are those of the other sites' part of the rental.
    """
    seats = sum(part.seats for part in mix)
    calls = [_calls_of(part, mix, today) for part in mix]
    needs = [_channels(own) for own in calls]
    stays = _usages_today(mix, calls, today, tariffs)
    parts = []
    for part, own, need, as_billed in zip(mix, calls, needs, stays, strict=True):
        minutes, seated = minutes_by_key(own, today.baseline.months), part.seats / seats
        shares = dict.fromkeys(_BY_SEATS, seated)
        if part.option == STAY:
            plan = stay_plan(as_billed, minutes, today.usage_mark)
        else:
            offer, own_leaving = offers[part.option], None if leaving is None else leaving.part(seated)
            usage = usage_under_tariff(own, tariffs.compiled(offer.tariff), offer.tariff, today.baseline.months)
            plan = offer_plan(offer, tariffs.book, usage, minutes, evidence, quantities=quantities, leaving=own_leaving)
            shares |= {"sites": 1 / len(mix), "channels": need / sum(needs) if sum(needs) else seated}
        if plan.pbx is PbxRole.KEPT:
            shares |= dict.fromkeys(_OF_A_KEPT_PBX, seated)
        parts.append(PlanPart(_renamed(plan, part.site), shares))
    return _mix_of(parts, minutes_by_key(today.calls, today.baseline.months), taxes)


def _mix_of(parts: Sequence[PlanPart], minutes: Mapping[str, float], taxes: tuple[PlannedTax, ...]) -> OptionPlan:
    return OptionPlan(
        id=MIX,
        usage=_together([part.plan.usage for part in parts]),
        usage_evidence=parts[0].plan.usage_evidence,
        usage_minutes=minutes,
        items=(),
        pbx=PbxRole.NONE,
        admin_share=1.0,
        soft=False,
        taxes=taxes,
        parts=tuple(parts),
    )


def _usages_today(
    mix: Sequence[SitePart], calls: Sequence[CallTable], today: Today, tariffs: Tariffs
) -> tuple[UsageResult, ...]:
    """Return what each site's calls cost today; the sites together cost what all calls do, to the unit."""
    usage, months = today.usage, today.baseline.months
    if usage.tariff_id:  # no bill says it: the stand-in tariff does
        compiled = tariffs.compiled(usage.tariff_id)
        return tuple(usage_under_tariff(own, compiled, usage.tariff_id, months) for own in calls)
    seats = [part.seats for part in mix]
    charged = [int(own.frame["charge_nano"].sum()) for own in calls]
    summary = usage.by_class_nano.get(SUMMARY, 0)
    itemised = _divided(usage.charge_nano - summary, charged if sum(charged) else seats)
    summed_up = _divided(summary, seats)
    return tuple(
        usage_of_site(own, listed, unlisted, months) for own, listed, unlisted in zip(calls, itemised, summed_up, strict=True)
    )


def _divided(total: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to weights; the parts add up to it exactly."""
    whole = sum(weights)
    reached = [total * so_far // whole for so_far in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(reached)]


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
        " + ".join(dict.fromkeys(usage.tariff_id for usage in usages if usage.tariff_id)),
        sum(usage.calls for usage in usages),
        sum(usage.rated for usage in usages),
        sum(usage.unrated for usage in usages),
        sum(usage.charge_nano for usage in usages),
        sum(usage.billed_ms for usage in usages),
        usages[0].months,
        by_class,
        sum(usage.period_nano for usage in usages),
    )
