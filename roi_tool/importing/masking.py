"""Subscriber numbers masked on the way in: what rating needs is kept, who was called is not."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from roi_tool.cdr import Bill, CalledClass, CallTable, Question, Reconciliation

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


_NUMBER = re.compile(r"(?<![\d.,])(\+?\d[\d ()/-]{6,}\d)(?![\d.,]?\d)")
"""A telephone number as people write it, in a text; no amount with decimals and no time."""
_DATE = re.compile(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}|^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}")
_FEWEST_DIGITS = 9


def mask_bill(bill: Bill) -> Bill:
    """Mask the numbers of a bill's calls, and those in the texts that are kept of it: rejected rows, charges, questions."""
    rejected = tuple(replace(one, text=mask_text(one.text)) for one in bill.rejected)
    charges = tuple(replace(one, description=mask_text(one.description)) for one in bill.charges)
    lines = tuple(replace(line, label=mask_text(line.label)) for line in bill.reconciliation.lines)
    found: Reconciliation = replace(bill.reconciliation, lines=lines)
    files = tuple(replace(file, questions=tuple(map(_masked_question, file.questions))) for file in bill.files)
    return replace(bill, calls=mask_calls(bill.calls), rejected=rejected, charges=charges, reconciliation=found, files=files)


def mask_text(text: str) -> str:
    """Replace the last three digits of what looks like a subscriber number in a text.

    >>> mask_text("2026-07-14 10:03, 020 7946 0123, 0.30"), mask_text("Line rental 02079460123")
    ('2026-07-14 10:03, 020 7946 0000, 0.30', 'Line rental 02079460000')
    >>> mask_text("bad day 01134960100 02079460123 61 sec, 1.20")
    'bad day 01134960000 02079460000 61 sec, 1.20'
    """
    return _NUMBER.sub(_without_end, text)


def _without_end(match: re.Match[str]) -> str:
    parts = re.split(r"( +)", match.group(1))
    if any(_digits(part) >= _FEWEST_DIGITS for part in parts):  # several numbers side by side
        return "".join(_hidden(part) for part in parts)
    return _hidden(match.group(1))


def _hidden(number: str) -> str:
    if _digits(number) < _FEWEST_DIGITS or _DATE.match(number):
        return number
    ends = [place for place, letter in enumerate(number) if letter.isdigit()][-_HIDDEN_DIGITS:]
    return "".join("0" if place in ends else letter for place, letter in enumerate(number))


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _masked_question(question: Question) -> Question:
    return replace(question, samples=tuple(map(mask_text, question.samples)))


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
