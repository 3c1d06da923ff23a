"""Calls as the engine reads them: NumPy columns taken out of a call table or straight out of a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr.schema import CalledClass, CallTable, Direction
from roi_tool.rating.number_keys import IntColumn, NumberKeys, keys_of_integers, keys_of_texts

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
    """

    start_ms: IntColumn
    duration_ms: IntColumn
    called: NumberKeys
    direction: Codes | None = None
    called_class: Codes | None = None
    caller: NumberKeys | None = None
    account: npt.NDArray[np.int64] | None = None
    timezone: str = "UTC"

    def __len__(self) -> int:
        return len(self.start_ms)

    @classmethod
    def of_table(cls, calls: CallTable) -> CallColumns:
        """Take the columns out of a call table."""
        frame = calls.frame
        accounts = frame["account"]
        return cls(
            start_ms=epoch_ms(frame["start"]),
            duration_ms=frame["duration_ms"].to_numpy(dtype=np.int64),
            called=keys_of_texts(frame["called"]),
            direction=frame["direction"].cat.codes.to_numpy(dtype=np.int8),
            called_class=frame["called_class"].cat.codes.to_numpy(dtype=np.int8),
            caller=keys_of_texts(frame["caller"]),
            account=pd.factorize(accounts)[0].astype(np.int64),
            timezone=calls.timezone,
        )

    @classmethod
    def of_integers(cls, start_ms: IntColumn, duration_ms: IntColumn, called: IntColumn, timezone: str = "UTC") -> CallColumns:
        """Make columns of outbound calls whose numbers are 64-bit integers."""
        return cls(start_ms=start_ms, duration_ms=duration_ms, called=keys_of_integers(called), timezone=timezone)


def epoch_ms(start: pd.Series) -> IntColumn:
    """Return instants as milliseconds since 1970, floored."""
    micros = start.to_numpy(dtype="datetime64[us]").view(np.int64)
    return micros // 1000
