"""Subscriber numbers masked on the way in: what rating needs is kept, who was called is not."""

from __future__ import annotations

import pandas as pd

from roi_tool.cdr import CalledClass, CallTable

_HIDDEN_DIGITS = 3
_WHOLE = frozenset(
    {
        CalledClass.SPECIAL.value,
        CalledClass.EMERGENCY.value,
        CalledClass.TOLL_FREE.value,
        CalledClass.PREMIUM.value,
        CalledClass.INTERNAL.value,
    }
)


def mask_calls(calls: CallTable) -> CallTable:
    """Replace the last three digits of subscriber numbers by `0`, so that prefix and length stay what they were.

    Services (short codes, emergency, toll-free, premium) and extensions are no persons and stay whole. German law shortens
    itemised bills by three digits too.
    """
    frame = calls.frame
    services = frame["called_class"].isin(_WHOLE).to_numpy()
    called = _masked(frame["called"]).where(~services, frame["called"])
    return calls.with_frame(frame.assign(caller=_masked(frame["caller"]), called=called))


def _masked(numbers: pd.Series) -> pd.Series:
    distinct = pd.Series(numbers.unique())
    hidden = {text: text[:-_HIDDEN_DIGITS] + "0" * _HIDDEN_DIGITS for text in distinct if len(text) >= 9 and text.isdecimal()}
    return numbers.map(lambda text: hidden.get(text, text)).astype("str") if hidden else numbers
