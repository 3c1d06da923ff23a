"""What every test shares: no display needed, English, settings of its own, and the way to the optional shared data."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

# No time limit per example: machines are shared, and speed belongs into benchmarks/. In CI the same examples run each time, so
# that a red run can be repeated; elsewhere they are new each time and find more.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Before Qt or the command line are imported: tests draw off screen and read no settings of the person who runs them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ROI_TOOL_LANG"] = "en"


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("settings")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real bills, decks, tables and vectors beside the checkout; tests that need it skip without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared test data are not beside this checkout (../shared/data)")
    return SHARED_DATA
