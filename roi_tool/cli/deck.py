"""`roi-tool deck`: read a rate deck, with the mapping shown, into a tariff; compare two decks before anything changes."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.cli.console import DONE, NEEDS_ATTENTION, Console, worst_status
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.wording.marking import N_

if TYPE_CHECKING:
    from roi_tool.importing.decks import CodeMovement, Deck, DeckCheck, DeckChoices, DeckCode, DeckDifference
    from roi_tool.tariff import Tariff

_SHOWN = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    read = actions.add_parser("read", help=N_("read a deck and show how it was understood"))
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("-o", "--output", type=Path, metavar="TARIFF", help=N_("write the deck as a tariff"))
    read.add_argument("--onto", type=Path, metavar="DECK", help=N_("the deck in force, which FILE amends"))
    read.add_argument("--full", action="store_true", help=N_("with --onto: FILE replaces the whole deck in force"))
    _choices(read)
    diff = actions.add_parser("diff", help=N_("what a new deck changes"))
    diff.add_argument("old", type=Path, metavar="OLD", help=N_("the deck in force: a deck or a tariff"))
    diff.add_argument("new", type=Path, metavar="NEW", help=N_("the deck to come: a deck or a tariff"))
    diff.add_argument("--partial", action="store_true", help=N_("NEW is an amendment: codes it does not name stay"))
    _choices(diff)
    for sub in (read, diff):
        sub.add_argument("--json", action="store_true", help=N_("print one JSON object"))


def _choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheet", default="", help=N_("the sheet that holds the prices"))
    parser.add_argument("--price-column", default="", metavar="TITLE", help=N_("the column that holds the price"))
    parser.add_argument("--hyphen", default="", choices=("range", "area"), help=N_("what a hyphen between codes means"))
    parser.add_argument("--date-order", default="", choices=("dmy", "mdy", "ymd"))
    parser.add_argument("--currency", default="", metavar="CODE")
    parser.add_argument("--increments", default="", metavar="60/1", help=N_("billing increments where the deck names none"))
    parser.add_argument("--timezone", default="", metavar="ZONE", help=N_("where the deck's dates begin (UTC)"))
    parser.add_argument("--country", default="", metavar="GB", help=N_("country of a national deck"))
    parser.add_argument("--indeterminate", default="", choices=("interstate", "intrastate", "dearer"))


def run(args: argparse.Namespace, console: Console) -> int:
    """Read or compare."""
    return _read(args, console) if args.action == "read" else _diff(args, console)


def _deck_choices(args: argparse.Namespace) -> DeckChoices:
    from roi_tool.importing.decks import DeckChoices

    return DeckChoices(
        sheet=args.sheet,
        price_column=args.price_column,
        hyphen=args.hyphen,
        date_order=args.date_order,
        currency=args.currency,
        increments=args.increments,
        timezone=args.timezone,
        country=args.country,
        indeterminate=args.indeterminate,
    )


def _read(args: argparse.Namespace, console: Console) -> int:
    from roi_tool.cli.deck_answer import reading_answer
    from roi_tool.importing.decks import amend_deck, check_deck, deck_tariff, read_deck

    now = datetime.now(UTC)
    read = read_deck(args.file, _deck_choices(args))
    deck = amend_deck(read_deck(args.onto), read, full=args.full, on=now) if args.onto else read
    check = check_deck(deck, now)
    problems = list(read.problems)
    _show_reading(read, check, console)
    if args.output:
        tariff, more = deck_tariff(deck)
        # A tariff must have a currency: what was assumed says it better than what is missing.
        problems = [*(problem for problem in problems if problem.code != "deck_currency_not_named"), *more]
        save_tariff(tariff, args.output)
        console.say(console.words.text("Written: {file}", file=args.output.resolve()))
    console.problems(problems)
    if console.as_json:
        console.result(reading_answer(read, deck, check, problems, console.words))
    return worst_status(problems)


def save_tariff(tariff: Tariff, folder: Path) -> None:
    """Write a tariff folder.

    Raises:
        ProblemError: it cannot be written.
    """
    from roi_tool.importing.tariffs import write_tariff

    try:
        write_tariff(tariff, folder)
    except OSError as error:
        detail = {"folder": str(folder), "reason": error.strerror or str(error)}
        raise ProblemError(Problem("deck_not_written", detail=detail)) from error


def _show_reading(deck: Deck, check: DeckCheck, console: Console) -> None:
    words = console.words
    mapping, counts = deck.mapping, deck.counts
    console.table(
        [words.text("Column"), words.text("Read as")],
        [
            [title or "–", words.label(f"deck.role.{role}") if role else words.text("not used")]
            for title, role in mapping.columns
        ],
        text_columns=2,
    )
    console.say()
    facts = [
        (words.text("Titles in row"), str(mapping.header_row or words.text("none"))),
        (words.text("Decimal sign"), mapping.decimal),
        (words.text("Date order"), mapping.date_order or "–"),
        (words.text("A hyphen is"), words.label(f"deck.hyphen.{mapping.hyphen}") if mapping.hyphen else "–"),
        (words.text("Increments from"), words.label(f"deck.increments.{mapping.increments}")),
        (words.text("Currency"), deck.currency or words.text("not named")),
    ]
    for name, value in facts:
        console.say(words.fact(name, value))
    console.say()
    console.say(
        words.text(
            "Rows: {total} = {priced} priced + {skipped} skipped + {rejected} rejected",
            total=words.number(counts.rows_total),
            priced=words.number(counts.rows_priced),
            skipped=words.number(counts.rows_skipped),
            rejected=words.number(counts.rows_rejected),
        )
    )
    for reason, count in counts.skipped_by_reason:
        console.say("  " + words.fact(words.label(f"deck.skipped.{reason}"), words.number(count)))
    console.say(
        words.text(
            "Codes: {found} = {out} out + {skipped} repeated + {rejected} rejected",
            found=words.number(counts.codes_found),
            out=words.number(counts.codes_out),
            skipped=words.number(counts.codes_skipped),
            rejected=words.number(counts.codes_rejected),
        )
    )
    _show_check(check, console)


def _show_check(check: DeckCheck, console: Console) -> None:
    words = console.words
    if check.zero:
        console.say(words.text("Free of charge: {codes}", codes=_some(code.prefix for code in check.zero)))
    if check.out_of_line:
        found = [f"{odd.code.prefix} {odd.code.rate:f} ({odd.beside}: {odd.median:f})" for odd in check.out_of_line]
        console.say(words.text("Far from their neighbours: {codes}", codes=_some(found)))
    if check.falls_through:
        found = [f"{fall.code.prefix} → {fall.shorter.prefix}" for fall in check.falls_through]
        console.say(
            words.text("Begin later and until then take the cheaper price of a shorter code: {codes}", codes=_some(found))
        )
    if check.is_old:
        console.say(words.text("The youngest date of the deck is {days} days ago.", days=check.age_days))


def _some(items: Any) -> str:
    listed = list(items)
    more = f" … (+{len(listed) - _SHOWN})" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more


def _diff(args: argparse.Namespace, console: Console) -> int:
    from roi_tool.cli.deck_answer import difference_answer
    from roi_tool.importing.decks import compare_decks

    now = datetime.now(UTC)
    choices = _deck_choices(args)
    old, new = _deck_or_tariff(args.old, choices), _deck_or_tariff(args.new, choices)
    full = not args.partial and new.full is not False
    difference = compare_decks(old, new, now, full=full)
    _show_difference(difference, console)
    problems = [*old.problems, *new.problems]
    if old.currency and new.currency and old.currency != new.currency:
        detail = {"old": old.currency, "new": new.currency}
        problems.append(Problem("deck_currencies_differ", Severity.WARNING, detail=detail))
    console.problems(problems)
    console.result(difference_answer(difference, full, new))
    changed = bool(difference.check.out_of_line or difference.check.zero)
    return max(worst_status(problems), NEEDS_ATTENTION if changed else DONE)


def _deck_or_tariff(path: Path, choices: DeckChoices) -> Deck:
    from roi_tool.importing.decks import is_tariff, read_deck, tariff_as_deck
    from roi_tool.importing.tariffs import read_tariff

    return tariff_as_deck(read_tariff(path), path) if is_tariff(path) else read_deck(path, choices)


def _show_difference(difference: DeckDifference, console: Console) -> None:
    words = console.words
    for movement, count in difference.counts().items():
        console.say(words.fact(words.label(f"movement.{movement}"), words.number(count)))
    moved = [item for item in difference.movements if item.movement != "unchanged"]
    if moved:
        console.say()
        header = [words.text("Code"), words.text("Destination"), "", words.text("Old"), words.text("New")]
        header += [words.text("Change"), words.text("Valid from")]
        console.table(header, [_row(item, console) for item in moved[:200]], text_columns=3)
        if len(moved) > 200:
            console.say(words.text("… and {count} more; --json lists them all.", count=len(moved) - 200))
    console.say()
    _show_check(difference.check, console)


def _row(item: CodeMovement, console: Console) -> list[str]:
    words = console.words
    shown = item.new or item.old
    return [
        f"{item.prefix} {item.jurisdiction}".strip(),
        (shown.destination if shown else "")[:40],
        words.label(f"movement.{item.movement}"),
        _price(item.old),
        _price(item.new),
        words.percent(item.percent, 1) if item.percent is not None else "–",
        item.since.date().isoformat() if item.since else "–",
    ]


def _price(code: DeckCode | None) -> str:
    if code is None or code.terms is None:
        return "–"
    return f"{code.terms.rate:f} {code.terms.increments}"
