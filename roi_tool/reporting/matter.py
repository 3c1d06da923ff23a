"""What the parts of a report write about: the case, its comparison and the reader's words, with the formats all parts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from roi_tool.cdr import Bill
from roi_tool.charting import driver_value
from roi_tool.costing.line import Evidence
from roi_tool.money import NANO, Money, to_nano
from roi_tool.problems import Problem, Severity
from roi_tool.quoting import Comparison, Driver, OptionResult, Uncertainty, break_even_values, measure_uncertainty
from roi_tool.quoting.case import Case
from roi_tool.reporting.blocks import Cell, CellFormat, plain
from roi_tool.reporting.figures import count_cell, day_cell, money_cell, percent_cell
from roi_tool.reporting.masking import masked
from roi_tool.wording import Wording

_WHOLE_FROM = 1000
"""Amounts from here on are printed in whole units: pennies of thousands would be false precision."""


@dataclass(frozen=True, eq=False)
class Matter:
    """The case, its comparison and the words of the reader. Every part is a function of it."""

    case: Case
    comparison: Comparison
    words: Wording
    on: date | None = None
    """The date the paper carries; None is today."""
    fiscal_month: int = 1
    """Month in which the customer's fiscal year begins."""

    @property
    def stay(self) -> OptionResult:
        """Staying as you are: always the first option."""
        return self.comparison.options[0]

    @property
    def best(self) -> OptionResult:
        """The option with the smallest present value of costs."""
        return self.comparison.option(self.comparison.best)

    @property
    def next_best(self) -> OptionResult | None:
        """The cheapest of the options that are not staying."""
        others = [option for option in self.comparison.options if option.id != "stay"]
        return min(others, key=lambda option: option.npv_cost, default=None)

    @property
    def subject(self) -> OptionResult | None:
        """The option that is written about: the best, or where staying is best the next one; None where there is no other."""
        return self.best if self.best.id != "stay" else self.next_best

    @cached_property
    def uncertainty(self) -> Uncertainty | None:
        """The draws of all options, made once for all parts; None where no model stands behind the figures."""
        if not self.case.plans or self.subject is None:
            return None
        return measure_uncertainty(self.case, self.comparison.scenario)

    @cached_property
    def break_even(self) -> Mapping[str, Decimal]:
        """Driver of the tornado → value at which the subject costs as much as staying; empty where there is no model."""
        if not self.case.plans or self.subject is None:
            return {}
        shown = [swing.driver for swing in self.comparison.tornado]
        return break_even_values(self.case, self.comparison.scenario, self.subject.id, shown)

    @property
    def day_of_paper(self) -> date:
        """The date the paper carries."""
        return self.on or datetime.now().astimezone().date()

    @property
    def unreconciled(self) -> tuple[tuple[Bill, int], ...]:
        """The bills whose stated total is not what was read, each with the unexplained amount."""
        found = ((bill, bill.reconciliation.difference_nano) for bill in self.case.bills)
        return tuple((bill, difference) for bill, difference in found if difference)

    @property
    def customer(self) -> str:
        """The customer's name."""
        return plain(self.case.customer.name)

    @property
    def has_bills(self) -> bool:
        """Whether any bill was read (else the calls are a typical customer's)."""
        return bool(self.case.bills)

    # --- words -----------------------------------------------------------------------------------------------------

    def name(self, option_id: str) -> str:
        """Return an option's name, as in a table."""
        return self.words.label(f"option.{option_id}")

    def short_name(self, option_id: str) -> str:
        """Return an option's short name, as on a chart."""
        return self.words.label(f"option.short.{option_id}")

    def phrase(self, option_id: str) -> str:
        """Return an option as the subject at a sentence's head: `A hosted phone system`."""
        return self.words.label(f"phrase.{option_id}")

    def inner_phrase(self, option_id: str) -> str:
        """Return an option as it stands inside a sentence: `a hosted phone system`."""
        return self.words.label(f"phrase.inner.{option_id}")

    def period(self, months: int | None = None) -> str:
        """Return a length of time in words: `five years`, `30 months`; by default the horizon."""
        count = self.comparison.horizon_months if months is None else months
        if count % 12 == 0 and 1 <= count // 12 <= 10:
            return self.words.label(f"period.{count // 12}")
        return self.words.plural("{count} month", "{count} months", count)

    def currency_and_tax(self) -> str:
        """Return `British pounds, excluding tax`, to head a table of amounts."""
        name = self.words.currency_name(self.comparison.currency)
        head = name[:1].upper() + name[1:]
        if self.comparison.tax_included:
            return self.words.text("{currency}, including tax", currency=head)
        return self.words.text("{currency}, excluding tax", currency=head)

    def driver_name(self, driver_id: str) -> str:
        """Return a driver's name."""
        return self.words.label(f"driver.{driver_id}")

    def driver_value(self, driver: Driver, value: Decimal | None = None) -> str:
        """Return a driver's value with its unit: `£9.50 a seat and month`, `15 % a year`."""
        bare = driver_value(driver.value if value is None else value, driver.unit, self.comparison.currency, self.words)
        return self.words.label(f"unit.{driver.unit.value}", value=bare)

    def bare_value(self, driver: Driver, value: Decimal) -> str:
        """Return a driver's value without the words of its unit, for tables whose heading says it."""
        return driver_value(value, driver.unit, self.comparison.currency, self.words)

    def source(self, evidence: Evidence) -> str:
        """Return where a figure comes from, in words: a message code's words, or the words of the data as they stand."""
        return self.masked(self.words.label(evidence.source))

    def masked(self, text: str) -> str:
        """Return words of a bill with the ends of subscriber numbers in them hidden."""
        return masked(text)

    def sentence(self, problem: Problem) -> str:
        """Return a finding as a sentence."""
        return self.masked(self.words.sentence(problem))

    def serious_problems(self) -> list[Problem]:
        """Return the findings that must be said beside the figures."""
        return [problem for problem in self.comparison.problems if problem.severity is not Severity.INFO]

    # --- figures ---------------------------------------------------------------------------------------------------

    def money(self, amount_nano: int) -> str:
        """Return an amount with its sign: whole units from a thousand on."""
        return self.words.money(Money(amount_nano, self.comparison.currency), self._decimals(amount_nano))

    def decimal_money(self, amount: Decimal) -> str:
        """`money` of a Decimal of currency units."""
        return self.money(to_nano(amount.quantize(Decimal("1E-9"))))

    def exact_money(self, amount_nano: int) -> str:
        """Return an amount in the currency's minor unit, as a bill prints it."""
        return self.words.money(Money(amount_nano, self.comparison.currency))

    def _decimals(self, amount_nano: int) -> int | None:
        return 0 if abs(amount_nano) >= _WHOLE_FROM * NANO or amount_nano % NANO == 0 else None

    @property
    def small(self) -> bool:
        """Whether the totals are so small that whole units would hide what differs."""
        return max(abs(option.total_nano) for option in self.comparison.options) < _WHOLE_FROM * NANO

    # --- cells -----------------------------------------------------------------------------------------------------

    def whole(self, amount_nano: int) -> Cell:
        """A cell of whole currency units; where all amounts are small, of minor units too."""
        value = Money(amount_nano, self.comparison.currency).decimal
        if self.small:
            return self.exact(amount_nano)
        return Cell(self.words.number(value), value, CellFormat.WHOLE_MONEY)

    def whole_decimal(self, amount: Decimal) -> Cell:
        """`whole` of a Decimal of currency units."""
        if self.small:
            return self.exact(to_nano(amount.quantize(Decimal("1E-9"))))
        return Cell(self.words.number(amount), amount, CellFormat.WHOLE_MONEY)

    def exact(self, amount_nano: int | None) -> Cell:
        """A cell in the currency's minor unit; a dash for None."""
        return money_cell(self.words, amount_nano, self.comparison.currency)

    def count(self, number: int) -> Cell:
        """A cell with a count."""
        return count_cell(self.words, number)

    def percent(self, fraction: Decimal | float, decimals: int = 0) -> Cell:
        """A cell with a fraction as a percentage."""
        return percent_cell(self.words, fraction, decimals)

    def day(self, day: date | None) -> Cell:
        """A cell with a date; a dash for None."""
        return day_cell(self.words, day)

    def bill_period(self) -> tuple[date, date] | None:
        """Return the first and the last day (inclusive) of all bills; None when no bill says."""
        starts = [bill.period_start for bill in self.case.bills if bill.period_start]
        ends = [bill.period_end for bill in self.case.bills if bill.period_end]
        if not starts or not ends:
            return None
        return min(starts), max(ends) - timedelta(days=1)


def text_cell(text: str) -> Cell:
    """A cell of words that came with the data: nothing in it is taken for a mark."""
    return Cell(plain(text))
