"""Workbooks out of bytes: a damaged part is put into a whole package, so that the damage reaches the reader behind the zip.

Bytes changed in a zip end at its checksum. Here an input is one byte that names a part of a small workbook, and that part's
content; the other parts stay whole.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache

from workbook_writers import ods_parts, write_parts, xlsb_parts, xlsx_parts

ROWS: Sequence[Sequence[str | float]] = (
    ("Date", "Time", "From", "Number dialled", "Duration", "Charge (£)"),
    *((f"{13 + n}/05/2026", f"09:15:0{n}", "020 7946 0018", "0113 496 0300", f"00:02:0{n}", 0.125 + n) for n in range(4)),
)


@cache
def parts() -> list[tuple[dict[str, bytes], str]]:
    """Return every part of every package that can be damaged: the package and the part's name."""
    packages = (xlsx_parts(ROWS), xlsb_parts(ROWS), ods_parts(ROWS))
    return [(package, name) for package in packages for name in package]


def workbook_seeds() -> list[bytes]:
    """Return an undamaged input for each part."""
    return [bytes([place]) + package[name] for place, (package, name) in enumerate(parts())]


def workbook_of(content: bytes) -> bytes:
    """Return the workbook that an input stands for; bytes that begin like a file are taken as they are."""
    if content[:2] in (b"PK", b"\xd0\xcf") or not content:
        return content
    package, name = parts()[content[0] % len(parts())]
    stream = io.BytesIO()
    write_parts(stream, {**package, name: content[1:]}, zipfile.ZIP_STORED)
    return stream.getvalue()
