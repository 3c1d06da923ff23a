"""What an option is made of, prepared for speed: whole numbers and floats, nothing left to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from roi_tool.costing.leaving import TerminationTerms
from roi_tool.costing.line import CostCategory, Evidence
from roi_tool.pricebook import CostItem, PbxRole, Per
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.other_costs import PlannedCost


@dataclass(frozen=True, slots=True, eq=False)
class PlannedItem:
    """A product in an option. `by_term_nano` lists (term months, monthly price), rising; 0 stands for "no term"."""

    line_id: str
    category: CostCategory
    name: str
    evidence: Evidence
    per: Per
    times: float
    month: int
    once_nano: int
    by_term_nano: tuple[tuple[int, int], ...]
    renewal_nano: int
    free_months: int
    driver: str
    """Id of the driver that stands for the monthly price at the base term, or ""."""
    follows: tuple[str, ...]
    """Ids of every driver that its amounts follow."""
    share: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    least: int = 0
    committed: float = 0.0
    """See `pricebook.OfferItem`."""
    life_months: int = 0
    answers: tuple[CostItem, ...] = ()
    includes: tuple[CostItem, ...] = ()
    same_as: PlannedItem | None = None
    """The item of another option that is reckoned alike: the amounts are computed once."""

    @property
    def arithmetic(self) -> tuple[object, ...]:
        """Everything that its amounts depend on but the inputs."""
        prices = (self.once_nano, self.by_term_nano, self.renewal_nano, self.free_months, self.driver)
        pieces = (self.per, self.times, self.share, self.without, self.least, self.committed)
        return (*prices, *pieces, self.month, self.life_months, self.follows)

    def term_nano(self, term_months: int) -> int:
        """Return the monthly price during a contract of this length."""
        price = self.by_term_nano[0][1]
        for months, nano in self.by_term_nano:
            if months <= term_months:
                price = nano
        return price

    def after_term_nano(self, term_months: int) -> int:
        """Return the monthly price once the term is over; who took no term that is sold goes on at the price without one."""
        listed = [months for months, _ in self.by_term_nano if months]
        return self.by_term_nano[0][1] if listed and term_months < min(listed) else self.renewal_nano

    @property
    def fixed_in_term(self) -> bool:
        """Whether yearly rises wait for the end of the term."""
        return len(self.by_term_nano) > 1


@dataclass(frozen=True, slots=True)
class PlannedTax:
    """A tax or fee that is a cost: a share of some categories, or so much a piece and month, in `[from_month, until_month)`."""

    name: str
    percent: float
    categories: frozenset[CostCategory]
    fixed_nano: int
    per: Per
    from_month: int
    until_month: int | None
    evidence: Evidence
    answers: CostItem = CostItem.TAXES


@dataclass(frozen=True, slots=True)
class OptionPlan:
    """An option's parts. `pbx_fixed_nano` and `pbx_seat_nano` are what a new PBX costs by the book."""

    id: str
    usage: UsageResult
    usage_evidence: Evidence
    usage_minutes: Mapping[str, float]
    """Key of `usage.by_class_nano` → minutes a month."""
    items: tuple[PlannedItem, ...]
    pbx: PbxRole
    admin_share: float
    soft: bool
    landline_share: float = 0.0
    """Share of the outbound minutes that go to landlines: where minutes moved to mobiles come from."""
    pbx_fixed_nano: int = 0
    pbx_seat_nano: int = 0
    pbx_answers: tuple[CostItem, ...] = ()
    pbx_includes: Mapping[CostItem, str] = field(default_factory=dict)
    """What the purchase of a new PBX answers, and what its products include: item → product's name."""
    stays: bool = False
    """Whether this is today as it is: of the customer, or of one of his sites."""
    way: str = ""
    """In which of the three ways SIP trunk is sold here, or ""."""
    change_share: float = 1.0
    """See `pricebook.Offer`."""
    leaving: TerminationTerms | None = None
    """What the contract of today asks for when it is ended early; None: what the drivers say."""
    leaving_evidence: Evidence | None = None
    taxes: tuple[PlannedTax, ...] = ()
    others: tuple[PlannedCost, ...] = ()
    """Costs stated for this very customer."""
    parts: tuple[PlanPart, ...] = ()
    """Of a mix by site: each site's own plan; then everything above but the taxes and the usage is left aside."""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A site of a mix: its plan, and its share of the drivers that are divided among sites."""

    plan: OptionPlan
    shares: Mapping[str, float]


def computed_once(plans: Mapping[str, OptionPlan]) -> dict[str, OptionPlan]:
    """Return the plans with each item that is reckoned as one of another option pointing to it."""
    first: dict[tuple[object, ...], PlannedItem] = {}

    def pointing(item: PlannedItem) -> PlannedItem:
        known = first.setdefault(item.arithmetic, item)
        return item if known is item else replace(item, same_as=known)

    def of(plan: OptionPlan) -> OptionPlan:
        parts = tuple(replace(part, plan=of(part.plan)) for part in plan.parts)
        return replace(plan, items=tuple(pointing(item) for item in plan.items), parts=parts)

    return {name: of(plan) for name, plan in plans.items()}
