"""Texts of any encoding are read piece by piece; they read as the whole would."""

from __future__ import annotations

import io

import pytest

from roi_tool.importing.records.byte_source import ByteSource, held_bytes
from roi_tool.importing.records.decoding import read_text
from roi_tool.problems import ProblemError

_LINE = "2026-05-01 10:00:00,{place},通话费用,£0.12 Zürich\r\n"
_LATIN = "2026-05-01 10:00:00,{place},Gebühr für Gespräch,£0.12 Zürich\r\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "utf-32", "gb18030", "cp1252"])
@pytest.mark.parametrize("shift", range(4))
def test_a_long_text_reads_as_its_whole(encoding: str, shift: int) -> None:
    line = _LATIN if encoding == "cp1252" else _LINE
    # Letters of several bytes stand across the pieces' borders, whichever way these fall.
    text = "x" * shift + "".join(line.format(place=place) for place in range(25_000))
    data = text.encode(encoding)
    assert len(data) > 1 << 20
    found = read_text(held_bytes(data, "calls.csv"))
    assert found.encoding == encoding
    assert found.whole() == text
    assert text.startswith(found.head(100))


def test_a_long_text_that_breaks_at_its_end_is_refused() -> None:
    data = ("a,b\n" * 400_000).encode("utf-16") + b"\x00"
    with pytest.raises(ProblemError) as caught:
        read_text(held_bytes(data, "calls.csv")).whole()
    assert [problem.code for problem in caught.value.problems] == ["file_is_binary"]


def test_letters_that_are_not_of_the_first_pieces_tell_the_encoding() -> None:
    data = b"2026-05-01 10:00:00,London,0.12\n" * 60_000 + "2026-05-01 10:00:00,Zürich,0.12\n".encode("cp1252")
    assert read_text(held_bytes(data, "calls.csv")).encoding == "cp1252"


def test_a_text_that_grows_or_shrinks_while_it_is_read_is_told() -> None:
    for stated in (20, 40):
        source = ByteSource("calls.csv", stated, lambda: io.BytesIO(b"Date,Number,Duration,Cost\n1,2,3"))
        with pytest.raises(ProblemError) as caught:
            read_text(source).whole()
        assert [problem.code for problem in caught.value.problems] == ["file_changed"]
