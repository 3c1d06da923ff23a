"""The whole program as it starts: a picture of the window, from nothing and from a case."""

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

CODE = """
import sys
from pathlib import Path
from roi_tool.desktop.application import run_window
opened = Path(sys.argv[2]) if len(sys.argv) > 2 else None
sys.exit(run_window(opened, Path(sys.argv[1])))
"""


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ.copy(),
        timeout=120,
        check=False,
    )


def test_an_empty_start_paints_home(tmp_path):
    done = run(tmp_path / "home.png")
    assert done.returncode == 0, done.stderr
    image = QImage(str(tmp_path / "home.png"))
    assert (image.width(), image.height()) == (1440, 900)


@pytest.mark.slow
def test_the_sample_is_opened_and_painted(tmp_path, sample_bills):
    done = run(tmp_path / "sample.png", sample_bills / "alder-wren.case.yaml")
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip()
    assert QImage(str(tmp_path / "sample.png")).width() == 1440


def test_a_case_that_is_not_there_is_said_in_the_window_and_ends(tmp_path):
    done = run(tmp_path / "missing.png", tmp_path / "nowhere.yaml")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert QImage(str(tmp_path / "missing.png")).width() == 1440
