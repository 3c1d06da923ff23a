"""The same calls under every option, as the rating engine prices them, and fair words on what each option is good at."""

from __future__ import annotations

from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table, plain
from roi_tool.reporting.figures import DASH
from roi_tool.reporting.matter import Matter


def usage(matter: Matter) -> tuple[Block, ...]:
    """Return what the calls of the bills cost under each option's tariff."""
    words, options = matter.words, matter.comparison.options
    columns = (
        Column(matter.currency_and_tax(), share=2),
        Column(words.text("Tariff"), share=1.6),
        Column(words.text("Calls"), True),
        Column(words.text("Not priced"), True),
        Column(words.text("All bills"), True),
        Column(words.text("A month"), True),
    )
    rows = []
    for option in options:
        used = option.usage
        cells = (
            Cell(matter.name(option.id)),
            Cell(words.text("as billed") if option.id == "stay" else plain(used.tariff_id)),
            matter.count(used.calls),
            matter.count(used.unrated) if used.unrated else DASH,
            matter.exact(used.charge_nano),
            matter.exact(int(used.charge_nano // used.months)),
        )
        rows.append(Row(cells, RowStyle.BEST if option.id == matter.best.id else RowStyle.PLAIN))
    intro = (
        words.text(
            "Each call of your bills is priced one by one under each option’s tariff, by the engine that would bill you. "
            "The totals below are the engine’s own, to the penny; nothing is averaged or scaled."
        )
        if matter.has_bills
        else words.text(
            "A typical customer’s calls are priced one by one under each option’s tariff, by the engine that would bill "
            "you. Your own bills would take their place."
        )
    )
    return (
        Heading(words.text("The same calls under every option"), 1),
        Paragraph(intro),
        Table(columns, tuple(rows)),
        *_by_class(matter),
    )


def class_name(matter: Matter, key: str) -> str:
    """Return the words for a class of usage."""
    code = {"inbound": "direction.inbound", "internal_calls": "class.internal"}.get(key, f"class.{key}")
    return matter.words.label(code)


def _by_class(matter: Matter) -> tuple[Block, ...]:
    options = matter.comparison.options
    keys = list(dict.fromkeys(key for option in options for key, nano in option.usage.by_class_nano.items() if nano))
    if not keys:
        return ()
    columns = (
        Column(matter.words.text("All bills, by kind of call"), share=1),
        *(Column(matter.short_name(option.id), True) for option in options),
    )
    rows = [
        Row((Cell(class_name(matter, key)), *(matter.exact(option.usage.by_class_nano.get(key, 0)) for option in options)))
        for key in keys
    ]
    total = (Cell(matter.words.text("Total")), *(matter.exact(sum(option.usage.by_class_nano.values())) for option in options))
    return (Table(columns, (*rows, Row(total, RowStyle.TOTAL)), small=True),)


def words_on_options(matter: Matter) -> tuple[Block, ...]:
    """Return what each option is better and worse at, in even words."""
    words = matter.words
    columns = (
        Column(words.text("Option"), share=1.3),
        Column(words.text("Better at"), share=2.2),
        Column(words.text("Worse at"), share=2.2),
    )
    rows = tuple(
        Row(
            (
                Cell(matter.name(option.id)),
                Cell(words.label(f"better.{option.id}")),
                Cell(words.label(f"worse.{option.id}")),
            )
        )
        for option in matter.comparison.options
    )
    return (Heading(words.text("What each option is better and worse at")), Table(columns, rows, small=True))
