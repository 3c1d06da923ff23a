"""How fast charts are specified and papers written."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from invented_comparison import invented_case, invented_comparison

from roi_tool.charting import category_chart, cumulative_chart, tornado_chart
from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook
from roi_tool.wording import wording_for


def timed(action: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return median(times)


def run() -> list[tuple[str, float, str]]:
    words, comparison, brand = wording_for("en"), invented_comparison(), read_brand()
    case = invented_case(comparison)

    def three_charts() -> None:
        for chart in (cumulative_chart, tornado_chart, category_chart):
            chart(comparison, words)

    three_charts()
    charts = timed(three_charts, 200)
    with tempfile.TemporaryDirectory() as folder:
        pdf, book = Path(folder) / "paper.pdf", Path(folder) / "book.xlsx"
        begun = time.perf_counter()
        write_comparison_pdf(pdf, case, comparison, brand, words)
        first = time.perf_counter() - begun
        again = timed(lambda: write_comparison_pdf(pdf, case, comparison, brand, words), 5)
        xlsx = timed(lambda: write_comparison_workbook(book, case, comparison, brand, words), 5)
        size = pdf.stat().st_size / 1000
    return [
        ("three chart specifications, ms", charts * 1000, "a frame of the what-if window has 33"),
        ("PDF, first in a process, s", first, "with the imports of reportlab and matplotlib and the fonts"),
        ("PDF, s", again, "all pages, five options over 60 months"),
        ("PDF first / again", first / again, "what start-up costs"),
        ("workbook / PDF", xlsx / again, "a workbook with live formulas against the paper"),
        ("PDF, kB", size, "fonts embedded as subsets, charts as vectors"),
    ]
