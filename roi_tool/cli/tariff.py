"""`roi-tool tariff`: checks a tariff, reads one from another program's format, writes one for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from roi_tool.cli.console import DONE, Console, worst_status
from roi_tool.wording.marking import N_

FORMATS = ("cgrates",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    check = actions.add_parser("check", help=N_("say what a tariff holds, and what is wrong with it"))
    check.add_argument("tariff", metavar="T", help=N_("tariff folder or file"))
    read = actions.add_parser("read", help=N_("read a tariff from another format"))
    read.add_argument("source", metavar="DIR", help=N_("where it stands"))
    read.add_argument("--from", dest="format", choices=FORMATS, required=True, help=N_("its format"))
    read.add_argument("-o", "--output", metavar="T", required=True, help=N_("tariff folder to write"))
    read.add_argument("--currency", default="USD", help=N_("currency of its prices, which the format does not state"))
    write = actions.add_parser("write", help=N_("write a tariff in another format"))
    write.add_argument("tariff", metavar="T", help=N_("tariff folder or file"))
    write.add_argument("--to", dest="format", choices=FORMATS, required=True, help=N_("the format"))
    write.add_argument("-o", "--output", metavar="DIR", required=True, help=N_("folder to write"))
    for each, otherwise in ((read, ""), (write, "*any")):
        each.add_argument("--tenant", default="" if each is read else "cgrates.org", help=N_("tenant of the profile"))
        each.add_argument("--category", default="" if each is read else "call", help=N_("category of the profile"))
        each.add_argument("--subject", default=otherwise, help=N_("subject of the profile"))
    for each in (check, read, write):
        each.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action."""
    return {"check": _check, "read": _read, "write": _write}[args.action](args, console)


def _check(args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.tariffs import read_tariff
    from roi_tool.rating import compile_tariff

    tariff = read_tariff(args.tariff)
    compile_tariff(tariff)
    facts = {
        "id": tariff.id,
        "version": tariff.version,
        "currency": tariff.currency,
        "rates": len(tariff.rates),
        "deck_rows": len(tariff.deck),
        "bands": len(tariff.bands),
        "fingerprint": tariff.fingerprint,
    }
    console.result(facts)
    words = console.words
    counts = {"rates": words.number(len(tariff.rates)), "rows": words.number(len(tariff.deck)), "id": tariff.id}
    console.say(words.text("Tariff {id}: {rates} rates, {rows} deck rows. No two rules conflict.", **counts))
    return DONE


def _read(args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.tariffs import write_tariff
    from roi_tool.importing.tariffs.cgrates_folder import read_cgrates

    found = read_cgrates(
        Path(args.source), tenant=args.tenant, category=args.category, subject=args.subject, currency=args.currency
    )
    output = Path(args.output)
    written = {}
    for profile, tariff in found.items():
        folder = output if len(found) == 1 else output / _folder_name(profile.name)
        write_tariff(tariff, folder)
        written[profile.name] = str(folder)
        console.say(
            console.words.text(
                "{profile}: {rows} deck rows → {folder}",
                profile=profile.name,
                rows=console.words.number(len(tariff.deck)),
                folder=folder,
            )
        )
    console.result({"tariffs": written})
    return DONE


def _folder_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name).strip("-.") or "tariff"


def _write(args: argparse.Namespace, console: Console) -> int:
    from roi_tool.importing.tariffs import read_tariff
    from roi_tool.importing.tariffs.cgrates_writing import write_cgrates

    tariff = read_tariff(args.tariff)
    folder = Path(args.output)
    remarks = write_cgrates(folder, tariff, tenant=args.tenant, category=args.category, subject=args.subject)
    console.problems(remarks)
    console.result({"folder": str(folder), "remarks": console.words.sentences(remarks)})
    console.say(console.words.text("Plan written to {folder}.", folder=folder))
    return worst_status(remarks)
