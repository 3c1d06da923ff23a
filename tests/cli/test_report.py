import pytest

from roi_tool.cli.main import main
from roi_tool.resources import sample_bills_folder


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_sample_case_becomes_a_paper(tmp_path, capsys, ending):
    out = tmp_path / f"paper.{ending}"
    status = main(["report", str(sample_bills_folder() / "alder-wren.case.yaml"), "-o", str(out)])
    assert status in (0, 1)
    assert out.stat().st_size > 10_000
    assert str(out) in capsys.readouterr().out


def test_an_ending_that_is_no_paper_is_refused_in_one_sentence(tmp_path, capsys):
    assert main(["report", "case.yaml", "-o", str(tmp_path / "paper.doc")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_unknown_template_is_refused(tmp_path, capsys):
    assert main(["report", "case.yaml", "-o", str(tmp_path / "paper.pdf"), "--template", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
