from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing import Confidence, CostCategory, CostLine, Evidence
from roi_tool.costing.budget import budget_view
from roi_tool.problems import ProblemError


def line(category, amounts):
    return CostLine("x", category, "cost.x", "", Evidence("A1", Confidence.CHOICE, "test"), np.array(amounts, dtype=np.int64))


LINES = st.integers(1, 40).flatmap(
    lambda months: st.lists(
        st.tuples(
            st.sampled_from(CostCategory), st.lists(st.integers(-(10**12), 10**12), min_size=months + 1, max_size=months + 1)
        ),
        min_size=1,
        max_size=5,
    )
)


@given(LINES, st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_years_add_up_to_the_lines(drawn, start, first_month):
    lines = [line(*row) for row in drawn]
    years = budget_view(lines, start, first_month=first_month)
    assert sum(year.total_nano for year in years) == sum(item.total_nano for item in lines)
    assert sum(year.months for year in years) == len(lines[0].amounts_nano) - 1
    assert all(year.first_day.month == first_month for year in years)
    assert years[0].first_day <= start <= years[0].last_day


def test_a_fiscal_year_from_april():
    lines = [
        line(CostCategory.EQUIPMENT, [1000, *[0] * 13, 500, *[0] * 10]),
        line(CostCategory.SEATS, [0, *[10] * 24]),
        line(CostCategory.LICENCES, [0, *[7] * 24]),
    ]
    years = budget_view(lines, date(2026, 9, 1), first_month=4)
    # September to March are seven months; the upgrade of month 14 is paid in October 2027; rented licences are running cost.
    assert [(year.first_day, year.months, year.capital_nano, year.running_nano) for year in years] == [
        (date(2026, 4, 1), 7, 1000, 119),
        (date(2027, 4, 1), 12, 500, 204),
        (date(2028, 4, 1), 5, 0, 85),
    ]
    assert years[0].last_day == date(2027, 3, 31)


def test_categories_of_ones_own():
    lines = [line(CostCategory.TRAINING, [100, 0, 0])]
    assert budget_view(lines, date(2026, 1, 1))[0].running_nano == 100
    assert budget_view(lines, date(2026, 1, 1), capital={CostCategory.TRAINING})[0].capital_nano == 100


def test_no_such_month_is_refused():
    with pytest.raises(ProblemError):
        budget_view([], date(2026, 1, 1), first_month=13)
