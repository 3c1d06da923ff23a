"""Every wrong entry of a case file is said in our own words: the file, the entry's path, what was found, what is accepted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from roi_tool.problems import ProblemError, Where
from roi_tool.problems.entries import entry_findings
from roi_tool.storage import read_case_file
from roi_tool.storage.case_file import CaseFile
from roi_tool.wording import wording_for
from roi_tool.workspace.opening import open_case

ENGLISH, CHINESE = wording_for("en"), wording_for("zh_CN")
HEAD = "customer: {name: A, seats: 20}\nprice_book: example-uk-2026\n"


def said(tmp_path, text, suffix=".yaml", words=ENGLISH, read=read_case_file):
    path = tmp_path / f"case{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as refused:
        read(path)
    return " ".join(words.sentences(refused.value.problems))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("customer: {name: A, seats: 2.5}\nprice_book: b\n", "“customer.seats” is 2.5; give a whole number."),
        ("customer: {name: A, seats: 0}\nprice_book: b\n", "“customer.seats” is 0; give 1 or more."),
        ("customer: {name: A, seats: 900000}\nprice_book: b\n", "“customer.seats” is 900000; give 300000 or less."),
        ("customer: {name: A}\n", "“price_book” is missing; add it."),
        ("customer: {name: A, recovers_vat: no way}\nprice_book: b\n", "recovers_vat” is no way; give true or false."),
        ("customer: {name: A, country: Britain}\nprice_book: b\n", "is Britain; give two capital letters such as GB."),
        ("customer: {nmae: A}\nprice_book: b\n", "There is no entry “customer.nmae”; write name, or take it out."),
        (HEAD + "bills: 3\n", "“bills” must be a list"),
        (HEAD + "bills: [{files: [a.csv], date_order: mixed}]\n", "“bills.0.date_order” is mixed; choose one of: dmy, mdy"),
        (HEAD + "drivers: {seats: 12}\n", "“drivers.seats” must hold entries of a name and a value."),
        (HEAD + "drivers: {seats: {value: many, source: x}}\n", "“drivers.seats.value” is many; give a number."),
        (HEAD + "drivers: {seats: {value: 12, source: ''}}\n", "“drivers.seats.source” is empty; fill it in."),
        (HEAD + "drivers: {seats: {value: 12, source: x, date: soon}}\n", "is soon; give a date such as 2026-08-31."),
        (HEAD + "scenario: {seats: many}\n", "“scenario.seats” is many; give a number."),
        (HEAD + "exchange: {USD: {rate: 0, date: 2026-01-01, source: x}}\n", "“exchange.USD.rate” is 0; give more than 0."),
        (HEAD + "convention: weekly\n", "“convention” is weekly; choose one of: tei, monthly."),
        (HEAD + "costs: [{label: X, options: [], source: y}]\n", "“costs.0.options” names nothing; give at least one."),
        (HEAD + "costs: [{label: X, options: [stay], source: y, once: 1.1234567}]\n", "“costs.0.once” is 1.1234567"),
        (HEAD + "costs: [{label: X, options: [stay], source: y, answers: [recoding]}]\n", "“costs.0.answers.0” is recoding"),
        (HEAD + "termination: {source: x, terms: [{kind: comitment}]}\n", "is comitment; choose one of: rental, commitment"),
        (HEAD + "termination: {source: x, terms: [{kind: commitment}]}\n", "“termination.terms.0.amount” is missing; add it."),
        (HEAD + "termination: {source: x, terms: [{kind: fixed, amount: 5, less: 3}]}\n", "“termination.terms.0.less”"),
        (HEAD + "quantities: {HEADSET: {times: -1, source: x}}\n", "“quantities.HEADSET.times” is -1; give 0 or more."),
        ("customer: {name: A}\ncustomer: {name: B}\n", "row 2: “customer” stands there twice"),
        ("customer: {name: A\nprice_book: b\n", "row 2: The file is no YAML or JSON that can be read: a colon"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_said(tmp_path, text, sentence):
    found = said(tmp_path, text)
    assert found.startswith("case.yaml")
    assert sentence in found


def test_json_is_said_alike(tmp_path):
    twice = '{"customer": {"name": "A", "name": "B"}, "price_book": "b"}'
    assert "“name” stands there twice" in said(tmp_path, twice, ".json")
    assert "row 2" in said(tmp_path, '{"customer":\n {"name" "A"}}', ".json")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "drivers: {seets: {value: 12, source: x}}\n", "seets"),
        (HEAD + "scenario: {horizon_months: 0}\n", "0"),
        (HEAD + "scenario: {discount_rate: -1}\n", "-1"),
        (HEAD + "costs: [{label: X, options: [teleport], source: y}]\n", "no option “teleport” here; choose one of: stay"),
        (HEAD + "quantities: {NOTHING: {times: 1, source: x}}\n", "No option here contains a product NOTHING"),
    ],
)  # fmt: skip
def test_what_only_the_case_shows_names_its_file_too(tmp_path, text, sentence):
    found = said(tmp_path, text, read=open_case)
    assert found.startswith("case.yaml")
    assert sentence in found


ROOTS = sorted(set(CaseFile.model_fields) - {"price_book"})
NAMES = sorted(
    {*CaseFile.model_fields, "name", "seats", "files", "value", "source", "terms", "kind", "rate", "date", "label", "options",
     "once", "site", "option", "times", "steps"}
)  # fmt: skip
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=6) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ROOTS), JUNK)
def test_whatever_stands_there_is_said_in_our_words_in_both_languages(root, value):
    content = {"customer": {"name": "A"}, "price_book": "b", root: value}
    try:
        CaseFile.model_validate(content)
    except ValidationError as error:
        for problem in entry_findings(error, CaseFile, Where("case.yaml")):
            assert problem.code != "entry_wrong", error
            english, chinese = ENGLISH.sentence(problem), CHINESE.sentence(problem)
            assert english.startswith("case.yaml: ")
            assert problem.code not in english
            assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
