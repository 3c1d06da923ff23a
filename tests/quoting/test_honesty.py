"""The rules of honesty in code: staying is always there, a saving has its baseline's source, what flatters is said."""

import json
from dataclasses import replace

import pytest
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.cdr import Reconciliation
from roi_tool.cli.main import main
from roi_tool.pricebook import Offer, check_price_book
from roi_tool.quoting import Customer, compare, prepare_case
from roi_tool.quoting.results import option_results
from roi_tool.storage import write_quote_file


def test_staying_is_the_first_option_whatever_is_asked_for():
    case = small_case()
    assert next(iter(case.plans)) == "stay"
    for only in ((), ("hosted",), ("keep_sip", "onprem_pri")):
        assert option_results(case, case.scenario, only)[0].id == "stay"
    none = prepare_case(Customer("A", seats=20), [small_bill()], small_book().model_copy(update={"offers": ()}))
    assert [option.id for option in compare(none, none.scenario).options] == ["stay"]


def test_no_operator_can_offer_staying_in_its_place():
    offer = Offer(option="stay", tariff="flat", pbx="kept")
    book = small_book()
    problems = check_price_book(book.model_copy(update={"offers": (*book.offers, offer)}))
    assert [problem.code for problem in problems] == ["pricebook_offers_staying"]


def test_only_what_is_not_staying_is_set_against_staying():
    comparison = compare(small_case(), small_case().scenario, tornado=False)
    assert comparison.options[0].versus_today is None
    assert all(option.versus_today is not None for option in comparison.options[1:])


@pytest.mark.parametrize(("bills", "known"), [(True, "bill"), (False, "default")])
def test_a_saving_comes_with_its_baselines_source(tmp_path, capsys, bills, known):
    path = tmp_path / "a.roiquote"
    case = prepare_case(Customer("A", seats=20), [small_bill()] if bills else [], small_book())
    write_quote_file(path, case, case.scenario)
    main(["compare", str(path), "--json"])
    answer = json.loads(capsys.readouterr().out)
    baseline = answer["baseline"]
    assert (baseline["option"], baseline["confidence"]) == ("stay", known)
    assert baseline["source"] and baseline["evidence"] in answer["evidence"]
    assert all(option["versus_today"] for option in answer["options"][1:])


def test_a_bill_that_does_not_reconcile_is_said_with_every_comparison_that_rests_on_it():
    bill = small_bill()
    wrong = replace(bill, reconciliation=Reconciliation(bill.reconciliation.stated_nano, 1, "total"))
    case = prepare_case(Customer("A", seats=20), [wrong], small_book())
    assert "bill_unreconciled" in {problem.code for problem in compare(case, case.scenario, tornado=False).problems}


def test_the_catalogue_and_the_conditions_are_in_the_answer_for_machines(tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text(
        "customer: {name: A, seats: 20}\nprice_book: example-uk-2026\n"
        "drivers: {contract_months_left: {value: 2, source: contract}}\n",
        encoding="utf-8",
    )
    main(["compare", str(path), "--json"])
    answer = json.loads(capsys.readouterr().out)
    for option in answer["options"]:
        assert not [item for item, found in option["catalogue"].items() if found["how"] == "missing"]
        lines = {line["id"] for line in option["lines"]}
        assert all(set(found["lines"]) <= lines for found in option["catalogue"].values())
    hosted = next(option for option in answer["options"] if option["id"] == "hosted")
    seat = next(one for one in hosted["prices_that_change"] if one["line"] == "hosted.hosted-seat")
    assert (float(seat["in_term"]), float(seat["renewal"]), seat["renewal_from_month"]) == (9.5, 10.9, 37)
    assert hosted["termination"][0]["kind"] == "rental" and hosted["termination"][0]["months"] == 2
