"""What is fed with damaged inputs: each reader of files from outside, what its inputs start from, and what must hold of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fuzz_parts import ROWS, workbook_of, workbook_seeds
from workbook_writers import cells_of, compound_file, xls_stream

from roi_tool.importing import read_bill
from roi_tool.importing.decks import read_deck
from roi_tool.importing.records.opening import open_tables
from roi_tool.importing.tariffs.toml_tariff import read_tariff, read_tariff_leniently
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import wording_for

SEEDS = Path(__file__).parent / "fuzz_seeds"
_DECK_BELOW = b"\n# the deck:\n"
"""In an input of the tariff reader, what follows is the file of its prices."""
_LAYOUTS = Path(__file__).parent / "layouts"


@dataclass(frozen=True)
class Target:
    """One reader.

    Attributes:
        suffix: of the file that an input is written to.
        starts: returns the undamaged inputs.
        check: reads a file, returns what became of it; an error other than `ProblemError` or `AssertionError` is a fault too.
        largest: bytes of an input at most.
    """

    suffix: str
    starts: Callable[[], list[bytes]]
    check: Callable[[Path], str]
    largest: int = 3000
    content: Callable[[bytes], bytes] = bytes


def check(target: str, content: bytes, folder: Path) -> str:
    """Feed one input to a target; return what became of it.

    Raises:
        AssertionError: records lost, or a problem without a sentence.
    """
    chosen = TARGETS[target]
    path = folder / f"any{chosen.suffix}"
    path.write_bytes(chosen.content(content))
    try:
        return chosen.check(path)
    except ProblemError as error:
        _worded(error.problems)
        return error.problems[0].code


def starts_of(target: str) -> list[bytes]:
    """Return what a target's mutations start from: its undamaged inputs and the kept seeds."""
    chosen = TARGETS[target]
    kept = [path.read_bytes() for path in sorted((SEEDS / target).iterdir())] if (SEEDS / target).is_dir() else []
    return [content[: chosen.largest] for content in [*chosen.starts(), *kept]]


def _worded(problems: tuple[Problem, ...] | list[Problem]) -> None:
    english = wording_for("en")
    for problem in problems:
        sentence = english.sentence(problem)
        assert sentence.strip(), problem.code
        assert sentence != problem.code, problem.code


def _check_bill(path: Path) -> str:
    bill = read_bill(path)
    (file,) = bill.files
    assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected
    assert min(file.rows_calls, file.rows_charges, file.rows_skipped, file.rows_rejected) >= 0
    assert file.rows_calls == len(bill.calls)
    assert file.rows_rejected == len(bill.rejected)
    assert sum(count for _, count in file.skipped_by_reason) == file.rows_skipped
    assert not bill.calls.frame["call_id"].duplicated().any()
    _worded([*bill.problems, *(item.problem for item in bill.rejected)])
    return "read"


def _check_opening(path: Path) -> str:
    tables = open_tables(path)
    for table in tables:
        assert all(len(column) == len(table) for column in table.columns)
        assert (table.row_numbers[1:] > table.row_numbers[:-1]).all()
        assert all(any(cell for cell in table.record(place)) for place in range(min(len(table), 50)))
    return "opened"


def _check_deck(path: Path) -> str:
    deck = read_deck(path)
    counts = deck.counts
    assert counts.rows_total == counts.rows_priced + counts.rows_skipped + counts.rows_rejected
    assert counts.codes_found == counts.codes_out + counts.codes_skipped + counts.codes_rejected
    assert min(counts.rows_priced, counts.rows_skipped, counts.rows_rejected) >= 0
    _worded(deck.problems)
    return "read"


def _check_tariff(path: Path) -> str:
    head, _, deck = path.read_bytes().partition(_DECK_BELOW)
    path.write_bytes(head)
    (path.parent / "uk.csv").write_bytes(deck)
    try:
        read_tariff(path)
    except ProblemError as error:
        _worded(error.problems)
    _, problems = read_tariff_leniently(path)
    _worded(problems)
    return "read"


def _texts() -> list[bytes]:
    return [path.read_bytes() for path in sorted(_LAYOUTS.iterdir()) if path.suffix != ".json"]


def _markups() -> list[bytes]:
    cells = [[str(cell) for cell in row] for row in ROWS]
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    sheet = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in cells
    )
    names = ("date", "time", "caller", "number", "duration", "cost")
    items = "".join(
        "<call>" + "".join(f"<{n}>{c}</{n}>" for n, c in zip(names, row, strict=True)) + "</call>" for row in cells[1:]
    )
    flat = "".join(f"<call {' '.join(f'{n}={c!r}' for n, c in zip(names, row, strict=True))}/>" for row in cells[1:])
    excel = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    texts = (
        f"<html><body><table>{page}</table></body></html>",
        f'<?xml version="1.0"?><Workbook {excel}><Worksheet ss:Name="Calls"><Table>{sheet}</Table></Worksheet></Workbook>',
        f'<?xml version="1.0"?><invoice><number>1</number>{items}</invoice>',
        f"<invoice>{flat}</invoice>",
    )
    return [text.encode() for text in texts]


def _zips() -> list[bytes]:
    found = []
    for names in (("may.csv", "june.csv"), ("calls.xlsx",), ("a/b.txt", "__MACOSX/c")):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for place, name in enumerate(names):
                archive.writestr(name, _texts()[place][:600])
        found.append(stream.getvalue())
    return found


def _workbooks() -> list[bytes]:
    return [*workbook_seeds(), compound_file("Workbook", xls_stream(cells_of(ROWS)))]


def _decks() -> list[bytes]:
    return [
        b"Prefix,Destination,Rate,Effective Date,Increment\n44,UK,0.0120,2026-05-01,1/1\n447,UK Mobile,0.025,2026-05-01,60/1\n",
        b"Rates valid from 01/05/2026, EUR\n\nCountry;Code;Price\nFrance;33;0,0123\nFrance Mobile;336,337;0,0450\n",
        b"1201;0.0045;0.0051;60;6\n1202;0.0046;0.0052;60;6\n1203;0.0047;0.0053;60;6\n",
    ]


@cache
def _tariffs() -> list[bytes]:
    folders = sorted((Path(__file__).parents[2] / "pricebooks").rglob("tariff.toml"))
    return [
        path.read_bytes().replace(b', "world.csv"', b"") + _DECK_BELOW + _first_lines(path.parent / "uk.csv")
        for path in folders
    ]


def _first_lines(path: Path) -> bytes:
    return b"".join(path.read_bytes().splitlines(keepends=True)[:8])


def _papers() -> list[bytes]:
    from reportlab.pdfgen import canvas
    from reportlab.platypus import SimpleDocTemplate, Table

    ruled, printed = io.BytesIO(), io.BytesIO()
    rows = [[str(cell) for cell in row] for row in ROWS]
    table = Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(ruled, pageCompression=0).build([table])
    page = canvas.Canvas(printed, pageCompression=0)
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.drawString(50 + 90 * column, 780 - 20 * place, cell)
    page.save()
    return [ruled.getvalue(), printed.getvalue()]


TARGETS: dict[str, Target] = {
    "text": Target(".csv", _texts, _check_bill),
    "opening": Target(".csv", _texts, _check_opening),
    "markup": Target(".xml", _markups, _check_bill),
    "workbook": Target(".xlsx", _workbooks, _check_bill, 12_000, workbook_of),
    "zip": Target(".zip", _zips, _check_bill),
    "pdf": Target(".pdf", _papers, _check_bill, 12_000),
    "deck": Target(".csv", _decks, _check_deck),
    "tariff": Target(".toml", _tariffs, _check_tariff, 6000),
}
