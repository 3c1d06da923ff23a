"""`roi-tool rate`: prices a file of calls under a tariff, in batches, from file to file."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.cli.console import DONE, NEEDS_ATTENTION, Console
from roi_tool.money import Money
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.wording.marking import N_

if TYPE_CHECKING:
    from roi_tool.importing.call_files import CallFile
    from roi_tool.importing.rated_files import RatedFile
    from roi_tool.rating import CompiledTariff

MOST_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("calls", metavar="CALLS", help=N_("file of calls, CSV or Parquet"))
    parser.add_argument("--tariff", required=True, metavar="T", help=N_("tariff folder or file"))
    parser.add_argument("-o", "--output", metavar="FILE", help=N_("where to write the rated calls: .csv or .parquet"))
    parser.add_argument("--explain", metavar="CALL_ID", help=N_("explain the price of one call"))
    parser.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Price the file; 1 when a call has no price or a row of the deck cannot be used."""
    from roi_tool.importing.call_files import open_calls
    from roi_tool.importing.rated_files import rate_file
    from roi_tool.importing.tariffs import read_tariff_leniently
    from roi_tool.rating import compile_tariff

    tariff, left_out = read_tariff_leniently(args.tariff)
    console.problems(left_out[:MOST_NAMED])
    if left_out:
        count = console.words.number(len(left_out))
        console.problems([Problem("tariff_rows_left_out", severity=Severity.WARNING, detail={"count": count})])
    compiled = compile_tariff(tariff)
    file = open_calls(args.calls, timezone=tariff.timezone or "UTC")
    if args.explain is not None:
        return _explain(args, console, compiled, file)
    if any(entry.jurisdiction for entry in tariff.deck):
        console.problems([Problem("rating_ported_numbers", severity=Severity.INFO)])
    begun = time.perf_counter()
    done = rate_file(compiled, file, Path(args.output) if args.output else None)
    _report(console, done, time.perf_counter() - begun, len(left_out))
    if args.output:
        console.progress(console.words.text("Rated calls written to {file}.", file=args.output))
    return NEEDS_ATTENTION if done.unrated or left_out else DONE


def _report(console: Console, done: RatedFile, seconds: float, left_out: int) -> None:
    words = console.words
    problems = [*done.row_problems[:MOST_NAMED]]
    problems += [
        Problem(
            "calls_unrated",
            severity=Severity.WARNING,
            detail={"count": words.number(count), "reason": words.label(f"rating.reason.{reason}")},
        )
        for reason, count in done.unrated_by_reason.items()
    ]
    console.problems(problems)
    figures: dict[str, Any] = {
        "calls": done.calls,
        "rated": done.rated,
        "unrated": done.unrated,
        "charge": Money(done.charge_nano, done.currency).decimal,
        "billed_s": (done.billed_ms + 500) // 1000,
        "currency": done.currency,
        "tariff_problems": left_out,
        "unrated_by_reason": dict(done.unrated_by_reason),
        "seconds": round(seconds, 3),
        "calls_per_second": round(done.calls / seconds) if seconds > 0 else 0,
    }
    console.result(figures)
    console.say(
        words.text(
            "{rated} of {calls} calls rated: {charge}",
            rated=words.number(done.rated),
            calls=words.number(done.calls),
            charge=words.money(Money(done.charge_nano, done.currency)),
        )
    )


def _explain(args: argparse.Namespace, console: Console, compiled: CompiledTariff, file: CallFile) -> int:
    """Say how the price of one call came about; without an id column calls are numbered from 1."""
    from roi_tool.importing.rated_files import find_call, whole_columns
    from roi_tool.rating import explain, follow_call

    call = find_call(file, args.explain)
    if call is None:
        raise ProblemError(Problem("call_id_unknown", detail={"id": args.explain}))
    story = None
    if compiled.tariff.is_stateful:
        story = follow_call(compiled, whole_columns(file), call.position)
    facts = explain(
        compiled,
        called=call.called,
        caller=call.caller,
        start=call.start,
        duration_ms=call.duration_ms,
        direction=call.direction,
        called_class=call.called_class,
        timezone=file.timezone,
        story=story,
    )
    sentences = console.words.sentences(facts)
    console.result({"call_id": args.explain, "sentences": sentences, "facts": [_plain(fact) for fact in facts]})
    for sentence in sentences:
        console.say(sentence)
    return DONE


def _plain(fact: Problem) -> dict[str, str]:
    return {"code": fact.code.removeprefix("rating_explain_"), **fact.detail}
