"""`roi-tool demo`: the whole road on the sample customer, in one command."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from roi_tool.cli.console import Console, worst_status
from roi_tool.resources import report_templates_folder, sample_bills_folder
from roi_tool.wording import LANGUAGES, wording_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--out", type=Path, default=Path("demo-output"), metavar="DIR", help="where the papers go")
    parser.add_argument("--no-window", action="store_true", help="do not open the window")
    parser.add_argument("--screenshot", type=Path, metavar="PNG", help="the window writes a picture of itself and closes")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the table and the papers")


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the sample bills, compare, write PDF and XLSX, open the window where there is a display."""
    from roi_tool.cli.compare import print_comparison
    from roi_tool.quoting import compare
    from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook
    from roi_tool.workspace.opening import open_case

    if args.lang:
        console.words = wording_for(args.lang)
    words = console.words
    case_file = sample_bills_folder() / "alder-wren.case.yaml"
    console.progress(words.text("Reading the bills of {case}", case=case_file.name))
    case, scenario = open_case(case_file)
    comparison = compare(case, scenario)
    print_comparison(case, comparison, console)

    args.out.mkdir(parents=True, exist_ok=True)
    brand = read_brand(report_templates_folder() / "fairlead")
    papers = (args.out / "comparison.pdf", args.out / "comparison.xlsx")
    console.progress(words.text("Writing the papers"))
    write_comparison_pdf(papers[0], case, comparison, brand, words)
    write_comparison_workbook(papers[1], case, comparison, brand, words)
    console.say()
    for paper in papers:
        console.say(words.text("Written: {file}", file=paper.resolve()))

    status = worst_status(comparison.problems)
    if args.no_window or not (_has_display() or args.screenshot):
        return status
    from roi_tool.cli import window

    return max(status, window.run(console, case_file, args.screenshot))


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
