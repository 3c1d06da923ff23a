"""The options side by side as rows of figures: whole units of money, the best row tinted."""

from __future__ import annotations

from roi_tool.costing.line import CostCategory
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.quoting import Comparison, OptionResult
from roi_tool.wording import Wording


def option_columns(comparison: Comparison, words: Wording) -> tuple[Column, ...]:
    """Return the columns; single years go first where there is no room."""
    months = words.number(comparison.horizon_months)
    years = tuple(
        Column(words.text("Year {year}", year=words.number(year)), drop_order=drop)
        for year, drop in zip(_years(comparison), (2, 3, 4), strict=False)
    )
    return (
        Column(words.text("Option"), figures=False),
        Column(words.text("Once")),
        Column(words.text("A month, year 1")),
        Column(words.text("of it calls"), drop_order=1),
        *years,
        Column(words.text("{months} months", months=months)),
        Column(words.text("Present value")),
        Column(words.text("User and month")),
        Column(words.text("Saves")),
    )


def option_rows(comparison: Comparison, words: Wording) -> tuple[Row, ...]:
    """Return one row per option."""
    return tuple(_row(option, comparison, words) for option in comparison.options)


def _years(comparison: Comparison) -> tuple[int, ...]:
    """The first, the middle and the last year."""
    last = max(1, len(comparison.options[0].yearly_nano))
    return tuple(sorted({1, (last + 1) // 2, last}))


def _row(option: OptionResult, comparison: Comparison, words: Wording) -> Row:
    def money(amount_nano: int, decimals: int = 0) -> Cell:
        return Cell(words.amount(amount_nano, decimals))

    calls_nano = sum(line.first_month_nano for line in option.lines if line.category is CostCategory.USAGE)
    versus = option.versus_today
    best = option.id == comparison.best
    return Row(
        id=option.id,
        cells=(
            Cell(words.label(f"option.{option.id}")),
            money(option.once_nano),
            money(option.first_month_nano),
            money(calls_nano),
            *(money(option.yearly_nano[year - 1]) for year in _years(comparison)),
            money(option.total_nano),
            Cell(words.number(option.npv_cost)),
            Cell(words.number(option.per_user_month, 2)),
            Cell("–", "soft") if versus is None else money(versus.saving_total_nano),
        ),
        swatch=option.id,
        tinted=best,
        bold=best,
    )
