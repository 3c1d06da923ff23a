"""Today: the bills as they were read, row by row and to the penny, and what the calls in them are."""

from __future__ import annotations

from pathlib import Path

from roi_tool.cdr import Bill, ChargeKind, Direction
from roi_tool.charting import hours_chart
from roi_tool.reporting.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Row,
    RowStyle,
    Table,
    marked,
    plain,
)
from roi_tool.reporting.figures import DASH
from roi_tool.reporting.matter import Matter, text_cell


def today(matter: Matter) -> tuple[Block, ...]:
    """Return how every row of every bill was used, and the money against the bills' own totals; nothing without bills."""
    words = matter.words
    heading = Heading(words.text("Today: your bills as we read them"), 1)
    if not matter.has_bills:
        return ()
    intro = words.text(
        "Every row of every file is either a call, another charge, skipped for a reason, or could not be read; the four add "
        "up to the rows of the file. The money is set against the total that the bill itself states."
    )
    return (
        heading,
        Paragraph(intro),
        Heading(words.text("Rows")),
        _files(matter),
        *_skipped(matter),
        Heading(words.text("Money")),
        _reconciliation(matter),
        *_charges(matter),
    )


def today_usage(matter: Matter) -> tuple[Block, ...]:
    """Return what the calls are: by class, by month, by hour of the day."""
    words = matter.words
    if not len(matter.case.calls):
        return ()
    blocks: list[Block] = [
        Heading(words.text("Calls by kind"))
        if matter.has_bills
        else Heading(words.text("Calls by kind, of a typical customer")),
        _by_class(matter),
    ]
    if matter.case.traffic is not None:
        if matter.has_bills and len(matter.case.traffic.by_month) > 1:
            blocks += [Heading(words.text("Calls by month")), _by_month(matter)]
        chart = hours_chart([slot.calls for slot in matter.case.traffic.by_hour], words)
        blocks += [Heading(chart.title), Figure(chart, 0.2)]
    return tuple(blocks)


def bill_name(matter: Matter, bill: Bill) -> str:
    """Return a bill's name: carrier and month."""
    month = matter.words.month(bill.period_start) if bill.period_start else ""
    return plain(" ".join(part for part in (bill.carrier, month) if part)) or (
        matter.masked(Path(bill.files[0].path).name) if bill.files else "–"
    )


def _files(matter: Matter) -> Table:
    words = matter.words
    titles = (words.text("Rows"), words.text("Calls"), words.text("Charges"), words.text("Skipped"), words.text("Not readable"))
    columns = (Column(words.text("File"), share=2), *(Column(title, True) for title in titles))
    rows = [
        Row(
            (
                Cell(matter.masked(Path(file.path).name)),
                *(
                    matter.count(number)
                    for number in (file.rows_total, file.rows_calls, file.rows_charges, file.rows_skipped, file.rows_rejected)
                ),
            )
        )
        for bill in matter.case.bills
        for file in bill.files
    ]
    files = [file for bill in matter.case.bills for file in bill.files]
    if len(files) > 1:
        sums = [
            sum(getattr(file, f"rows_{name}") for file in files)
            for name in ("total", "calls", "charges", "skipped", "rejected")
        ]
        rows.append(Row((Cell(words.text("Together")), *(matter.count(number) for number in sums)), RowStyle.TOTAL))
    return Table(columns, tuple(rows), small=len(files) > 4)


def _skipped(matter: Matter) -> tuple[Block, ...]:
    counts: dict[str, int] = {}
    for bill in matter.case.bills:
        for file in bill.files:
            for reason, count in file.skipped_by_reason:
                counts[reason] = counts.get(reason, 0) + count
    if not counts:
        return ()
    words = matter.words
    said = [
        words.text(
            "{reason} ({count})",
            reason=plain(words.label(f"skipped.{reason}").removeprefix("skipped.")),
            count=words.number(count),
        )
        for reason, count in sorted(counts.items(), key=lambda one: -one[1])
    ]
    return (Paragraph(words.text("Skipped: {reasons}.", reasons=words.joined(said)), quiet=True),)


def _reconciliation(matter: Matter) -> Table:
    words = matter.words
    columns = (
        Column(words.text("Bill"), share=1.6),
        Column(words.text("Stated by"), share=1.4),
        Column(words.text("Stated total"), True),
        Column(words.text("Read total"), True),
        Column(words.text("Unexplained"), True),
    )
    rows = []
    for bill in matter.case.bills:
        settled = bill.reconciliation
        cells = (
            text_cell(bill_name(matter, bill)),
            Cell(matter.masked(settled.by) or "–"),
            matter.exact(settled.stated_nano),
            matter.exact(settled.read_nano),
            matter.exact(settled.difference_nano),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows), small=len(rows) > 4)


def _charges(matter: Matter) -> tuple[Block, ...]:
    """Sum the charges that are no calls by their description, over all bills."""
    words = matter.words
    sums: dict[tuple[ChargeKind, str], list[int]] = {}
    for bill in matter.case.bills:
        for charge in bill.charges:
            found = sums.setdefault((charge.kind, matter.masked(charge.description)), [0, 0])
            found[0] += 1
            found[1] += charge.amount_nano
    if not sums:
        return ()
    columns = (
        Column(words.text("Charges that are not calls"), share=2.4),
        Column(words.text("Kind"), share=1),
        Column(words.text("Times"), True),
        Column(words.text("All bills"), True),
    )
    ordered = sorted(sums.items(), key=lambda one: -abs(one[1][1]))
    shown, rest = ordered[:12], ordered[12:]
    rows = [
        Row((text_cell(name), Cell(words.label(f"charge.{kind.value}")), matter.count(times), matter.exact(nano)))
        for (kind, name), (times, nano) in shown
    ]
    if rest:
        more = words.plural("{count} more", "{count} more", len(rest))
        rows.append(
            Row(
                (
                    Cell(more),
                    Cell(""),
                    matter.count(sum(times for _, (times, _) in rest)),
                    matter.exact(sum(nano for _, (_, nano) in rest)),
                )
            )
        )
    return (Table(columns, tuple(rows), small=True),)


def no_bill_yet(matter: Matter) -> Paragraph:
    """Return what is said where there are no bills."""
    return Paragraph(
        matter.words.text(
            "No bill has been read yet. Today’s cost is that of a typical customer of this size; every figure of it is an "
            "assumption and marked as one. With the bills of one month this page shows them row by row."
        )
    )


def today_costs(matter: Matter) -> tuple[Block, ...]:
    """Return what staying as you are costs now, line by line."""
    words = matter.words
    columns = (
        Column(matter.currency_and_tax(), share=2.4),
        Column(words.text("How it is known"), share=1),
        Column(words.text("Month 1"), True),
        Column(words.text("Year 1"), True),
    )
    rows = []
    for line in matter.stay.lines:
        year = int(line.amounts_nano[1:13].sum())
        if not year and not line.first_month_nano:
            continue
        name = plain(words.label(line.label, **line.label_args))
        known = words.label(f"confidence.{line.evidence.confidence.value}")
        rows.append(
            Row(
                (
                    Cell(f"{name}{marked(line.evidence.id)}"),
                    Cell(known),
                    matter.exact(line.first_month_nano),
                    matter.exact(year),
                )
            )
        )
    total = (
        Cell(words.text("Total")),
        Cell(""),
        matter.exact(matter.stay.first_month_nano),
        matter.exact(matter.stay.yearly_nano[0]),
    )
    heading = Heading(words.text("Today: what you pay, and for which calls"), 1)
    table = Table(columns, (*rows, Row(total, RowStyle.TOTAL)))
    return (heading, table) if matter.has_bills else (heading, no_bill_yet(matter), table)


def _by_class(matter: Matter) -> Table:
    words, frame = matter.words, matter.case.calls.frame
    outbound = frame[frame["direction"] == Direction.OUTBOUND.value]
    grouped = outbound.groupby("called_class", observed=True).agg(
        calls=("call_id", "size"), ms=("duration_ms", "sum"), nano=("charge_nano", "sum")
    )
    grouped = grouped.sort_values("ms", ascending=False)
    all_ms = int(grouped["ms"].sum())
    charged = bool(outbound["charge_nano"].notna().any())
    columns = (
        Column(words.text("Outbound calls"), share=1.6),
        Column(words.text("Calls"), True),
        Column(words.text("Minutes"), True),
        Column(words.text("Share of minutes"), True),
        Column(words.text("Charged"), True),
    )
    rows = [
        Row(
            (
                Cell(words.label(f"class.{name}")),
                matter.count(calls),
                matter.count(round(ms / 60_000)),
                matter.percent(ms / all_ms if all_ms else 0),
                matter.exact(nano) if charged else DASH,
            )
        )
        for name, calls, ms, nano in zip(
            grouped.index, *(grouped[key].astype("int64").tolist() for key in ("calls", "ms", "nano")), strict=True
        )
    ]
    total = (
        Cell(words.text("All")),
        matter.count(len(outbound)),
        matter.count(round(all_ms / 60_000)),
        matter.percent(1 if all_ms else 0),
        matter.exact(int(outbound["charge_nano"].sum())) if charged else DASH,
    )
    return Table(columns, (*rows, Row(total, RowStyle.TOTAL)))


def _by_month(matter: Matter) -> Table:
    words = matter.words
    columns = (
        Column(words.text("Month"), share=1.6),
        Column(words.text("Calls"), True),
        Column(words.text("Minutes"), True),
        Column(words.text("Most at one time"), True),
    )
    rows = [
        Row(
            (
                Cell(words.month(one.month)),
                matter.count(one.slot.calls),
                matter.count(round(one.slot.minutes)),
                matter.count(one.slot.peak),
            )
        )
        for one in matter.case.traffic.by_month
    ]
    return Table(columns, tuple(rows))
