"""The invoice on paper: the figures of the billing run and no others, every call of it, and numbers hidden or not."""

import re
from decimal import Decimal

import pandas as pd
import pytest

from roi_tool.billing import Account, Month, Subscription, bill_account
from roi_tool.cdr import make_calls
from roi_tool.importing.tariffs import read_tariff
from roi_tool.money import from_nano
from roi_tool.rating import compile_tariff
from roi_tool.reporting import Numbers, read_brand, write_invoice_pdf
from roi_tool.reporting.blocks import Notice, RowStyle, Table
from roi_tool.reporting.invoicing import invoice_paper
from roi_tool.wording import LANGUAGES, wording_for

WORDS = wording_for("en")
TARIFF = """id = "retail"
currency = "GBP"
[[rates]]
id = "uk"
price_per_minute = 0.0125
[[rates]]
id = "mobile"
price_per_minute = 0.035
connect_fee = 0.02
[[deck]]
prefix = "44"
rate = "uk"
[[deck]]
prefix = "447"
rate = "mobile"
[[taxes]]
id = "VAT"
percent = "20"
"""
CALLED = ["442079460123", "447700900456", "999000000000", "442079460124"]


@pytest.fixture(scope="module")
def billed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tariff")
    (folder / "tariff.toml").write_text(TARIFF)
    start = pd.to_datetime([f"2026-05-0{day} 09:00:00" for day in (4, 5, 6, 7)], utc=True)
    calls = make_calls(
        {
            "start": start.astype("datetime64[us, UTC]"),
            "duration_ms": [61_000, 125_000, 60_000, 7_200_000],
            "direction": ["outbound"] * 4,
            "caller": ["442079461000"] * 4,
            "called": CALLED,
            "called_class": ["geographic", "mobile", "unknown", "geographic"],
        },
        timezone="Europe/London",
    )
    line = Subscription(description="SIP channel", price=Decimal("6.50"), quantity=Decimal(12))
    account = Account(id="C001", name="Alder & Wren", tariff="retail", timezone="Europe/London", subscriptions=(line,))
    tariff = compile_tariff(read_tariff(folder))
    return bill_account(account, calls, tariff, Month(2026, 5), "2026-05-000001")


def tables(billed, **given):
    paper = invoice_paper(billed, read_brand(), WORDS, **given)
    return [block for page in paper.pages for block in page if isinstance(block, Table)]


def test_charges_taxes_and_total_are_those_of_the_billing_run(billed):
    _, charges, totals, calls = tables(billed)
    sums = [row.cells[-1].value for row in charges.rows if row.style is RowStyle.TOTAL]
    assert sums == [from_nano(billed.invoice.usage_nano), from_nano(billed.invoice.subscriptions_nano)]
    plain = [row.cells[-1].value for row in charges.rows if row.style is RowStyle.PLAIN]
    assert sum(plain) == from_nano(sum(line.amount_nano for line in billed.invoice.lines))
    assert totals.rows[-1].cells[-1].value == from_nano(billed.invoice.total_nano)
    assert sum(row.cells[-1].value for row in totals.rows[:2]) == from_nano(billed.invoice.net_nano)
    assert calls.rows[-1].cells[-1].text == WORDS.number(from_nano(billed.invoice.usage_nano), 9)


def test_the_printed_calls_add_up_to_the_printed_usage(billed):
    calls = tables(billed)[-1]
    assert len(calls.rows) == 3 + 1
    printed = [Decimal(row.cells[-1].text) for row in calls.rows]
    assert sum(printed[:-1]) == printed[-1]


@pytest.mark.parametrize(
    ("numbers", "printed"), [(Numbers.MASKED, "44207946••••"), (Numbers.FULL, "442079460123"), (Numbers.NO, None)]
)
def test_the_other_partys_numbers_are_hidden_unless_asked_for(billed, numbers, printed):
    found = tables(billed, numbers=numbers)
    if printed is None:
        assert len(found) == 3
    else:
        assert found[-1].rows[0].cells[2].text == printed
        assert found[-1].rows[0].cells[1].text == "442079461000"


def test_calls_without_a_price_are_said(billed):
    page = invoice_paper(billed, read_brand(), WORDS).pages[0]
    notice = next(block for block in page if isinstance(block, Notice))
    assert notice.texts == ("1 call has no price in the tariff and is not on this invoice.",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_carries_number_account_and_total(billed, tmp_path, language):
    from pypdf import PdfReader

    write_invoice_pdf(tmp_path / "invoice.pdf", billed, read_brand(), wording_for(language))
    pages = PdfReader(tmp_path / "invoice.pdf").pages
    assert len(pages) == 2
    text = pages[0].extract_text()
    for said in ("2026-05-000001", "Alder & Wren", "C001"):
        assert said in text
    assert wording_for(language).number(from_nano(billed.invoice.total_nano), 2) in re.sub(r"\s", "", text)
