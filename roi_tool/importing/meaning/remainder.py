"""The records that are no calls, read in their order: titles, charges, totals, plain text, and what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from roi_tool.cdr import Charge, ChargeKind, Rejected
from roi_tool.importing.cells.amounts import AmountFormat, parse_amount
from roi_tool.importing.cells.dates import DateOrder, parse_date
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.cells.words import charge_kind_of, is_carried_over, is_total_label
from roi_tool.importing.detection.header import is_header_again
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.problems import Problem, Severity, Where

_TYPE_WORD = re.compile(
    r"^(?:INTEGER|STRING|VARCHAR|UNIQUEIDENTIFIER|TEXT|DATE|DATETIME|FLOAT|DECIMAL|BIGINT|INT|CHAR|BOOLEAN)(?:\(\d+\))?$",
    re.IGNORECASE,
)
_SECTION_KINDS: tuple[tuple[str, ChargeKind], ...] = (
    (r"one[- ]?off|non[- ]?recurring|einmalig|one[- ]?time|一次性", ChargeKind.ONE_OFF),
    (r"discount|rabatt|remise|优惠", ChargeKind.DISCOUNT),
    (r"^credits?\b|gutschrift|adjustment", ChargeKind.CREDIT),
    (r"^taxes\b|\btax(es)?$|steuern|税", ChargeKind.TAX),
    (r"\bcall charges|^usage|\bcalls$|verbindungen|gespräche|通话费|communications|consommation", ChargeKind.USAGE_SUMMARY),
    (
        r"rental|recurring|monthly|features|services|numbers|licen[cs]e|subscription|grundgeb|月租|abonnement",
        ChargeKind.RECURRING,
    ),
    (r"\bfees\b|surcharges", ChargeKind.FEE),
)
_ORDINARY = (ChargeKind.RECURRING, ChargeKind.USAGE_SUMMARY)


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that the file states. `level`: "calls", "net" or "grand"."""

    label: str
    amount_nano: int
    level: str
    where: Where


@dataclass
class Remainder:
    """What the records that are no calls hold. Filled record by record."""

    charges: list[Charge] = field(default_factory=list)
    charge_rows: int = 0
    stated: list[Stated] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Frame:
    """What the reader of the remainder must know of the table around it."""

    file: str
    sheet: str
    titles: tuple[str, ...]
    """Titles of the table of calls."""
    charge_place: int | None
    """Column of the calls' money."""
    amount: AmountFormat
    date_order: DateOrder
    first_call: int | None
    """Row number of the first call; None when the table has none."""


class RemainderReader:
    """Reads the records that are no calls, one after the other; small tables of charges may stand among them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.found = Remainder()
        self._columns: dict[Role, int] = {}
        self._section = ""

    def read(self, number: int, record: Sequence[str], unread: str = "") -> None:
        """Read one record.

        Args:
            number: its row number.
            record: its trimmed fields.
            unread: a problem code when it looked like a call that could not be read.
        """
        filled = [cell for cell in record if cell]
        if self._is_no_content(record, filled):
            return
        after_calls = self.frame.first_call is not None and number > self.frame.first_call
        amount = self._amount(record, after_calls)
        if any(is_carried_over(cell) for cell in filled[:2]):
            self.skip("total")
            return
        if any(is_total_label(cell) for cell in filled[:2]) and not self._is_priced_item(record, amount):
            self._total(number, record, filled, amount, after_calls)
            return
        if unread:
            # `Line rental, 1, 20.00, 20.00` fills the columns of a call too: a name instead of a date makes it a charge.
            named = (
                bool(filled) and not re.search(r"\d", filled[0]) and (self._columns or charge_kind_of(filled[0]) is not None)
            )
            if not (
                unread == "cell_not_date"
                and named
                and amount is not None
                and self._take_charge(number, record, amount, after_calls)
            ):
                self.reject(number, record, unread)
            return
        if amount is not None and self._take_charge(number, record, amount, after_calls):
            return
        self._text(filled)

    def reject(self, number: int, record: Sequence[str], code: str) -> None:
        """Keep a record that could not be read, with the reason."""
        where, place = Where(self.frame.file, number, sheet=self.frame.sheet), self.frame.charge_place
        amount = parse_amount(record[place], self.frame.amount) if place is not None and place < len(record) else None
        self.found.rejected.append(Rejected(Problem(code, Severity.WARNING, where), _as_text(record), amount))

    def skip(self, reason: str) -> None:
        """Count a record that holds nothing to be read."""
        self.found.skipped[reason] += 1

    def _is_no_content(self, record: Sequence[str], filled: Sequence[str]) -> bool:
        if self.frame.titles and is_header_again(list(record), self.frame.titles):
            self._columns = {}
            self.skip("header")
            return True
        if len(filled) >= 3 and sum(bool(_TYPE_WORD.match(cell)) for cell in filled) > 0.8 * len(filled):
            self.skip("type_row")
            return True
        header = _charge_header(record)
        if header:
            self._columns = header
            self._section = record[header[Role.DESCRIPTION]] if Role.DESCRIPTION in header else self._section
            self.skip("header")
            return True
        if len(filled) == 1 and not re.search(r"\d", filled[0]):
            self._section = filled[0]
            self.found.texts.append(filled[0])
            self.skip("heading")
            return True
        return False

    def _amount(self, record: Sequence[str], after_calls: bool) -> int | None:
        """Return the amount of a record: in the column that a header names, else its last cell with money in it."""
        place = self._columns.get(Role.CHARGE)
        if place is None and after_calls and not self._columns:
            place = self.frame.charge_place
        if place is not None and place < len(record) and record[place]:
            return parse_amount(record[place], self.frame.amount)
        if self._columns:
            return None
        for cell in reversed(record[1:]):
            if cell:
                return (
                    parse_amount(cell, self.frame.amount)
                    if re.search(r"\d", cell) and parse_date(cell, self.frame.date_order) is None
                    else None
                )
        return None

    def _is_priced_item(self, record: Sequence[str], amount: int | None) -> bool:
        """`Total Care, 45, 1.65, 74.25` is a product, not a total."""
        quantity, price = self._number(record, Role.QUANTITY), self._number(record, Role.RATE)
        return (
            amount is not None and quantity is not None and price is not None and abs(quantity * price * 10**9 - amount) < 10**7
        )

    def _number(self, record: Sequence[str], role: Role) -> Decimal | None:
        place = self._columns.get(role)
        if place is None or place >= len(record) or not record[place]:
            return None
        nano = parse_amount(record[place], self.frame.amount)
        return None if nano is None else Decimal(nano).scaleb(-9).normalize()

    def _total(self, number: int, record: Sequence[str], filled: Sequence[str], amount: int | None, after_calls: bool) -> None:
        label = filled[0]
        self.skip("total")
        if amount is None:
            # The money may stand in a column of its own: the last cell that is an amount with decimals.
            amounts = [
                parse_amount(cell, self.frame.amount) for cell in record[1:] if re.search(r"\d[.,]\d", cell) and ":" not in cell
            ]
            amount = next((value for value in reversed(amounts) if value is not None), None)
        if amount is not None:
            where = Where(self.frame.file, number, sheet=self.frame.sheet)
            self.found.stated.append(
                Stated(label, amount, _level(label, after_calls and not self._columns, self._section), where)
            )

    def _take_charge(self, number: int, record: Sequence[str], amount: int, after_calls: bool) -> bool:
        """Read a record as a charge; False when it is none."""
        place = self._columns.get(Role.DESCRIPTION)
        description = record[place] if place is not None and place < len(record) else ""
        if not re.search(r"[^\W\d]", description):
            description = next((cell for cell in record if re.search(r"[^\W\d]{2}", cell)), "")
        if not description:
            return False
        kind = self._kind(description, amount)
        if kind is None and after_calls and amount and self._in_charge_column(record):
            # Money in the column of the calls' charges is never lost, whatever it is called.
            kind = ChargeKind.ONE_OFF if amount > 0 else ChargeKind.CREDIT
        if kind is None:
            return False
        self.found.charge_rows += 1
        quantity = self._number(record, Role.QUANTITY)
        where = Where(self.frame.file, number, sheet=self.frame.sheet)
        self.found.charges.append(
            Charge(kind, description, amount, quantity if quantity is not None else Decimal(1), where=where)
        )
        return True

    def _in_charge_column(self, record: Sequence[str]) -> bool:
        place = self.frame.charge_place
        return place is not None and place < len(record) and bool(record[place])

    def _kind(self, description: str, amount: int) -> ChargeKind | None:
        named = charge_kind_of(description)
        section = next((kind for pattern, kind in _SECTION_KINDS if re.search(pattern, self._section, re.IGNORECASE)), None)
        if section is ChargeKind.USAGE_SUMMARY and named not in (ChargeKind.TAX, ChargeKind.DISCOUNT, ChargeKind.CREDIT):
            return section
        if named in (None, ChargeKind.USAGE_SUMMARY) and section is not None:
            return section
        if named is None and self._columns:
            return ChargeKind.RECURRING if amount >= 0 else ChargeKind.CREDIT
        if named in _ORDINARY and amount < 0:
            return ChargeKind.CREDIT
        return named

    def _text(self, filled: Sequence[str]) -> None:
        self.found.texts.append(" ".join(filled))
        self.skip("text")


def _charge_header(record: Sequence[str]) -> dict[Role, int]:
    """Return the columns of a table of charges when the record is its header, else {}."""
    if sum(bool(cell) for cell in record) < 2 or any(re.search(r"\d[.,]\d", cell) for cell in record):
        return {}
    places: dict[Role, int] = {}
    for place, cell in enumerate(record):
        role = meaning_of_title(cell).role if cell else None
        if role is not None:
            places.setdefault(Role.CHARGE if role is Role.CHARGE_WITH_TAX else role, place)
    if Role.CHARGE not in places:
        return {}
    first = next((place for place, cell in enumerate(record) if cell), 0)
    if places[Role.CHARGE] == first:
        last = next(
            (
                place
                for place in range(len(record) - 1, -1, -1)
                if record[place] and meaning_of_title(record[place]).role is Role.CHARGE
            ),
            first,
        )
        if last == first:
            return {}
        places[Role.CHARGE] = last
    if Role.DESCRIPTION not in places:
        places[Role.DESCRIPTION] = first
    known = set(places) & {Role.DESCRIPTION, Role.QUANTITY, Role.RATE, Role.CHARGE, Role.TYPE, Role.SITE, Role.DURATION}
    return places if len(known) >= 2 else {}


def _level(label: str, in_calls: bool, section: str) -> str:
    plain = normalised(label)
    if re.search(r"\b(sub ?total|excl?|excluding|net|ht|ohne|before tax|netto)\b", plain) and not re.search(
        r"\bcalls?\b|usage", plain
    ):
        return "net" if not in_calls else "calls"
    if re.search(r"\binvoice|\bbill\b|\bdue\b|rechnung|facture|factura|fattura|fatura|zu zahlen|a pagar|应付", plain):
        return "grand"
    if in_calls or re.search(r"\bcalls?\b|\busage\b|verbindung|gesprach|通话", plain):
        return "calls"
    if re.search(r"\brental|recurring|one off|charges for|discount|credits?\b|fees|taxes|\bvat\b(?!.*inc)", plain):
        return "part"
    return "grand"


def _as_text(record: Sequence[str]) -> str:
    return ", ".join(record)[:400]


def first_text(texts: Mapping[str, str], *names: str) -> str:
    """Return the first of the named texts that is there."""
    return next((texts[name] for name in names if name in texts), "")
