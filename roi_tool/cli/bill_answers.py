"""Answers about layouts at the command line: kept when asked to, listed, forgotten."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from roi_tool.cdr import Bill
from roi_tool.cli.console import DONE, Console
from roi_tool.problems import Problem, ProblemError


def keep_answers(bill: Bill, given: Mapping[str, str], console: Console) -> None:
    """Remember what the options said for the layouts of a bill's files, and say so."""
    from roi_tool.importing.remembered_answers import remember

    for file in bill.files:
        remember(file.shape, given, Path(file.path).name)
    names = console.words.listed(Path(file.path).name for file in bill.files)
    console.progress(console.words.text("Remembered for bills like {files}; `roi-tool bill answers` lists it.", files=names))


def run_answers(args: argparse.Namespace, console: Console) -> int:
    """List what was answered, or forget it."""
    from roi_tool.importing.remembered_answers import recall_all
    from roi_tool.workspace.bill_facts import kind_words

    if args.forget is not None:
        return _forget(args.forget, console)
    words, found = console.words, recall_all()
    console.result({"answers": [{"id": one.shape, "like": one.like, "on": one.on, **one.answers()} for one in found]})
    if not found:
        console.say(words.text("Nothing has been answered yet."))
    for one in found:
        said = words.clauses(kind_words(kind, answer, words) for kind, answer in one.answers().items())
        like = words.text("bills like {files}", files=one.like or "–")
        console.say(f"{one.shape}  {words.fact(like, said)}")
    return DONE


def _forget(wanted: str, console: Console) -> int:
    from roi_tool.importing.remembered_answers import forget, recall_all

    known = [one.shape for one in recall_all()]
    chosen = known if wanted == "all" else [shape for shape in known if shape == wanted]
    if not chosen and wanted != "all":
        raise ProblemError(Problem("answer_unknown", detail={"id": wanted}))
    for shape in chosen:
        forget(shape)
    console.result({"forgotten": chosen})
    console.say(console.words.plural("{count} layout forgotten.", "{count} layouts forgotten.", len(chosen)))
    return DONE
