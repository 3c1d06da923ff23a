"""Bills into a case and papers out of it, with the real readers and writers."""

from pathlib import Path

import pytest
from quoting.small_case import small_case

from roi_tool.problems import ProblemError
from roi_tool.quoting import compare
from roi_tool.quoting.case import Customer
from roi_tool.wording import wording_for
from roi_tool.workspace.case_errands import files_given, first_answer, read_bills, with_bills, without_file
from roi_tool.workspace.exporting import export_comparison, suggested_name

SAMPLES = Path(__file__).resolve().parents[2] / "sample_bills"
BILL = SAMPLES / "lakeshore_usage_2026-05.csv"
needs_samples = pytest.mark.skipif(not BILL.is_file(), reason="the sample bills are not made")


def quiet(share, name):
    assert 0 <= share <= 1


@needs_samples
def test_each_file_is_a_bill_and_a_bad_one_does_not_stop_the_others(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    told = []
    reading = read_bills(files_given([empty, BILL]), "US", lambda share, name: told.append((share, name)))
    assert len(reading.bills) == 1
    assert [Path(problem.where.file).name for problem in reading.refused] == ["empty.csv"]
    assert told[-1] == (1.0, BILL.name)
    assert [share for share, _ in told] == sorted(share for share, _ in told)


def test_a_folder_stands_for_its_files(tmp_path):
    for name in ("b.csv", "a.csv", ".hidden"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [files[0].name for files in files_given([tmp_path])] == ["a.csv", "b.csv"]


def test_nothing_at_all_is_said():
    assert [problem.code for problem in read_bills((), "GB", quiet).refused] == ["nothing_to_read"]


@needs_samples
def test_progress_can_stop_the_reading():
    class StopError(Exception):
        pass

    def stop(share, name):
        raise StopError

    with pytest.raises(StopError):
        read_bills(files_given([BILL]), "US", stop)


@needs_samples
def test_a_bill_read_again_takes_the_place_of_the_old_one():
    bills = read_bills(files_given([SAMPLES / "bt_2003_style.csv"]), "GB", quiet).bills
    once = with_bills(without_file(small_case(), "july.csv"), bills)
    twice = with_bills(once, bills)
    assert len(once.bills) == len(twice.bills) == 1
    assert without_file(twice, twice.bills[0].files[0].path).bills == ()


def test_a_first_answer_from_a_name_and_seats():
    case = first_answer(Customer("Brook & Fell", "GB", 60), "example-uk-2026")
    comparison = compare(case, case.scenario)
    assert case.scenario["seats"] == 60
    assert len(comparison.options) >= 4
    assert "calls_typical" in {problem.code for problem in comparison.problems}


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
@pytest.mark.slow
def test_papers_are_written(tmp_path, kind):
    case = small_case()
    words = wording_for("en")
    path = export_comparison(tmp_path / f"out.{kind}", case, compare(case, case.scenario), "fairlead", words)
    assert path.stat().st_size > 5_000
    assert path.read_bytes()[:2] in (b"%P", b"PK")


@pytest.mark.parametrize(("name", "code"), [("out.docx", "export_kind_unknown"), ("out", "export_kind_unknown")])
def test_another_kind_of_paper_is_refused(tmp_path, name, code):
    case = small_case()
    with pytest.raises(ProblemError) as error:
        export_comparison(tmp_path / name, case, compare(case, case.scenario), "fairlead", wording_for("en"))
    assert error.value.problems[0].code == code


@pytest.mark.parametrize(
    ("name", "file"),
    [("Alder & Wren Architects", "Alder-&-Wren-Architects.pdf"), ("a/b\\c:d", "a-b-c-d.pdf"), ("...", "comparison.pdf")],
)
def test_a_file_name_that_every_system_takes(name, file):
    case = small_case()
    case = type(case)(
        **{field: getattr(case, field) for field in type(case).__dataclass_fields__} | {"customer": Customer(name)}
    )
    assert suggested_name(case, "pdf") == file
