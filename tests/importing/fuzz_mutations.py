"""Damages inputs the way files get damaged: cells swapped for awkward ones, lines shuffled, delimiters changed, bytes lost."""

from __future__ import annotations

import random

_CELLS = (
    b"", b"0", b"-1", b"1e309", b"99999999999999999999", b"NaN", b"31/02/2026", b"00/00/0000", b"2026-05-13T10:00:00+99:99",
    b"1778666400", b"45000.5", b"25:61:61", b"0:07", b"-0:07", b"1 Min", b"1.41555E+10", b"+", b"*8", b"+44***", b"(1,00)",
    b"\xc2\xa31,234.56", b"1.234,56-", b"Total", b"VAT", b"INCOMING", b"\xe8\xb4\xb9\xe7\x94\xa8", b'"', b'""', b"=1+1",
    b"Date", b"Duration", b"Cost", b"9" * 400, b"\xff\xfe", b"\x00", b"\r", b"1/1/1", b"12:00PM", b"010101", b"\xd9\xa3",
    b"\xff\xff\xff\x7f", b"\x00\x00\x01\x00", b"16384", b"4294967295", b"&#99999999;", b"&x;", b"<td>", b"</", b"EUR",
)  # fmt: skip


def mutated(chance: random.Random, contents: list[bytes], largest: int) -> bytes:
    """Return a damaged copy of one of the inputs."""
    content = chance.choice(contents)
    for _ in range(chance.randint(1, 5)):
        content = damaged(chance, content, contents)
    return content[:largest]


def damaged(chance: random.Random, content: bytes, contents: list[bytes]) -> bytes:
    """Return the content with one damage done to it."""
    what, place = chance.randrange(10), chance.randrange(len(content) + 1)
    if what == 0:
        return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
    if what == 1:
        return content[:place] + content[place + chance.randint(1, 40) :]
    if what == 2:
        return content[:place] + chance.choice(_CELLS) + content[place:]
    if what == 3:
        delimiter = chance.choice((b",", b";", b"\t", b"|", b":", b'"', b">"))
        cells = content.split(delimiter)
        for _ in range(chance.randint(1, 6)):
            cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
        return delimiter.join(cells)
    if what == 4:
        return content[:place] + chance.choice(contents)[: chance.randint(1, 600)] + content[place:]
    if what == 5:
        lines = content.splitlines(keepends=True)
        return b"".join(chance.sample(lines, len(lines)))
    if what == 6:
        return content[:place] + content[place : place + chance.randint(1, 200)] * chance.randint(2, 4) + content[place:]
    if what == 7:
        old, new = chance.sample((b",", b";", b"\t", b"|", b".", b":", b'"', b"\n", b" "), 2)
        return content.replace(old, new)
    if what == 8:
        return content[:place] + bytes(chance.randrange(256) for _ in range(4)) + content[place + 4 :]
    return content.decode("latin-1").encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "latin-1")))
