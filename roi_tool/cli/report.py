"""`roi-tool report`: the comparison as PDF or XLSX, by the ending of the file it is written to."""

from __future__ import annotations

import argparse
from pathlib import Path

from roi_tool.cli.console import WRONG_REQUEST, Console, worst_status
from roi_tool.wording import LANGUAGES, wording_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("quote", type=Path, metavar="QUOTE", help="a case in YAML or JSON, or a .roiquote file")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="out.pdf or out.xlsx")
    parser.add_argument("--template", metavar="T", help="folder of a brand and layout; by default the shipped example")
    parser.add_argument(
        "--fiscal-year", type=int, choices=range(1, 13), default=1, metavar="M", help="month in which the fiscal year begins"
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the paper")


def run(args: argparse.Namespace, console: Console) -> int:
    """Open the case, compare, write the paper; 1 when a finding needs attention."""
    from roi_tool.quoting.compare import compare
    from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook
    from roi_tool.workspace.opening import open_case

    writers = {".pdf": write_comparison_pdf, ".xlsx": write_comparison_workbook}
    write = writers.get(args.out.suffix.lower())
    if write is None:
        console.progress(
            console.words.text(
                "A report is written as .pdf or .xlsx; give a file with one of these endings, not {file}.", file=args.out.name
            )
        )
        return WRONG_REQUEST
    brand = read_brand(args.template)
    case, scenario = open_case(args.quote)
    comparison = compare(case, scenario)
    words = wording_for(args.lang) if args.lang else console.words
    write(args.out, case, comparison, brand, words, fiscal_month=args.fiscal_year)
    console.say(console.words.text("Written: {file}", file=args.out.resolve()))
    console.problems(comparison.problems)
    return worst_status(comparison.problems)
