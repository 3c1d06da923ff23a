"""The demo's case as it is shipped: its figures are the engine's, and they could be believed."""

import pytest

from roi_tool.problems import Severity
from roi_tool.quoting import compare
from roi_tool.rating import rate_calls
from roi_tool.resources import sample_bills_folder
from roi_tool.workspace.opening import open_case


@pytest.fixture(scope="module")
def sample():
    case, scenario = open_case(sample_bills_folder() / "alder-wren.case.yaml")
    return case, compare(case, scenario)


@pytest.mark.slow
def test_the_quote_is_the_bill(sample):
    case, comparison = sample
    for option in comparison.options[1:]:
        tariff = case.price_book.tariffs[option.usage.tariff_id]
        assert option.usage.charge_nano == rate_calls(case.calls, tariff).charge_nano
        assert option.usage.unrated == 0
    charged = sum(int(bill.calls.frame["charge_nano"].sum()) for bill in case.bills)
    assert comparison.options[0].usage.charge_nano == charged


@pytest.mark.slow
def test_the_bills_reconcile_and_nothing_needs_attention(sample):
    case, comparison = sample
    assert [bill.reconciliation.difference_nano for bill in case.bills] == [0, 0, 0]
    assert case.usages["stay"].months == 3
    assert all(problem.severity is Severity.INFO for problem in comparison.problems)


@pytest.mark.slow
def test_the_answer_could_be_believed(sample):
    _, comparison = sample
    stay = comparison.option("stay").total_nano
    for option in ("keep_sip", "hosted"):
        assert 0.1 < comparison.option(option).versus_today.saving_total_nano / stay < 0.45
    assert comparison.option("onprem_pri").total_nano > stay
    assert 10 <= comparison.scenario["channels"] <= 45
