from datetime import date
from decimal import Decimal

import pytest

from roi_tool.cdr import Bill, Charge, ChargeKind, empty_calls
from roi_tool.problems import Where
from roi_tool.traffic import find_paid_channels


def rental(description, quantity=1, file="may.csv", kind=ChargeKind.RECURRING):
    return Charge(kind, description, 10**9, Decimal(quantity), where=Where(file))


def bill(*charges, month=5):
    return Bill(empty_calls(), charges=charges, period_start=date(2026, month, 1), period_end=date(2026, month + 1, 1))


@pytest.mark.parametrize(
    ("description", "quantity", "channels"),
    [
        ("ISDN30 channel rental", 30, 30),
        ("PRI access line (23B+D)", 2, 46),
        ("Primärmultiplexanschluss", 1, 30),
        ("Analogue line, Leeds", 4, 4),
        ("SIP channels", 12, 12),
    ],
)
def test_channels_are_counted_from_the_words_of_a_rental(description, quantity, channels):
    assert find_paid_channels([bill(rental(description, quantity))]).channels == channels


@pytest.mark.parametrize(
    "description",
    ["Caller display, per channel", "DDI range rental, per number", "Total Care, per channel", "Broadband line"],
)
def test_features_and_numbers_are_no_channels(description):
    assert find_paid_channels([bill(rental(description, 45))]) is None


def test_a_single_charge_is_no_rental():
    assert find_paid_channels([bill(rental("ISDN30 channel installation", 30, kind=ChargeKind.ONE_OFF))]) is None


def test_sites_of_a_bill_add_up_and_months_do_not():
    may = bill(rental("ISDN30 channel rental", 30), rental("ISDN30 channel rental", 15))
    june = bill(rental("ISDN30 channel rental", 30, "june.csv"), month=6)
    assert find_paid_channels([may]).channels == 45
    found = find_paid_channels([june, may])
    assert (found.channels, found.by) == (30, (("ISDN30 channel rental", 30, 30),))


def test_several_files_of_one_reading_are_months_too():
    both = bill(rental("SIP channels", 20, "may.csv"), rental("SIP channels", 24, "june.csv"))
    assert find_paid_channels([both]).channels in (20, 24)
