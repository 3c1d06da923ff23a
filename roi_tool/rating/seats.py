"""Calling numbers as small integers, so that columns can be counted by seat; and back to the digits, to carry a seat on."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from roi_tool.rating.number_keys import (
    NO_DIGITS,
    NO_NUMBER,
    WIDTH,
    IntColumn,
    NumberKeys,
    key_of_text,
    number_code,
    number_codes,
)

_FIRST_TEXT_CODE = NO_NUMBER * 2 * (WIDTH + 1)
"""Codes of numbers that are not digits alone go down from here, below every code of `number_codes`."""


class Seats:
    """The seats of some calls. A number of more than 15 digits counts by its first 15; "" is a call without a number."""

    def __init__(self, caller: NumberKeys | None, rows: int) -> None:
        self._caller = caller
        self._rows = rows
        self._texts: dict[str, int] = {}
        self._text_names: list[str] = []
        self._absent: dict[str, int] = {}
        self._absent_names: list[str] = []

    @cached_property
    def codes(self) -> IntColumn:
        """One integer for each calling number."""
        if self._caller is None:
            return np.full(self._rows, number_code(""), dtype=np.int64)
        codes = number_codes(self._caller)
        odd = np.flatnonzero(self._caller.key == NO_DIGITS)
        if len(odd) and self._caller.texts is not None:
            places, texts = pd.factorize(self._caller.texts.iloc[odd].astype("str").str.removeprefix("+"))
            self._text_names = [str(text) for text in texts]
            self._texts = {text: place for place, text in enumerate(self._text_names)}
            codes[odd] = _FIRST_TEXT_CODE - places
        return codes

    @cached_property
    def _ranked(self) -> tuple[IntColumn, IntColumn]:
        codes, numbers = np.unique(self.codes, return_inverse=True)
        return codes, numbers.reshape(-1).astype(np.int64)

    @property
    def numbers(self) -> IntColumn:
        """The seat of each call: 0, 1, …"""
        return self._ranked[1]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._ranked[0])

    def number_of(self, name: str) -> int:
        """Return the number of a seat by its name; one without calls gets a number behind the others."""
        codes, _ = self._ranked
        key, _, text = key_of_text(name)
        code = number_code(text)
        if key == NO_DIGITS:
            code = _FIRST_TEXT_CODE - self._texts.get(text, len(self._texts))
        place = int(np.searchsorted(codes, code))
        if place < len(codes) and codes[place] == code:
            return place
        if name not in self._absent:
            self._absent[name] = len(self._absent_names)
            self._absent_names.append(name)
        return len(codes) + self._absent[name]

    def name_of(self, number: int) -> str:
        """Return the name of a seat: its digits (at most 15), or its text as given without `+`."""
        codes, _ = self._ranked
        if number >= len(codes):
            return self._absent_names[number - len(codes)]
        code = int(codes[number])
        if code <= _FIRST_TEXT_CODE:
            return self._text_names[_FIRST_TEXT_CODE - code]
        key, length = divmod(code, WIDTH + 1)
        return f"{key:0{WIDTH}d}"[:length]
