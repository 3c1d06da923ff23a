"""What kind of number a bill's number is, country by country: free, shared in cost, premium, mobile, a service, masked."""

from __future__ import annotations

import pytest

from roi_tool.cdr.numbers import read_number

CLASSES = {
    "GB": {
        "toll_free": ["0808 157 0123", "0800 XXXXXX"],
        "shared_cost": ["0845 123 4567", "0870 123 4567"],
        "geographic": ["0306 999 0123", "020 7946 0018", "0207946****", "056 0012 3456"],
        "mobile": ["07700 900123", "07700 9XXXXX"],
        "premium": ["0909 879 0123", "0909 879XXXX"],
        "emergency": ["999", "112"],
        "special": ["101", "118500", "07012345678"],
        "international": ["00 33 1 99 00 12 34", "+33639980001"],
    },
    "DE": {
        "toll_free": ["0800 1234567"],
        "shared_cost": ["0180 1234567", "0137 1234567"],
        "premium": ["0900 1234567"],
        "mobile": ["0171 3920012", "0171/392xxxx"],
        "geographic": ["030 23125001", "032 212345678", "069/90009xxx"],
        "emergency": ["110"],
        "special": ["11833", "115"],
    },
    "FR": {
        "toll_free": ["0 805 123 456"],
        "shared_cost": ["0820123456"],
        "premium": ["0899123456"],
        "mobile": ["06 39 98 00 01", "0639 98XX XX"],
        "geographic": ["0199001234", "0970123456"],
        "emergency": ["15", "112"],
        "special": ["3620"],
    },
    "ES": {"toll_free": ["900123456"], "shared_cost": ["902123456"], "premium": ["806123456"], "mobile": ["6123XXXXX"]},
    "IT": {
        "toll_free": ["800123456"],
        "shared_cost": ["848123456", "199123456"],
        "premium": ["899123456", "892424"],
        "mobile": ["3331234567"],
        "geographic": ["0612345678"],
    },
    "PT": {"toll_free": ["800123456"], "shared_cost": ["808123456"], "premium": ["760123456"], "mobile": ["912345678"]},
    "BR": {
        "toll_free": ["0800 123 4567"],
        "shared_cost": ["0300 123 4567"],
        "mobile": ["011 98765-4321"],
        "emergency": ["190"],
    },
    "US": {
        "toll_free": ["(800) 555-0134", "1-888-555-0134"],
        "premium": ["900-555-0134"],
        "geographic": ["212-555-0134", "(212) 555-XXXX"],
        "international": ["011 44 20 7946 0018", "416-555-0134"],
        "emergency": ["911"],
        "special": ["411"],
    },
    "AU": {
        "toll_free": ["1800 160 401"],
        "shared_cost": ["1300 975 707", "13 14 50"],
        "premium": ["1900 123 456"],
        "mobile": ["0491 570 006", "04915XXXXX"],
        "geographic": ["02 5550 1234"],
        "emergency": ["000"],
    },
    "CN": {
        "shared_cost": ["400 123 4567"],
        "mobile": ["13800138000", "138****8000"],
        "geographic": ["010 6234 5678"],
        "emergency": ["110"],
        "special": ["95555", "10086"],
    },
    "NZ": {"toll_free": ["0508 123 456"], "premium": ["0900 123456"], "mobile": ["021 123 4567"], "emergency": ["111"]},
}


@pytest.mark.parametrize(
    ("country", "expected", "number"),
    [(country, kind, number) for country, kinds in CLASSES.items() for kind, numbers in kinds.items() for number in numbers],
)
def test_the_class_of_a_number(country: str, expected: str, number: str) -> None:
    assert read_number(number, country).called_class.value == expected


@pytest.mark.parametrize("number", ["07700 9XXXXX", "0207946****", "(212) 555-XXXX", "1.41555E+10", "64/U"])
def test_what_is_masked_or_mangled_is_kept_as_it_is(number: str) -> None:
    assert read_number(number, "GB").digits == number


def test_a_number_that_a_workbook_made_a_decimal_is_whole_again() -> None:
    assert read_number("442079460018.0", "GB").digits == "442079460018"
    assert read_number("131450", "AU").digits == "61131450"
