import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi_tool.cli.console import DONE, WRONG_REQUEST
from roi_tool.cli.main import main


@pytest.fixture
def ask(tmp_path, capsys):
    """Run `returns` on an object and return (status, answer, what was said on standard error)."""

    def asked(content, *options):
        file = tmp_path / "flows.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        status = main(["returns", str(file), "--json", *options])
        told = capsys.readouterr()
        return status, json.loads(told.out) if told.out else None, told.err

    return asked


def answer_of(ask, content):
    status, answer, said = ask(content)
    assert (status, said) == (DONE, "")
    return answer


def table(shared_data, name):
    return json.loads((shared_data / "tables" / f"{name}.json").read_text())


def test_the_documented_shape(ask):
    answer = answer_of(
        ask, {"rate": 0.1, "convention": "tei", "benefits": [[0, 200, 200], [0, 0, "10.5"]], "costs": [[100, 50, 50]]}
    )
    assert answer["pv_benefits"] == "355.785123967"
    assert answer["cumulative"] == ["-100.00", "50.00", "210.50"]
    assert answer["payback_months"] == 8
    assert answer["convention"] == "tei"
    assert answer["roi_nucleus"] is None
    assert answer["undefined"] == {"roi_nucleus": "it averages three years, and the flows cover less"}


def test_tei_table_with_costs_as_printed(ask, shared_data):
    printed = table(shared_data, "tei_salesloft_cashflow")
    content = {"rate": 0.1, "benefits": [printed["total_benefits"][:4]], "costs": [printed["total_costs"][:4]]}
    answer = answer_of(ask, {**content, "printed": {"npv": printed["npv"], "roi_tei": 3.29}})
    assert float(answer["npv"]) == pytest.approx(printed["npv"], abs=2)
    assert answer["roi_tei"] == pytest.approx(3.29, abs=0.005)
    assert answer["notes"] == ["The costs stand with a minus sign; they were read as costs, not as savings."]
    assert [figure["agrees"] for figure in answer["printed"]] == [True, True]


def test_textbook_case(ask, shared_data):
    printed = table(shared_data, "npv_schwalbe_example")
    content = {"rate": printed["discount_rate"], "benefits": [printed["benefits"]], "costs": [printed["costs"]]}
    answer = answer_of(ask, content)
    assert round(float(answer["npv"])) == printed["unrounded"]["npv"]
    assert [round(float(amount)) for amount in answer["cumulative_discounted"]] == printed["unrounded"]["cumulative"]
    assert answer["roi_tei"] == pytest.approx(1.12, abs=0.005)
    assert answer["payback_months"] == 10.5


def test_nucleus_case(ask, shared_data):
    case = table(shared_data, "nucleus_method")["case"]
    benefit, cost = case["average_annual_benefit"], case["implied_initial_cost_recomputed"]
    answer = answer_of(ask, {"rate": 0.1, "benefits": [[0, benefit, benefit, benefit]], "costs": [[cost, 0, 0, 0]]})
    assert round(answer["roi_nucleus"] * 100) == case["roi_pct"]


def test_spreadsheet_functions(ask, shared_data):
    for case in table(shared_data, "excel_financial_functions")["cases"]:
        answer = answer_of(ask, case)
        assert answer["result"] == pytest.approx(case["expected"], abs=1e-8, rel=1e-8)


def test_spreadsheet_examples_as_flows(ask):
    # NPV with the first value a year from today, IRR and XIRR of Microsoft's pages.
    npv = answer_of(ask, {"rate": 0.1, "benefits": [[0, 0, 3000, 4200, 6800]], "costs": [[0, 10000, 0, 0, 0]]})
    assert float(npv["npv"]) == pytest.approx(1188.4434123352207)
    irr = answer_of(ask, {"rate": 0, "benefits": [[0, 12000, 15000]], "costs": [[70000, 0, 0]]})
    assert irr["irr"] == pytest.approx(-0.443506941, abs=1e-9)
    dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    xirr = answer_of(ask, {"rate": 0.09, "flows": [-10000, 2750, 4250, 3250, 2750], "dates": dates})
    assert xirr["irr"] == pytest.approx(0.3733625335, abs=1e-8)
    assert float(xirr["npv"]) == pytest.approx(2086.647602, abs=1e-6)


def test_the_wrong_calculator(ask, shared_data):
    case = table(shared_data, "calculator_bugs")["ooma"]
    asked = case["inputs"]
    new = round(asked["lines"] * asked["new_per_line_month"], 2)
    content = {
        "rate": 0,
        "convention": "monthly",
        "benefits": [[0] + [asked["old_month"]] * 12],
        "costs": [[asked["one_time"]] + [0] * 12, [0] + [new] * 12],
        "printed": {"npv": case["calculator_printed_first_year_saving"]},
    }
    answer = answer_of(ask, content)
    assert answer["npv"] == "-9.64"
    assert answer["payback_months"] is None
    assert "650.04 was printed, but −9.64 follows" in answer["printed"][0]["text"]


def test_the_payback_that_does_not_follow_is_explained(ask):
    content = {
        "rate": 0,
        "benefits": [{"label": "today", "flows": [0, 192000, 192000, 192000]}],
        "costs": [
            {"label": "outlay", "flows": [200000, 0, 0, 0]},
            {"label": "licence", "flows": [0, 2500, 2500, 2500]},
            {"label": "service", "flows": [0, 60000, 60000, 60000]},
        ],
        "printed": {"payback_months": [16, 18]},
    }
    (figure,) = answer_of(ask, content)["printed"]
    assert figure["agrees"] is False
    assert figure["computed"] == pytest.approx(18.53, abs=0.005)
    assert figure["agrees_without"] == ["licence"]
    assert figure["text"] == (
        "Payback, simple: 16 – 18 was printed, but 18.53 follows from these flows. The printed time would take an outlay of "
        "172,666.67 – 194,250.00, or a net benefit of 11,111.11 – 12,500.00 a month. It would follow if this were forgotten: "
        "licence."
    )


def test_conventions_and_periods(ask):
    months = {"benefits": [[0] + [10] * 24], "costs": [[100] + [0] * 24], "rate": 0.21}
    monthly = answer_of(ask, {**months, "convention": "monthly"})
    assert float(monthly["npv"]) == pytest.approx(sum(10 * 1.21 ** (-month / 12) for month in range(1, 25)) - 100)
    by_year = answer_of(ask, {**months, "convention": "tei", "periods": "months"})
    assert float(by_year["npv"]) == pytest.approx(120 / 1.21 + 120 / 1.21**2 - 100)
    assert (monthly["payback_months"], by_year["payback_months"]) == (10, 10)
    assert monthly["notes"] == []


def test_a_few_columns_are_years_under_either_convention_and_that_is_said(ask):
    flows = {"rate": 0.21, "benefits": [[0, 60, 60]], "costs": [[60, 0, 0]]}
    monthly = answer_of(ask, {**flows, "convention": "monthly"})
    assert (monthly["payback_months"], monthly["periods"], len(monthly["notes"])) == (12, "years", 1)
    assert float(monthly["npv"]) == pytest.approx(sum(5 * 1.21 ** (-month / 12) for month in range(1, 25)) - 60)
    assert answer_of(ask, {**flows, "convention": "monthly", "periods": "years"})["notes"] == []
    assert answer_of(ask, flows)["notes"] == []
    assert answer_of(ask, {**flows, "convention": "monthly", "periods": "months"})["payback_months"] == 1


@pytest.mark.parametrize("row", [{"initial": 0, "months": [60, 60]}, {"month1": 60, "month2": 60}])
def test_rows_that_name_their_columns_months_are_read_as_months(ask, row):
    answer = answer_of(ask, {"rate": 0.1, "benefits": [row], "costs": [[60, 0, 0]]})
    assert (answer["payback_months"], answer["periods"], answer["notes"]) == (1, "months", [])


def test_many_years_are_doubted_aloud(ask):
    answer = answer_of(ask, {"rate": 0.1, "benefits": [[0] + [80] * 12], "costs": [[250] + [60] * 12]})
    assert (answer["periods"], len(answer["notes"])) == ("years", 1)


def test_sums_that_a_table_prints_beside_its_years_are_no_flows(ask, shared_data):
    printed = table(shared_data, "tei_salesloft_cashflow")
    content = {name: printed[name] for name in ("discount_rate", "columns", "total_benefits", "total_costs")}
    assert float(answer_of(ask, content)["npv"]) == pytest.approx(printed["npv"], abs=2)
    rows = {"benefits": [{"label": "in", "flows": printed["total_benefits"]}], "costs": [printed["total_costs"]]}
    answer = answer_of(ask, {"rate": 0.1, "columns": printed["columns"], **rows})
    assert (float(answer["npv"]), answer["horizon_months"]) == (pytest.approx(printed["npv"], abs=2), 36)


def test_soft_benefits_are_left_out_and_named(ask):
    content = {
        "rate": 0,
        "benefits": [[0, 60], {"label": "time", "flows": [0, 90], "soft": True}],
        "costs": [{"label": "kit", "flows": [50, 0], "risk": 0.1}],
    }
    answer = answer_of(ask, content)
    assert (answer["npv"], answer["left_out"]) == ("5.00", ["time"])
    assert answer_of(ask, {**content, "include_soft": True})["npv"] == "95.00"


def test_scenarios_side_by_side(ask, tmp_path, capsys):
    # As a course prints it: the low case breaks even in month 14 and is still worth less than nothing, which needs saying.
    content = {
        "rate": 0.3,
        "convention": "monthly",
        "costs": [[70, *[0] * 18]],
        "scenarios": {"low": {"benefits": [[0] + [5] * 14 + [0] * 4]}, "high": {"benefits": [[0] + [10] * 18]}},
    }
    low, high = (answer_of(ask, content)["scenarios"][name] for name in ("low", "high"))
    assert (low["payback_months"], low["payback_discounted_months"], low["horizon_months"]) == (14, None, 18)
    assert float(low["npv"]) < 0 < float(high["npv"])
    assert high["payback_months"] == 7 < high["payback_discounted_months"]
    assert main(["returns", str(tmp_path / "flows.json")]) == DONE
    said = capsys.readouterr().out
    assert "Over 18 months, at 30.00" in said
    assert "low: Payback, discounted is undefined because the benefits do not cover the outlay within the horizon." in said


def test_at_once_and_never(ask):
    assert answer_of(ask, {"rate": 0.1, "benefits": [[0, 10]], "costs": [[0, 3]]})["payback_months"] == 0
    never = answer_of(ask, {"rate": 0.1, "benefits": [[0, 10]], "costs": [[30, 3]]})
    assert never["payback_months"] is None
    assert never["undefined"]["payback_months"] == "the benefits do not cover the outlay within the horizon"


@pytest.mark.parametrize(
    "content",
    [
        {"function": "NPV", "rate": -0.999, "values": [1] * 900},
        {"function": "PMT", "rate": -0.9999, "nper": 100000, "pv": 1},
        {"function": "RATE", "nper": 10, "pmt": 100, "pv": 100},
    ],
)
def test_a_function_without_a_result_says_so(ask, content):
    answer = answer_of(ask, content)
    assert answer["result"] is None
    assert answer["undefined"] == {"result": "no number fits these figures"}


def test_for_people(tmp_path, capsys):
    file = tmp_path / "flows.json"
    file.write_text(json.dumps({"rate": 0.1, "benefits": [[0, 10, -50, 60]], "costs": [[5, 0, 0, 0]]}))
    assert main(["returns", str(file)]) == DONE
    said = capsys.readouterr().out
    assert "ROI by TEI (NPV / present value of costs)" in said
    assert "Internal rate of return a year (IRR) is undefined because" in said
    assert "The running total falls below zero again in month 24." in said


BASE = {"rate": 0.1, "benefits": [[0, 1, 2]], "costs": [[1, 0, 0]]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rate": -1}, "rate of -1 "),
        ({"rate": "-100%"}, "rate of -1 "),
        ({"rate": None}, "rate is None"),
        ({"rate": -0.999, "flows": [0] * 1000 + [1], "benefits": None, "costs": None}, "too large"),
        ({"rate": "ten"}, "rate is ten"),
        ({"benefits": [], "costs": []}, "no flows over time"),
        ({"benefits": [[]]}, "benefits[0] must be a list of 1"),
        ({"benefits": [[1]], "costs": [[2]]}, "no flows over time"),
        ({"benefits": [[0, 1, 2], [0, 1]]}, "differ in length (3 columns and 2)"),
        ({"costs": [[1, 0]]}, "differ in length"),
        ({"benefits": [[0, "x", 2]]}, "benefits[0][1] is x"),
        ({"benefits": [[0, True, 2]]}, "benefits[0][1] is True"),
        ({"benefits": "lots"}, "benefits must be a list"),
        ({"benefits": [{"label": "a"}]}, "benefits[0] must be a list"),
        ({"benefits": [{"flows": [0, 1, 2], "risk": 3}]}, "risk of benefits[0] is 3"),
        ({"convention": "weekly"}, "convention cannot be “weekly”; choose from: tei, monthly"),
        ({"convention": ["tei"]}, "convention cannot be"),
        ({"periods": "days"}, "periods cannot be “days”"),
        ({"dates": ["2026-01-01"]}, "1 dates do not fit 3 columns"),
        ({"dates": ["2026-01-01", "tomorrow", "2026-01-03"]}, "tomorrow is no date"),
        ({"dates": ["2026-01-01", "2026-01-09", "2026-01-03"]}, "in order"),
        ({"printed": {"joy": 1}}, "No figure is called “joy”"),
        ({"printed": [1]}, "printed must be a list"),
        ({"scenarios": {}}, "scenarios must be"),
        ({"scenarios": {"low": 3}}, "give each its own object"),
        ({"function": "VLOOKUP"}, "no function “VLOOKUP”"),
        ({"function": "PMT"}, "nper"),
        ({"function": "IRR"}, "values must be a list"),
    ],
)
def test_bad_input_is_one_sentence(ask, change, said):
    status, answer, told = ask(BASE | change)
    assert (status, answer) == (WRONG_REQUEST, None)
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "{", '{"rate": NaN, "flows": [1, 2]}', '{"rate": 1e999, "flows": [1, 2]}', "\x00"]
)
def test_files_that_are_not_the_object_are_one_sentence(ask, text):
    status, answer, told = ask(text)
    assert (status, answer) == (WRONG_REQUEST, None)
    assert told.count("\n") == 1


def test_a_missing_file_is_one_sentence(capsys, tmp_path):
    assert main(["returns", str(tmp_path / "none.json")]) == WRONG_REQUEST
    assert "none.json: The file cannot be read" in capsys.readouterr().err
    assert main(["returns", str(tmp_path)]) == WRONG_REQUEST
    assert capsys.readouterr().err.count("\n") == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["flows", "label", "risk", "soft"]), inner),
    max_leaves=12,
)
KEYS = [
    "rate",
    "convention",
    "periods",
    "benefits",
    "costs",
    "flows",
    "dates",
    "printed",
    "scenarios",
    "function",
    "values",
    "nper",
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING))
def test_nothing_makes_it_fail(ask, content):
    status, answer, told = ask({"rate": 0.1, **content})
    assert "our fault" not in told
    assert (status == DONE) == (answer is not None)


@pytest.mark.parametrize(
    "costs",
    [
        [[140, 40, 40, 40]],
        [140, 40, 40, 40],
        ["140", "40.00", "£40", "$ 40"],
        ["(140)", "(40)", "(40)", "(40)"],
        [{"initial": 140, "year1": 40, "year2": 40, "year3": 40, "total": 260}],
        [{"Initial": 140, "Year 1": 40, "Year 2": 40, "Year 3": 40}],
        {"initial": 140, "years": [40, 40, 40]},
        {"software": [100, 40, 40, 40], "project": {"initial": 40, "years": [0, 0, 0]}},
        [{"name": "all of it", "values": [140, 40, 40, 40]}],
    ],
)
def test_costs_may_be_written_in_any_usual_shape(tmp_path, capsys, costs):
    file = tmp_path / "flows.json"
    file.write_text(json.dumps({"rate": "8 %", "convention": "TEI", "benefits": [0, 200, 200, 200], "costs": costs}))
    assert main(["returns", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["npv"][:7], told["roi_tei"]) == ("272.335", pytest.approx(1.12033, abs=1e-5))


def test_commas_between_thousands_are_read_and_other_commas_refused(tmp_path, capsys):
    file = tmp_path / "flows.json"
    file.write_text(json.dumps({"rate": 0.1, "benefits": ["0", "1,606,511"], "costs": ["53,150", 0]}))
    assert main(["returns", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["net"] == ["-53150.00", "1606511.00"]
    file.write_text(json.dumps({"rate": 0.1, "benefits": ["0", "1,5"], "costs": ["5", 0]}))
    assert main(["returns", str(file), "--json"]) == 2


def test_what_is_not_used_and_a_rate_that_looks_like_a_percentage_are_said(tmp_path, capsys):
    file = tmp_path / "flows.json"
    file.write_text(json.dumps({"discount_rate": 10, "colour": "red", "benefits": [0, 200], "costs": [10, 0]}))
    assert main(["returns", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rate"] == 10
    assert any("colour" in note for note in told["notes"])
    assert any("100 %" in note for note in told["notes"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"function": "PV", "rate": "0.08/12", "nper": 240, "pmt": 500}, -59777.15),
        ({"function": "FV", "rate": "0.06/12", "nper": 10, "pmt": -200, "pv": -500, "type": 1}, 2581.40),
        ({"function": "NPER", "rate": 0.01, "pmt": -100, "pv": -1000, "fv": 10000, "type": 1}, 59.6738657),
        ({"function": "IPMT", "rate": "0.1/12", "per": 1, "nper": 36, "pv": 8000}, -66.67),
        ({"function": "PPMT", "rate": "0.1/12", "per": 1, "nper": 24, "pv": 2000}, -75.62),
    ],
)
def test_functions_of_level_payments_give_the_documented_values(tmp_path, capsys, asked, expected):
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(asked))
    assert main(["returns", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == pytest.approx(expected, abs=0.005)
