"""Arithmetic that is a formula and its result at once, so that what a cell says and what it shows can't part.

`number(2) * cell` gives the text `2*'Assumptions'!$B$9` and the product of the two values. The values are checked against the
engine's amounts before a formula is written (`line_formulas`); what a spreadsheet makes of the text is checked by tests.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_ATOM, _POWER, _PRODUCT, _SUM, _COMPARISON = range(5)


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula without its `=`, what it comes to now, and how loosely it holds together."""

    text: str
    value: float
    level: int = _ATOM

    @property
    def is_number(self) -> bool:
        """Whether it is a constant, which needs no formula."""
        return not any(letter.isalpha() and letter != "e" for letter in self.text)

    def __add__(self, other: Expression | float) -> Expression:
        return _joined(self, "+", other, _SUM, lambda a, b: a + b)

    def __sub__(self, other: Expression | float) -> Expression:
        return _joined(self, "-", other, _SUM, lambda a, b: a - b)

    def __mul__(self, other: Expression | float) -> Expression:
        return _joined(self, "*", other, _PRODUCT, lambda a, b: a * b)

    def __truediv__(self, other: Expression | float) -> Expression:
        return _joined(self, "/", other, _PRODUCT, lambda a, b: a / b if b else 0.0)

    def __pow__(self, other: Expression | float) -> Expression:
        return _joined(self, "^", other, _POWER, lambda a, b: a**b if a > 0 else 0.0)

    def __le__(self, other: Expression | float) -> Expression:
        return _joined(self, "<=", other, _COMPARISON, lambda a, b: float(a <= b))

    def __lt__(self, other: Expression | float) -> Expression:
        return _joined(self, "<", other, _COMPARISON, lambda a, b: float(a < b))

    def equals(self, other: Expression | float) -> Expression:
        """Return whether both are the same."""
        return _joined(self, "=", other, _COMPARISON, lambda a, b: float(a == b))


def number(value: float) -> Expression:
    """Return a constant, with every digit that it has."""
    text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    return Expression(text, float(value), _ATOM if value >= 0 else _COMPARISON)


def whole_down(of: Expression) -> Expression:
    """Return the largest whole number that is not above."""
    return Expression(f"INT({of.text})", float(math.floor(of.value)))


def whole_up(of: Expression) -> Expression:
    """Return the smallest whole number that is not below; dust of the last digits does not count."""
    return Expression(f"-INT(1E-9-{_held(of, _PRODUCT)})", float(math.ceil(of.value - 1e-9)), _COMPARISON)


def rounded(of: Expression) -> Expression:
    """Return the nearest whole number, halves up."""
    return Expression(f"ROUND({of.text},0)", float(math.floor(of.value + 0.5)))


def largest(*of: Expression | float) -> Expression:
    """Return the largest."""
    terms = [_term(one) for one in of]
    return Expression(f"MAX({','.join(one.text for one in terms)})", max(one.value for one in terms))


def smallest(*of: Expression | float) -> Expression:
    """Return the smallest."""
    terms = [_term(one) for one in of]
    return Expression(f"MIN({','.join(one.text for one in terms)})", min(one.value for one in terms))


def either(condition: Expression, then: Expression | float, otherwise: Expression | float) -> Expression:
    """Return one of two by a condition."""
    yes, no = _term(then), _term(otherwise)
    return Expression(f"IF({condition.text},{yes.text},{no.text})", yes.value if condition.value else no.value)


def both(first: Expression, second: Expression) -> Expression:
    """Return whether both conditions hold."""
    return Expression(f"AND({first.text},{second.text})", float(bool(first.value and second.value)))


def remainder(of: Expression, by: Expression) -> Expression:
    """Return what a division by a whole number leaves."""
    return Expression(f"MOD({of.text},{by.text})", of.value % by.value if by.value else 0.0)


def sum_of(span: str, values: Iterable[float]) -> Expression:
    """Return the sum of a span of cells."""
    return Expression(f"SUM({span})", sum(values))


def largest_of(span: str, values: Iterable[float]) -> Expression:
    """Return the largest of a span of cells."""
    return Expression(f"MAX({span})", max(values))


def _term(of: Expression | float) -> Expression:
    return of if isinstance(of, Expression) else number(of)


def _held(of: Expression, level: int) -> str:
    """Return the text, in brackets where it would fall apart beside an operator of this level."""
    return of.text if of.level < level else f"({of.text})"


def _joined(
    left: Expression, sign: str, right: Expression | float, level: int, result: Callable[[float, float], float]
) -> Expression:
    other = _term(right)
    # Sums and products are read from the left; a power is bracketed on both sides, since programs differ.
    head = _held(left, level if level == _POWER else level + 1)
    return Expression(f"{head}{sign}{_held(other, level)}", result(left.value, other.value), level)
