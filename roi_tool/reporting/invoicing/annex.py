"""The calls of an invoice, one by one: their sum is the usage on its first page, to the last unit."""

from __future__ import annotations

from collections.abc import Iterable

from roi_tool.billing import BilledAccount
from roi_tool.money import from_nano, minor_digits
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table, plain
from roi_tool.reporting.masking import hide_end
from roi_tool.wording import Wording

MOST_CALLS = 5_000
"""More are not set on paper: the file of rated calls has them all, and the annex says so."""
_NANO_DECIMALS = 9
_SHORT_CODE = 5
"""Digits up to which a number is a service's, not a person's."""


def calls_annex(billed: BilledAccount, words: Wording, *, masked: bool) -> tuple[Block, ...]:
    """Return the page of the calls.

    Args:
        billed: the account's month.
        words: the reader's.
        masked: whether the ends of the other party's numbers are hidden.
    """
    heading = Heading(words.text("Your calls"), 1)
    count = billed.rated.rated
    if count > MOST_CALLS:
        said = words.text(
            "{count} calls are on this invoice, too many for paper. Each one with its price is in the file of rated calls.",
            count=words.number(count),
        )
        return (heading, Paragraph(said))
    columns = (
        Column(words.text("Start"), share=1.5),
        Column(words.text("From"), share=1.4),
        Column(words.text("To"), share=1.4),
        Column(words.text("Duration"), True),
        Column(words.text("Billed"), True),
        Column(words.text("Amount"), True),
    )
    charges = [int(nano) for nano in billed.rated.frame["charge_nano"].dropna()]
    decimals = decimals_of(charges, minor_digits(billed.invoice.currency))
    rows = _rows(billed, words, masked, decimals)
    total = words.number(from_nano(billed.invoice.usage_nano), decimals)
    rows.append(Row((Cell(words.text("All calls")), Cell(""), Cell(""), Cell(""), Cell(""), Cell(total)), RowStyle.TOTAL))
    note = words.text(
        "Times in {zone}; amounts as the tariff prices them, before any rounding of the invoice.", zone=billed.invoice.timezone
    )
    if masked:
        hidden = words.text("The ends of the other party’s numbers are hidden.")
        note = words.paragraph((note, hidden))
    return (heading, Paragraph(note, quiet=True), Table(columns, tuple(rows), small=True))


def _rows(billed: BilledAccount, words: Wording, masked: bool, decimals: int) -> list[Row]:
    calls, rated = billed.calls.frame, billed.rated.frame
    chosen = (rated["reason"] == "").to_numpy()
    frame, prices = calls[chosen], rated[chosen]
    order = frame["start"].argsort(kind="stable").to_numpy()
    frame, prices = frame.iloc[order], prices.iloc[order]
    starts = frame["start"].dt.tz_convert(billed.invoice.timezone).dt.strftime("%Y-%m-%d %H:%M:%S")
    columns = (
        starts,
        frame["direction"].astype("str"),
        frame["caller"].astype("str"),
        frame["called"].astype("str"),
        frame["duration_ms"],
        prices["billed_ms"],
        prices["charge_nano"],
    )
    rows = []
    for start, direction, caller, called, duration, billed_ms, charge in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        inbound = direction == "inbound"
        cells = (
            Cell(start),
            Cell(_number(caller, masked and inbound)),
            Cell(_number(called, masked and not inbound)),
            Cell(clock(duration)),
            Cell(clock(billed_ms)),
            Cell(words.number(from_nano(int(charge)), decimals)),
        )
        rows.append(Row(cells))
    return rows


def _number(number: str, hidden: bool) -> str:
    shown = plain(number)
    digits = sum(letter.isdigit() for letter in shown)
    return hide_end(shown) if hidden and digits > _SHORT_CODE else shown


def decimals_of(amounts_nano: Iterable[int], least: int) -> int:
    """Return how many decimals show every amount exactly, at least `least` and at most nine.

    >>> decimals_of([12_500_000, 100_000_000], 2), decimals_of([], 2)
    (4, 2)
    """
    needed = least
    for amount in amounts_nano:
        while needed < _NANO_DECIMALS and amount % 10 ** (_NANO_DECIMALS - needed):
            needed += 1
    return needed


def clock(length_ms: int) -> str:
    """Return a length of time as hours, minutes and seconds, a started second counting whole.

    >>> clock(3_723_000), clock(59_001)
    ('1:02:03', '0:01:00')
    """
    seconds = -(-int(length_ms) // 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
