"""The table of bandwidth by codec, in the comparison and in the traffic report alike."""

from __future__ import annotations

from roi_tool.reporting.blocks import Cell, Column, Row, Table
from roi_tool.reporting.figures import count_cell, number_cell
from roi_tool.traffic import Link, find_codec, measure_bandwidth
from roi_tool.wording import Wording

CODECS = ("g711", "g722", "g729", "opus")


def bandwidth_table(words: Wording, calls: int, codecs: tuple[str, ...], link: Link) -> Table:
    """Return what so many calls at one time take of a link, by codec."""
    columns = (
        Column(words.text("Codec"), share=1.4),
        Column(words.text("A call, kbit/s"), True),
        Column(words.text("Channels"), True),
        Column(words.text("Together, Mbit/s"), True),
    )
    rows = []
    for name in codecs:
        needed = measure_bandwidth(name, calls, link)
        cells = (
            Cell(find_codec(name).name),
            number_cell(words, needed.kbps_per_call, 1),
            count_cell(words, calls),
            number_cell(words, needed.kbps_total / 1000, 2),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))
