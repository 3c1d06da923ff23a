"""`roi-tool pricebook check`: a book that may be used, one that forgets something, one that is wrong."""

import json
import shutil

import pytest

from roi_tool.cli.main import main
from roi_tool.resources import pricebooks_folder


@pytest.fixture
def book(tmp_path):
    return shutil.copytree(pricebooks_folder() / "example-uk-2026", tmp_path / "book")


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_book_answers_the_whole_catalogue(book, capsys):
    assert main(["pricebook", "check", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == {}


def test_what_a_book_forgets_is_named_for_each_option(book, capsys):
    change(book / "sets.toml", '  { sku = "UPS", cost = "equipment", per = "site", answers = ["ups"] },\n', "")
    assert main(["pricebook", "check", str(book), "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["missing"] == {name: ["ups"] for name in ("onprem_pri", "onprem_sip", "hosted")}
    assert "Hosted IP PBX: nothing in the price book answers Battery supply (UPS)." in captured.err


def test_an_item_of_one_way_of_selling_is_looked_for_in_that_way(book, capsys):
    change(book / "products.toml", 'includes = ["numbers"]\n', "")
    assert main(["pricebook", "check", str(book), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["missing"] == {"onprem_sip": ["numbers"], "keep_sip": ["numbers"]}


def test_a_share_that_is_no_driver_is_refused(book, capsys):
    change(book / "sets.toml", 'share = ["headset_share"]', 'share = ["headset"]')
    assert main(["pricebook", "check", str(book)]) == 2
    assert "HEADSET of the price book follows “headset”, which is no driver" in capsys.readouterr().err
