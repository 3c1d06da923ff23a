"""Calls as the engine reads them: NumPy columns taken out of a call table or straight out of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr.schema import CalledClass, CallTable, Direction
from roi_tool.rating.number_keys import IntColumn, NumberKeys, joined_keys, keys_of_integers, keys_of_texts

DIRECTIONS = tuple(item.value for item in Direction)
CLASSES = tuple(item.value for item in CalledClass)
Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class CallColumns:
    """One row per call.

    Attributes:
        start_ms: milliseconds since 1970 UTC, floored.
        duration_ms: time talked, 0 or more.
        called: keys of the called numbers.
        direction: place in `DIRECTIONS`, or None: all outbound.
        called_class: place in `CLASSES`, or None: not known.
        caller: keys of the calling numbers, or None: not known.
        account: a number for each account, or None: one account.
        timezone: IANA zone of the account.
        ignored: calls that take no part (they could not be read): priced at 0, and in no count of any rule.
    """

    start_ms: IntColumn
    duration_ms: IntColumn
    called: NumberKeys
    direction: Codes | None = None
    called_class: Codes | None = None
    caller: NumberKeys | None = None
    account: npt.NDArray[np.int64] | None = None
    timezone: str = "UTC"
    ignored: npt.NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.start_ms)

    @classmethod
    def of_table(cls, calls: CallTable) -> CallColumns:
        """Take the columns out of a call table; they are kept as long as it, so that a what-if reads its texts once."""
        known = _TAKEN.get(calls)
        if known is None:
            known = _TAKEN[calls] = cls._taken(calls)
        return known

    @classmethod
    def _taken(cls, calls: CallTable) -> CallColumns:
        frame = calls.frame
        accounts = frame["account"]
        return cls(
            start_ms=epoch_ms(frame["start"]),
            duration_ms=frame["duration_ms"].to_numpy(dtype=np.int64),
            called=keys_of_texts(frame["called"]),
            direction=np.asarray(frame["direction"].cat.codes, dtype=np.int8),
            called_class=np.asarray(frame["called_class"].cat.codes, dtype=np.int8),
            caller=keys_of_texts(frame["caller"]),
            account=pd.factorize(accounts)[0].astype(np.int64),
            timezone=calls.timezone,
        )

    @classmethod
    def of_integers(cls, start_ms: IntColumn, duration_ms: IntColumn, called: IntColumn, timezone: str = "UTC") -> CallColumns:
        """Make columns of outbound calls whose numbers are 64-bit integers."""
        return cls(start_ms=start_ms, duration_ms=duration_ms, called=keys_of_integers(called), timezone=timezone)

    @classmethod
    def joined(cls, parts: Sequence[CallColumns], timezone: str) -> CallColumns:
        """Put columns of the same shape one after another."""
        if not parts:
            nothing = np.zeros(0, dtype=np.int64)
            return cls.of_integers(nothing, nothing, nothing, timezone)
        return cls(
            start_ms=np.concatenate([part.start_ms for part in parts]),
            duration_ms=np.concatenate([part.duration_ms for part in parts]),
            called=joined_keys([part.called for part in parts]),
            direction=_joined([part.direction for part in parts]),
            called_class=_joined([part.called_class for part in parts]),
            caller=None if parts[0].caller is None else joined_keys([part.caller for part in parts if part.caller]),
            account=_joined([part.account for part in parts]),
            timezone=timezone,
            ignored=_joined([part.ignored for part in parts]),
        )


_TAKEN: WeakKeyDictionary[CallTable, CallColumns] = WeakKeyDictionary()


def _joined(columns: Sequence[npt.NDArray[Any] | None]) -> npt.NDArray[Any] | None:
    given = [column for column in columns if column is not None]
    return np.concatenate(given) if given else None


def epoch_ms(start: pd.Series) -> IntColumn:
    """Return instants as milliseconds since 1970, floored."""
    micros = start.to_numpy(dtype="datetime64[us]").view(np.int64)
    return micros // 1000
