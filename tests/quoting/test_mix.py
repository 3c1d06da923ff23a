"""A mix by site: its parts are the sites' own calls and shares, and what does not fit is refused."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from quoting.small_case import small_bill, small_book

from roi_tool.cdr import Charge, ChargeKind
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, SitePart, compare, make_order, prepare_case
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


def test_a_site_that_stays_pays_its_part_of_today_and_nothing_for_a_change():
    case = mixed(("London", 14, "stay"), ("Leeds", 6, "hosted"))
    comparison = compare(case, case.scenario)
    mix, stay = comparison.option("mix"), comparison.option("stay")
    lines = {line.id: line for line in mix.lines}
    kept = {name.removeprefix("mix.london.stay."): line for name, line in lines.items() if name.startswith("mix.london")}
    whole = {line.id.removeprefix("stay."): line for line in stay.lines}
    assert set(kept) == set(whole), "the lines of staying, and none of a change"
    for name in ("rental", "maintenance", "administration", "power"):
        assert abs(kept[name].total_nano - whole[name].total_nano * 14 / 20) <= len(stay.monthly_nano), name
    leeds = case.plans["mix"].parts[1].plan.usage
    london = case.plans["mix"].parts[0].plan.usage
    assert (london.calls, leeds.calls) == (30, 10)
    own = two_sites().calls.frame
    assert london.charge_nano == int(own.loc[own["site"] == "London", "charge_nano"].sum()), "as the carrier charged it"
    assert london.tariff_id == "" and case.usages["mix"].tariff_id == "hosted"
    assert "mix.leeds.hosted.overlap" in lines and "mix.leeds.hosted.seat" in lines


def test_sites_that_all_stay_cost_what_staying_costs():
    case = mixed(("London", 14, "stay"), ("Leeds", 6, "stay"))
    comparison = compare(case, case.scenario)
    assert case.usages["mix"].charge_nano == case.usages["stay"].charge_nano
    assert case.usages["mix"].by_class_nano == case.usages["stay"].by_class_nano
    gap = comparison.option("mix").monthly_nano - comparison.option("stay").monthly_nano
    assert abs(gap).max() <= 10, "nano units of rounding"
    with pytest.raises(ProblemError) as refused:
        make_order(case, case.scenario, "mix", date(2027, 1, 1))
    assert refused.value.problems[0].code == "order_of_staying"


def test_only_the_sites_that_move_are_ordered():
    case = mixed(("London", 14, "stay"), ("Leeds", 6, "hosted"))
    order = make_order(case, case.scenario, "mix", date(2027, 1, 1))
    assert [account.name for account in order.accounts] == ["Two Sites, Leeds"]
    assert list(order.tariffs) == ["hosted"]


def test_a_site_stays_without_bills_and_with_summed_up_calls():
    typical = prepare_case(CUSTOMER, (), small_book(), mix=[SitePart("A", 14, "stay"), SitePart("B", 6, "stay")])
    assert typical.usages["mix"].charge_nano == typical.usages["stay"].charge_nano
    bill = two_sites()
    frame = bill.calls.frame.assign(charge_nano=pd.array([pd.NA] * len(bill.calls), dtype="Int64"))
    summary = Charge(ChargeKind.USAGE_SUMMARY, "Calls", 77 * 10**9 + 1)
    summed = replace(bill, calls=bill.calls.with_frame(frame), charges=(*bill.charges, summary))
    case = prepare_case(CUSTOMER, [summed], small_book(), mix=[SitePart("London", 14, "stay"), SitePart("Leeds", 6, "stay")])
    parts = [part.plan.usage.charge_nano for part in case.plans["mix"].parts]
    assert sum(parts) == 77 * 10**9 + 1
    assert abs(parts[0] - 0.7 * sum(parts)) <= 1


def test_a_case_file_leaves_a_site_as_it_is(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "customer: {name: A, seats: 20, sites: 2}\nprice_book: example-uk-2026\n"
        "mix: [{site: London, seats: 14, option: stay}, {site: Leeds, seats: 6, option: hosted}]\n",
        encoding="utf-8",
    )
    case, scenario = open_case(path)
    assert case.plans["mix"].parts[0].plan.stays
    assert compare(case, scenario).option("mix").total_nano > 0
