"""The answer on one page: the headline that states it, the figures, the options, what it rests on and what would change it."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from roi_tool.charting import cumulative_chart
from roi_tool.quoting import OptionResult
from roi_tool.reporting.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Figure,
    Heading,
    Headline,
    KeyFigure,
    KeyFigures,
    Lead,
    Notice,
    Row,
    RowStyle,
    Table,
    marked,
)
from roi_tool.reporting.figures import DASH
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.changes import what_would_change
from roi_tool.reporting.parts.grounds import what_it_rests_on

_ABOUT_THE_SAME = Decimal("0.005")
"""Two totals nearer than this share are called about the same: our estimates are not finer."""


def answer(matter: Matter) -> tuple[Block, ...]:
    """Return the blocks of page one."""
    words = matter.words
    chart = cumulative_chart(matter.comparison, words)
    blocks: list[Block] = [Headline(headline(matter)), Lead(lead(matter))]
    serious = matter.serious_problems()
    if serious:
        texts = [matter.sentence(problem) for problem in serious[:2]]
        if len(serious) > 2:
            texts.append(
                words.plural(
                    "{count} more finding is on the page of risks.",
                    "{count} more findings are on the page of risks.",
                    len(serious) - 2,
                )
            )
        blocks.append(Notice(tuple(texts)))
    blocks += [
        key_figures(matter),
        options_table(matter),
        Heading(chart.title),
        Figure(chart, 0.36),
        Columns(
            (
                (Heading(words.text("What this rests on")), Bullets(what_it_rests_on(matter))),
                (Heading(words.text("What would change the answer")), Bullets(what_would_change(matter)[:4])),
            )
        ),
    ]
    return tuple(blocks)


def headline(matter: Matter) -> str:
    """Return the sentence that states the answer, also where it is to stay."""
    words, period, option = matter.words, matter.period(), matter.subject
    if option is None:
        return words.text(
            "Staying as you are costs {amount} over {period}.", amount=matter.money(matter.stay.total_nano), period=period
        )
    saving = matter.stay.total_nano - option.total_nano
    if abs(saving) <= _ABOUT_THE_SAME * abs(matter.stay.total_nano):
        return words.text(
            "{option} costs about the same as staying as you are over {period}.", option=matter.phrase(option.id), period=period
        )
    if matter.best.id == "stay":
        if saving > 0:
            return words.text("In today’s money, staying as you are is the cheapest over {period}.", period=period)
        return words.text(
            "Staying as you are is the cheapest over {period}: {option} would cost {amount} more.",
            option=matter.inner_phrase(option.id),
            amount=matter.money(-saving),
            period=period,
        )
    if saving < 0:
        return words.text(
            "In today’s money, {option} costs {amount} less than staying as you are over {period}.",
            option=matter.inner_phrase(option.id),
            amount=matter.decimal_money(matter.stay.npv_cost - option.npv_cost),
            period=period,
        )
    return words.text(
        "{option} costs {amount} less than staying as you are over {period}.",
        option=matter.phrase(option.id),
        amount=matter.money(saving),
        period=period,
    )


def lead(matter: Matter) -> str:
    """Return the paragraph that says what was read and when the answer would be another."""
    sentences = [_worked_out_from(matter)]
    turn = _turning_month(matter)
    if turn is not None:
        option_id, month = turn
        sentences.append(
            matter.words.text(
                "If you may move again within {period}, {option} has cost less by then.",
                period=matter.period(month),
                option=matter.inner_phrase(option_id),
            )
        )
    return matter.words.paragraph(sentences)


def _worked_out_from(matter: Matter) -> str:
    words, bills, period = matter.words, matter.case.bills, matter.bill_period()
    book = str(getattr(matter.case.price_book, "operator", ""))
    if not bills:
        seats = words.number(matter.comparison.scenario["seats"]) if "seats" in matter.comparison.scenario.drivers else "–"
        return words.text(
            "A first answer from {seats} seats and typical calls, at the prices of {operator}: no bill has been read yet, "
            "so today’s cost is an estimate.",
            seats=seats,
            operator=book,
        )
    first = marked(*[mark for mark in ("E1",) if mark in matter.comparison.evidence])
    differences = [bill.reconciliation.difference_nano for bill in bills]
    unexplained = sum(abs(difference) for difference in differences if difference)
    number = words.label(f"count.{len(bills)}") if len(bills) <= 10 else words.number(len(bills))
    if period is None:
        when = words.plural("your own bill", "your own {number} bills", len(bills), number=number)
    else:
        span = words.months(*period)
        when = words.plural(
            "your own bill of {months}", "your own {number} bills of {months}", len(bills), months=span, number=number
        )
    blanks = {"bills": when, "mark": first, "operator": book}
    if unexplained:
        return words.text(
            "Worked out from {bills}{mark}, of which {amount} is still unexplained, and the prices of {operator}.",
            amount=matter.exact_money(unexplained),
            **blanks,
        )
    if any(difference is None for difference in differences):
        return words.text("Worked out from {bills}{mark} and the prices of {operator}.", **blanks)
    return words.text("Worked out from {bills}, which we read to the last penny{mark}, and the prices of {operator}.", **blanks)


def _turning_month(matter: Matter) -> tuple[str, int] | None:
    """Return the option that leads before the best one does and its last month in the lead; None when the best leads early."""
    costs = np.stack([option.cumulative_nano for option in matter.comparison.options])
    leaders = np.argmin(costs, axis=0)
    best = [option.id for option in matter.comparison.options].index(matter.best.id)
    behind = np.flatnonzero(leaders != best)
    if not len(behind) or behind[-1] < 6:
        return None
    last = int(behind[-1])
    return matter.comparison.options[int(leaders[last])].id, last


def key_figures(matter: Matter) -> KeyFigures:
    """Return three figures: a month, payback, present value; of the next best option where staying is best."""
    words, option = matter.words, matter.subject
    stay_month = matter.stay.yearly_nano[0] // min(12, matter.comparison.horizon_months)
    if option is None or option.versus_today is None:
        return KeyFigures((KeyFigure(words.text("A month today"), matter.money(stay_month), words.text("average of year 1")),))
    option_month = option.yearly_nano[0] // min(12, matter.comparison.horizon_months)
    less = stay_month - option_month
    month = KeyFigure(
        words.text("A month less, in year 1") if less >= 0 else words.text("A month more, in year 1"),
        matter.money(abs(less)),
        words.text("{before} today → {after}", before=matter.money(stay_month), after=matter.money(option_month)),
    )
    npv = option.versus_today.npv
    rate = words.percent(matter.comparison.discount_rate, 0 if (matter.comparison.discount_rate * 100) % 1 == 0 else 1)
    present = KeyFigure(
        words.text("In today’s money, at {rate}", rate=rate),
        matter.decimal_money(npv),
        _present_note(matter),
    )
    return KeyFigures((month, _payback(matter, option), present))


def _present_note(matter: Matter) -> str:
    words, found = matter.words, matter.uncertainty
    spread = found.options.get(matter.subject.id) if found and matter.subject else None
    if found is None or spread is None:
        return words.text("net present value against staying")
    return words.text(
        "net present value against staying · above nil in {chance} of {draws} draws",
        chance=words.chance(spread.chance_beats_stay),
        draws=words.number(found.draws),
    )


def _payback(matter: Matter, option: OptionResult) -> KeyFigure:
    words, versus = matter.words, option.versus_today
    once = (
        words.text("{amount} paid once, at the start", amount=matter.money(option.once_nano))
        if option.once_nano > 0
        else words.text("nothing to pay at the start")
    )
    months = versus.payback_months if versus else None
    if months is None:
        return KeyFigure(words.text("Payback"), words.text("none"), words.text("within {period}", period=matter.period()))
    if months <= 0:
        return KeyFigure(words.text("Pays back"), words.text("at once"), once)
    return KeyFigure(words.text("Pays back in"), words.text("{months} months", months=words.number(months, 1)), once)


def options_table(matter: Matter) -> Table:
    """Return the options side by side, the best one tinted."""
    words, months = matter.words, min(12, matter.comparison.horizon_months)
    columns = (
        Column(matter.currency_and_tax(), share=2.5),
        Column(words.text("Once"), True, 0.9),
        Column(words.text("A month, year 1"), True, 1.1),
        Column(_capital(matter.period()), True),
        Column(words.text("Present value"), True, 1.05),
        Column(words.text("A user and month"), True, 1.15),
        Column(words.text("Against staying"), True, 1.15),
    )
    rows = []
    for option in matter.comparison.options:
        against = option.total_nano - matter.stay.total_nano
        cells = (
            Cell(matter.name(option.id)),
            matter.whole(option.once_nano),
            matter.whole(option.yearly_nano[0] // months),
            matter.whole(option.total_nano),
            matter.whole_decimal(option.npv_cost),
            Cell(words.number(option.per_user_month, 2), option.per_user_month),
            DASH if option.id == "stay" else matter.whole(against),
        )
        rows.append(Row(cells, RowStyle.BEST if option.id == matter.best.id else RowStyle.PLAIN))
    return Table(columns, tuple(rows))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
