import re
from datetime import date
from functools import lru_cache

import pytest
from invented_comparison import PRICES, invented_case, invented_comparison
from pypdf import PdfReader

from roi_tool.problems import ProblemError
from roi_tool.reporting import read_brand, write_comparison_pdf
from roi_tool.reporting.blocks import Cell, Column, Paper, Row, RowStyle, Table
from roi_tool.reporting.brand import Layout, Page
from roi_tool.reporting.pdf.document import write_pdf
from roi_tool.reporting.pdf.typeface import Typeface, Weight
from roi_tool.wording import wording_for
from roi_tool.wording.words import Wording

WORDS = wording_for("en")
DAY = date(2026, 11, 23)
CHINESE = "根据您的账单逐行计算得出的结果（已核对），以及运营商的报价；"
DEAR = {**PRICES, "hosted": [("seats", "Hosted seats", "P1", "seats", 9000, 9000)]}


class Ideographs(Wording):
    """Stands in for a translator: every run of Latin words becomes ideographs, blanks stay."""

    def text(self, text, /, **blanks):
        changed = re.sub(r"[A-Za-z’][A-Za-z’ ,-]*(?![^{]*\})", lambda found: (CHINESE * 9)[: max(1, len(found[0]) // 3)], text)
        return changed.format(**blanks) if blanks else changed

    def plural(self, one, many, count, /, **blanks):
        return self.text(many, count=self.number(count), **blanks)


@lru_cache
def brand():
    return read_brand()


def written(path, comparison, words=WORDS, parts=(), **given):
    layout = Layout(page=tuple(Page(parts=(part,)) for part in parts)) if parts else brand().layout
    chosen = brand().model_copy(update={"layout": layout})
    write_comparison_pdf(path, invented_case(comparison, **given), comparison, chosen, words, on=DAY)
    return PdfReader(path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return written(tmp_path_factory.mktemp("paper") / "comparison.pdf", invented_comparison())


def said(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_title_author_language_and_bookmarks(reader):
    assert reader.metadata.title == "Telephony options compared for Alder & Wren Architects"
    assert reader.metadata.author == "Fairlead"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Method and definitions" in [entry.title for entry in reader.outline]


def test_every_font_is_embedded_and_maps_back_to_text(reader):
    for page in reader.pages:
        for font in fonts_of(page):
            if font["/BaseFont"] == "/Helvetica":
                continue  # named by reportlab on every page, used by none
            assert "/FontFile2" in font["/FontDescriptor"].get_object()
            assert "/ToUnicode" in font
    assert "/Helvetica" not in {str(name) for name in used_fonts(reader)}


def used_fonts(reader):
    """Base names of the fonts that text is set in."""
    used = set()
    for page in reader.pages:
        names = page["/Resources"]["/Font"]

        def visit(text, _matrix, _place, font, _size, names=names):
            if text.strip() and font:
                used.add(font["/BaseFont"])

        page.extract_text(visitor_text=visit)
    return used


def test_every_page_has_head_foot_and_its_number(reader):
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"{number} / {pages}" in text
        assert "Alder & Wren Architects" in text
        assert "23 November 2026" in text
        assert "E evidence · A assumption · P price book" in text


def test_the_answer_fits_one_page_and_its_chart_has_real_text(reader):
    first = reader.pages[0].extract_text()
    for words in ("less than", "What would change the answer", "Hosted 115", "Hosted cheapest from month 44", "−64,096"):
        assert words in first


def test_no_page_is_empty(reader):
    assert all(len(page.extract_text()) > 250 for page in reader.pages)


def test_all_text_stands_within_the_page(reader):
    for page in reader.pages:
        places = []
        page.extract_text(visitor_text=lambda text, cm, tm, *_, places=places: places.append((text, tm[4], tm[5])))
        assert all(0 <= x <= 595 and 0 <= y <= 842 for text, x, y in places if text.strip())


def test_subscriber_numbers_are_not_printed(reader):
    text = said(reader)
    assert "442079460100" not in text
    assert not re.search(r"4479460\d{5}", text)


def test_the_same_case_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    for name in ("one.pdf", "two.pdf"):
        written(tmp_path / name, invented_comparison(), parts=("answer", "options_by_kind", "evidence"))
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


LONG_NAME = "The Incorporated Society of Architects and Surveyors " * 3
UNUSUAL = {
    "no bills": (invented_comparison(), {"bills": ()}),
    "huge": (invented_comparison(factor=5000, currency="IDR"), {"name": LONG_NAME}),
    "stay best": (invented_comparison(options=("stay", "hosted"), prices=DEAR), {}),
    "nothing costs anything": (invented_comparison(factor=0), {}),
    "tiny": (invented_comparison(factor=0.001, months=12), {}),
    "one month, no other option": (invented_comparison(options=("stay",), months=1), {}),
    "ten years of yen": (invented_comparison(months=120, currency="JPY"), {"name": "木村建築設計事務所"}),
}
QUICK = ("no bills", "huge")


@pytest.mark.parametrize(
    ("comparison", "given"),
    [pytest.param(*case, id=name, marks=() if name in QUICK else pytest.mark.slow) for name, case in UNUSUAL.items()],
)
def test_unusual_cases_lay_out(tmp_path, comparison, given):
    reader = written(tmp_path / "case.pdf", comparison, **given)
    assert 8 <= len(reader.pages) <= 20
    assert "What would change the answer" in reader.pages[0].extract_text()
    assert all(len(page.extract_text()) > 150 for page in reader.pages)


def test_without_bills_the_paper_says_so_and_shows_no_page_of_bills(tmp_path):
    reader = written(tmp_path / "first.pdf", invented_comparison(), parts=("today", "today_costs"), bills=())
    assert len(reader.pages) == 1
    assert "No bill has been read yet" in reader.pages[0].extract_text()


def test_chinese_is_set_in_its_own_embedded_font(tmp_path):
    reader = written(
        tmp_path / "zh.pdf", invented_comparison(), Ideographs("zh_CN"), parts=("answer", "today", "sensitivity", "method")
    )
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    used = {str(name) for name in used_fonts(reader)}
    assert any("NotoSansSC" in name for name in used)
    text = said(reader)
    assert "根据您的账单" in text
    assert "□" not in text
    assert "2026年11月23日" in text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_currency_sign_has_a_glyph(language):
    from babel import Locale

    typeface = Typeface(brand(), language)
    for locale in ("en_GB", "zh_Hans_CN"):
        for code, sign in Locale.parse(locale).currency_symbols.items():
            for weight in Weight:
                assert "□" not in "".join(letters for _, letters in typeface.runs(sign, weight)), (code, sign)


def test_letters_fall_back_both_ways_and_unknown_ones_are_shown_as_a_box():
    typeface = Typeface(brand(), "zh_CN")
    runs = typeface.runs("₹12 建筑师 ½\U0001f600\x07", Weight.BOLD)
    assert [("Noto" in font, letters) for font, letters in runs] == [(False, "₹12 "), (True, "建筑师"), (False, " ½□")]


def test_quotation_marks_are_wide_only_beside_ideographs():
    typeface = Typeface(brand(), "zh_CN")
    assert len(typeface.runs("Today’s “one”", Weight.REGULAR)) == 1
    assert "“" in typeface.runs("“建筑”", Weight.REGULAR)[0][1]
    assert len(typeface.runs("“建筑”", Weight.REGULAR)) == 1


def test_figures_in_columns_are_all_of_one_width():
    typeface = Typeface(brand(), "en")
    assert len({round(typeface.width(digit, Weight.FIGURES, 10), 6) for digit in "0123456789"}) == 1
    assert len({round(typeface.width(digit, Weight.REGULAR, 10), 6) for digit in "0123456789"}) > 1


def test_a_place_that_cannot_be_written_to_is_said(tmp_path):
    comparison = invented_comparison(options=("stay",))
    with pytest.raises(ProblemError) as caught:
        write_comparison_pdf(tmp_path / "no" / "such" / "folder.pdf", invented_case(comparison), comparison, brand(), WORDS)
    assert caught.value.problems[0].code == "paper_not_written"
    assert "folder.pdf" in WORDS.sentence(caught.value.problems[0])


def paged(tmp_path, rows, columns=3):
    """Write a paper of one table and return the text of its pages."""
    heads = tuple(Column(f"Head {number}", number > 0) for number in range(columns))
    paper = Paper("t", "o", "p", "", "", "en", ((Table(heads, tuple(rows), small=True),),))
    write_pdf(tmp_path / "table.pdf", paper, read_brand())
    return [page.extract_text() for page in PdfReader(tmp_path / "table.pdf").pages]


def heading(name):
    return Row((Cell(f"Group {name}"),), RowStyle.GROUP)


def test_a_groups_heading_is_repeated_where_a_page_ends_in_its_middle(tmp_path):
    groups = [
        [
            Row((Cell(f"Group {name}"),), RowStyle.GROUP),
            *(Row((Cell(f"{name}{line}"), Cell("1"), Cell("2"))) for line in range(70)),
        ]
        for name in "AB"
    ]
    pages = paged(tmp_path, [row for group in groups for row in group])
    assert len(pages) > 3
    for text in pages:
        lines = text.splitlines()
        first = next(place for place, line in enumerate(lines) if line.startswith(("Group ", "A", "B")))
        assert lines[first].startswith("Group ")
        assert lines[first][-1] == lines[first + 1][0]


def test_a_long_list_keeps_every_row_once_and_in_order(tmp_path):
    pages = paged(tmp_path, [Row((Cell(f"row {line}"), Cell(str(line)), Cell("2.50"))) for line in range(400)])
    found = [int(line.split()[1]) for text in pages for line in text.splitlines() if line.startswith("row ")]
    assert found == list(range(400))
