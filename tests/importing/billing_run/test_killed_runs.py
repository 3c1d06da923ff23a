"""A run that is killed at random moments and taken up again writes what an undisturbed one writes, byte for byte."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from roi_tool.billing import Month
from roi_tool.importing.billing_run import run_billing
from tests.importing.billing_run.run_inputs import POOLED, contents, request_of, rows_of, write_inputs


@pytest.mark.slow
@pytest.mark.parametrize("month", ["alone", "after another"])
def test_a_run_that_is_killed_at_any_moment_goes_on(tmp_path, month):
    """The same command is killed again and again; what stands in the end is what an undisturbed run writes, byte for byte."""
    write_inputs(tmp_path, accounts=60, calls=3000)
    more, options = {}, []
    if month == "after another":
        rolling = POOLED.replace("[[allowances]]", "[[allowances]]\nrollover_months = 3")
        (tmp_path / "tariffs" / "pooled" / "tariff.toml").write_text(rolling)
        run_billing(request_of(tmp_path, "april", month=Month.of("2026-04")))
        more, options = {"previous": tmp_path / "april"}, ["--previous", str(tmp_path / "april")]
    run_billing(request_of(tmp_path, "undisturbed", **more))
    command = [sys.executable, "-m", "roi_tool", "billing", "run", "--calls", str(tmp_path / "calls.csv")]
    command += ["--accounts", str(tmp_path / "accounts.csv"), "--tariffs", str(tmp_path / "tariffs")]
    command += ["-o", str(tmp_path / "out"), "--invoices", "no", *options]
    kill_until_done(command, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
    assert set(rows_of(tmp_path / "out").values()) == {1}
    if options:
        carried = json.loads((tmp_path / "out" / "accounts" / "C000" / "carried.json").read_text())
        assert list(carried["allowances"]["minutes"]["left"]["C000"]) == ["2026-04", "2026-05"]


def kill_until_done(command, output):
    """Start the command again and again, killing it at random places, until it is through."""
    chance = random.Random(7)
    killed, progress = 0, []

    def finished():
        return len(list(output.glob("accounts/[!.]*")))

    for attempt in range(60):
        before, more = finished(), chance.randint(0, 5)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if attempt < 20:
            # The blow waits for work, not for the clock: it falls within an account some places on, however slow the machine.
            end = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < end and finished() < before + more:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.03))
        else:
            process.wait(300)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        _, said = process.communicate()
        assert b"Traceback" not in said
        progress.append(finished())
        if process.returncode == 1:
            break
    assert process.returncode == 1  # three rows belong to nobody
    assert killed >= 5
    assert len(set(progress)) >= 3  # the blows fell at different places
