"""`roi-tool`: finds the command's file, runs it, and turns every failure into one sentence and a status."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from roi_tool.cli.console import DONE, WRONG_REQUEST, Console
from roi_tool.problems import ProblemError
from roi_tool.wording import Wording, wording_for
from roi_tool.wording.marking import N_

COMMANDS: dict[str, str] = {
    "demo": N_("the main job on the sample customer: reads bills, compares, writes PDF and XLSX, opens the window"),
    "bill": N_("read, list and audit phone bills"),
    "deck": N_("read and compare rate decks"),
    "tariff": N_("check, read and write tariffs"),
    "rate": N_("price calls under a tariff"),
    "traffic": N_("busy hour, concurrency, channels and bandwidth of calls"),
    "erlang": N_("Erlang B, C and extended, solved for the unknown"),
    "bandwidth": N_("bandwidth of calls by codec and layer"),
    "returns": N_("present value, NPV, ROI, IRR and payback of cash flows"),
    "compare": N_("the options side by side"),
    "solve": N_("find the value of a driver that reaches a target"),
    "report": N_("write the comparison as PDF or XLSX"),
    "pricebook": N_("check a price book"),
    "billing": N_("the operator's month: rated calls and invoices"),
}
"""Command → help. Each stands in the file of its name in this folder (`add_arguments`, `run`), imported when it runs."""


class _Parser(argparse.ArgumentParser):
    """Says a wrong request in one sentence, without the usage block."""

    def error(self, message: str) -> NoReturn:
        said = wording_for(_language()).text("{program}: {message}. Try: {program} --help", program=self.prog, message=message)
        self.exit(WRONG_REQUEST, f"{said}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status (0 done, 1 needs attention, 2 the request is wrong)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = wording_for(_language())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    console = Console(words)
    try:
        if not given:
            from roi_tool.cli import window

            return window.run(console)
        return _run_command(given, words, console)
    except ProblemError as error:
        console.problems(error.problems)
        return WRONG_REQUEST
    except BrokenPipeError:
        # The reader (head, less) went away: not a fault of anyone's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        console.progress(words.text("Stopped."))
        return 130
    except Exception:  # noqa: BLE001 - the last line of defence: no traceback ever reaches a user
        log = _log_fault()
        console.progress(words.text("The tool itself failed, which is our fault. The details are in {file}.", file=log))
        return WRONG_REQUEST


def _run_command(given: list[str], words: Wording, console: Console) -> int:
    parser = _Parser(prog="roi-tool", description=words.text("Telephony options compared on a customer's own bills."))
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    wanted = next((word for word in given if not word.startswith("-")), None)
    module = None
    for name, text in COMMANDS.items():
        if importlib.util.find_spec(f"roi_tool.cli.{name}") is None:
            continue
        sub = commands.add_parser(name, help=words.text(text), description=words.text(text))
        if name == wanted:
            module = importlib.import_module(f"roi_tool.cli.{name}")
            module.add_arguments(sub)
    _translate_help(parser, words)
    try:
        args = parser.parse_args(given)
    except SystemExit as stop:
        return int(stop.code or 0)
    console.as_json = bool(getattr(args, "json", False))
    assert module is not None
    return int(module.run(args, console))


def _translate_help(parser: argparse.ArgumentParser, words: Wording) -> None:
    """Put the help of arguments and actions into the reader's words, which argparse offers no public way to."""
    titles = {"positional arguments": words.text("arguments"), "options": words.text("options")}
    for group in parser._action_groups:
        group.title = titles.get(group.title or "", group.title)
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            action.help = words.text("show this help and stop")
        elif isinstance(action, argparse._VersionAction):
            action.help = words.text("show the version and stop")
        elif isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = words.text(choice.help) if choice.help else None
            for sub in action.choices.values():
                _translate_help(sub, words)
        elif action.help:
            action.help = words.text(action.help)


def _language() -> str:
    """The console's language: `ROI_TOOL_LANG`, else the locale's, else English."""
    wanted = os.environ.get("ROI_TOOL_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


def _version() -> str:
    from roi_tool import __version__

    return f"roi-tool {__version__}"


def _log_fault() -> Path:
    logging.getLogger(__name__).debug("fault", exc_info=True)
    path = Path(tempfile.gettempdir()) / "roi-tool-fault.log"
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return path
