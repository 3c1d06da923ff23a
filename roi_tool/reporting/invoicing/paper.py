"""An invoice's pages: who and what for, every charge exact, taxes, total; then the calls."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from roi_tool.billing import BilledAccount, Invoice, InvoiceLine, LineKind, TaxLine
from roi_tool.cdr import CalledClass
from roi_tool.money import Money, from_nano, minor_digits
from roi_tool.reporting.blocks import (
    Block,
    Cell,
    CellFormat,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Notice,
    Paper,
    Paragraph,
    Row,
    RowStyle,
    Table,
    plain,
)
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.figures import count_cell
from roi_tool.reporting.invoicing.annex import calls_annex, clock, decimals_of
from roi_tool.wording import Wording
from roi_tool.wording.vocabulary import LABELS


class Numbers(StrEnum):
    """Whether the calls are annexed, and how the other party's numbers are printed."""

    NO = "no"
    MASKED = "masked"
    FULL = "full"


def invoice_paper(
    billed: BilledAccount, brand: Brand, words: Wording, *, numbers: Numbers = Numbers.MASKED, on: date | None = None
) -> Paper:
    """Build the paper of an account's month. `on` is the invoice's date, by default the day after the period."""
    invoice = billed.invoice
    name = plain(invoice.name or invoice.account)
    pages: list[tuple[Block, ...]] = [_charges_page(invoice, words, on or invoice.period_end)]
    if numbers is not Numbers.NO and len(billed.calls):
        pages.append(calls_annex(billed, words, masked=numbers is Numbers.MASKED))
    return Paper(
        title=words.text("Invoice {number}", number=plain(invoice.number)),
        operator=brand.operator,
        prepared_for=f"\t{name}",
        head_note=words.text("Invoice {number}", number=plain(invoice.number)),
        foot_note=brand.footer,
        language=words.language,
        pages=tuple(pages),
    )


def exact_decimals(invoice: Invoice) -> int:
    """Return how many decimals show every line's amount exactly, at least the currency's."""
    least = minor_digits(invoice.currency)
    return decimals_of([line.amount_nano for line in invoice.lines], least)


def _charges_page(invoice: Invoice, words: Wording, on: date) -> tuple[Block, ...]:
    last = invoice.period_end - timedelta(days=1)
    period = words.text("{first} to {last}", first=words.day(invoice.period_start), last=words.day(last))
    total = words.money(Money(invoice.total_nano, invoice.currency))
    tax = words.text("including tax") if invoice.tax_included or invoice.tax_nano else words.text("no tax is due")
    blocks: list[Block] = [
        Heading(words.text("Invoice {number}", number=plain(invoice.number)), 1),
        KeyFigures(
            (
                KeyFigure(words.text("Total"), total, tax),
                KeyFigure(words.text("Period"), words.month(invoice.period_start), period),
                KeyFigure(
                    words.text("Calls"), words.number(invoice.calls - invoice.unrated_calls), words.text("on this invoice")
                ),
            )
        ),
        _parties(invoice, words, on),
    ]
    if invoice.unrated_calls:
        said = words.plural(
            "{count} call has no price in the tariff and is not on this invoice.",
            "{count} calls have no price in the tariff and are not on this invoice.",
            invoice.unrated_calls,
        )
        blocks.append(Notice((said,)))
    blocks += [Heading(words.text("Charges")), _charges(invoice, words), Heading(words.text("Total")), _totals(invoice, words)]
    blocks.append(Paragraph(_note(invoice, words), quiet=True))
    return tuple(blocks)


def _parties(invoice: Invoice, words: Wording, on: date) -> Table:
    rows = [
        (words.text("Customer"), plain(invoice.name) or "–"),
        (words.text("Account"), plain(invoice.account)),
        (words.text("Date of the invoice"), words.day(on)),
        (words.text("Tariff"), f"{plain(invoice.tariff)} ({invoice.tariff_fingerprint[:12]})"),
        (words.text("Times in"), invoice.timezone),
    ]
    columns = (Column("", share=1), Column("", share=3))
    return Table(columns, tuple(Row((Cell(title), Cell(text))) for title, text in rows), small=True)


def _charges(invoice: Invoice, words: Wording) -> Table:
    decimals = exact_decimals(invoice)
    columns = (
        Column(words.currency_name(invoice.currency), share=2.4),
        Column(words.text("Quantity"), True),
        Column(words.text("Time billed"), True),
        Column(words.text("Price"), True),
        Column(words.text("Amount"), True),
    )
    rows: list[Row] = []
    for kind, title, total in (
        (LineKind.USAGE, words.text("Calls"), invoice.usage_nano),
        (LineKind.PERIOD, words.text("Charges of the month"), invoice.period_nano),
        (LineKind.SUBSCRIPTION, words.text("Subscriptions"), invoice.subscriptions_nano),
    ):
        lines = [line for line in invoice.lines if line.kind is kind]
        if not lines:
            continue
        rows.append(Row((Cell(title),), RowStyle.GROUP))
        rows += [_line(line, invoice.currency, decimals, words) for line in lines]
        together = (Cell(words.text("Together")), Cell(""), Cell(""), Cell(""), _exact(words, total, decimals))
        rows.append(Row(together, RowStyle.TOTAL))
    return Table(columns, tuple(rows), small=True)


def _line(line: InvoiceLine, currency: str, decimals: int, words: Wording) -> Row:
    quantity = from_nano(line.quantity_nano)
    price = from_nano(line.price_nano)
    price_decimals = max(minor_digits(currency), -int(price.normalize().as_tuple().exponent))
    return Row(
        (
            Cell(line_name(line, words)),
            count_cell(words, int(quantity)) if quantity == int(quantity) else Cell(words.number(quantity, 2), quantity),
            Cell(clock(line.billed_ms)) if line.billed_ms else Cell(""),
            Cell(words.number(price, price_decimals), price) if line.price_nano else Cell(""),
            _exact(words, line.amount_nano, decimals),
        )
    )


def line_name(line: InvoiceLine, words: Wording) -> str:
    """Return a line's words: kinds of calls in the reader's language, names of groups and subscriptions as they stand."""
    if line.kind is LineKind.USAGE:
        direction = line.description.partition(" ")[0]
        said = words.label(f"direction.{direction}")
        if line.code == CalledClass.UNKNOWN.value:
            return words.text("Calls, {direction}", direction=said)
        known = f"class.{line.code}"
        name = words.label(known) if known in LABELS else plain(line.code)
        return words.text("{kind} ({direction})", kind=name, direction=said)
    known = f"invoice.{line.code}"
    if line.kind is LineKind.PERIOD and known in LABELS:
        return words.label(known, rule=plain(line.description))
    return plain(line.description)


def _totals(invoice: Invoice, words: Wording) -> Table:
    digits = minor_digits(invoice.currency)
    rows = [
        Row(
            (
                Cell(words.text("Sum of the charges")),
                _exact(words, invoice.net_nano - invoice.rounding_nano, exact_decimals(invoice)),
            )
        )
    ]
    if invoice.rounding_nano:
        rows.append(Row((Cell(words.text("Rounding")), _exact(words, invoice.rounding_nano, 9))))
    net = words.text("Net") if not invoice.tax_included else words.text("Charges, tax included")
    rows.append(Row((Cell(net), _exact(words, invoice.net_nano, digits))))
    rows += [Row((Cell(_tax_name(tax, invoice, words)), _exact(words, tax.amount_nano, digits))) for tax in invoice.taxes]
    rows.append(Row((Cell(words.text("Total")), _exact(words, invoice.total_nano, digits)), RowStyle.TOTAL))
    columns = (Column(words.currency_name(invoice.currency), share=3), Column(words.text("Amount"), True))
    return Table(columns, tuple(rows))


def _tax_name(tax: TaxLine, invoice: Invoice, words: Wording) -> str:
    name = words.text("Tax on calls") if tax.tax == "calls" else plain(tax.tax)
    blanks = {"tax": name, "base": words.money(Money(tax.base_nano, invoice.currency))}
    if tax.percent:
        said = words.text("{tax}, {percent}\N{NO-BREAK SPACE}% of {base}", percent=tax.percent, **blanks)
    else:
        said = words.text("{tax}, on {base}", **blanks)
    if invoice.tax_included:
        said = words.text("of it {tax}", tax=said)
    return words.text("{tax} (estimate)", tax=said) if tax.estimate else said


def _note(invoice: Invoice, words: Wording) -> str:
    if invoice.rounding_nano:
        return words.text(
            "Every charge is exact; the sum is rounded once. The calls of a kind are the sum of their charges, which the rated "
            "calls show one by one."
        )
    return words.text(
        "Every charge is exact. The calls of a kind are the sum of their charges, which the rated calls show one by one."
    )


def _exact(words: Wording, amount_nano: int, decimals: int) -> Cell:
    """An amount with so many decimals."""
    value = from_nano(amount_nano)
    return Cell(words.number(value, decimals), value, CellFormat.MONEY)
