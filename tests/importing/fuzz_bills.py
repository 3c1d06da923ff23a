"""Feeds damaged files to the readers and looks for faults of ours: a traceback, a record lost, a hang, memory without end.

    python tests/importing/fuzz_bills.py --count 200000 --seed 1                      random damage to examples and kept seeds
    python tests/importing/fuzz_bills.py --with atheris --minutes 60                  atheris chooses what reaches new code
    python tests/importing/fuzz_bills.py --with hypothesis --count 20000 text deck    Hypothesis builds tables of awkward cells

Targets are named last, all of them by default. An input that made a fault is kept in `fuzz_seeds/<target>`, which is read again
by the tests. atheris is the extra `fuzz`. A reader that is killed (a fault outside Python) leaves its input in `--folder`.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from fuzz_mutations import damaged, mutated

if "atheris" in sys.argv and "--round" in sys.argv:  # it must see the readers' code as it is loaded
    import atheris

    with atheris.instrument_imports(include=["roi_tool.importing", "roi_tool.cdr", "pdfminer", "pdfplumber"]):
        import pdfplumber  # noqa: F401
        from fuzz_targets import SEEDS, TARGETS, check, starts_of
else:
    from fuzz_targets import SEEDS, TARGETS, check, starts_of

SECONDS_FOR_ONE = 5
SECONDS_TO_KILL = 60
"""A hang outside Python hears no alarm."""
MEMORY_BYTES = 1 << 30
"""How much more than at the start one input may ever take."""
_ADDRESS_SPACE = 12 << 30
_PER_ROUND = 4000
_TOLD_EACH = 500
_SEEN = os.dup(2)
"""The error stream, which the workbook reader mutes for a while."""


class TooLong(BaseException):
    """An input took longer than any may; no `Exception`, which a reader may catch and call a damaged file."""


class Watch:
    """Runs inputs of one target one after the other and counts what became of them, faults under "fault …"."""

    def __init__(self, target: str, folder: Path, keep: bool = True) -> None:
        self.target, self.folder, self.keep = target, folder, keep
        self.outcomes: Counter[str] = Counter()
        self._told: set[str] = set()
        self._at_start = _peak_bytes()
        signal.signal(signal.SIGALRM, _too_long)

    def feed(self, content: bytes) -> str:
        """Feed one input under an alarm; return what became of it."""
        faulthandler.dump_traceback_later(SECONDS_TO_KILL, exit=True, file=_SEEN)
        signal.setitimer(signal.ITIMER_REAL, SECONDS_FOR_ONE)
        try:
            outcome = check(self.target, content, self.folder)
        except BaseException as error:  # any of them is what is looked for, a panic of a native reader too
            if isinstance(error, KeyboardInterrupt):
                raise
            outcome = f"fault {type(error).__name__}: {str(error)[:100]!r} at {_origin(error)}"
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
        if _peak_bytes() - self._at_start > MEMORY_BYTES:
            outcome = "fault memory"
            _forget_peak()
        self.outcomes[outcome] += 1
        fault = outcome.partition(": ")[0] + outcome.rpartition(" at ")[2]
        if outcome.startswith("fault") and fault not in self._told:
            self._told.add(fault)
            self._keep(content, outcome)
        return outcome

    def _keep(self, content: bytes, outcome: str) -> None:
        name = hashlib.sha256(content).hexdigest()[:12]
        sys.stdout.write(f"{self.target} {name} {outcome}\n")
        sys.stdout.flush()
        if self.keep:
            (SEEDS / self.target).mkdir(exist_ok=True)
            (SEEDS / self.target / name).write_bytes(content)


def run(target: str, count: int, seed: int, keep: bool = True, until: float = float("inf")) -> Counter[str]:
    """Feed a number of damaged inputs; return how often each outcome came."""
    chance, contents = random.Random(f"{target} {seed}"), starts_of(target)
    with tempfile.TemporaryDirectory() as name:
        watch = Watch(target, Path(name), keep)
        for _ in range(count):
            if time.time() > until:
                break
            watch.feed(mutated(chance, contents, TARGETS[target].largest))
    return watch.outcomes


def run_hypothesis(target: str, count: int, seed: int, keep: bool = True) -> Counter[str]:
    """Feed what Hypothesis builds: tables of awkward cells between titles, bytes after the beginnings of known formats."""
    from fuzz_strategies import INPUTS
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    with tempfile.TemporaryDirectory() as name:
        watch = Watch(target, Path(name), keep)

        @seeded(seed)
        @settings(max_examples=count, deadline=None, database=None, phases=(Phase.generate,),
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(INPUTS)
        def each(content: bytes) -> None:
            watch.feed(content)

        each()
    return watch.outcomes


def run_atheris(target: str, count: int, seed: int, seconds: int, corpus: Path) -> Counter[str]:
    """Let atheris choose inputs by the code that they reach; what reached new code is kept in `corpus`. Ends the process."""
    contents = starts_of(target)
    corpus.mkdir(parents=True, exist_ok=True)
    for content in contents:
        (corpus / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    folder = Path(tempfile.mkdtemp())
    watch = Watch(target, folder)

    def mutate(content: bytes, largest: int, chosen: int) -> bytes:
        chance = random.Random(chosen)
        if chance.random() < 0.5:
            return atheris.Mutate(content, largest)
        return damaged(chance, content, contents)[:largest]

    def one(content: bytes) -> None:
        watch.feed(content)
        if watch.outcomes.total() % _TOLD_EACH == 0:  # atheris ends the process without a word
            _report(target, watch.outcomes)

    options = [f"-runs={count}", f"-seed={seed}", f"-max_total_time={seconds}", "-timeout=0", "-rss_limit_mb=0",
               "-handle_alrm=0", f"-max_len={TARGETS[target].largest}", "-verbosity=0", str(corpus)]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=mutate)
    atheris.Fuzz()
    return watch.outcomes


def _report(target: str, outcomes: Counter[str]) -> None:
    sys.stdout.write(f"{target}: {sum(outcomes.values())} inputs {dict(outcomes.most_common())}\n")
    sys.stdout.flush()


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong(f"longer than {SECONDS_FOR_ONE} s")


def _origin(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "roi_tool" in code.co_filename or "fuzz_" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _peak_bytes() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return next(int(line.split()[1]) << 10 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _forget_peak() -> None:
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def _in_rounds(options: argparse.Namespace) -> int:
    """Run the targets in turns, each round in a process of its own, so that even one that is killed is only counted."""
    until, left, seed, faults = time.time() + options.minutes * 60, options.count, options.seed, 0
    while left > 0 and time.time() < until:
        for target in options.targets:
            count = min(_PER_ROUND, left)
            left -= count
            command = [sys.executable, __file__, "--round", "--with", options.way, "--count", str(count), "--seed", str(seed),
                       "--minutes", str(options.minutes), "--corpus", str(options.corpus), target]  # fmt: skip
            done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
            if done.returncode not in (0, 1):
                faults += 1
                sys.stdout.write(f"{target}: killed ({done.returncode}) in the round of seed {seed}\n{done.stderr[-2000:]}\n")
            faults += done.returncode == 1
            if left <= 0 or time.time() > until:
                break
        seed += 1
    return int(faults > 0)


def _one_round(options: argparse.Namespace) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    (target,) = options.targets
    if options.way == "atheris":
        run_atheris(target, options.count, options.seed, int(options.minutes * 60), options.corpus / target)
        return 0
    if options.way == "hypothesis":
        outcomes = run_hypothesis(target, options.count, options.seed)
    else:
        outcomes = run(target, options.count, options.seed, until=time.time() + options.minutes * 60)
    _report(target, outcomes)
    return int(any(name.startswith("fault") for name in outcomes))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], default=list(TARGETS))
    parser.add_argument("--with", dest="way", choices=("damage", "hypothesis", "atheris"), default="damage")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=24 * 60.0)
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir()) / "roi-tool-fuzz")
    parser.add_argument("--round", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(_one_round(chosen) if chosen.round else _in_rounds(chosen))
