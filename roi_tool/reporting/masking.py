"""Hides the ends of subscriber numbers in words that came with the data: a paper is passed on, and numbers are people."""

from __future__ import annotations

import re

from roi_tool.reporting.blocks import plain

_NUMBER = re.compile(r"(?<![\d.,/:_-])\+?\(?\d(?:[ ()/-]{0,2}\d){7,14}(?![\d.,/:_-]*\d)")
"""Eight to fifteen digits in a row, as subscriber numbers are written; no amount, date or SKU looks like it."""
_LOCAL = re.compile(r"(?<![\d.,/:_-])[2-9]\d\d[- ]\d{4}(?![\d.,/:_-]*\d)")
"""Seven digits in North America's local form."""
_NAMED = re.compile(
    r"(?P<name>(?:\b(?:numbers?|lines?|tel(?:ephone|efon)?|phone|fax|d[di][di]|cli|mobile|rufnummer|durchwahl|num[eé]ro|ligne)"
    r"|号码|电话|传真|专线)[.:]?\s{0,2})(?P<number>(?!(?:19|20)\d\d-\d\d)\d(?:[ -]?\d){4,6})(?![\d.,/:_ -]*[\d•])",
    re.IGNORECASE,
)
"""Five to seven digits after a word that says they are a number."""
_DATE = re.compile(r"(?:19|20)\d\d[-/ ]?(?:0[1-9]|1[0-2])[-/ ]?(?:[0-2]\d|3[01])(?!\d)|\d\d[-/ ]\d\d[-/ ](?:19|20)\d\d(?!\d)")
_MOST_HIDDEN = 4


def masked(text: str) -> str:
    """Return words of a bill with the ends of subscriber numbers in them hidden.

    >>> masked("Freephone number rental 0808 157 0142"), masked("Line 555-0136"), masked("DDI 96012")
    ('Freephone number rental 0808 157 ••••', 'Line 555-••••', 'DDI 96•••')
    """
    found = _NUMBER.sub(lambda match: hide_end(match.group()), plain(text))
    found = _LOCAL.sub(lambda match: hide_end(match.group()), found)
    return _NAMED.sub(lambda match: match["name"] + hide_end(match["number"]), found)


def hide_end(number: str) -> str:
    """Hide the last four digits (of a short number half of them), unless it is a date."""
    if _DATE.match(number):
        return number
    digits = sum(letter.isdigit() for letter in number)
    hidden, left = [], min(_MOST_HIDDEN, -(-digits // 2))
    for letter in reversed(number):
        hide = letter.isdigit() and left > 0
        left -= hide
        hidden.append("•" if hide else letter)
    return "".join(reversed(hidden))
