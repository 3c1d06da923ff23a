"""The lines of an option in the window: those that cost something as rows, the others named below, none lost."""

from quoting.small_case import small_case

from roi_tool.desktop.pages.options import presenter
from roi_tool.quoting import compare
from roi_tool.wording import wording_for

WORDS = wording_for("en")


def test_what_costs_nothing_is_named_and_no_row():
    lines = compare(small_case(), small_case().scenario, tornado=False).option("hosted").lines
    rows = {row.id for row in presenter.line_rows(lines, WORDS)}
    assert rows == {line.id for line in lines if line.amounts_nano.any()}
    said = presenter.at_nothing(lines, WORDS)
    assert "Slower work while learning (soft)" in said and "Leaving the new contract early" in said
    assert all(WORDS.label(line.label, **line.label_args) in said for line in lines if line.id not in rows)
    assert presenter.at_nothing(tuple(line for line in lines if line.id in rows), WORDS) == ""
