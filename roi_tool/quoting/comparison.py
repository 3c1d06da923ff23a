"""The result of a comparison: what every screen, paper and command shows. Plain frozen data, exact amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from roi_tool.costing.line import CostCategory, CostLine, Evidence
from roi_tool.problems import Problem
from roi_tool.quoting.scenario import Scenario


@dataclass(frozen=True, slots=True)
class UsageResult:
    """What the customer's own calls cost under one option's tariff, over the whole period of the bills, by the engine.

    `charge_nano` is the number that `roi-tool rate` prints for the same calls and tariff, to the last unit. For "stay" it is
    what the carrier charged on the bills. The monthly usage line follows from it: over `months`, times the drivers.
    `period_nano` is what the tariff charges by the month besides calls (a minimum spend, channels, flat amounts), over the same
    period; it is a line of its own.
    """

    tariff_id: str
    calls: int
    rated: int
    unrated: int
    charge_nano: int
    billed_ms: int
    months: int | Fraction
    by_class_nano: Mapping[str, int]
    period_nano: int = 0


@dataclass(frozen=True, slots=True)
class VersusToday:
    """An option against staying as you are. A figure without meaning is None and `undefined[name]` says why (a code)."""

    saving_total_nano: int
    npv: Decimal
    roi_tei: Decimal | None
    roi_nucleus: Decimal | None
    irr: Decimal | None
    payback_months: Decimal | None
    payback_discounted_months: Decimal | None
    undefined: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class OptionResult:
    """One option over the horizon.

    `monthly_nano` has shape (months + 1,): index 0 at the start, index m the end of month m; the sum of its lines, exactly.
    `yearly_nano` holds year 1, 2, … (months of the year, without index 0). `npv_cost` is the present value of all it costs.
    """

    id: str
    """`stay`, `onprem_pri`, `onprem_sip`, `keep_sip` or `hosted`; `wording` has the words as `option.<id>`."""
    lines: tuple[CostLine, ...]
    monthly_nano: npt.NDArray[np.int64]
    yearly_nano: tuple[int, ...]
    total_nano: int
    npv_cost: Decimal
    per_user_month: Decimal
    by_category_nano: Mapping[CostCategory, int]
    usage: UsageResult
    versus_today: VersusToday | None
    """None for "stay"."""

    @property
    def once_nano(self) -> int:
        """What is paid at the start."""
        return int(self.monthly_nano[0])

    @property
    def first_month_nano(self) -> int:
        """What month 1 costs."""
        return int(self.monthly_nano[1])

    @property
    def cumulative_nano(self) -> npt.NDArray[np.int64]:
        """Cost so far, shape (months + 1,)."""
        return np.cumsum(self.monthly_nano, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Crossover:
    """From `month` on, `b` has cost less than `a` in total (before, `a` was the cheaper)."""

    a: str
    b: str
    month: int


@dataclass(frozen=True, slots=True)
class Swing:
    """A bar of the tornado: the best option's saving with one driver at the ends of its evidence-based range."""

    driver: str
    low_value: Decimal
    high_value: Decimal
    saving_at_low_nano: int
    saving_at_high_nano: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Options side by side for one scenario: a pure function of (case, scenario). "stay" is always the first option."""

    currency: str
    tax_included: bool
    scenario: Scenario
    horizon_months: int
    discount_rate: Decimal
    options: tuple[OptionResult, ...]
    crossovers: tuple[Crossover, ...]
    best: str
    """Id of the option with the smallest `npv_cost`; it may be "stay"."""
    tornado: tuple[Swing, ...]
    evidence: Mapping[str, Evidence]
    """Every mark used by a line or a driver."""
    problems: tuple[Problem, ...] = ()
    """What must be said beside the figures: a bill that does not reconcile, unrated calls, a ranking that flips."""

    def option(self, option_id: str) -> OptionResult:
        """Return one option's result."""
        return next(option for option in self.options if option.id == option_id)
