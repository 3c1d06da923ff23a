"""Long reading is given up where the loops over cells are: whoever asks is asked often, and nothing is asked otherwise."""

from __future__ import annotations

import pytest

from roi_tool.importing import read_bill
from roi_tool.importing.stopping import each, may_stop, stopped_by

ROWS = 30_000


class GivenUpError(Exception):
    """What a task raises that was cancelled."""


def long_bill(file, head=""):
    rows = [
        f"2026-07-{place % 28 + 1:02} {place % 24:02}:{place % 60:02}:{place // 600:02},0207946{place % 10_000:04},{place},0.10"
        for place in range(ROWS)
    ]
    file.write_text("\n".join([head + "Start,Called number,Seconds,Cost", *rows]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("head", ["", "a line above the titles\n"])
def test_a_reading_ends_wherever_it_is_told_to(tmp_path, head):
    file = long_bill(tmp_path / "long.csv", head)
    asked = 0

    def count():
        nonlocal asked
        asked += 1

    with stopped_by(count):
        read_bill(file)
    assert asked > ROWS // 4096
    for given_up_at in (1, asked // 2, asked):
        left = given_up_at

        def ask():
            nonlocal left
            left -= 1
            if not left:
                raise GivenUpError

        with pytest.raises(GivenUpError), stopped_by(ask):
            read_bill(file)
        assert left == 0  # nobody asked again


def test_without_anyone_to_ask_everything_is_given():
    may_stop()
    assert list(each(range(10_000))) == list(range(10_000))
    with stopped_by(may_stop_never):
        assert list(each(range(10_000))) == list(range(10_000))
    may_stop()


def may_stop_never():
    """Ask and go on."""
