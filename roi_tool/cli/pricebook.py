"""`roi-tool pricebook check`: says whether a price book may be used, and if not, what is wrong in which file."""

from __future__ import annotations

import argparse
from pathlib import Path

from roi_tool.cli.console import Console, worst_status
from roi_tool.pricebook import PriceBook, SipWay
from roi_tool.problems import Problem
from roi_tool.quoting import Customer, prepare_case


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="read a price book and say what is wrong with it")
    check.add_argument("folder", type=Path, metavar="FOLDER")
    check.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the price book; findings come as sentences, status 2. What no product answers is said too, status 1."""
    from roi_tool.importing.pricebooks import read_pricebook

    book = read_pricebook(args.folder)
    words = console.words
    missing = _missing(book)
    console.say(
        words.text(
            "{operator}, {id} {version}: valid from {start} to {end}; {products} products, {offers} offers, {tariffs} tariffs.",
            operator=book.operator,
            id=book.id,
            version=book.version,
            start=words.day(book.valid_from),
            end=words.day(book.valid_until),
            products=len(book.products),
            offers=len(book.offers),
            tariffs=len(book.tariffs),
        )
    )
    console.result(
        {
            "id": book.id,
            "version": book.version,
            "operator": book.operator,
            "currency": book.currency,
            "valid_from": book.valid_from,
            "valid_until": book.valid_until,
            "products": len(book.products),
            "offers": [offer.option for offer in book.offers],
            "tariffs": sorted(book.tariffs),
            "missing": {problem.detail["option"].partition(".")[2]: _items(problem) for problem in missing},
        }
    )
    console.problems(missing)
    return worst_status(missing)


def _missing(book: PriceBook) -> tuple[Problem, ...]:
    """Return what of the catalogue of costs no product answers, in each of the three ways SIP trunk is sold."""
    found: dict[tuple[str, str], Problem] = {}
    ways: list[SipWay | None] = [*dict.fromkeys(offer.way for offer in book.offers if offer.way)] or [None]
    for way in ways:
        case = prepare_case(Customer(book.operator), (), book, sip_way=way)
        for problem in case.problems:
            if problem.code == "cost_items_missing":
                found[(problem.detail["option"], problem.detail["items"])] = problem
    return tuple(found.values())


def _items(problem: Problem) -> list[str]:
    return [code.partition(".")[2] for code in problem.detail["items"].split(", ")]
