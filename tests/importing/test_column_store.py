"""Columns that lie in files are those that lie in memory; the files leave nothing behind; a full disk is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.importing.column_store import ColumnStore

_CHUNKS = st.lists(
    st.lists(st.tuples(st.integers(-(2**62), 2**62), st.text(max_size=4) | st.just("same"), st.booleans()), max_size=9),
    max_size=6,
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads what the system says of open files")


def filled(store: ColumnStore, chunks: list[list[tuple[int, str, bool]]]) -> ColumnStore:
    for chunk in chunks:
        numbers, texts, flags = zip(*chunk, strict=True) if chunk else ((), (), ())
        columns = {
            "number": np.array(numbers, np.int64),
            "text": pa.array([text.encode("utf-8", "replace").decode() for text in texts], pa.large_string()),
            "flag": np.array(flags, bool),
        }
        store.add(columns)
    return store


@given(_CHUNKS.filter(bool), st.integers(0, 20), st.data())
def test_columns_in_files_are_those_in_memory(
    chunks: list[list[tuple[int, str, bool]]], most_held: int, data: st.DataObject
) -> None:
    held, spilt = filled(ColumnStore(10**6), chunks), filled(ColumnStore(most_held), chunks)
    count = sum(map(len, chunks))
    kept = np.array(
        sorted(data.draw(st.sets(st.integers(0, max(count - 1, 0)), max_size=count) if count else st.just(set()))), np.int64
    )
    for one, other in ((held, spilt), (held.taken(kept), spilt.taken(kept))):
        assert one.texts("text").to_pylist() == other.texts("text").to_pylist()
        assert one.numbers("number").tolist() == other.numbers("number").tolist()
        assert one.numbers("flag").tolist() == other.numbers("flag").tolist()
        assert [list(map(len, pair)) for pair in one.chunks("number", "text")] == [
            list(map(len, pair)) for pair in other.chunks("number", "text")
        ]


def open_files(folder: Path) -> list[str]:
    """Return the files of a folder that this process still holds, named or not."""
    held = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            held.append(str(entry.readlink()))
        except OSError:
            continue
    return [name for name in held if name.startswith(str(folder))]


@linux
def test_the_files_have_no_name_and_go_with_their_last_array(tmp_path: Path) -> None:
    store = filled(ColumnStore(0, tmp_path), [[(1, "a", True), (2, "b", False)]])
    numbers, texts = store.numbers("number"), store.texts("text")
    assert list(tmp_path.iterdir()) == []
    assert open_files(tmp_path)
    del store
    assert (numbers.tolist(), texts.to_pylist()) == ([1, 2], ["a", "b"])
    del numbers, texts
    assert open_files(tmp_path) == []


_KILLED = """
import os, signal, sys, pathlib, numpy as np
from roi_tool.importing.column_store import ColumnStore
store = ColumnStore(0, pathlib.Path(sys.argv[1]))
store.add({"number": np.arange(1000)})
os.kill(os.getpid(), signal.SIGKILL)
"""


@linux
def test_a_killed_program_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert ended.returncode == -9
    assert list(tmp_path.iterdir()) == []


_FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # no file may grow beyond this: as on a disk that is full
from roi_tool.importing import read_bill
from roi_tool.importing.records.record_source import Portions
from roi_tool.problems import ProblemError
try:
    read_bill(sys.argv[1], country="GB", portions=Portions(calls=0))
except ProblemError as error:
    print([problem.code for problem in error.problems])
"""


@linux
def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path) -> None:
    rows = [f"2026-05-01 10:00:00,020 7946 0018,07700 9{place:05},65" for place in range(2_000)]
    path = tmp_path / "bill.csv"
    path.write_text("\n".join(["Date,From,To,Seconds", *rows]))
    told = subprocess.run([sys.executable, "-c", _FULL, str(path)], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "['no_room_for_calls']"
