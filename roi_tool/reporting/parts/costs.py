"""Every cost line of every option, with the mark of where its figure comes from."""

from __future__ import annotations

from roi_tool.costing.line import CostLine
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table, marked, plain
from roi_tool.reporting.matter import Matter


def line_name(matter: Matter, line: CostLine) -> str:
    """Return a cost line's words; what came with the data (a product's name) stands in it as it is. Of a mix, with its site."""
    name = plain(matter.words.label(line.label, **line.label_args))
    site = _site(matter, line)
    return matter.words.text("{line}, {site}", line=name, site=plain(site)) if site else name


def _site(matter: Matter, line: CostLine) -> str:
    """Return the site of a mix that a line belongs to; "" where it belongs to none alone."""
    mix = matter.case.plans.get("mix")
    for site, part in zip(matter.case.mix, mix.parts if mix else (), strict=False):
        if line.id.startswith(part.plan.id.rsplit(".", 1)[0] + "."):
            return site.site
    return ""


def lines(matter: Matter) -> tuple[Block, ...]:
    """Return the table of all cost lines, option by option."""
    words = matter.words
    columns = (
        Column(matter.currency_and_tax(), share=2.6),
        Column(words.text("Moved by"), share=1.5),
        Column(words.text("Once"), True),
        Column(words.text("Month 1"), True),
        Column(words.text("{months} months", months=words.number(matter.comparison.horizon_months)), True),
    )
    rows: list[Row] = []
    for option in matter.comparison.options:
        rows.append(Row((Cell(matter.name(option.id)),), RowStyle.GROUP))
        for line in option.lines:
            if not line.amounts_nano.any():
                continue  # the workbook has it
            name = line_name(matter, line)
            said = name if line.hard else words.text("{line}, soft", line=name)
            cells = (
                Cell(f"{said}{marked(line.evidence.id)}"),
                Cell(matter.driver_name(line.driver) if line.driver else ""),
                matter.exact(line.once_nano) if line.once_nano else Cell("–"),
                matter.exact(line.first_month_nano) if line.first_month_nano else Cell("–"),
                matter.exact(line.total_nano),
            )
            rows.append(Row(cells))
        total = (
            Cell(words.text("Total")),
            Cell(""),
            matter.exact(option.once_nano),
            matter.exact(option.first_month_nano),
            matter.exact(option.total_nano),
        )
        rows.append(Row(total, RowStyle.TOTAL))
    note = words.text(
        "The raised letters lead to the list of evidence. Month 1 shows what is paid at the end of the first month; prices "
        "that change later (the end of a promotion, a yearly rise, an upgrade) are in the total and, month by month, in the "
        "workbook."
    )
    return (Heading(words.text("Every cost line"), 1), Paragraph(note, quiet=True), Table(columns, tuple(rows), small=True))
