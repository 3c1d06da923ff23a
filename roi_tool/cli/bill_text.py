"""A bill as `roi-tool bill read` prints it for people, within eighty columns."""

from __future__ import annotations

from pathlib import Path

from roi_tool.cdr import Bill
from roi_tool.cli.bill_findings import shown
from roi_tool.cli.console import Console, cut, width
from roi_tool.workspace.bill_facts import coverage_sentences, line_words

_LINE, _LAYOUT, _PART, _NARROWEST = 80, 16, 42, 12


def print_bill(bill: Bill, console: Console) -> None:
    """Print what was understood: each file row for row, calls and charges, months, and whether the money adds up."""
    _print_files(bill, console)
    console.say()
    _print_money(bill, console)
    for sentence in coverage_sentences([bill], console.words):
        console.say(sentence)
    _print_reconciliation(bill, console)


def _print_files(bill: Bill, console: Console) -> None:
    words = console.words
    header = [words.text("File"), words.text("Layout"), words.text("Rows"), words.text("Calls"), words.text("Charges")]
    header += [words.text("Skipped"), words.text("Rejected")]
    counts = [
        [*map(words.number, (file.rows_total, file.rows_calls, file.rows_charges, file.rows_skipped, file.rows_rejected))]
        for file in bill.files
    ]
    layouts = [cut(words.text("detected") if file.layout == "detected" else file.layout, _LAYOUT) for file in bill.files]
    columns = [layouts, *zip(*counts, strict=True)]
    taken = sum(max(map(width, (title, *cells))) + 2 for title, cells in zip(header[1:], columns, strict=True))
    names = [cut(Path(file.path).name, max(_NARROWEST, _LINE - taken)) for file in bill.files]
    rows = [[name, layout, *cells] for name, layout, cells in zip(names, layouts, counts, strict=True)]
    console.table(header, rows, text_columns=2)


def _print_money(bill: Bill, console: Console) -> None:
    words, frame = console.words, bill.calls.frame
    minutes = int(frame["duration_ms"].sum()) / 60_000
    priced = bool(frame["charge_nano"].notna().any())
    charge = shown(int(frame["charge_nano"].sum()), bill, console) if priced else words.text("no charges shown")
    state = "" if bill.calls.tax_included is None or not priced else words.label(f"tax_said.{bill.calls.tax_included}")
    said = (
        words.plural("{count} call", "{count} calls", len(frame)),
        words.text("{minutes} minutes", minutes=words.number(minutes, 0 if minutes >= 100 else 1)),
        f"{charge} ({state})" if state else charge,
    )
    console.say(words.listed(said))
    by_kind: dict[str, int] = {}
    for one in bill.charges:
        by_kind[one.kind.value] = by_kind.get(one.kind.value, 0) + one.amount_nano
    for kind, nano in by_kind.items():
        console.say(words.fact(words.label(f"charge_kind.{kind}"), shown(nano, bill, console)))


def _print_reconciliation(bill: Bill, console: Console) -> None:
    words, found = console.words, bill.reconciliation
    if found.stated_nano is None:
        console.say(words.text("The bill states no total to hold this against."))
    elif not found.difference_nano:
        total = shown(found.stated_nano, bill, console)
        console.say(words.text("Adds up to the total that the bill states: {total} ({by})", total=total, by=found.by))
    if not found.lines:
        return
    header = [words.text("Part of the bill"), words.text("Stated"), words.text("Read"), words.text("Difference")]
    rows = [
        [
            cut(line_words(line, words), _PART),
            *(shown(nano, bill, console) for nano in (line.stated_nano, line.read_nano, line.difference_nano)),
        ]
        for line in found.lines
    ]
    console.say()
    console.table(header, rows)
