import json
from decimal import Decimal
from functools import partial

import numpy as np
import pytest

from roi_tool.costing.discounting import Period
from roi_tool.costing.printed_figures import FlowRow, explain_printed, measure_rows
from roi_tool.problems import ProblemError

NANO = 10**9
measure = partial(measure_rows, rate=0, period=Period.YEARS)


def row(label, units, is_cost=True):
    return FlowRow(label, np.array(units, dtype=np.int64) * NANO, is_cost)


def explained(rows, **printed):
    ranges = {name: (Decimal(str(low)), Decimal(str(high))) for name, (low, high) in printed.items()}
    return explain_printed(rows, measure(rows), ranges, measure)


def test_the_published_payback_that_does_not_follow(shared_data):
    cases = json.loads((shared_data / "tables" / "public_sector_cases.json").read_text())["cases"]
    oregon = next(case for case in cases if case["id"].startswith("oregon"))
    option = oregon["options"]["FreePBX"]
    for service, payback in zip(option["monthly_service"], oregon["recomputed"]["payback_months"], strict=True):
        rows = [
            row("today", [0] + [oregon["current_monthly"] * 12] * 3, is_cost=False),
            row("outlay", [option["one_time"], 0, 0, 0]),
            row("licence", [0] + [option["annual_license"]] * 3),
            row("service", [0] + [service * 12] * 3),
        ]
        (figure,) = explained(rows, payback_months=oregon["published_payback_months"])
        assert not figure.agrees
        assert float(figure.computed) == pytest.approx(payback, abs=0.05)
        # What it would have taken: the outlay divided by the printed months.
        assert figure.monthly_low == pytest.approx(Decimal(option["one_time"]) / 18)
        assert figure.monthly_high == pytest.approx(Decimal(option["one_time"]) / 16)
        net_month = oregon["current_monthly"] - service - option["annual_license"] / 12
        assert float(figure.outlay_low) == pytest.approx(16 * net_month)
        assert float(figure.outlay_high) == pytest.approx(18 * net_month)
        assert ("licence" in figure.agrees_without) == (service == 5000)


def test_a_figure_within_its_printed_digits_agrees():
    rows = [row("gain", [0, 300, 300], is_cost=False), row("outlay", [200, 0, 0])]
    (agreeing,) = explained(rows, roi_tei=(2, 2))
    assert agreeing.agrees
    (close,) = explained(rows, payback_months=(8.0, 8.0))
    assert close.agrees
    (off,) = explained(rows, payback_months=(8.2, 8.2))
    assert not off.agrees
    assert off.computed == 8


def test_a_figure_without_a_meaning_never_agrees():
    rows = [row("gain", [0, 10], is_cost=False), row("outlay", [200, 0])]
    (figure,) = explained(rows, payback_months=(8, 8))
    assert (figure.agrees, figure.computed, figure.outlay_low) == (False, None, None)


def test_unknown_figures_and_ragged_rows_are_refused():
    rows = [row("gain", [0, 10], is_cost=False), row("outlay", [200, 0])]
    with pytest.raises(ProblemError) as refused:
        explained(rows, happiness=(1, 1))
    assert refused.value.problems[0].code == "returns_printed"
    with pytest.raises(ProblemError) as refused:
        measure([*rows, row("more", [1, 2, 3])])
    assert refused.value.problems[0].code == "returns_ragged"
    with pytest.raises(ProblemError) as refused:
        measure([])
    assert refused.value.problems[0].code == "returns_empty"
