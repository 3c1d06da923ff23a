"""The traffic report: what its sentences say about a measured, an estimated and an unpaid-for profile."""

import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

from roi_tool.cdr import empty_calls, make_calls
from roi_tool.problems import ProblemError
from roi_tool.reporting import TrafficSubject, read_brand, write_traffic_pdf, write_traffic_workbook
from roi_tool.reporting.blocks import Heading, Headline, Notice, Paragraph, RowStyle, Table
from roi_tool.reporting.trunk_analysis import traffic_paper
from roi_tool.reporting.trunk_analysis.over_time import trend_text
from roi_tool.traffic import PaidChannels, measure_traffic, profile_findings
from roi_tool.traffic.erlang import erlang_b_blocking
from roi_tool.wording import LANGUAGES, wording_for

DAY = date(2026, 11, 23)
WORDS = wording_for("en")


def office(weeks=6, *, timeless=False):
    """Office days with three calls of a quarter of an hour begun every twenty minutes from nine to eleven."""
    days = pd.bdate_range("2026-05-04", periods=5 * weeks)
    clock = [pd.Timedelta(0)] * 18 if timeless else [pd.Timedelta(minutes=9 * 60 + 20 * (step // 3)) for step in range(18)]
    start = pd.DatetimeIndex([day + at for day in days for at in clock]).tz_localize("Europe/London").tz_convert("UTC")
    return make_calls(
        {
            "start": start.astype("datetime64[us, UTC]"),
            "duration_ms": [900_000] * len(start),
            "direction": ["outbound"] * len(start),
            "called": ["442079460100"] * len(start),
            "called_class": ["geographic"] * len(start),
        },
        timezone="Europe/London",
    )


def subject(calls=None, *, paid=None, words=WORDS, **given):
    profile = measure_traffic(office() if calls is None else calls)
    return TrafficSubject(profile, words, "Alder & Wren Architects", paid, profile_findings(profile), **given)


def blocks_of(one, kind):
    return [block for page in traffic_paper(one, read_brand(), on=DAY).pages for block in page if isinstance(block, kind)]


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        (None, "Your calls need {needed} channels."),
        (40, "Your calls need {needed} channels; 40 are paid for."),
        (2, "Your calls need {needed} channels; only 2 are paid for."),
    ],
)
def test_the_headline_sets_the_need_against_what_is_paid_for(paid, said):
    one = subject(paid=PaidChannels(paid) if paid else None)
    assert blocks_of(one, Headline)[0].text == said.format(needed=one.profile.channels_needed)


def test_the_table_around_the_answer_is_erlang_b_and_the_measured_time():
    one = subject(paid=PaidChannels(40))
    table = next(table for table in blocks_of(one, Table) if table.columns[0].title == "Channels")
    best = next(row for row in table.rows if row.style is RowStyle.BEST)
    assert best.cells[0].text == str(one.profile.channels_needed)
    for row in table.rows[:3]:
        count = int(row.cells[0].text)
        assert row.cells[1].text == WORDS.percent(erlang_b_blocking(one.profile.sizing.traffic_erlangs, count), 2)
        assert row.cells[3].text == WORDS.number(one.profile.seconds_beyond(count) / 60, 1)
    assert table.rows[-1].cells[0].text == "40, paid for"


def test_unused_channels_are_counted_with_the_bill_that_names_them():
    one = subject(paid=PaidChannels(40, (("ISDN30 channel rental", 40, 40),)))
    said = " ".join(block.text for block in blocks_of(one, Paragraph))
    peak = one.profile.peak_concurrent
    assert f"40 channels are paid for; {peak} of them were ever in use at one time. {40 - peak} were never needed" in said
    assert "ISDN30 channel rental × 40" in repr(blocks_of(one, object))


def test_without_times_all_is_called_an_estimate_and_no_hour_is_shown():
    one = subject(office(timeless=True))
    assert not one.measured
    assert "Estimated from 540 calls" in repr(traffic_paper(one, read_brand(), on=DAY).pages[0])
    assert any("shows days without times" in text for block in blocks_of(one, Notice) for text in block.texts)
    assert "By hour of the day" not in {block.text for block in blocks_of(one, Heading)}


def test_a_trend_says_how_sure_it_is():
    assert trend_text(subject(office(2))) == "There are too few whole weeks to tell a trend."
    assert "95" in trend_text(subject())


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_and_workbook_are_written(tmp_path, language):
    from pypdf import PdfReader

    one = subject(paid=PaidChannels(40), words=wording_for(language))
    write_traffic_pdf(tmp_path / "traffic.pdf", one, read_brand(), on=DAY)
    pages = PdfReader(tmp_path / "traffic.pdf").pages
    assert len(pages) == 3
    assert "Alder & Wren Architects" in pages[0].extract_text()
    write_traffic_workbook(tmp_path / "traffic.xlsx", one, read_brand(), on=DAY)
    book = openpyxl.load_workbook(tmp_path / "traffic.xlsx")
    assert not any(cell.value == WORDS.label("chart.hours_peak") for cell in book.worksheets[0]["A"])
    hours = [row for row in book.worksheets[3].iter_rows(values_only=True) if str(row[0]).endswith(":00")]
    assert len(hours) == 24
    assert sum(row[2] for row in hours) == one.profile.calls
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_workbook_holds_one_live_chart_beside_its_values(tmp_path):
    write_traffic_workbook(tmp_path / "traffic.xlsx", subject(), read_brand(), on=DAY)
    with zipfile.ZipFile(tmp_path / "traffic.xlsx") as book:
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 1
        assert "By hour" in book.read(charts[0]).decode()


def test_no_calls_make_no_report(tmp_path):
    empty = TrafficSubject(measure_traffic(empty_calls()), WORDS)
    with pytest.raises(ProblemError, match="traffic_no_calls"):
        write_traffic_pdf(tmp_path / "traffic.pdf", empty, read_brand())
