"""Price books: the shipped ones are valid, and every mistake is named with its file, entry and reason."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import Assumption, ItemSet, Offer, OfferItem, PriceBook, Product, TaxRule, TypicalCall
from roi_tool.problems import ProblemError, Where
from roi_tool.problems.entries import entry_findings
from roi_tool.rating import compile_tariff
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

UK = pricebooks_folder() / "example-uk-2026"


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(UK, tmp_path / "book")


def refused(folder):
    with pytest.raises(ProblemError) as error:
        read_pricebook(folder)
    return error.value.problems


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_book_is_valid_and_its_tariffs_compile():
    book = read_pricebook(UK)
    assert (book.operator, book.currency, book.country) == ("Fairlead", "GBP", "GB")
    assert {offer.option for offer in book.offers} == {"onprem_pri", "onprem_sip", "keep_sip", "hosted"}
    for tariff in book.tariffs.values():
        compile_tariff(tariff)
        countries = {entry.destination for entry in tariff.deck if not entry.prefix.startswith("44")}
        assert len(countries) >= 60


def test_prices_are_kept_as_written():
    assert str(read_pricebook(UK).product("HOSTED-SEAT").by_term[36]) == "9.50"


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "reason"),
    [
        ("products.toml", "monthly = 13.50", "monthly = -13.50", "product HOSTED-SEAT, monthly", "is -13.50; give 0 or more"),
        ("products.toml", "monthly = 13.50", 'monthly = "cheap"', "product HOSTED-SEAT, monthly", "is cheap; give a number"),
        ("products.toml", "monthly = 13.50", "montly = 13.50", "product HOSTED-SEAT, montly", "write monthly"),
        ("products.toml", 'sku = "HOSTED-ACTIVATION"', 'sku = "HOSTED-SEAT"', "product HOSTED-SEAT, id", "twice"),
        ("products.toml", "once = 12.00", "once = nan", "product HOSTED-ACTIVATION, once", "give a number"),
        ("products.toml", '["voicemail", "security"]', '["voice"]', "product HOSTED-SEAT, includes.0", "is voice; choose"),
        ("sets.toml", 'sku = "SBC"', 'sku = "SBX"', "offer onprem_sip, sku", "no product SBX"),
        ("sets.toml", 'sku = "SBC"', 'sku = "SIP-SETUP"', "offer onprem_sip: item SIP-SETUP, id", "twice"),
        ("sets.toml", 'per = "order"', 'per = "house"', "set new_pbx, items.0.per", "is house; choose one of: seat"),
        ("offers.toml", '"numbers", "every_change", "new_desks"', '"nambers"', "offer onprem_pri, sets", "is nambers; choose"),
        ("offers.toml", 'tariff = "sip-az"', 'tariff = "sip"', "offer onprem_sip, tariff", "no tariff sip"),
        ("assumptions.toml", 'id = "labour_rate"', 'id = "labour_cost"', "assumptions, id", "labour_rate"),
        ("assumptions.toml", "low = 26", "low = 60", "assumption labour_rate", "does not hold"),
        ("pricebook.toml", 'currency = "GBP"', 'currency = "pounds"', "pricebook, currency", "three capital letters"),
        ("pricebook.toml", 'currency = "GBP"', 'currency = "EUR"', "tariff hosted-bundle, currency", "not the book’s EUR"),
        ("pricebook.toml", "valid_until = 2027-04-01", "valid_until = 2026-04-01", "pricebook, valid_until", "not after"),
        ("pricebook.toml", "tariffs/sip-az", "../../sip-az", "tariffs.sip-az", "outside"),
    ],
)
def test_a_mistake_is_named(copy, file, old, new, entry, reason):
    change(copy, file, old, new)
    problems = refused(copy)
    sentences = wording_for("en").sentences(problems)
    found = [
        (problem, text)
        for problem, text in zip(problems, sentences, strict=True)
        if problem.detail.get("entry") == entry and reason in text
    ]
    assert found, sentences
    assert all(problem.code != "entry_wrong" for problem in problems)
    assert found[0][0].where.file.endswith(file) or file == "sets.toml" or "tariff" in entry


def test_the_row_of_a_wrong_price_is_told(copy):
    change(copy, "products.toml", "once = 64.00", "once = -64.00")
    where = refused(copy)[0].where
    lines = (copy / "products.toml").read_text(encoding="utf-8").splitlines()
    assert lines[where.row] == 'sku = "HOSTED-HANDSET"'


def test_all_mistakes_are_told_at_once(copy):
    change(copy, "products.toml", "once = 64.00", "once = -64.00")
    change(copy, "offers.toml", 'pbx = "kept"', 'pbx = "sold"')
    assert len(refused(copy)) == 2


@pytest.mark.parametrize("file", ["pricebook.toml", "products.toml", "offers.toml", "assumptions.toml"])
def test_a_missing_file_is_named(copy, file):
    (copy / file).unlink()
    assert any(problem.code == "pricebook_no_file" and problem.detail["name"] == file for problem in refused(copy))


def test_no_folder_no_toml_and_no_text(copy, tmp_path):
    assert refused(tmp_path / "nowhere")[0].code == "pricebook_no_folder"
    (copy / "products.toml").write_text("[[product]\n", encoding="utf-8")
    assert refused(copy)[0].code == "pricebook_not_toml"
    assert refused(copy)[0].where.row == 1
    (copy / "products.toml").write_bytes(b"\xff\xfe\x00picture")
    assert refused(copy)[0].code == "file_not_text"


def test_a_wrong_tariff_is_named(copy):
    (copy / "tariffs" / "sip-az" / "uk.csv").unlink()
    assert refused(copy)[0].code.startswith("tariff_")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=6) | st.dates() | st.decimals(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
MODELS = (Product, Offer, ItemSet, OfferItem, Assumption, TaxRule, TypicalCall, PriceBook)


@given(st.sampled_from([(model, key) for model in MODELS for key in model.model_fields]), JUNK)
def test_whatever_stands_in_an_entry_is_said_in_our_words(place, value):
    model, key = place
    try:
        model.model_validate({key: value})
    except ValidationError as error:
        for problem in entry_findings(error, model, Where("products.toml", 7), "product X"):
            assert problem.code != "entry_wrong", error
            sentence = wording_for("en").sentence(problem)
            assert sentence.startswith("products.toml, row 7: ") and problem.code not in sentence
