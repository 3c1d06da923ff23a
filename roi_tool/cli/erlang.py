"""`roi-tool erlang b|c|extended`: give two of traffic, lines and blocking; the third is found."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import Any

from roi_tool.cli.console import DONE, Console
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import Wording

_MODELS = {"b": "erlang_b", "c": "erlang_c", "extended": "extended_erlang_b"}
_GIVEN = ("traffic", "lines", "blocking")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "model", choices=tuple(_MODELS), help="b: lost calls; c: waiting calls; extended: lost callers try again"
    )
    parser.add_argument("--traffic", type=number, metavar="A", help="offered traffic in erlangs")
    parser.add_argument(
        "--calls", type=number, metavar="N", help="calls in the busy hour, with --duration, in place of --traffic"
    )
    parser.add_argument("--duration", type=number, metavar="SECONDS", help="mean duration of a call")
    parser.add_argument("--lines", type=whole_number, metavar="N", help="number of lines (agents for c)")
    parser.add_argument("--blocking", type=number, metavar="P", help="share lost, or for c share that waits: 0.01 or 1%%")
    parser.add_argument(
        "--retry", "--recall", type=number, metavar="R", help="extended: share of lost callers who try again (default 0.5)"
    )
    parser.add_argument("--within", type=number, metavar="SECONDS", help="c: share answered within this time, with --duration")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def number(text: str) -> float:
    """Read a number or a percentage from the command line."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)


def whole_number(text: str) -> int:
    """Read a whole number from the command line, however it is written: `30`, `30.0`, `3e1`."""
    value = float(text)
    if not value.is_integer():
        raise argparse.ArgumentTypeError(f"{text} is no whole number")
    return int(value)


def run(args: argparse.Namespace, console: Console) -> int:
    """Find the third of traffic, lines and blocking."""
    from roi_tool.traffic.erlang import MAX_LINES, traffic_erlangs

    if args.traffic is None and args.calls is not None:
        if args.duration is None:
            raise ProblemError(Problem("erlang_duration"))
        args.traffic = traffic_erlangs(args.calls, args.duration)
    missing = [name for name in _GIVEN if getattr(args, name) is None]
    if args.lines is not None and args.lines < 0:
        raise ProblemError(Problem("erlang_lines", detail={"lines": str(args.lines), "most": f"{MAX_LINES:,}"}))
    if len(missing) != 1:
        raise ProblemError(Problem("erlang_two_of_three", detail={"count": str(3 - len(missing))}))
    solvers = _solvers(args.model, _retry(args))
    answer: dict[str, Any] = {"model": _MODELS[args.model], "solved_for": missing[0]}
    answer |= {name: getattr(args, name) for name in _GIVEN}
    answer[missing[0]] = solvers[missing[0]](args.traffic, args.lines, args.blocking)
    # No calls need no lines, and none of them is lost; without lines all of some calls are.
    busy = answer["lines"] or answer["traffic"]
    blocking = solvers["blocking"](answer["traffic"], answer["lines"], None) if busy else 0.0
    if missing[0] == "blocking":
        answer["blocking"] = blocking
    answer["achieved_blocking"] = blocking
    answer |= _more(args, answer, blocking, console.words)
    console.result(answer)
    _say(answer, console)
    return DONE


def _retry(args: argparse.Namespace) -> float:
    """Half of the lost callers try again, unless another share is given."""
    return 0.5 if args.retry is None else float(args.retry)


def _solvers(model: str, retry: float) -> dict[str, Callable[[Any, Any, Any], Any]]:
    """Return the three solvers of a model as functions of (traffic, lines, blocking)."""
    from roi_tool.traffic import erlang

    if model == "b":
        return {
            "traffic": lambda _, lines, blocking: erlang.erlang_b_traffic(lines, blocking),
            "lines": lambda traffic, _, blocking: erlang.erlang_b_lines(traffic, blocking),
            "blocking": lambda traffic, lines, _: erlang.erlang_b_blocking(traffic, lines),
        }
    if model == "c":
        return {
            "traffic": lambda _, lines, blocking: erlang.erlang_c_traffic(lines, blocking),
            "lines": lambda traffic, _, blocking: erlang.erlang_c_lines(traffic, blocking),
            "blocking": lambda traffic, lines, _: erlang.erlang_c_waiting(traffic, lines),
        }
    return {
        "traffic": lambda _, lines, blocking: erlang.extended_b_traffic(lines, blocking, retry),
        "lines": lambda traffic, _, blocking: erlang.extended_b_lines(traffic, blocking, retry),
        "blocking": lambda traffic, lines, _: erlang.extended_b_blocking(traffic, lines, retry),
    }


def _more(args: argparse.Namespace, answer: dict[str, Any], blocking: float, words: Wording) -> dict[str, Any]:
    """Return what else follows: carried traffic, attempts, waiting times."""
    from roi_tool.traffic import erlang

    traffic, lines = answer["traffic"], answer["lines"]
    if args.model == "b":
        return {"carried_erlangs": traffic * (1 - blocking), "lost_erlangs": traffic * blocking}
    if args.model == "extended":
        retry = _retry(args)
        offered = erlang.extended_b_offered(traffic, lines, retry)
        return {"retry": retry, "offered_with_retries": offered, "carried_erlangs": offered * (1 - blocking)}
    waiting: dict[str, Any] = {"occupancy": min(1.0, traffic / lines) if lines else 0.0, "undefined": {}}
    if traffic >= lines and (lines or traffic):
        waiting["undefined"]["mean_wait_s"] = words.label("undefined.endless_queue")
    if args.duration is not None and lines:
        if not 0 < args.duration < math.inf:
            raise ProblemError(Problem("erlang_calls", detail={"calls": "0", "duration": f"{args.duration:g}"}))
        waiting["mean_wait_s"] = erlang.erlang_c_mean_wait(traffic, lines, args.duration)
        if args.within is not None:
            waiting["service_level"] = erlang.erlang_c_service_level(traffic, lines, args.duration, args.within)
    return waiting


def _say(answer: dict[str, Any], console: Console) -> None:
    if console.as_json:
        return
    words = console.words
    rows = [
        [words.text("Traffic offered"), words.text("{count} erlangs", count=words.number(answer["traffic"], 3))],
        [words.text("Lines"), words.number(answer["lines"])],
        [
            words.text("Calls that wait") if answer["model"] == "erlang_c" else words.text("Calls lost"),
            words.percent(answer["achieved_blocking"], 3),
        ],
    ]
    if answer.get("mean_wait_s") is not None:
        rows.append([words.text("Mean wait"), words.text("{count} s", count=words.number(answer["mean_wait_s"], 1))])
    if "service_level" in answer:
        rows.append([words.text("Answered in time"), words.percent(answer["service_level"], 1)])
    if "retry" in answer:
        rows.append([words.text("Lost callers who try again"), words.percent(answer["retry"])])
    console.table([words.label(f"model.{answer['model']}"), ""], rows)
    for reason in answer.get("undefined", {}).values():
        console.say(reason)
