"""Lets long reading be given up soon: whoever reads in the background says how to ask, and the loops over cells ask.

The way to ask belongs to the thread that reads, so that no function between the window and a loop need hand it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
_AT_ONCE = 2048
_ask: ContextVar[Callable[[], None] | None] = ContextVar("ask", default=None)


@contextmanager
def stopped_by(ask: Callable[[], None]) -> Iterator[None]:
    """Let `ask` be called every few milliseconds while this thread reads; what it raises ends the reading."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)


def may_stop() -> None:
    """Ask whether to go on; does nothing where nobody can say."""
    ask = _ask.get()
    if ask is not None:
        ask()


def each(items: Iterable[Item]) -> Iterator[Item]:
    """Give the items one by one, asking now and then whether to go on.

    >>> list(each("ab"))
    ['a', 'b']
    """
    if _ask.get() is None:
        yield from items
        return
    left = iter(items)
    while chunk := list(islice(left, _AT_ONCE)):
        may_stop()
        yield from chunk
