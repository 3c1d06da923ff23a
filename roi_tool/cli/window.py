"""`roi-tool` with no command: opens the window, where it is installed."""

from __future__ import annotations

from pathlib import Path

from roi_tool.cli.console import WRONG_REQUEST, Console


def run(console: Console, open_path: Path | None = None, screenshot: Path | None = None) -> int:
    """Open the window, on a case if one is named, and return its exit status; without Qt say how to get it.

    With `screenshot` the window writes a picture of itself there and closes.
    """
    words = console.words
    try:
        from roi_tool.desktop.application import run_window
    except ModuleNotFoundError:
        console.progress(
            words.text(
                "The window is not installed; install it with: pip install 'roi-tool[desktop]'. "
                "The commands work without it: roi-tool --help"
            )
        )
        return WRONG_REQUEST
    except ImportError as error:
        # PySide6 is there, but a system library that it needs is not.
        console.progress(
            words.text(
                "The window cannot start because a system library is missing ({reason}). On Debian or Ubuntu "
                "run: sudo apt-get install -y libglib2.0-0 libegl1 libgl1 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 "
                "libxcb-keysyms1",
                reason=error,
            )
        )
        return WRONG_REQUEST
    return run_window(open_path, screenshot)
