"""One spreadsheet function asked of `roi-tool returns`: `{"function": "PMT", "rate": "0.08/12", "nper": 10, "pv": 10000}`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from roi_tool.cli.cash_flow_file import days_of, number_of, numbers_of
from roi_tool.cli.console import DONE, Console
from roi_tool.costing import time_value
from roi_tool.problems import Problem, ProblemError


class _Given:
    """The arguments in the file, each asked for by its name."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content

    def number(self, *names: str, default: float | None = None) -> float:
        name = next((name for name in names if name in self._content), None)
        if name is None:
            if default is None:
                raise ProblemError(Problem("returns_key_missing", detail={"key": names[0]}))
            return default
        return float(number_of(self._content[name], name))

    @property
    def values(self) -> list[float]:
        return [float(value) for value in numbers_of(self._content.get("values"), "values")]

    @property
    def days(self) -> Any:
        return days_of(self._content.get("dates"))


def _pmt(given: _Given) -> float:
    numbers = (given.number("rate"), given.number("nper"), given.number("pv"), given.number("fv", default=0.0))
    return time_value.payment(*numbers, at_start=given.number("type", default=0.0) == 1)


def _rate(given: _Given) -> float | str:
    numbers = (given.number("nper"), given.number("pmt"), given.number("pv"), given.number("fv", default=0.0))
    return time_value.loan_rate(*numbers, at_start=given.number("type", default=0.0) == 1)


def _annuity(function: str, *names: str) -> Callable[[_Given], float | str]:
    """Return the reader of a function of level payments; `fv`, and `pmt` of a present or future value, may be left out."""

    def found(given: _Given) -> float | str:
        optional = {"fv": 0.0, "pmt": 0.0} if function in ("PV", "FV") else {"fv": 0.0}
        if function == "FV":
            optional["pv"] = 0.0
        numbers = {name: given.number(name, default=optional.get(name)) for name in names}
        return time_value.annuity(function, numbers, at_start=given.number("type", default=0.0) == 1)

    return found


FUNCTIONS: Mapping[str, Callable[[_Given], float | str]] = {
    "NPV": lambda given: time_value.net_present_value(given.number("rate"), given.values),
    "XNPV": lambda given: time_value.dated_net_present_value(given.number("rate"), given.values, given.days),
    "IRR": lambda given: time_value.internal_rate(given.values),
    "XIRR": lambda given: time_value.dated_internal_rate(given.values, given.days),
    "MIRR": lambda given: time_value.modified_internal_rate(
        given.values, given.number("finance", "finance_rate"), given.number("reinvest", "reinvest_rate")
    ),
    "PMT": _pmt,
    "RATE": _rate,
    "PV": _annuity("PV", "rate", "nper", "pmt", "fv"),
    "FV": _annuity("FV", "rate", "nper", "pmt", "pv"),
    "NPER": _annuity("NPER", "rate", "pmt", "pv", "fv"),
    "IPMT": _annuity("IPMT", "rate", "per", "nper", "pv", "fv"),
    "PPMT": _annuity("PPMT", "rate", "per", "nper", "pv", "fv"),
    "EFFECT": lambda given: time_value.effective_rate(given.number("nominal", "nominal_rate"), int(given.number("npery"))),
    "NOMINAL": lambda given: time_value.nominal_rate(given.number("effective", "effect_rate"), int(given.number("npery"))),
}


def answer_function(content: Mapping[str, Any], console: Console) -> int:
    """Compute and print `{"function", "result", "undefined"}`.

    Raises:
        ProblemError: `returns_function`, or what is wrong with its arguments.
    """
    name = str(content.get("function", content.get("f"))).upper()
    if name not in FUNCTIONS:
        raise ProblemError(Problem("returns_function", detail={"function": name, "known": ", ".join(FUNCTIONS)}))
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            found = FUNCTIONS[name](_Given(content))
    except OverflowError:
        found = time_value.NO_RESULT
    if isinstance(found, float) and not math.isfinite(found):
        found = time_value.NO_RESULT
    undefined = {"result": console.words.label(found)} if isinstance(found, str) else {}
    console.result({"function": name, "result": None if isinstance(found, str) else found, "undefined": undefined})
    if isinstance(found, str):
        console.say(console.words.text("{figure} is undefined because {reason}.", figure=name, reason=undefined["result"]))
    else:
        console.say(f"{name} = {found:.10g}")
    return DONE
