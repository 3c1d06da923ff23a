"""Starts the window."""

from __future__ import annotations

from pathlib import Path

from PySide6 import QtWidgets


def run_window(open_path: Path | None = None, screenshot: Path | None = None) -> int:
    """Open the window and return its exit status when it is closed."""
    del open_path, screenshot
    application = QtWidgets.QApplication([])
    return int(application.exec())
