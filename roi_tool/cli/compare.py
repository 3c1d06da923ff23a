"""`roi-tool compare`: the options side by side, from the same function as the window's."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from roi_tool.cli.compare_conditions import catalogue_json, conditions_json
from roi_tool.cli.console import Console, worst_status
from roi_tool.costing.line import CostCategory
from roi_tool.money import from_nano
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting import (
    Case,
    Comparison,
    Driver,
    DriverUnit,
    OptionResult,
    Scenario,
    Uncertainty,
    compare,
    measure_uncertainty,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("quote", type=Path, metavar="QUOTE", help="a .roiquote file, or a case in YAML or JSON")
    add_setting(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_setting(parser: argparse.ArgumentParser) -> None:
    """Declare `--set`."""
    parser.add_argument(
        "--set", action="append", default=[], metavar="DRIVER=VALUE", dest="settings", help="move a driver; may be repeated"
    )


def run(args: argparse.Namespace, console: Console) -> int:
    """Open the case, move the drivers, compare, print."""
    from roi_tool.workspace.opening import open_case

    case, scenario = open_case(args.quote)
    comparison = compare(case, with_settings(scenario, args.settings))
    print_comparison(case, comparison, console)
    uncertainty = measure_uncertainty(case, comparison.scenario)
    _print_uncertainty(comparison, uncertainty, console)
    console.result(as_json(case, comparison, console) | {"uncertainty": _uncertainty(uncertainty)})
    console.problems(comparison.problems)
    return worst_status(comparison.problems)


def with_settings(scenario: Scenario, settings: list[str]) -> Scenario:
    """Return the scenario with each `DRIVER=VALUE` applied.

    Raises:
        ProblemError: a setting that is none, a driver there is not, a value out of bounds.
    """
    for setting in settings:
        driver, separator, text = setting.partition("=")
        value = read_number(text)
        if not separator or not value.is_finite():
            raise ProblemError(Problem("setting_unreadable", detail={"setting": setting}))
        scenario = scenario.with_value(driver.strip(), value)
    return scenario


def read_number(text: str) -> Decimal:
    """Read `12.5` or `10%`; what is no number is NaN."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    try:
        return Decimal(plain[:-1].strip()) / 100 if plain.endswith("%") else Decimal(plain)
    except InvalidOperation:
        return Decimal("NaN")


def print_comparison(case: Case, comparison: Comparison, console: Console) -> None:
    """Print the table for people."""
    words = console.words
    text = words.text
    months, rate = words.number(comparison.horizon_months), words.percent(comparison.discount_rate, 1)
    head = {"customer": case.customer.name, "months": months, "rate": rate, "currency": comparison.currency}
    console.say(
        text("{customer}: {months} months, discounted at {rate}, {currency} including VAT", **head)
        if comparison.tax_included
        else text("{customer}: {months} months, discounted at {rate}, {currency} excluding VAT", **head)
    )
    header = [
        text("Option"),
        text("Once"),
        text("Month 1"),
        text("of it calls"),
        text("Total"),
        text("Present value"),
        text("User and month"),
        text("Saves"),
        text("Pays back in months"),
    ]
    rows = [_row(option, comparison, console) for option in comparison.options]
    console.table(header, rows)
    console.say()
    convention = words.label(f"convention.{comparison.scenario.convention}")
    console.say(text("Convention: {convention}.", convention=convention))


def _print_uncertainty(comparison: Comparison, uncertainty: Uncertainty, console: Console) -> None:
    spread = uncertainty.options.get(comparison.best)
    if spread is None:
        return
    words = console.words
    console.say()
    console.say(
        words.text(
            "{option} costs less than staying in {share} of {draws} draws within the likely ranges; "
            "eight of ten lie between {low} and {high} of net present value.",
            option=words.label(f"option.{comparison.best}"),
            share=words.chance(spread.chance_beats_stay),
            draws=words.number(uncertainty.draws),
            low=words.number(spread.low),
            high=words.number(spread.high),
        )
    )


def _row(option: OptionResult, comparison: Comparison, console: Console) -> list[str]:
    words = console.words
    calls = sum(line.first_month_nano for line in option.lines if line.category is CostCategory.USAGE)
    versus = option.versus_today
    name = words.label(f"option.{option.id}") + (" ←" if option.id == comparison.best else "")
    saves = "–" if versus is None else words.amount(versus.saving_total_nano, 0)
    payback = "–" if versus is None or versus.payback_months is None else words.number(versus.payback_months, 1)
    return [
        name,
        words.amount(option.once_nano, 0),
        words.amount(option.first_month_nano, 0),
        words.amount(calls, 0),
        words.amount(option.total_nano, 0),
        words.number(option.npv_cost, 0),
        words.number(option.per_user_month, 2),
        saves,
        payback,
    ]


def as_json(case: Case, comparison: Comparison, console: Console) -> dict[str, Any]:
    """Return the shape of `compare --json`."""
    catalogue = catalogue_json(case, comparison, console.words)
    conditions = conditions_json(case, comparison)
    return {
        "currency": comparison.currency,
        "tax_included": comparison.tax_included,
        "horizon_months": comparison.horizon_months,
        "discount_rate": float(comparison.discount_rate),
        "convention": comparison.scenario.convention,
        "options": [
            _option(option, console) | {"catalogue": catalogue[option.id], **conditions[option.id]}
            for option in comparison.options
        ],
        "crossovers": [{"a": item.a, "b": item.b, "month": item.month} for item in comparison.crossovers],
        "baseline": _baseline(comparison, console),
        "best": {"by": "npv_cost", "option": comparison.best},
        "drivers": [_driver(driver, console) for driver in comparison.scenario],
        "tornado": [
            {
                "driver": swing.driver,
                "low": plain_value(comparison.scenario.driver(swing.driver).unit, swing.low_value),
                "high": plain_value(comparison.scenario.driver(swing.driver).unit, swing.high_value),
                "saving_at_low": from_nano(swing.saving_at_low_nano),
                "saving_at_high": from_nano(swing.saving_at_high_nano),
            }
            for swing in comparison.tornado
        ],
        "evidence": {
            mark: {"confidence": item.confidence.value, "source": item.source, "as_of": item.as_of}
            for mark, item in comparison.evidence.items()
        },
        "problems": [{"code": problem.code, "text": console.words.sentence(problem)} for problem in comparison.problems],
    }


def _driver(driver: Driver, console: Console) -> dict[str, Any]:
    return {
        "id": driver.id,
        "name": console.words.label(f"driver.{driver.id}"),
        "unit": driver.unit.value,
        "value": plain_value(driver.unit, driver.value),
        "base": plain_value(driver.unit, driver.base),
        "low": plain_value(driver.unit, driver.low),
        "high": plain_value(driver.unit, driver.high),
        "evidence": driver.evidence.id,
    }


def _baseline(comparison: Comparison, console: Console) -> dict[str, Any]:
    """Return what savings are measured against, and how the cost of its calls is known."""
    calls = next(line for line in comparison.options[0].lines if line.category is CostCategory.USAGE)
    return {
        "option": comparison.options[0].id,
        "evidence": calls.evidence.id,
        "source": console.words.label(calls.evidence.source),
        "confidence": calls.evidence.confidence.value,
    }


def _uncertainty(found: Uncertainty) -> dict[str, Any]:
    """Return the draws' summary: net present value against staying, in currency units to the penny."""
    return {
        "draws": found.draws,
        "seed": found.seed,
        "drivers": list(found.drivers),
        "options": {
            name: {
                "chance_beats_stay": round(spread.chance_beats_stay, 4),
                "npv_p10": f"{spread.low:.2f}",
                "npv_p50": f"{spread.median:.2f}",
                "npv_p90": f"{spread.high:.2f}",
                "npv_worst_case": f"{spread.worst_case:.2f}",
                "npv_best_case": f"{spread.best_case:.2f}",
            }
            for name, spread in found.options.items()
        },
    }


def _option(option: OptionResult, console: Console) -> dict[str, Any]:
    return {
        "id": option.id,
        "name": console.words.label(f"option.{option.id}"),
        "once": from_nano(option.once_nano),
        "monthly": [from_nano(amount) for amount in option.monthly_nano[1:].tolist()],
        "yearly": [from_nano(amount) for amount in option.yearly_nano],
        "total": from_nano(option.total_nano),
        "npv_cost": option.npv_cost,
        "per_user_month": option.per_user_month,
        "by_category": {category.value: from_nano(amount) for category, amount in option.by_category_nano.items()},
        "usage": {
            "tariff": option.usage.tariff_id,
            "calls": option.usage.calls,
            "rated": option.usage.rated,
            "unrated": option.usage.unrated,
            "charge": from_nano(option.usage.charge_nano),
            "months": option.usage.months if isinstance(option.usage.months, int) else round(float(option.usage.months), 4),
        },
        "versus_today": _versus(option, console),
        "lines": [
            {
                "id": line.id,
                "category": line.category.value,
                "label": console.words.label(line.label, **line.label_args),
                "amount_total": from_nano(line.total_nano),
                "driver": line.driver,
                "inputs": list(line.inputs),
                "answers": [str(item) for item in line.answers],
                "source": console.words.label(line.evidence.source),
                "confidence": line.evidence.confidence.value,
                "evidence": line.evidence.id,
                "hard": line.hard,
            }
            for line in option.lines
        ],
    }


def _versus(option: OptionResult, console: Console) -> dict[str, Any] | None:
    versus = option.versus_today
    if versus is None:
        return None
    ratios = ("roi_tei", "roi_nucleus", "irr", "payback_months", "payback_discounted_months")
    return {
        "saving_total": from_nano(versus.saving_total_nano),
        "npv": versus.npv,
        **{name: None if (value := getattr(versus, name)) is None else float(value) for name in ratios},
        "undefined": {name: console.words.label(code) for name, code in versus.undefined.items()},
    }


def plain_value(unit: DriverUnit, value: Decimal) -> Decimal | float | int:
    """Return a driver's value as JSON has it: money exact (it becomes a string), whole numbers whole, the rest a number."""
    if unit.value.startswith("money"):
        return value
    return int(value) if value == value.to_integral_value() and not unit.value.startswith("fraction") else float(value)
