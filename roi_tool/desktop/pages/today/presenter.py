"""What the customer pays today, line by line, each with the way home of its figure. Plain Python."""

from __future__ import annotations

from roi_tool.charting import Bar, BarChart
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.money import NANO, Money
from roi_tool.problems import Severity
from roi_tool.quoting import Comparison
from roi_tool.wording import Wording


def key_figures(comparison: Comparison, words: Wording) -> tuple[KeyFigure, ...]:
    """Return what a month costs, what of it are calls, what calls cost a minute, and what staying costs in all."""
    stay, currency = comparison.option("stay"), comparison.currency
    calls_nano = sum(line.first_month_nano for line in stay.lines if line.category is CostCategory.USAGE)
    share = calls_nano / stay.first_month_nano if stay.first_month_nano else 0
    usage = stay.usage
    minutes = usage.billed_ms / 60_000
    per_minute = words.money(Money(round(usage.charge_nano / minutes), currency), 4) if minutes else "–"
    carried = words.text("{calls} calls on the bills", calls=words.number(usage.calls))
    return (
        KeyFigure(
            words.text("A month, as it stands"),
            words.money(Money(stay.first_month_nano, currency), 0),
            words.text("{amount} a user", amount=words.money(Money(round(stay.per_user_month * NANO), currency))),
        ),
        KeyFigure(
            words.text("of it calls"),
            words.money(Money(calls_nano, currency), 0),
            words.text("{share} of the month", share=words.percent(share)),
        ),
        KeyFigure(words.text("A minute costs"), per_minute, carried),
        KeyFigure(
            words.text("Staying over {months} months", months=words.number(comparison.horizon_months)),
            words.money(Money(stay.total_nano, currency), 0),
            words.text("present value {amount}", amount=words.number(stay.npv_cost)),
        ),
    )


def line_columns(comparison: Comparison, words: Wording) -> tuple[Column, ...]:
    """Return the columns of a table of cost lines."""
    months = words.number(comparison.horizon_months)
    return (
        Column(words.text("What"), figures=False, widest=300),
        Column(words.text("Kind"), figures=False, drop_order=2),
        Column(words.text("Once")),
        Column(words.text("Month 1")),
        Column(words.text("{months} months", months=months)),
        Column(words.text("Known from"), figures=False),
        Column(words.text("Source"), figures=False, drop_order=1, widest=360),
    )


def line_rows(lines: tuple[CostLine, ...], words: Wording) -> tuple[Row, ...]:
    """Return one row per cost line that costs anything, with its badge, mark and source."""
    rows = []
    for line in lines:
        if not line.amounts_nano.any():
            continue
        evidence = line.evidence
        source = f"{evidence.id} · {words.label(evidence.source)}"
        if evidence.as_of is not None:
            source += f" · {words.day(evidence.as_of, 'medium')}"
        badge = (evidence.confidence.value, words.label(f"confidence.{evidence.confidence.value}"))
        cells = (
            Cell(words.label(line.label, **dict(line.label_args)), "" if line.hard else "soft"),
            Cell(words.label(f"category.{line.category.value}"), "soft"),
            Cell(words.amount(line.once_nano, 0)),
            Cell(words.amount(line.first_month_nano, 2)),
            Cell(words.amount(line.total_nano, 0)),
            Cell("", badge=badge),
            Cell(source, "soft"),
        )
        rows.append(Row(line.id, cells))
    return tuple(rows)


def at_nothing(lines: tuple[CostLine, ...], words: Wording) -> str:
    """Return a sentence on the lines that cost nothing as the inputs stand, so that none is absent in silence; "" for none."""
    names = [words.label(line.label, **dict(line.label_args)) for line in lines if not line.amounts_nano.any()]
    return words.text("At nothing, as the inputs stand: {lines}.", lines=words.listed(names)) if names else ""


def class_chart(comparison: Comparison, words: Wording) -> BarChart:
    """Return what the calls on the bills cost by kind of number, most first."""
    costs = sorted(comparison.option("stay").usage.by_class_nano.items(), key=lambda item: -item[1])
    bars = tuple(
        Bar(_class_words(key, words), (("group_calls", nano / NANO, ""),), words.money(Money(nano, comparison.currency), 0))
        for key, nano in costs
        if nano
    )
    return BarChart(words.text("What the calls on the bills cost, by kind of number"), bars)


def _class_words(key: str, words: Wording) -> str:
    """A key is a called class, perhaps with a direction before it."""
    return words.label(f"class.{key.rsplit(':', 1)[-1].rsplit('.', 1)[-1]}")


def findings(comparison: Comparison, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return (sentence, tone) of what must be said beside the figures."""
    tones = {Severity.INFO: "soft", Severity.QUESTION: "warn", Severity.WARNING: "warn", Severity.ERROR: "bad"}
    return tuple((words.sentence(problem), tones[problem.severity]) for problem in comparison.problems)
