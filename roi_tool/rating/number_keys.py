"""Called numbers as integers: the first 15 digits, left-aligned, so that a prefix is an interval.

A number keeps its leading zeros this way, because its length stands beside it. Aligning alone would let a number that is
shorter than a prefix match it: whoever looks up must compare the lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.problems import Problem, ProblemError

IntColumn = npt.NDArray[np.int64]
WIDTH = 15
"""Digits of the longest E.164 number (ITU-T E.164, clause 6.2.1)."""
NO_NUMBER = -2
"""Key of an empty number."""
NO_DIGITS = -1
"""Key of a number that is not digits alone (masked, a name, `*100`)."""
POWERS = 10 ** np.arange(19, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class NumberKeys:
    """`key`: int64 below 10^15, or `NO_NUMBER`, `NO_DIGITS`. `length`: int8, at most 15. `texts`: the numbers as given."""

    key: IntColumn
    length: npt.NDArray[np.int8]
    texts: pd.Series | None = None

    def take(self, rows: npt.NDArray[np.intp]) -> NumberKeys:
        """Return the keys of some rows."""
        texts = None if self.texts is None else self.texts.iloc[rows]
        return NumberKeys(self.key[rows], self.length[rows], texts)

    def part(self, rows: slice) -> NumberKeys:
        """Return a view of some rows."""
        return NumberKeys(self.key[rows], self.length[rows], None if self.texts is None else self.texts.iloc[rows])

    def text_of(self, row: int) -> str:
        """Return the number of one row (its first 15 digits where no text is at hand)."""
        if self.texts is not None:
            return str(self.texts.iloc[row])
        length = int(self.length[row])
        return f"{int(self.key[row]):0{WIDTH}d}"[:length] if length else ""


def keys_of_integers(numbers: IntColumn) -> NumberKeys:
    """Return keys of numbers held as 64-bit integers (E.164 digits; 0 or less is no number)."""
    values = numbers
    if len(values) and int(values.max()) >= 10**WIDTH:
        values = values.copy()
        for power in (3, 2, 1):
            long = values >= 10 ** (WIDTH + power - 1)
            values[long] //= 10**power
    # The exponent of the float says the length up to one digit; floats hold integers below 2^53 exactly.
    exponent = values.astype(np.float64).view(np.int64) >> 52
    length = _LENGTH_OF_EXPONENT[np.clip(exponent, 0, len(_LENGTH_OF_EXPONENT) - 1)]
    length += values >= POWERS[length]
    key = values * POWERS[WIDTH - length]
    if len(values) and int(values.min()) <= 0:
        key[values <= 0] = NO_NUMBER
        length[values <= 0] = 0
    return NumberKeys(key, length)


def _length_table() -> npt.NDArray[np.int8]:
    """Digits of the smallest integer with each float exponent, as the exponent stands in the bits of the float."""
    table = np.zeros(1023 + 64, dtype=np.int8)
    for bits in range(64):
        table[1023 + bits] = min(len(str(2**bits)), WIDTH)
    return table


_LENGTH_OF_EXPONENT = _length_table()


def keys_of_texts(texts: pd.Series) -> NumberKeys:
    """Return keys of numbers held as text. Digits only make a key; a leading `+` is dropped.

    Raises:
        ProblemError: the column holds something other than text.
    """
    if isinstance(texts.dtype, pd.CategoricalDtype):
        keys = keys_of_texts(pd.Series(texts.cat.categories, dtype="str"))
        return NumberKeys(keys.key[texts.cat.codes], keys.length[texts.cat.codes], texts)
    try:
        text = texts.astype("str")
    except (TypeError, ValueError) as error:
        raise ProblemError(Problem("rating_numbers_not_text")) from error
    try:
        values = text.astype("int64[pyarrow]").to_numpy(dtype=np.int64)
        if len(values) and int(values.min()) < 0:
            raise ValueError("a minus sign")
        digits = None
    except (ValueError, TypeError, OverflowError):
        text = text.str.removeprefix("+")
        digits = text.str.fullmatch("[0-9]{1,18}").to_numpy(dtype=bool, na_value=False)
        values = text.where(digits, "0").astype("int64[pyarrow]").to_numpy(dtype=np.int64)
    length = text.str.len().to_numpy(dtype=np.int64, na_value=0)
    key = _aligned(np.asarray(values, dtype=np.int64), np.asarray(length, dtype=np.int64))
    short = np.minimum(length, WIDTH).astype(np.int8)
    if digits is not None:
        key[~digits] = np.where(length[~digits] == 0, NO_NUMBER, NO_DIGITS)
        _align_long_digits(text, digits, key, short)
    return NumberKeys(key, short, text)


def _aligned(values: IntColumn, length: IntColumn) -> IntColumn:
    if len(length) and int(length.max()) > WIDTH:
        excess = np.clip(length - WIDTH, 0, 3)
        values = values // POWERS[excess]
    return values * POWERS[np.clip(WIDTH - length, 0, WIDTH)]


def _align_long_digits(text: pd.Series, digits: npt.NDArray[np.bool_], key: IntColumn, length: npt.NDArray[np.int8]) -> None:
    """Numbers of more than 18 digits count by their first 15."""
    rows = np.flatnonzero(~digits & (length == WIDTH))
    for row in rows:
        given = str(text.iloc[row])
        if given.isascii() and given.isdigit():
            key[row] = int(given[:WIDTH])


def joined_keys(parts: Sequence[NumberKeys]) -> NumberKeys:
    """Put keys one after another."""
    texts = [part.texts for part in parts if part.texts is not None]
    return NumberKeys(
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.length for part in parts]),
        pd.concat(texts, ignore_index=True) if len(texts) == len(parts) else None,
    )


def number_codes(numbers: NumberKeys) -> IntColumn:
    """Return one integer for each key and length, to compare whole numbers."""
    return numbers.key * 16 + numbers.length


def number_code(digits: str) -> int:
    """`number_codes` of one number of digits."""
    key, length, _ = key_of_text(digits)
    return key * 16 + length


def key_of_text(text: str) -> tuple[int, int, str]:
    """`keys_of_texts` for one number: key, length, the text without `+`."""
    given = text.removeprefix("+")
    if not given:
        return NO_NUMBER, 0, given
    head = given[:WIDTH]
    if not (given.isascii() and given.isdigit()):
        return NO_DIGITS, len(head), given
    return int(head) * 10 ** (WIDTH - len(head)), len(head), given
