"""Starts the window."""

from __future__ import annotations


def run_window() -> int:
    """Open the window and return its exit status when it is closed."""
    raise NotImplementedError
