"""Long texts are turned into UTF-8 piece by piece; they read as the whole would."""

from __future__ import annotations

import pytest

from roi_tool.importing.records.decoding import decode_text
from roi_tool.problems import ProblemError

_LINE = "2026-05-01 10:00:00,{place},通话费用,£0.12 Zürich\r\n"
_LATIN = "2026-05-01 10:00:00,{place},Gebühr für Gespräch,£0.12 Zürich\r\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "gb18030", "cp1252"])
@pytest.mark.parametrize("shift", range(4))
def test_a_long_text_reads_as_its_whole(encoding: str, shift: int) -> None:
    line = _LATIN if encoding == "cp1252" else _LINE
    # Letters of several bytes stand across the pieces' borders, whichever way these fall.
    text = "x" * shift + "".join(line.format(place=place) for place in range(25_000))
    data = text.encode(encoding)
    assert len(data) > 1 << 20
    found = decode_text(data, "calls.csv")
    assert found.encoding == encoding
    assert found.text == data.decode(encoding) == text
    assert text.startswith(found.head(100))


def test_a_long_text_that_breaks_at_its_end_is_refused() -> None:
    data = ("a,b\n" * 400_000).encode("utf-16") + b"\x00"
    with pytest.raises(ProblemError) as caught:
        decode_text(data, "calls.csv")
    assert [problem.code for problem in caught.value.problems] == ["file_is_binary"]
