"""Every item of the catalogue of costs under every option: counted, included, nothing now, or why it does not arise."""

from __future__ import annotations

from roi_tool.pricebook import SERVICES, CostItem
from roi_tool.quoting import Answer, How, find_coverage
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table, plain
from roi_tool.reporting.matter import Matter


def catalogue(matter: Matter) -> tuple[Block, ...]:
    """Return the table of items by option, and what its signs mean."""
    coverage = _coverage(matter)
    if not coverage:
        return ()
    words = matter.words
    signs = _signs(matter)
    columns = (
        Column(words.text("Items"), share=3),
        *(Column(matter.short_name(option), True) for option in coverage),
        Column(words.text("Where it is not counted"), share=3.4),
    )
    alike: dict[tuple[str, ...], list[str]] = {}
    for item in CostItem:
        found = [answers[item] for answers in coverage.values()]
        row = (*(signs[answer.how] for answer in found), _why(matter, found))
        alike.setdefault(row, []).append(words.label(f"item.{item}"))
    rows = tuple(Row((Cell(words.listed(names)), *(Cell(text) for text in row))) for row, names in alike.items())
    legend = words.clauses(f"{sign} {words.label(f'how.{how}')}" for how, sign in signs.items())
    return (
        Heading(words.text("Every item of the catalogue of costs"), 1),
        Paragraph(legend, quiet=True),
        Table(columns, rows, small=True),
    )


def not_included(matter: Matter) -> tuple[str, ...]:
    """Return sentences on what no option includes, and on what the operator does not sell."""
    words = matter.words
    absent = [
        item
        for item in (*SERVICES, CostItem.BURST_CHANNELS)
        if (found := [answers[item] for answers in _coverage(matter).values()])
        and not any(answer.how in (How.LINE, How.INCLUDED, How.MISSING, How.LEFT_OUT) for answer in found)
    ]
    sentences = []
    if absent:
        names = words.joined(words.label(f"item.{item}") for item in absent)
        sentences.append(words.text("Not included under any option until the case says who needs it: {items}", items=names))
    left_out = matter.case.price_book.left_out if _coverage(matter) else {}
    sentences += [
        words.text("{item}: left out ({reason})", item=words.label(f"item.{item}"), reason=plain(reason))
        for item, reason in left_out.items()
        if any(answers[item].how is How.LEFT_OUT for answers in _coverage(matter).values())
    ]
    return tuple(sentences)


def _coverage(matter: Matter) -> dict[str, dict[CostItem, Answer]]:
    if not matter.case.plans:
        return {}
    return find_coverage(matter.case, {option.id: option.lines for option in matter.comparison.options})


def _signs(matter: Matter) -> dict[How, str]:
    return {How.LINE: "●", How.INCLUDED: "◐", How.NOUGHT: "○", How.WITHOUT: "–", How.LEFT_OUT: "×", How.MISSING: "?"}


def _why(matter: Matter, answers: list[Answer]) -> str:
    """Return the reasons, each once; of an item that stands at nothing, the input that would change it."""
    words = matter.words
    said: dict[str, None] = {}
    for answer in answers:
        if answer.how is How.INCLUDED:
            said[words.text("in the price of {product}", product=plain(answer.said))] = None
        elif answer.how is How.NOUGHT and answer.drivers:
            said[words.text("nothing by “{input}”", input=matter.driver_name(answer.drivers[0]))] = None
        elif answer.said:
            said[plain(words.label(answer.said))] = None
    return words.clauses(said)
