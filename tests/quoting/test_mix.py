"""A mix by site: its parts are the sites' own calls and shares, and what does not fit is refused."""

from dataclasses import replace

import pytest
from quoting.small_case import small_bill, small_book

from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, SitePart, compare, prepare_case
from roi_tool.storage import write_quote_file
from roi_tool.workspace.opening import open_case

CUSTOMER = Customer("Two Sites", country="GB", seats=20, sites=2)


def two_sites():
    bill = small_bill()
    site = ["London" if number % 4 else "Leeds" for number in range(len(bill.calls))]
    return replace(bill, calls=bill.calls.with_frame(bill.calls.frame.assign(site=site)))


def mixed(*parts):
    return prepare_case(CUSTOMER, [two_sites()], small_book(), mix=[SitePart(*part) for part in parts])


def test_a_mix_of_one_kind_has_the_calls_of_that_kind():
    case = mixed(("London", 14, "hosted"), ("Leeds", 6, "hosted"))
    assert case.usages["mix"].charge_nano == case.usages["hosted"].charge_nano
    assert case.usages["mix"].by_class_nano == case.usages["hosted"].by_class_nano
    comparison = compare(case, case.scenario)
    mix, hosted = comparison.option("mix"), comparison.option("hosted")
    assert abs(mix.total_nano - hosted.total_nano) <= hosted.total_nano // 1000
    assert sum(line.total_nano for line in mix.lines) == mix.total_nano == int(mix.monthly_nano.sum())


def test_each_site_pays_for_its_own():
    case = mixed(("London", 14, "keep_sip"), ("Leeds", 6, "hosted"))
    lines = {line.id: line for line in compare(case, case.scenario).option("mix").lines}
    assert len(lines) == len(compare(case, case.scenario).option("mix").lines), "ids are unique"
    assert lines["mix.leeds.hosted.seat"].amounts_nano[1] == 6 * 10 * 10**9
    leeds = next(part for part in case.plans["mix"].parts if part.plan.id == "mix.leeds.hosted").plan.usage
    assert leeds.calls == 10
    assert case.usages["mix"].calls == 40


def test_a_mix_survives_saving(tmp_path):
    case = mixed(("London", 14, "keep_sip"), ("Leeds", 6, "hosted"))
    write_quote_file(tmp_path / "mix.roiquote", case, case.scenario)
    again, scenario = open_case(tmp_path / "mix.roiquote")
    first, second = compare(case, case.scenario).option("mix"), compare(again, scenario).option("mix")
    assert first.monthly_nano.tolist() == second.monthly_nano.tolist()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("London", 14, "hosted"), ("Leeds", 5, "hosted")], "mix_seats"),
        ([("London", 14, "teleport"), ("Leeds", 6, "hosted")], "option_unknown"),
        ([("Paris", 14, "hosted"), ("Leeds", 6, "hosted")], "mix_site"),
    ],
)
def test_a_mix_that_does_not_fit_is_refused(parts, code):
    with pytest.raises(ProblemError) as refused:
        mixed(*parts)
    assert refused.value.problems[0].code == code
