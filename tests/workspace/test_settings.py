"""Settings: kept as TOML, checked when read, never in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.wording import wording_for
from roi_tool.workspace.settings import Settings, read_settings, write_settings


def test_without_a_file_the_defaults_stand(tmp_path):
    settings, problems = read_settings(tmp_path / "none.toml")
    assert settings.theme == "light"
    assert not problems


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40))
def test_what_is_written_is_read(tmp_path_factory, folder):
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    settings = Settings(language="zh_CN", theme="dark", bill_folder=folder)
    assert write_settings(settings, file) == ()
    assert read_settings(file) == (settings, ())


@pytest.mark.parametrize("text", ['theme = "pink"', "theme = ", 'price_book = "../../etc"', "language = 3", "\x00"])
def test_a_wrong_file_gives_defaults_one_sentence_and_is_left_alone(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    settings, problems = read_settings(file)
    assert settings == Settings()
    assert len(problems) == 1
    assert "defaults" in wording_for("en").sentence(problems[0])
    assert file.read_text(encoding="utf-8") == text


def test_a_setting_of_a_newer_version_is_passed_over(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\nsomething_new = 1\n', encoding="utf-8")
    settings, problems = read_settings(file)
    assert settings.theme == "dark"
    assert not problems


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    problems = write_settings(Settings(), tmp_path / "file" / "settings.toml")
    assert [problem.code for problem in problems] == ["settings_not_written"]
