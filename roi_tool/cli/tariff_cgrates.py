"""`roi-tool tariff read --from cgrates` and `tariff write --to cgrates`."""

from __future__ import annotations

import argparse
from pathlib import Path

from roi_tool.cli.console import DONE, Console, worst_status
from roi_tool.wording.marking import N_


def add_profile_options(parser: argparse.ArgumentParser, *, writing: bool) -> None:
    """Declare whose profile is read or written."""
    parser.add_argument("--tenant", default="cgrates.org" if writing else "", help=N_("tenant of the CGRateS profile"))
    parser.add_argument("--category", default="call" if writing else "", help=N_("category of the CGRateS profile"))
    parser.add_argument("--subject", default="*any" if writing else "", help=N_("subject of the CGRateS profile"))
    if not writing:
        parser.add_argument("--currency", default="USD", metavar="CODE", help=N_("currency of the plan, which names none"))


def read_plan(args: argparse.Namespace, console: Console) -> int:
    """Read a plan folder (`args.source`) into our tariff at `args.output`; several profiles become folders in it."""
    from roi_tool.cli.deck import save_tariff
    from roi_tool.importing.tariffs.cgrates_folder import read_cgrates

    words = console.words
    source, output = Path(args.source), Path(args.output)
    tariffs = read_cgrates(source, tenant=args.tenant, category=args.category, subject=args.subject, currency=args.currency)
    written = []
    for profile, tariff in tariffs.items():
        place = output if len(tariffs) == 1 else output / profile.name
        save_tariff(tariff, place)
        console.say(words.text("{profile}: written to {file}", profile=profile.name, file=place))
        written.append(
            {
                "tenant": profile.tenant,
                "category": profile.category,
                "subject": profile.subject,
                "tariff": str(place),
                "rates": len(tariff.rates),
                "rows": len(tariff.deck),
            }
        )
    console.result({"source": str(source), "written": written})
    return DONE


def write_plan(args: argparse.Namespace, console: Console) -> int:
    """Write our tariff (`args.tariff`) as a plan folder at `args.output`."""
    from roi_tool.importing.tariffs import read_tariff
    from roi_tool.importing.tariffs.cgrates_writing import write_cgrates

    words = console.words
    tariff = read_tariff(args.tariff)
    output = Path(args.output)
    problems = write_cgrates(output, tariff, tenant=args.tenant, category=args.category, subject=args.subject)
    console.say(words.text("Written: {file}", file=output.resolve()))
    console.problems(problems)
    console.result(
        {
            "written": str(output),
            "profile": {"tenant": args.tenant, "category": args.category, "subject": args.subject},
            "problems": [{"code": problem.code, "text": words.sentence(problem)} for problem in problems],
        }
    )
    return worst_status(problems)
