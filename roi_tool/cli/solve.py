"""`roi-tool solve`: the value of a driver that reaches a target."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from roi_tool.cli.compare import add_setting, plain_value, read_number, with_settings
from roi_tool.cli.console import DONE, Console
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting import solve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("quote", type=Path, metavar="QUOTE", help="a .roiquote file, or a case in YAML or JSON")
    parser.add_argument("--driver", required=True, metavar="DRIVER", help="the unknown, such as hosted_seat_price")
    parser.add_argument("--for", required=True, metavar="FIGURE=VALUE", dest="target", help="such as payback_months=18")
    parser.add_argument("--option", default="", help="whose figure (by default the one that the driver is about)")
    add_setting(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Open the case, move the drivers, solve, print."""
    from roi_tool.workspace.opening import open_case

    figure, target = _target(args.target)
    case, scenario = open_case(args.quote)
    solution = solve(case, with_settings(scenario, args.settings), args.driver, figure, target, option=args.option)
    words = console.words
    console.say(
        words.text(
            "{driver} of {value} gives {figure} = {reached} for: {option}",
            driver=words.label(f"driver.{solution.driver}"),
            value=solution.value,
            figure=solution.figure,
            reached=f"{solution.reached:.2f}",
            option=words.label(f"option.{solution.option}"),
        )
    )
    console.result(
        {
            "driver": solution.driver,
            "value": plain_value(scenario.driver(solution.driver).unit, solution.value),
            "exact": plain_value(scenario.driver(solution.driver).unit, solution.exact),
            "option": solution.option,
            "figure": solution.figure,
            "target": _plain_figure(solution.figure, solution.target),
            "reached": _plain_figure(solution.figure, solution.reached),
        }
    )
    return DONE


def _target(text: str) -> tuple[str, Decimal]:
    figure, separator, number = text.partition("=")
    value = read_number(number)
    if not separator or not value.is_finite():
        raise ProblemError(Problem("target_unreadable", detail={"target": text}))
    return figure.strip(), value


def _plain_figure(figure: str, value: Decimal) -> Decimal | float:
    """Return an amount exactly (it becomes a string), a ratio or a time as a number."""
    return value if figure in ("npv", "saving_total", "total", "npv_cost", "per_user_month") else float(value)
