"""`roi-tool returns`: cash flows in; present values, NPV, ROI by name, IRR and payback out."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from roi_tool.cli.console import DONE, Console
from roi_tool.wording import Wording

_AMOUNTS = ("pv_benefits", "pv_costs", "npv")
_RATIOS = ("roi_tei", "roi_nucleus", "irr")
_TIMES = ("payback_months", "payback_discounted_months")

_SHAPE = """the file:
  {"rate": 0.1, "convention": "tei", "benefits": [[0, 200, 200, 200]], "costs": [[140, 40, 40, 40]]}

  Columns are the start and then years ("periods": "months" says otherwise; under the convention "monthly" more than ten
  columns are months). "columns": ["initial", "year1", …, "total"] names them, so that sums are left out.
  A row may be {"initial": 140, "years": [40, 40, 40]} or {"initial": 140, "year1": 40, …}, rows may stand under their labels.
  A row may be {"label": "…", "flows": […], "risk": 0.1, "soft": true}; soft rows count with "include_soft": true.
  "dates": ["2026-01-01", …] gives each column a day; "flows": […] is a net flow in place of benefits and costs.
  "printed": {"npv": 340, "payback_months": [16, 18]} explains figures that somebody printed.
  "scenarios": {"low": {…}, "high": {…}} are cases side by side.
  {"function": "PMT", "rate": "0.08/12", "nper": 10, "pv": 10000} is a spreadsheet function: NPV, XNPV, IRR, XIRR, MIRR, PMT,
  RATE, EFFECT, NOMINAL, PV, FV, NPER, IPMT, PPMT."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _SHAPE
    parser.add_argument("file", type=Path, metavar="FILE.json", help="rate, convention, benefits and costs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the flows, measure, print."""
    from roi_tool.cli.cash_flow_file import read_json, scenarios_of

    content = read_json(args.file)
    if "function" in content or "f" in content:
        from roi_tool.cli.spreadsheet_function import answer_function

        return answer_function(content, console)
    if "scenarios" in content:
        return _run_scenarios(scenarios_of(content), console)
    answer, returns = _answer(content, console.words)
    console.result(answer)
    _say(console, answer, returns)
    return DONE


def _run_scenarios(scenarios: Mapping[str, Mapping[str, Any]], console: Console) -> int:
    """Print each scenario's figures side by side, as a low/base/high table."""
    words = console.words
    answers = {name: _answer(content, words) for name, content in scenarios.items()}
    console.result({"scenarios": {name: answer for name, (answer, _) in answers.items()}})
    names = (*_AMOUNTS, *_RATIOS, *_TIMES)
    rows = [
        [words.label(f"figure.{name}"), *(_cell(name, getattr(returns, name), words) for _, returns in answers.values())]
        for name in names
    ]
    console.table([words.text("Figure"), *answers], rows)
    console.say()
    for name, (answer, _) in answers.items():
        for line in _remarks(answer, words):
            console.say(f"{name}: {line}")
    return DONE


def _answer(content: Mapping[str, Any], words: Wording) -> tuple[dict[str, Any], Any]:
    """Return the JSON object of one case, and the figures it was made of."""
    from roi_tool.cli.cash_flow_file import read_cash_flows

    flows = read_cash_flows(content)
    returns, explained = _measure(flows)
    answer: dict[str, Any] = {name: plain_amount(getattr(returns, name)) for name in _AMOUNTS}
    answer |= {name: _ratio(getattr(returns, name)) for name in (*_RATIOS, *_TIMES)}
    answer |= {
        "cumulative": [_nano_amount(amount) for amount in returns.cumulative_nano],
        "cumulative_discounted": [_nano_amount(round(value)) for value in returns.cumulative_discounted_nano],
        "net": [_nano_amount(amount) for amount in returns.net_nano],
        "horizon_months": round(float(returns.end_months[-1]), 6),
        "falls_back_months": returns.falls_back_months,
        "undefined": {name: words.label(code) for name, code in returns.undefined.items()},
        "rate": float(flows.rate),
        "convention": flows.convention.value,
        "periods": "dates" if flows.days else flows.period.value,
        "convention_text": words.label("convention.dated" if flows.days else f"convention.{flows.convention.value}"),
        "left_out": list(flows.left_out),
        "notes": _notes(flows, words),
        "printed": explained_answer(explained, words),
    }
    return answer, returns


def _notes(flows: Any, words: Wording) -> list[str]:
    said = [words.label(code) for code in flows.notes]
    return [*said, words.label("note.keys_unknown", keys=words.joined(flows.unknown))] if flows.unknown else said


def _measure(flows: Any) -> tuple[Any, Any]:
    from roi_tool.costing.printed_figures import explain_printed, measure_rows

    measure = partial(measure_rows, rate=flows.rate, convention=flows.convention, period=flows.period, days=flows.days)
    returns = measure(flows.rows)
    return returns, explain_printed(flows.rows, returns, flows.printed, measure)


def plain_amount(amount: Decimal) -> str:
    """Return an amount as a decimal string: two decimals, more where there are more.

    >>> plain_amount(Decimal("-9.640000000")), plain_amount(Decimal("0.125"))
    ('-9.64', '0.125')
    """
    text = format(amount, "f").rstrip("0") if "." in format(amount, "f") else format(amount, "f") + "."
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def _nano_amount(nano: int) -> str:
    return plain_amount(Decimal(int(nano)).scaleb(-9))


def _ratio(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def explained_answer(figures: Sequence[Any], words: Wording) -> list[dict[str, Any]]:
    """Return what is to be said of each printed figure."""
    answers = []
    for figure in figures:
        optional = {
            name: plain_amount(value)
            for name in ("outlay_low", "outlay_high", "monthly_low", "monthly_high")
            if (value := getattr(figure, name)) is not None
        }
        answers.append(
            {
                "figure": figure.name,
                "printed": [float(figure.low), float(figure.high)],
                "computed": _ratio(figure.computed),
                "agrees": figure.agrees,
                "agrees_without": list(figure.agrees_without),
                **optional,
                "text": _explanation(figure, words),
            }
        )
    return answers


def _explanation(figure: Any, words: Wording) -> str:
    name, computed = words.label(f"figure.{figure.name}"), figure.computed
    printed = " – ".join(dict.fromkeys(_shown(value) for value in (figure.low, figure.high)))
    if figure.agrees:
        return words.text("{figure}: {printed} was printed and follows from these flows.", figure=name, printed=printed)
    said = [
        words.text("{figure}: {printed} was printed, but it has no meaning for these flows.", figure=name, printed=printed)
        if computed is None
        else words.text(
            "{figure}: {printed} was printed, but {computed} follows from these flows.",
            figure=name,
            printed=printed,
            computed=_shown(computed),
        )
    ]
    if figure.outlay_low is not None:
        said.append(
            words.text(
                "The printed time would take an outlay of {outlay}, or a net benefit of {monthly} a month.",
                outlay=_range(figure.outlay_low, figure.outlay_high, words),
                monthly=_range(figure.monthly_low, figure.monthly_high, words),
            )
        )
    if figure.agrees_without:
        said.append(words.text("It would follow if this were forgotten: {rows}.", rows=words.joined(figure.agrees_without)))
    else:
        said.append(words.text("No single row left out gives it."))
    return words.paragraph(said)


def _range(low: Decimal, high: Decimal, words: Wording) -> str:
    return " – ".join(dict.fromkeys((words.number(low, 2), words.number(high, 2))))


def _shown(value: Decimal) -> str:
    return format(round(value, 2).normalize() + 0, "f").replace("-", "−")


def _say(console: Console, answer: Mapping[str, Any], returns: Any) -> None:
    words = console.words
    names = (*_AMOUNTS, *_RATIOS, *_TIMES)
    rows = [[words.label(f"figure.{name}"), _cell(name, getattr(returns, name), words)] for name in names]
    console.table([words.text("Figure"), words.text("Value")], rows)
    console.say()
    for line in _remarks(answer, words):
        console.say(line)


def _cell(name: str, value: Decimal | None, words: Wording) -> str:
    if value is None:
        return words.text("undefined")
    if name in _AMOUNTS:
        return words.number(value, 2)
    if name in _RATIOS:
        return words.percent(value, 1)
    return words.text("at once") if value == 0 else words.text("{count} months", count=words.number(value, 1))


def _remarks(answer: Mapping[str, Any], words: Wording) -> list[str]:
    """Return the sentences that belong beside the figures: horizon, convention, reasons, what was left out."""
    said = [
        words.text(
            "Over {months} months, at {rate} a year. Convention: {convention}.",
            months=words.number(answer["horizon_months"]),
            rate=words.percent(answer["rate"], 2),
            convention=answer["convention_text"],
        )
    ]
    for name, reason in answer["undefined"].items():
        said.append(words.text("{figure} is undefined because {reason}.", figure=words.label(f"figure.{name}"), reason=reason))
    if answer["falls_back_months"] is not None:
        month = answer["falls_back_months"]
        said.append(words.text("The running total falls below zero again in month {month}.", month=month))
    if answer["left_out"]:
        said.append(words.text("Soft benefits, not counted: {rows}.", rows=words.joined(answer["left_out"])))
    return [*said, *answer["notes"], *(figure["text"] for figure in answer["printed"])]
