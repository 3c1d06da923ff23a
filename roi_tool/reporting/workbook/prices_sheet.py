"""Prices and calls as they enter the cost lines: each product's list by term, and each option's calls as they are moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roi_tool.money import from_nano
from roi_tool.quoting.plan import OptionPlan, PlannedItem
from roi_tool.reporting.blocks import CellFormat, plain
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.workbook.expression import Expression, either, largest, number
from roi_tool.reporting.workbook.input_cells import PartCells
from roi_tool.reporting.workbook.sheet import Sheet, place

_NANO = 1e9
_UNMOVED = ("inbound", "internal_calls")
"""Kinds of calls that do not move with the outbound minutes."""


@dataclass(frozen=True)
class ItemCells:
    """The cells of one product in one option."""

    once: Expression
    in_term: Expression
    after_term: Expression
    monthly: bool
    """Whether there is a monthly price at all."""


class Prices:
    """The sheet, with a row for each product of each option, and below a row for each option's calls."""

    def __init__(self, sheet: Sheet, matter: Matter, plans: Sequence[OptionPlan]) -> None:
        self._sheet, self._matter = sheet, matter
        words = matter.words
        terms = sorted({months for plan in plans for item in plan.items for months, _ in item.by_term_nano})
        self._terms = terms or [0]
        sheet.title(
            words.text("Prices and calls"),
            words.text(
                "{currency}. The price book’s monthly prices by the length of the contract in months (0: none), and what the "
                "chosen term and the inputs make of them.",
                currency=matter.currency_and_tax(),
            ),
        )
        last = 3 + len(self._terms)
        titles = [
            words.text("Option"),
            words.text("Product"),
            words.text("Once"),
            *(words.number(months) for months in self._terms),
            words.text("After the term"),
            words.text("In the term, as it is taken"),
            words.text("After the term, as it is taken"),
        ]
        head = sheet.head(titles, figures=range(2, last + 3))
        for offset, months in enumerate(self._terms):
            sheet.number(head, 3 + offset, months, CellFormat.COUNT, "figure_head")
        self._term_heads = f"{place(head, 3)}:{place(head, 2 + len(self._terms))}"
        self._columns = last
        sheet.raw.set_column(0, 1, 34)
        sheet.raw.set_column(2, last + 2, 14)
        sheet.raw.freeze_panes(head + 1, 2)

    def item(self, option: str, item: PlannedItem, inputs: PartCells) -> ItemCells:
        """Write a product's row and return its cells."""
        sheet, row, last = self._sheet, self._sheet.row, self._columns
        sheet.text(row, 0, option)
        sheet.text(row, 1, plain(item.name))
        sheet.number(row, 2, from_nano(item.once_nano))
        listed = dict(item.by_term_nano)
        for offset, months in enumerate(self._terms):
            if months in listed:
                sheet.number(row, 3 + offset, from_nano(listed[months]))
            else:
                sheet.formula(row, 3 + offset, f"={place(row, 2 + offset, fixed=False)}", from_nano(item.term_nano(months)))
        sheet.number(row, last, from_nano(item.renewal_nano))
        monthly = any(nano for _, nano in item.by_term_nano) or item.renewal_nano != 0 or bool(item.driver)
        in_term, after = self._taken(row, item, inputs) if monthly else (number(0), number(0))
        sheet.expression(row, last + 1, in_term)
        sheet.expression(row, last + 2, after)
        sheet.row += 1

        def cell(column: int, value: float) -> Expression:
            return Expression(place(row, column, sheet=sheet.name), value)

        once = cell(2, item.once_nano / _NANO)
        return ItemCells(once, cell(last + 1, in_term.value), cell(last + 2, after.value), monthly)

    def _taken(self, row: int, item: PlannedItem, inputs: PartCells) -> tuple[Expression, Expression]:
        """Return the price in the term and the price after it, as the chosen term and the price's own driver make them."""
        term, base_term = inputs("term_months"), int(inputs.base["term_months"])
        listed = self._listed(row, item, number(base_term))
        if item.driver and not listed.value:
            return inputs(item.driver), inputs(item.driver)
        in_term = self._listed(row, item, term)
        after = Expression(place(row, self._columns, fixed=False), item.renewal_nano / _NANO)
        lengths = [months for months, _ in item.by_term_nano if months]
        if lengths:
            first = Expression(place(row, 3, fixed=False), item.by_term_nano[0][1] / _NANO)
            after = either(term < min(lengths), first, after)
        if not item.driver:
            return in_term, after
        factor = inputs(item.driver) / listed
        return in_term * factor, after * factor

    def _listed(self, row: int, item: PlannedItem, term: Expression) -> Expression:
        span = f"{place(row, 3, fixed=False)}:{place(row, 2 + len(self._terms), fixed=False)}"
        return Expression(f"LOOKUP({term.text},{self._term_heads},{span})", item.term_nano(int(term.value)) / _NANO)

    def calls_head(self) -> None:
        """Write the head of the table of calls."""
        words, sheet = self._matter.words, self._sheet
        sheet.row += 1
        sheet.heading(words.text("Calls: what the engine charged, and what the inputs make of it"))
        titles = [
            words.text("Option"),
            "",
            words.text("Charge"),
            words.text("Months"),
            words.text("Of it mobiles"),
            words.text("Of it landlines"),
            words.text("Of it inbound and internal"),
            words.text("Factor of the inputs"),
            words.text("A month, year 1"),
        ]
        sheet.head(titles, figures=range(2, len(titles)))

    def calls(self, option: str, plan: OptionPlan, inputs: PartCells) -> Expression:
        """Write the row of an option's calls and return the cell of their cost a month, before rises and growth."""
        sheet, row, by_class = self._sheet, self._sheet.row, plan.usage.by_class_nano
        sheet.text(row, 0, option)
        parts = (
            plan.usage.charge_nano,
            by_class.get("mobile", 0),
            by_class.get("geographic", 0),
            sum(by_class.get(key, 0) for key in _UNMOVED),
        )
        columns = (2, 4, 5, 6)
        for column, nano in zip(columns, parts, strict=True):
            sheet.number(row, column, from_nano(nano))
        whole = isinstance(plan.usage.months, int)
        sheet.number(row, 3, float(plan.usage.months), CellFormat.COUNT if whole else CellFormat.NUMBER)
        charge, mobile, landline, unmoved = (
            Expression(place(row, column, fixed=False), nano / _NANO) for column, nano in zip(columns, parts, strict=True)
        )
        factor = _moved(plan, inputs, charge, mobile, landline, unmoved)
        sheet.expression(row, 7, factor, CellFormat.NUMBER)
        months = Expression(place(row, 3, fixed=False), float(plan.usage.months))
        a_month = charge / months * Expression(place(row, 7, fixed=False), factor.value)
        sheet.expression(row, 8, a_month)
        sheet.row += 1
        return Expression(place(row, 8, sheet=sheet.name), a_month.value)


def _moved(
    plan: OptionPlan, inputs: PartCells, charge: Expression, mobile: Expression, landline: Expression, unmoved: Expression
) -> Expression:
    """Return cost of the moved calls over that of the bills': each kind of call moves with its minutes."""
    total = sum(plan.usage.by_class_nano.values())
    if not total:
        return number(1)
    base_minutes, base_share, rest = inputs.base["outbound_minutes"], inputs.base["mobile_share"], plan.landline_share
    minutes = inputs("outbound_minutes") / base_minutes if base_minutes else number(1)
    share = inputs("mobile_share")
    mobiles = mobile * share / base_share if base_share else mobile
    landlines = landline * largest(0.0, number(1) - (share - base_share) / rest) if rest else landline
    whole = charge if total == plan.usage.charge_nano else number(total / _NANO)
    others = whole - mobile - landline - unmoved
    return (unmoved + minutes * (mobiles + landlines + others)) / whole
