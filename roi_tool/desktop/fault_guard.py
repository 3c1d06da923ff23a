"""The last line of defence: a fault of ours is written down and shown as one sentence; the program never hangs."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from roi_tool.workspace.settings import log_file

_MOST_BYTES = 1_000_000


class FaultGuard:
    """Takes over Python's hooks for exceptions that nobody caught, in slots and threads alike."""

    def __init__(self) -> None:
        self._show: Callable[[Path], None] | None = None
        self._showing = False

    def install(self) -> None:
        """Take the hooks over."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def show_with(self, show: Callable[[Path], None] | None) -> None:
        """Say how a fault is shown once there is a window; it is given the file with the details."""
        self._show = show

    def caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Write a fault down and show it. A fault while showing one is only written down."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        file = write_fault(error or kind(), trace)
        if self._show is None or self._showing:
            print(f"roi-tool: {kind.__name__}; the details are in {file}", file=sys.stderr)  # noqa: T201
            return
        self._showing = True
        try:
            self._show(file)
        finally:
            self._showing = False


def write_fault(error: BaseException, trace: TracebackType | None = None) -> Path:
    """Add a fault to the log and return the log's place; a log that has grown large begins anew."""
    file = log_file()
    text = "".join(traceback.format_exception(type(error), error, trace or error.__traceback__))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if file.is_file() and file.stat().st_size > _MOST_BYTES else "a"
        with file.open(mode, encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        print(text, file=sys.stderr)  # noqa: T201
    return file
