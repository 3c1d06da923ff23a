import json
import re

import pytest

from roi_tool.cli import main as command_line
from roi_tool.cli.console import DONE, WRONG_REQUEST, Console
from roi_tool.cli.main import COMMANDS, main
from roi_tool.wording import wording_for


def test_help_names_every_command(capsys):
    assert main(["--help"]) == DONE
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^    {name}\s", told, re.MULTILINE)] == []


def test_a_wrong_command_is_one_sentence(capsys):
    assert main(["fly"]) == WRONG_REQUEST
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "fly" in told.err
    assert "--help" in told.err


def test_a_fault_of_ours_is_a_sentence_with_the_place_of_the_details(capsys, monkeypatch, tmp_path):
    def broken(*_):
        raise RuntimeError("inner")

    monkeypatch.setattr(command_line, "_run_command", broken)
    monkeypatch.setattr(command_line.tempfile, "gettempdir", lambda: str(tmp_path))
    assert main(["demo"]) == WRONG_REQUEST
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "RuntimeError" in (tmp_path / "roi-tool-fault.log").read_text()


def test_json_goes_alone_to_standard_output(capsys):
    console = Console(wording_for("en"), as_json=True)
    console.say("for people")
    console.progress("working")
    from datetime import date
    from decimal import Decimal

    console.result({"amount": Decimal("0.10"), "when": date(2026, 5, 1)})
    told = capsys.readouterr()
    assert json.loads(told.out) == {"amount": "0.10", "when": "2026-05-01"}
    assert told.err == "working\n"


def test_a_table_lines_up_with_wide_letters(capsys):
    Console(wording_for("en")).table(["Option", "Total"], [["托管", "1"], ["Hosted", "12,000"]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "托管         1"
    assert lines[3] == "Hosted  12,000"


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "zh_TW"])
def test_the_consoles_language_follows_the_locale(monkeypatch, language):
    monkeypatch.delenv("ROI_TOOL_LANG")
    monkeypatch.setenv("LC_ALL", language)
    assert command_line._language() == "zh_CN"
