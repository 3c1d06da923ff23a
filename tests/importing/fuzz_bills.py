"""Feeds damaged bills to the reader and looks for faults of ours: a traceback, a record lost, a hang, memory without end.

`python tests/importing/fuzz_bills.py --count 200000 --seed 1` mutates the examples of all layouts and the kept seeds, and keeps
each input that failed in `fuzz_seeds`; `--atheris` hands the choice of inputs to atheris where it is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

EXAMPLES = Path(__file__).parent / "layouts"
SEEDS = Path(__file__).parent / "fuzz_seeds"
SECONDS_FOR_ONE = 5
MEMORY_BYTES = 1 << 30
"""How much more than at the start the process may ever take."""
_LARGEST = 3000
_CELLS = (
    b"", b"0", b"-1", b"1e309", b"99999999999999999999", b"NaN", b"31/02/2026", b"00/00/0000", b"2026-05-13T10:00:00+99:99",
    b"1778666400", b"45000.5", b"25:61:61", b"0:07", b"-0:07", b"1 Min", b"1.41555E+10", b"+", b"*8", b"+44***", b"(1,00)",
    b"\xc2\xa31,234.56", b"1.234,56-", b"Total", b"VAT", b"INCOMING", b"\xe8\xb4\xb9\xe7\x94\xa8", b'"', b'""', b"=1+1",
    b"Date", b"Duration", b"Cost", b"9" * 400, b"\xff\xfe", b"\x00", b"\r", b"1/1/1", b"12:00PM", b"010101", b"\xd9\xa3",
)  # fmt: skip


def check(content: bytes, name: str, folder: Path) -> str:
    """Read a bill made of some bytes; return what became of it.

    Raises:
        AssertionError: records lost, or a problem without a sentence.
    """
    path = folder / name
    path.write_bytes(content)
    try:
        bill = read_bill(path)
    except ProblemError as error:
        assert all(wording_for("en").sentence(problem) for problem in error.problems)
        return error.problems[0].code
    (file,) = bill.files
    assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected
    assert file.rows_calls == len(bill.calls)
    assert file.rows_rejected == len(bill.rejected)
    return "read"


def corpus() -> list[tuple[str, bytes]]:
    """Return what the mutations start from: name of the file and its bytes."""
    files = [path for folder in (EXAMPLES, SEEDS) for path in sorted(folder.iterdir()) if path.suffix != ".json"]
    return [(path.suffix or ".csv", path.read_bytes()[:_LARGEST]) for path in files]


def mutated(chance: random.Random, contents: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return a damaged copy of one input."""
    suffix, content = chance.choice(contents)
    lines = content.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        content = _damaged(chance, content, lines, contents)
    return suffix, content[:_LARGEST]


def _damaged(chance: random.Random, content: bytes, lines: list[bytes], contents: list[tuple[str, bytes]]) -> bytes:
    what, place = chance.randrange(9), chance.randrange(len(content) + 1)
    if what == 0:
        return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
    if what == 1:
        return content[:place] + content[place + chance.randint(1, 40) :]
    if what == 2:
        return content[:place] + chance.choice(_CELLS) + content[place:]
    if what == 3:
        delimiter = chance.choice((b",", b";", b"\t", b"|", b":"))
        cells = content.split(delimiter)
        for _ in range(chance.randint(1, 6)):
            cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
        return delimiter.join(cells)
    if what == 4:
        return content[:place] + chance.choice(contents)[1][: chance.randint(1, 600)] + content[place:]
    if what == 5:
        return b"".join(chance.sample(lines, len(lines))) if lines else content
    if what == 6:
        return content[:place] + content[place : place + chance.randint(1, 200)] * chance.randint(2, 4) + content[place:]
    if what == 7:
        old, new = chance.sample((b",", b";", b"\t", b"|", b".", b":", b'"', b"\n", b" "), 2)
        return content.replace(old, new)
    return content.decode("latin-1").encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "latin-1")))


def run(count: int, seed: int, keep: bool = True, until: float = float("inf")) -> Counter[str]:
    """Feed a number of damaged bills; return how often each outcome came, faults under "fault …"."""
    chance, contents, outcomes = random.Random(seed), corpus(), Counter[str]()
    at_start = _memory_bytes()
    signal.signal(signal.SIGALRM, _too_long)
    with tempfile.TemporaryDirectory() as name:
        for _ in range(count):
            if time.time() > until:
                break
            suffix, content = mutated(chance, contents)
            signal.setitimer(signal.ITIMER_REAL, SECONDS_FOR_ONE)
            try:
                outcome = check(content, f"any{suffix}", Path(name))
            except Exception as error:  # noqa: BLE001 - any of them is what is looked for
                outcome = f"fault {type(error).__name__}: {str(error)[:100]} at {_origin(error)}"
                if keep and not outcomes[outcome]:
                    (SEEDS / f"{hashlib.sha256(content).hexdigest()[:12]}{suffix}").write_bytes(content)
            signal.setitimer(signal.ITIMER_REAL, 0)
            outcomes[outcome] += 1
            if outcomes[outcome] == 1 and outcome.startswith("fault"):
                sys.stdout.write(outcome + "\n")
                sys.stdout.flush()
    if _memory_bytes() - at_start > MEMORY_BYTES:
        outcomes["fault memory"] += 1
    return outcomes


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"longer than {SECONDS_FOR_ONE} s")


def _origin(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "roi_tool" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _memory_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _by_atheris() -> None:
    import atheris

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        atheris.Setup([sys.argv[0], f"-timeout={SECONDS_FOR_ONE}", "-max_len=3000", str(SEEDS), str(EXAMPLES)],
                      lambda content: check(content, "any.csv", folder))  # fmt: skip
        atheris.Fuzz()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=24 * 60.0)
    parser.add_argument("--atheris", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("PYTHONHASHSEED", "0")
    if options.atheris:
        _by_atheris()
    else:
        found = run(options.count, options.seed, until=time.time() + options.minutes * 60)
        sys.stdout.write(f"{sum(found.values())} inputs {dict(found.most_common())}\n")
        sys.exit(any(name.startswith("fault") for name in found))
