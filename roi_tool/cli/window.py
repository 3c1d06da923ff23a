"""`roi-tool` with no command: opens the window, where it is installed."""

from __future__ import annotations

from roi_tool.cli.console import WRONG_REQUEST, Console


def run(console: Console) -> int:
    """Open the window and return its exit status; without Qt say how to get it."""
    try:
        from roi_tool.desktop.application import run_window
    except ImportError:
        console.progress(
            console.words.text(
                "The window is not installed; install it with: pip install 'roi-tool[desktop]'. The commands work without it: "
                "roi-tool --help"
            )
        )
        return WRONG_REQUEST
    return run_window()
