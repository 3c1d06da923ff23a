"""Zips: what is in them is read, what is not is said, those made to do harm are refused; and things that are no files."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from roi_tool.cli.main import main
from roi_tool.importing import read_bill
from roi_tool.importing.records import opening
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

HEADER = "Date,Time,Number,Duration,Cost\n"
ROW = "13/05/2026,10:00,020 7946 0018,00:01:00,0.10\n"
BILL = (HEADER + ROW + ROW.replace("13/", "14/")).encode()


def _zip(path: Path, members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _codes(path: Path) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    return [problem.code for problem in caught.value.problems]


def _zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inner.csv", content)
    return stream.getvalue()


def test_what_is_not_read_of_a_zip_is_said(tmp_path: Path) -> None:
    members = {
        "may.csv": BILL,
        "half.xlsx": b"PK\x03\x04" + b"x" * 99,
        "more.zip": _zipped(BILL),
        "note.docx": b"PK",
        "bill.pdf": b"%PDF-1",
    }
    bill = read_bill(_zip(tmp_path / "bills.zip", members))
    assert len(bill.calls) == 2
    assert sorted(problem.code for problem in bill.problems) == ["archive_damaged", "archive_members_unread"]
    unread = next(problem for problem in bill.problems if problem.code == "archive_members_unread")
    assert dict(unread.detail) == {"count": "3", "names": "more.zip, note.docx, bill.pdf"}


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_each_packing_is_read(kind: int, tmp_path: Path) -> None:
    assert len(read_bill(_zip(tmp_path / "bill.zip", {"a/../../b.csv": BILL}, kind)).calls) == 2


@pytest.mark.parametrize("lie", [1, 40, 10**6, 2**31])
def test_a_zip_that_lies_about_sizes_is_damaged(lie: int, tmp_path: Path) -> None:
    path = _zip(tmp_path / "bill.zip", {"bill.csv": BILL})
    content = path.read_bytes().replace(len(BILL).to_bytes(4, "little"), lie.to_bytes(4, "little"))
    path.write_bytes(content)
    assert _codes(path) in (["archive_damaged"], ["archive_too_large"])


def test_a_protected_zip_is_told_once(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bill.zip", {"may.csv": BILL, "june.csv": BILL})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + place] |= 1
    path.write_bytes(content)
    assert _codes(path) == ["archive_protected"]


def test_a_hundred_thousand_members_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for place in range(3000):
            archive.writestr(f"{place}.csv", b"")
    assert _codes(path) == ["archive_too_many"]


def test_names_in_a_zip_cannot_command_a_terminal(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bill.zip", {"good.csv": BILL, "\x1b[31m\nred.csv": b"\x89PNG", "\x1b]0;x\x07.exe": b"x"})
    english = wording_for("en")
    assert all(english.sentence(problem).isprintable() for problem in read_bill(path).problems)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


SPECIAL = {
    "pipe": (_pipe, "file_is_no_file"),
    "loop": (lambda path: path.symlink_to(path), "file_unreadable"),
    "dangling": (lambda path: path.symlink_to("nowhere"), "file_missing"),
    "folder": (lambda path: path.mkdir(), "file_is_folder"),
}


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
@pytest.mark.parametrize("kind", SPECIAL)
def test_what_is_no_file_is_told(kind: str, tmp_path: Path) -> None:
    make, code = SPECIAL[kind]
    make(tmp_path / "bill.csv")
    assert _codes(tmp_path / "bill.csv") == [code]


def test_a_name_too_long_for_the_system_is_told(tmp_path: Path) -> None:
    assert _codes(tmp_path / ("a" * 5000)) in (["file_unreadable"], ["file_missing"])


@pytest.mark.skipif(os.name != "posix", reason="other systems have no names of bytes")
def test_a_name_that_is_no_text_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bill\xff.csv"))
    path.write_bytes(BILL)
    assert main(["bill", "read", str(path), "--json"]) in (0, 1)
    assert "bill\ufffd.csv" in capsys.readouterr().out


@pytest.mark.parametrize("became", [b"", BILL[:40], BILL + ROW.encode()])
def test_a_file_that_changes_while_it_is_read_is_told(became: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bill.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bill.csv", BILL)
    read = Path.read_bytes

    def read_then_change(self: Path) -> bytes:
        content = read(self)
        self.write_bytes(became)
        return content

    monkeypatch.setattr(opening.Path, "read_bytes", read_then_change)
    assert _codes(path) == ["file_changed"]


def test_a_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bill.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bill.csv", BILL)
    read = Path.read_bytes

    def vanish(self: Path) -> bytes:
        self.unlink()
        return read(self)

    monkeypatch.setattr(opening.Path, "read_bytes", vanish)
    assert _codes(path) == ["file_missing"]
