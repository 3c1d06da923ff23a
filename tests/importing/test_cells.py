"""Single cells: amounts, durations, moments and numbers, in the notations of bills."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.cdr import CalledClass
from roi_tool.cdr.number_ranges import ranges_of_region
from roi_tool.cdr.numbers import read_number
from roi_tool.importing.cells.amounts import AmountFormat, parse_amount
from roi_tool.importing.cells.dates import DateOrder, parse_moment
from roi_tool.importing.cells.durations import DurationFormat, parse_duration

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(
    amount=st.decimals(-(10**7), 10**7, places=4),
    comma=st.booleans(),
    grouped=st.booleans(),
    negative=st.sampled_from(["-", "()", "trailing", "CR"]),
)
def test_amounts_in_every_notation(amount: Decimal, comma: bool, grouped: bool, negative: str) -> None:
    body = f"{abs(amount):,.4f}" if grouped else f"{abs(amount):.4f}"
    if comma:
        body = body.translate(str.maketrans(",.", ".,"))
    if amount < 0:
        body = {"-": f"-£{body}", "()": f"(£{body})", "trailing": f"{body}-", "CR": f"{body} CR"}[negative]
    assert parse_amount(body, AmountFormat("," if comma else ".")) == int(amount * 10**9)


@pytest.mark.parametrize("text", ["", "free", "1.2.3", "--", "£", "1,2,3,4", "12:30", "9" * 40])
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@given(seconds=st.integers(0, 359_999))
def test_durations_in_every_form(seconds: int) -> None:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    forms = {
        f"{hours}:{minutes:02d}:{rest:02d}": DurationFormat.HMS,
        f"{hours:04d}:{minutes:02d}:{rest:02d}": DurationFormat.HMS,
        f"{seconds // 60}:{rest:02d}": DurationFormat.MS,
        str(seconds): DurationFormat.SECONDS,
        f"{hours}小时{minutes}分{rest}秒": DurationFormat.SECONDS,
        f"{hours}h{minutes:02d}m{rest:02d}s": DurationFormat.SECONDS,
        f"{hours} Std. {minutes} Min. {rest} Sek.": DurationFormat.HMS,
        f"{seconds / 6:.9f}": DurationFormat.SIX_SECONDS,
    }
    if hours < 100:
        forms[f"{hours:02d}{minutes:02d}{rest:02d}"] = DurationFormat.HHMMSS
    for text, how in forms.items():
        assert parse_duration(text, how) == seconds * 1000, text


@pytest.mark.parametrize("text", ["", "soon", "1:75", "-5", "1:2:99", "1e400", "99999999999"])
def test_what_is_no_duration(text: str) -> None:
    assert parse_duration(text, DurationFormat.HMS) is None


@given(moment=st.datetimes(datetime(1995, 1, 2), datetime(2099, 12, 30)))  # noqa: DTZ001
def test_moments_in_every_form(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    expected = (moment.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
    half = moment.strftime("%I:%M:%S %p").lstrip("0")
    forms = [
        (f"{moment:%d/%m/%Y %H:%M:%S}", DateOrder.DMY),
        (f"{moment:%m/%d/%Y} {half}", DateOrder.MDY),
        (f"{moment:%d.%m.%Y} {half.replace('AM', 'a.m.').replace('PM', 'p.m.')}", DateOrder.DMY),
        (f"{moment:%Y-%m-%dT%H:%M:%S}Z", DateOrder.MDY),
        (f"{moment:%Y/%m/%d %H.%M.%S}", DateOrder.DMY),
        (f"{moment:%Y%m%d%H%M%S}", DateOrder.DMY),
        (f"{moment:%d} {moment:%b} {moment:%Y} {moment:%H:%M:%S}", DateOrder.MDY),
        (f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}", DateOrder.DMY),
        (str(int(moment.replace(tzinfo=UTC).timestamp())), DateOrder.DMY),
        (f"{moment:%Y-%m-%d %H:%M:%S}+02:00", DateOrder.DMY),
    ]
    for text, order in forms:
        found = parse_moment(text, order)
        assert found is not None, text
        assert found[0] == expected - (7_200_000_000 if text.endswith("+02:00") else 0), text


@pytest.mark.parametrize("text", ["", "31/02/2026", "2026-13-01", "yesterday", "32.01.2026 10:00", "2026-05-13 25:00", "¹0887"])
def test_what_is_no_moment(text: str) -> None:
    assert parse_moment(text, DateOrder.DMY) is None


@pytest.mark.parametrize(
    ("text", "country", "digits", "kind"),
    [
        ("020 7946 0018", "GB", "442079460018", CalledClass.GEOGRAPHIC),
        ("442079460018", "GB", "442079460018", CalledClass.GEOGRAPHIC),
        ("0033 6 39 98 00 01", "GB", "33639980001", CalledClass.INTERNATIONAL),
        ("07700 900123", "GB", "447700900123", CalledClass.MOBILE),
        ("0808 157 0142", "GB", "448081570142", CalledClass.TOLL_FREE),
        ("0909 879 0123", "GB", "449098790123", CalledClass.PREMIUM),
        ("999", "GB", "999", CalledClass.EMERGENCY),
        ("123", "GB", "123", CalledClass.SPECIAL),
        ("(312) 555-0142", "US", "13125550142", CalledClass.GEOGRAPHIC),
        ("011 44 20 7946 0018", "US", "442079460018", CalledClass.INTERNATIONAL),
        ("(416) 555-0142", "US", "14165550142", CalledClass.INTERNATIONAL),
        ("4917604069001", "DE", "4917604069001", CalledClass.MOBILE),
        ("8 (495) 123-45-67", "RU", "74951234567", CalledClass.GEOGRAPHIC),
        ("(808) 555-XXXX", "US", "(808) 555-XXXX", CalledClass.GEOGRAPHIC),
        ("07939 XXYYZZ", "GB", "07939 XXYYZZ", CalledClass.MOBILE),
        ("+6421882***", "NZ", "+6421882***", CalledClass.MOBILE),
        ("1.41555E+10", "US", "1.41555E+10", CalledClass.UNKNOWN),
        ("Anonymous", "GB", "Anonymous", CalledClass.UNKNOWN),
        ("*8", "GB", "*8", CalledClass.INTERNAL),
        ("Ext. 201", "GB", "201", CalledClass.INTERNAL),
        ("", "GB", "", CalledClass.UNKNOWN),
    ],
)
def test_numbers(text: str, country: str, digits: str, kind: CalledClass) -> None:
    found = read_number(text, country)
    assert (found.digits, found.called_class) == (digits, kind)


@given(
    national=st.from_regex(r"[1-9][0-9]{8,10}", fullmatch=True), country=st.sampled_from(["GB", "DE", "FR", "AU", "US", "CN"])
)
def test_the_compiled_ranges_agree_with_the_library(national: str, country: str) -> None:
    ranges = ranges_of_region(country)
    assert ranges is not None
    number = phonenumbers.PhoneNumber(country_code=int(ranges.country_code), national_number=int(national))
    known = phonenumbers.is_valid_number_for_region(number, country)
    assert (ranges.class_of(national) is not None) == known
