"""The options side by side in full, and the lines that one of them is made of. Plain Python."""

from __future__ import annotations

from roi_tool.desktop.pages.today.presenter import at_nothing, line_columns, line_rows
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.quoting import Comparison, OptionResult, VersusToday
from roi_tool.wording import Wording

__all__ = [
    "at_nothing",
    "definitions",
    "line_columns",
    "line_rows",
    "return_columns",
    "return_rows",
    "usage_columns",
    "usage_rows",
]


def usage_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of what the very calls of the bills cost."""
    return (
        Column(words.text("The same calls"), figures=False),
        Column(words.text("Tariff"), figures=False),
        Column(words.text("Calls")),
        Column(words.text("Calls without a price")),
        Column(words.text("All bills")),
    )


def usage_rows(comparison: Comparison, words: Wording) -> tuple[Row, ...]:
    """Return one row per option: the engine's own total, unscaled and unrounded, as `roi-tool rate` prints it."""
    return tuple(
        Row(
            option.id,
            (
                Cell(words.label(f"option.{option.id}")),
                Cell(option.usage.tariff_id or words.text("as billed")),
                Cell(words.number(option.usage.calls)),
                Cell(words.number(option.usage.unrated), "warn" if option.usage.unrated else "soft"),
                Cell(_exact(option.usage.charge_nano, words)),
            ),
            swatch=option.id,
            tinted=option.id == comparison.best,
            bold=option.id == comparison.best,
        )
        for option in comparison.options
    )


def _exact(amount_nano: int, words: Wording) -> str:
    """Write an amount with all its decimals, at least two."""
    decimals = next(places for places in range(2, 10) if amount_nano % 10 ** (9 - places) == 0)
    return words.amount(amount_nano, decimals)


def return_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the returns against staying."""
    return (
        Column(words.text("Against staying"), figures=False),
        Column(words.text("Saves in all")),
        Column(words.text("NPV")),
        Column(words.text("ROI (TEI)")),
        Column(words.text("ROI (Nucleus)")),
        Column(words.text("IRR a year")),
        Column(words.text("Payback, months")),
        Column(words.text("discounted")),
        Column(words.text("Calls without a price"), drop_order=1),
    )


def return_rows(comparison: Comparison, words: Wording) -> tuple[Row, ...]:
    """Return one row per option but staying."""
    return tuple(
        _return_row(option, option.versus_today, comparison, words)
        for option in comparison.options
        if option.versus_today is not None
    )


def _return_row(option: OptionResult, versus: VersusToday, comparison: Comparison, words: Wording) -> Row:
    def share(name: str) -> Cell:
        value = getattr(versus, name)
        return Cell("–", "soft") if value is None else Cell(words.percent(value))

    def months(name: str) -> Cell:
        value = getattr(versus, name)
        return Cell("–", "soft") if value is None else Cell(words.number(value, 1))

    best = option.id == comparison.best
    unrated = option.usage.unrated
    saving_tone = "bad" if versus.saving_total_nano < 0 else ""
    cells = (
        Cell(words.label(f"option.{option.id}")),
        Cell(words.amount(versus.saving_total_nano, 0), saving_tone),
        Cell(words.number(versus.npv), "bad" if versus.npv < 0 else ""),
        share("roi_tei"),
        share("roi_nucleus"),
        share("irr"),
        months("payback_months"),
        months("payback_discounted_months"),
        Cell(words.number(unrated), "warn" if unrated else "soft"),
    )
    return Row(option.id, cells, swatch=option.id, tinted=best, bold=best)


def definitions(comparison: Comparison, words: Wording) -> str:
    """Return how the figures are defined, and why a dash stands where one does."""
    rate = words.percent(comparison.discount_rate, 1)
    parts = [
        words.text("NPV at {rate} a year.", rate=rate),
        words.text(
            "ROI (TEI) is NPV by the present value of costs; ROI (Nucleus) the average year of three by the initial cost."
        ),
        words.text("{convention}.", convention=words.label(f"convention.{comparison.scenario.convention}")),
    ]
    reasons = {
        words.label(code)
        for option in comparison.options
        if option.versus_today is not None
        for code in option.versus_today.undefined.values()
    }
    if reasons:
        parts.append(words.text("A dash: {reasons}.", reasons=words.clauses(sorted(reasons))))
    return words.paragraph(parts)
