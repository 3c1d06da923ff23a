import shutil

import pytest
from invented_comparison import invented_case, invented_comparison

from roi_tool.problems import ProblemError
from roi_tool.reporting import read_brand, write_comparison_pdf
from roi_tool.resources import font_file, report_templates_folder
from roi_tool.wording import wording_for

WORDS = wording_for("en")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0b6e99"/></svg>'


@pytest.fixture
def template(tmp_path):
    """A copy of the shipped template that a test may spoil."""
    return shutil.copytree(report_templates_folder() / "fairlead", tmp_path / "own")


def refused(folder):
    with pytest.raises(ProblemError) as caught:
        read_brand(folder)
    return [(problem.code, problem.detail.get("key")) for problem in caught.value.problems], WORDS.sentences(
        caught.value.problems
    )


def test_the_shipped_template_is_read_by_name_and_by_default():
    assert read_brand("fairlead") == read_brand()
    assert read_brand().operator == "Fairlead"
    assert read_brand().layout.page[0].parts == ("answer",)


def test_a_missing_template_names_those_there_are(tmp_path):
    codes, sentences = refused(tmp_path / "nowhere")
    assert codes == [("template_missing", None)]
    assert "fairlead" in sentences[0]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('brand = "#0b6e99"', 'brand = "teal"', "colours.brand"),
        ('page_size = "A4"', 'page_size = "A3"', "page_size"),
        ('operator = "Fairlead"', 'operator = ""', "operator"),
        ('operator = "Fairlead"', 'operater = "Fairlead"', "operator"),
        ('regular = "Inter-Regular.ttf"', 'regular = "Absent.ttf"', "fonts.regular"),
        ('footer = ""', 'footer = ""\nlogo = "absent.svg"', "logo"),
        ('footer = ""', 'footer = ""\nlogo = "brand.toml"', "logo"),
    ],
)
def test_a_wrong_entry_is_named(template, old, new, key):
    file = template / "brand.toml"
    file.write_text(file.read_text().replace(old, new, 1))
    codes, sentences = refused(template)
    assert ("template_wrong", key) in codes
    assert all("brand.toml" in sentence for sentence in sentences)


def test_an_unknown_part_is_refused_and_the_known_ones_are_named(template):
    (template / "layout.toml").write_text('[[page]]\nparts = ["answer", "horoscope"]\n')
    codes, sentences = refused(template)
    assert codes == [("template_wrong", "page.parts")]
    assert "horoscope" in sentences[0]
    assert "sensitivity" in sentences[0]


@pytest.mark.parametrize("spoilt", [b"page = [", b"\xff\xfe\x00", None])
def test_an_unreadable_layout_is_said(template, spoilt):
    file = template / "layout.toml"
    file.unlink()
    if spoilt is not None:
        file.write_bytes(spoilt)
    codes, _ = refused(template)
    assert codes == [("template_unreadable", None)]


def one_page(template, **entries):
    (template / "layout.toml").write_text('[[page]]\nparts = ["evidence"]\n')
    file = template / "brand.toml"
    added = "".join(f'{key} = "{value}"\n' for key, value in entries.items())
    file.write_text(added + file.read_text())
    return read_brand(template)


def test_own_fonts_letter_paper_and_an_svg_logo_are_used(template, tmp_path):
    from pypdf import PdfReader

    shutil.copy(font_file("Inter-Medium.ttf"), template / "House.ttf")
    (template / "logo.svg").write_text(SVG)
    file = template / "brand.toml"
    text = file.read_text().replace('regular = "Inter-Regular.ttf"', 'regular = "House.ttf"').replace('"A4"', '"letter"')
    file.write_text(text)
    brand = one_page(template, logo="logo.svg")
    comparison = invented_comparison()
    write_comparison_pdf(tmp_path / "own.pdf", invented_case(comparison), comparison, brand, WORDS)
    page = PdfReader(tmp_path / "own.pdf").pages[0]
    assert float(page.mediabox.width) == 612
    assert any("House" in str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values())
    assert "Fairlead" not in page.extract_text().splitlines()[0]


def test_a_logo_that_is_no_picture_is_said_and_leaves_no_paper(template, tmp_path):
    (template / "logo.png").write_bytes(b"not a picture")
    brand = one_page(template, logo="logo.png")
    comparison = invented_comparison()
    with pytest.raises(ProblemError) as caught:
        write_comparison_pdf(tmp_path / "own.pdf", invented_case(comparison), comparison, brand, WORDS)
    assert caught.value.problems[0].code == "template_wrong"
    assert not list(tmp_path.glob("*.pdf"))
