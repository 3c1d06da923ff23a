"""Risks, what is left out, and the plan of the change: said before anyone has to ask."""

from __future__ import annotations

from roi_tool.reporting.blocks import Block, Bullets, Cell, Column, Heading, Notice, Row, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.catalogue import not_included


def risks(matter: Matter) -> tuple[Block, ...]:
    """Return findings, risks with what is done about them, and exclusions."""
    words = matter.words
    blocks: list[Block] = [Heading(words.text("Risks and exclusions"), 1)]
    findings = list(dict.fromkeys(matter.sentence(problem) for problem in matter.comparison.problems))
    if findings:
        blocks.append(Notice(tuple(findings)))
    blocks += [
        _risk_table(matter),
        Heading(words.text("Not counted")),
        Bullets(
            (
                *not_included(matter),
                words.text("Time your staff may save, unless it is marked as soft among the cost lines"),
                words.text("Loss of trade during the change, and any tax that you reclaim"),
                words.text(
                    "Card terminals and whatever else dials by itself and is not on the bills: they need their own check"
                ),
            )
        ),
    ]
    return tuple(blocks)


def change_plan(matter: Matter) -> tuple[Block, ...]:
    """Return the steps of the change."""
    words = matter.words
    steps = (
        (
            words.text("Assess"),
            words.text("Lines, numbers, analogue devices, network and contract end dates are listed and checked."),
        ),
        (words.text("Prioritise"), words.text("Sites and teams are put in order; what must not fail goes last.")),
        (words.text("Pilot"), words.text("One team works on the new service for two weeks; call quality is measured.")),
        (
            words.text("Deploy"),
            words.text("Numbers are ported by site, old and new service side by side until the port is confirmed."),
        ),
        (words.text("Review"), words.text("The first full bill is set against this paper, line by line.")),
    )
    columns = (Column(words.text("Step"), share=1), Column(words.text("What happens"), share=5))
    rows = tuple(Row((Cell(step), Cell(what))) for step, what in steps)
    return (Heading(words.text("How the change goes"), 1), Table(columns, rows, small=True))


def _risk_table(matter: Matter) -> Table:
    words = matter.words
    rows = (
        (
            words.text("Numbers are ported late"),
            words.text("Old and new service run side by side; the weeks counted for it stand among the assumptions."),
        ),
        (
            words.text("The old contract has to be paid to its end"),
            words.text("The months left and the share to be paid are inputs; your contract tells them exactly."),
        ),
        (
            words.text("The network carries speech badly"),
            words.text("The bandwidth is on the page of sizing; it is tested before the order."),
        ),
        (
            words.text("Prices rise"),
            words.text(
                "Yearly rises of today’s and of the offered prices are inputs of their own, and part of the sensitivity."
            ),
        ),
        (
            words.text("You grow or shrink"),
            words.text("Staff growth is an input; the order of the options over its likely range is in the sensitivity."),
        ),
    )
    columns = (Column(words.text("Risk"), share=1.3), Column(words.text("How this paper deals with it"), share=3))
    return Table(columns, tuple(Row((Cell(risk), Cell(answer))) for risk, answer in rows), small=True)
