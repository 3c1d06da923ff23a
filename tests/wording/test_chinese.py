"""The Chinese catalogue: whole, compiled, printable, and without English left on the pages it is shown on."""

import ast
import re
import string
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from quoting.small_case import small_case

import roi_tool
from roi_tool.money import Money
from roi_tool.problems import Problem, Where
from roi_tool.quoting import compare
from roi_tool.wording import wording_for
from roi_tool.wording.catalogues import compiled, extracted, po_file, read_catalogue

ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[a-z’']{2,}){2,}")
"""Three English words in a row, the later ones in small letters: no name, SKU or unit looks like that."""


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue("zh_CN")


@pytest.fixture(scope="module")
def words():
    return wording_for("zh_CN")


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def english_forms(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def chinese_form(message):
    return message.string[0] if isinstance(message.string, tuple) else message.string


def english_left(texts, data):
    """Return the texts that still hold English once the words of the data are taken out."""
    left = []
    for text in texts:
        ours = text
        for known in sorted(data, key=len, reverse=True):
            ours = ours.replace(known, "·")
        left += [ours] if ENGLISH.search(ours) else []
    return left


def words_of_the_data(case, comparison):
    """Names and sources that came with bills and price book, which nobody translates."""
    sources = {evidence.source for evidence in comparison.evidence.values()}
    names = {value for option in comparison.options for line in option.lines for value in line.label_args.values()}
    charges = {charge.description for bill in case.bills for charge in bill.charges}
    products = {product.name for product in case.price_book.products}
    return {text for text in (*sources, *names, *charges, *products, case.customer.name) if text}


def test_the_compiled_catalogue_is_that_of_its_source(catalogue):
    assert po_file("zh_CN").with_suffix(".mo").read_bytes() == compiled(catalogue), "run `make messages`"


def test_every_text_is_in_the_catalogue_and_translated(catalogue):
    said = {english_forms(message)[0]: chinese_form(message) for message in catalogue if message.id}
    missing = [english_forms(message)[0] for message in extracted() if message.id and not said.get(english_forms(message)[0])]
    assert missing == [], "run `make messages`, then translate these"


def test_no_text_hides_in_an_f_string():
    """Where it is extracted by some versions of Python only."""
    package = Path(roi_tool.__file__).parent
    hidden = [
        f"{file.relative_to(package)}:{call.lineno}"
        for file in package.rglob("*.py")
        for joined in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("text", "plural")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_a_translation_keeps_the_blanks(catalogue):
    """One Chinese form stands for both of the English ones, and may name any blank that one of them has."""
    for message in catalogue:
        if message.id and chinese_form(message):
            forms, said = english_forms(message), blanks(chinese_form(message))
            assert said == set().union(*map(blanks, forms)), forms[0]


def test_sentences_end_as_chinese_ones_do(catalogue):
    for message in catalogue:
        english, chinese = english_forms(message)[-1] if message.id else "", chinese_form(message)
        if chinese and english.endswith("."):
            assert chinese.endswith("。"), english
        assert not re.search(r"[一-鿿][,;?!]|[一-鿿]\.(?!\w)", chinese), chinese


def test_every_character_has_a_glyph_in_the_fonts_of_the_papers(catalogue):
    """A box in place of a character is worse than an English word."""
    from roi_tool.reporting import read_brand
    from roi_tool.reporting.pdf.typeface import Typeface, Weight

    typeface = Typeface(read_brand(), "zh_CN")
    letters = "".join(sorted({letter for message in catalogue if message.id for letter in chinese_form(message)}))
    for weight in (Weight.REGULAR, Weight.BOLD):
        assert "".join(run for _, run in typeface.runs(letters, weight)) == letters


def test_no_english_is_left_in_the_pdf(tmp_path, words):
    from roi_tool.reporting import read_brand, write_comparison_pdf

    case = small_case()
    comparison = compare(case, case.scenario)
    write_comparison_pdf(tmp_path / "comparison.pdf", case, comparison, read_brand(), words, on=date(2026, 11, 23))
    lines = [line for page in PdfReader(tmp_path / "comparison.pdf").pages for line in page.extract_text().splitlines()]
    assert any("维持现状" in line for line in lines)
    assert english_left(lines, words_of_the_data(case, comparison)) == []


def test_no_english_is_left_in_the_workbook(tmp_path, words):
    import openpyxl

    from roi_tool.reporting import read_brand, write_comparison_workbook

    case = small_case()
    comparison = compare(case, case.scenario)
    write_comparison_workbook(tmp_path / "comparison.xlsx", case, comparison, read_brand(), words)
    book = openpyxl.load_workbook(tmp_path / "comparison.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    texts = [*book.sheetnames, *(text for text in cells if not text.startswith("="))]
    assert any("维持现状" in text for text in texts)
    assert english_left(texts, words_of_the_data(case, comparison)) == []


def test_no_english_is_left_in_the_window(qtbot, tmp_path):
    from PySide6.QtWidgets import QWidget

    from roi_tool.desktop.desk import Desk
    from roi_tool.desktop.main_window import PAGES, MainWindow
    from roi_tool.workspace.open_quote import OpenQuote
    from roi_tool.workspace.settings import Settings

    desk = Desk(Settings(language="zh_CN"), tmp_path / "settings.toml")
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    quote = OpenQuote(small_case())
    desk.put_quote(quote)
    texts = set()
    for page in PAGES:
        window.show_page(page)
        for widget in window.findChildren(QWidget):
            for name in ("text", "title", "toolTip", "placeholderText", "accessibleName"):
                read = getattr(widget, name, None)
                texts.add(read() if callable(read) else "")
    desk.tasks.close()
    assert "维持现状的成本。每个数字都注明来源。" in texts
    assert english_left(texts, words_of_the_data(quote.case, quote.comparison)) == []


@pytest.mark.parametrize(
    ("amount", "short"),
    [("68415", "£6.8万"), ("-6841", "−£6.8千"), ("1250000", "£125万"), ("230000000", "£2.3亿"), ("999", "£999")],
)
def test_short_amounts_are_counted_in_ten_thousands(words, amount, short):
    assert words.short_money(Money.of(amount, "GBP").amount_nano, "GBP") == short


def test_places_lists_and_sentences_are_joined_as_in_chinese(words):
    problem = Problem("deck_rate_missing", where=Where("/a/deck.csv", row=7, column="Rate"))
    assert words.sentence(problem) == "deck.csv，第 7 行，列 Rate：没有价格。"
    assert words.listed(["甲", "乙"]) == "甲、乙"
    assert words.clauses(["甲", "乙"]) == "甲；乙"
    assert words.paragraph(["甲。", "乙。"]) == "甲。乙。"
    assert words.moment(datetime(2026, 5, 6, 11)) == "2026年5月6日 11:00"  # noqa: DTZ001
    assert words.number(Decimal("1234.5"), 1) == "1,234.5"


@pytest.mark.parametrize(
    ("option", "said"),
    [("托管", "托管领先至第 8 个月"), ("本地 PRI", "本地 PRI 领先至第 8 个月"), ("PRI 本地", "PRI 本地领先至第 8 个月")],
)
def test_a_space_stands_where_ideographs_meet_latin_at_the_edge_of_a_blank(words, option, said):
    assert words.text("{option} leads until month {month}", option=option, month="8") == said
    assert words.text("From: {source}", source=option) == f"来源：{option}"


def test_a_count_takes_the_one_chinese_form(words):
    assert words.plural("{count} bill reconciles", "{count} bills reconcile", 1) == "1 份账单核对一致"
    assert words.plural("{count} bill reconciles", "{count} bills reconcile", 3) == "3 份账单核对一致"


def test_help_and_wrong_requests_are_said_in_chinese(monkeypatch, capsys):
    from roi_tool.cli.main import COMMANDS, main

    monkeypatch.setenv("ROI_TOOL_LANG", "zh_CN")
    for command in ("", *COMMANDS):
        main([command, "--help"] if command else ["--help"])
        lines = capsys.readouterr().out.splitlines()
        assert "  -h, --help" in "\n".join(lines)
        assert "显示此帮助并退出" in "\n".join(lines)
    main(["solve"])
    assert capsys.readouterr().err.endswith("可用 roi-tool solve --help 查看用法。\n")
