"""A window over the small case, with settings in a temporary folder."""

from pathlib import Path

import pytest
from quoting.small_case import small_case

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.main_window import MainWindow
from roi_tool.workspace.open_quote import OpenQuote
from roi_tool.workspace.settings import Settings


@pytest.fixture
def desk(qapp, tmp_path):
    desk = Desk(Settings(), tmp_path / "settings.toml")
    yield desk
    desk.tasks.close()


@pytest.fixture
def window(qtbot, desk):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def open_window(window, desk):
    """The window with the small case open, on the what-if page."""
    desk.put_quote(OpenQuote(small_case()))
    return window


@pytest.fixture
def sample_bills():
    folder = Path(__file__).resolve().parents[2] / "sample_bills"
    if not (folder / "alder-wren.case.yaml").is_file():
        pytest.skip("the sample bills are not made")
    return folder
