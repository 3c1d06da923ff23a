"""Runs the native workbook reader so that whatever it makes of a damaged file is a problem with a sentence.

Where its code meets what it does not expect it panics: it prints a trace on the standard error stream and raises what is no
`Exception`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from roi_tool.problems import Problem, ProblemError, Where

_STANDARD_ERROR = 2
_one_at_a_time = threading.RLock()


@contextmanager
def native_reader(file: str, sheet: str = "") -> Iterator[None]:
    """Run the reader; its errors and panics become one problem.

    Raises:
        ProblemError: the workbook is protected or damaged.
    """
    import python_calamine

    where = Where(file, sheet=sheet)
    try:
        with _silent():
            yield
    except (ProblemError, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise ProblemError(Problem("workbook_protected", where=where)) from error
    except BaseException as error:  # the reader's own errors have no common root; any of them means the same to the user
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise ProblemError(Problem("workbook_damaged", where=where)) from error


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what native code prints away from the user."""
    with _one_at_a_time:
        try:
            kept = os.dup(_STANDARD_ERROR)
        except OSError:  # a program without a terminal has no such stream
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, _STANDARD_ERROR)
            os.close(kept)
