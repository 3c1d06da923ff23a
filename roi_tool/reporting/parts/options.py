"""The options side by side: money once, by month and by year, returns under their names, and what each total is made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from roi_tool.charting import category_chart
from roi_tool.costing.line import CostCategory
from roi_tool.quoting import OptionResult, VersusToday
from roi_tool.reporting.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.figures import DASH
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.method import convention_text

_INDENT = "\N{NO-BREAK SPACE}" * 4


def options(matter: Matter) -> tuple[Block, ...]:
    """Return the table of measures (rows) by option (columns)."""
    words = matter.words
    reasons: dict[str, list[str]] = {}
    rows = [*_money_rows(matter), *_return_rows(matter, reasons)]
    tax = (
        words.text("All amounts include tax. Options are taxed alike, so that tax does not change their order.")
        if matter.comparison.tax_included
        else words.text("No amount includes VAT or sales tax; where a customer can reclaim it, it is no cost to him.")
    )
    notes = [tax]
    for code, measures in reasons.items():
        notes.append(
            words.text("A dash at {measures} means: {reason}.", measures=words.joined(measures), reason=words.label(code))
        )
    return (
        Heading(words.text("The options side by side"), 1),
        Table((Column(matter.currency_and_tax(), share=1), *_option_columns(matter)), tuple(rows), small=True),
        Paragraph(matter.words.paragraph([convention_text(matter), *notes]), quiet=True),
    )


def options_by_kind(matter: Matter) -> tuple[Block, ...]:
    """Return what each total is made of: chart and table by category."""
    words = matter.words
    chart = category_chart(matter.comparison, words)
    rows = []
    for category in CostCategory:
        amounts = [option.by_category_nano.get(category, 0) for option in matter.comparison.options]
        if any(amounts):
            cells = (
                Cell(words.label(f"category.{category.value}")),
                *(matter.whole(nano) if nano else DASH for nano in amounts),
            )
            rows.append(Row(cells))
    totals = (Cell(words.text("Total")), *(matter.whole(option.total_nano) for option in matter.comparison.options))
    columns = (Column(matter.currency_and_tax(), share=1), *_option_columns(matter))
    return (
        Heading(words.text("What the money is for"), 1),
        Heading(chart.title),
        Figure(chart, 0.06 + 0.042 * len(matter.comparison.options)),
        Table(columns, (*rows, Row(totals, RowStyle.TOTAL)), small=True),
    )


def _option_columns(matter: Matter) -> tuple[Column, ...]:
    return tuple(Column(matter.short_name(option.id), True) for option in matter.comparison.options)


def _money_rows(matter: Matter) -> list[Row]:
    words, months = matter.words, min(12, matter.comparison.horizon_months)

    def row(title: str, cell: Callable[[OptionResult], Cell], style: RowStyle = RowStyle.PLAIN) -> Row:
        return Row((Cell(title), *(cell(option) for option in matter.comparison.options)), style)

    def calls(option: OptionResult) -> Cell:
        nano = sum(int(line.amounts_nano[1 : months + 1].sum()) for line in option.lines if line.category is CostCategory.USAGE)
        return matter.whole(nano // months)

    def labour(option: OptionResult) -> Cell:
        return matter.whole(option.by_category_nano.get(CostCategory.LABOUR, 0))

    rows = [
        row(words.text("Once, at the start"), lambda option: matter.whole(option.once_nano)),
        row(words.text("A month, year 1"), lambda option: matter.whole(option.yearly_nano[0] // months)),
        row(_INDENT + words.text("of it calls"), calls),
    ]
    for index in range(len(matter.stay.yearly_nano)):
        title = words.text("Year {number}", number=words.number(index + 1))
        rows.append(row(title, lambda option, index=index: matter.whole(option.yearly_nano[index])))  # type: ignore[misc]
    rows += [
        row(_upper(matter.period()), lambda option: matter.whole(option.total_nano), RowStyle.TOTAL),
        row(_INDENT + words.text("of it administration"), labour),
        row(words.text("Present value"), lambda option: matter.whole_decimal(option.npv_cost)),
        row(words.text("A user and month"), lambda option: Cell(words.number(option.per_user_month, 2), option.per_user_month)),
        row(
            words.text("Against staying"),
            lambda option: DASH if option.id == "stay" else matter.whole(option.total_nano - matter.stay.total_nano),
        ),
    ]
    if any(_soft(option) for option in matter.comparison.options):
        rows += [
            row(
                words.text("Soft: time your staff may save"),
                lambda option: matter.whole(_soft(option)) if _soft(option) else DASH,
            ),
            row(
                words.text("Against staying, hard only"),
                lambda option: (
                    DASH
                    if option.id == "stay"
                    else matter.whole(option.total_nano - _soft(option) - matter.stay.total_nano + _soft(matter.stay))
                ),
            ),
        ]
    return rows


def _soft(option: OptionResult) -> int:
    """Return the sum of the soft lines: benefits that no invoice shows, as negative costs."""
    return sum(line.total_nano for line in option.lines if not line.hard)


def _return_rows(matter: Matter, reasons: dict[str, list[str]]) -> list[Row]:
    """Return net present value, returns and payback; what has no meaning is a dash, its reason goes to `reasons`."""
    words = matter.words
    measures: list[tuple[str, str, Callable[[Decimal], Cell]]] = [
        ("npv", words.text("Net present value"), matter.whole_decimal),
        ("roi_tei", words.text("ROI (TEI)"), matter.percent),
        ("roi_nucleus", words.text("ROI (Nucleus)"), matter.percent),
        ("irr", words.text("IRR a year"), matter.percent),
        ("payback_months", words.text("Payback, months"), lambda value: Cell(words.number(value, 1), value)),
        ("payback_discounted_months", words.text("Payback, discounted"), lambda value: Cell(words.number(value, 1), value)),
    ]
    rows = []
    for name, title, cell in measures:
        cells = []
        for option in matter.comparison.options:
            value = _measure(option.versus_today, name)
            cells.append(DASH if value is None else cell(value))
            if value is None and option.versus_today is not None:
                _give_reason(option.versus_today, name, title, reasons)
        rows.append(Row((Cell(title), *cells)))
    return rows


def _measure(versus: VersusToday | None, name: str) -> Decimal | None:
    value = getattr(versus, name) if versus is not None else None
    return value if value is None or isinstance(value, Decimal) else Decimal(str(value))


def _give_reason(versus: VersusToday, name: str, title: str, reasons: dict[str, list[str]]) -> None:
    """Put down why a measure is a dash: reason code → measures."""
    code = versus.undefined.get(name, "")
    known = code if "." in code else f"undefined.{code}"
    if code and title not in reasons.setdefault(known, []):
        reasons[known].append(title)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
