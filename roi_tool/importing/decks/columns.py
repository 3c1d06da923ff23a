"""Decides each column once, from all its cells: hyphens, decimal sign, date order, unit, increments."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from roi_tool.importing.cells.dates import DateOrder, parse_moment
from roi_tool.importing.decks.choices import DeckChoices
from roi_tool.importing.decks.code_cells import CodeReader, hyphen_meaning
from roi_tool.importing.decks.finding import Layout
from roi_tool.importing.decks.headings import PRICES, Role, title_words
from roi_tool.importing.decks.price_cells import decimal_sign
from roi_tool.problems import Problem, ProblemError, Severity, Where

MONEY_ROLES = (*sorted(PRICES), Role.CONNECT_FEE, Role.MIN_CHARGE, Role.MAX_CHARGE)
NO_DATE = frozenset(
    {"", "asap", "immediate", "immediately", "now", "-", "n/a", "na", "none", "open", "infinity", "unlimited", "tbd"}
)
_CENTS = frozenset({"cent", "cents", "pence", "ct", "p", "c"})
_SECONDS = frozenset({"second", "seconds", "sec", "secs"})


@dataclass(frozen=True)
class Columns:
    """The decisions for a table and the cells of its used columns, trimmed, from the first row under the titles."""

    layout: Layout
    cells: dict[Role, list[str]]
    names: tuple[list[str], ...]
    changes: tuple[list[str], ...]
    codes: CodeReader
    with_country: bool
    decimal: str
    scale: Decimal
    order: DateOrder
    date_order_said: str
    problems: tuple[Problem, ...] = field(default=())

    def column(self, role: Role) -> list[str] | None:
        """Return the cells of a role's first column."""
        return self.cells.get(role)


def decide_columns(layout: Layout, choices: DeckChoices) -> Columns:
    """Make every decision that holds for a whole column.

    Raises:
        ProblemError: hyphens that are ranges in one row and country-area in another.
    """
    problems: list[Problem] = []
    cells: dict[Role, list[str]] = {
        role: _cells(layout, layout.place(role)) for role in set(layout.roles) if role is not Role.IGNORED
    }
    names = _name_columns(layout)
    changes = tuple(_cells(layout, place) for place in layout.places(Role.CHANGE))
    with_country = Role.CODE not in cells and Role.COUNTRY_CODE in cells
    if with_country and _area_is_complete(cells):
        cells[Role.CODE] = [
            area or country for country, area in zip(cells[Role.COUNTRY_CODE], cells[Role.AREA_CODE], strict=True)
        ]
        with_country = False
    if {Role.NPA, Role.NXX} <= set(cells) and Role.CODE not in cells:
        cells[Role.CODE] = [
            npa + nxx.zfill(3) if nxx else npa for npa, nxx in zip(cells[Role.NPA], cells[Role.NXX], strict=True)
        ]
    decimal = _decimal(layout, cells, problems)
    order, said = _date_order(layout, cells, choices, decimal, problems)
    return Columns(
        layout,
        cells,
        names,
        changes,
        _code_reader(layout, cells, choices, with_country),
        with_country,
        decimal,
        _scale(layout, problems),
        order,
        said,
        tuple(problems),
    )


def _cells(layout: Layout, place: int | None) -> list[str]:
    if place is None:
        return []
    return [cell.strip() for cell in layout.table.columns[place].slice(layout.header + 1).to_pylist()]


def _name_columns(layout: Layout) -> tuple[list[str], ...]:
    """Country, destination and detail columns, those once in that order; a mere repetition is left out when rows are read."""
    return tuple(_cells(layout, place) for place in layout.places(Role.COUNTRY, Role.DESTINATION, Role.DETAIL))


def _area_is_complete(cells: dict[Role, list[str]]) -> bool:
    """Some decks repeat the country code in the area column."""
    pairs = [
        (country, area) for country, area in zip(cells[Role.COUNTRY_CODE], cells[Role.AREA_CODE], strict=True) if area.isdigit()
    ]
    return len(pairs) >= 5 and all(area.startswith(country) and len(area) > len(country) for country, area in pairs)


def _code_reader(layout: Layout, cells: dict[Role, list[str]], choices: DeckChoices, with_country: bool) -> CodeReader:
    codes = cells.get(Role.CODE) or cells.get(Role.AREA_CODE) or []
    hyphen = choices.hyphen
    if not hyphen and with_country:
        hyphen = "range"
    elif not hyphen:
        hyphen, samples = hyphen_meaning({cell for cell in codes if "-" in cell or "–" in cell})
        if hyphen == "mixed":
            where = Where(layout.table.file, sheet=layout.table.sheet)
            detail = {"range": samples[0], "area": samples[1]}
            raise ProblemError(Problem("deck_hyphen_mixed", Severity.QUESTION, where, detail))
    place = layout.place(Role.CODE)
    american = Role.NPA in layout.roles or (place is not None and title_words(layout.titles[place]).startswith(("npa", "lrn")))
    if american:
        return CodeReader(hyphen, national="1")
    if choices.country:
        national, trunk = _national(choices.country)
        return CodeReader(hyphen, national=national, trunk=trunk)
    filled = [cell for cell in codes if cell][:5000]
    dialled = "011" if filled and sum(cell.startswith("011") for cell in filled) > 0.9 * len(filled) else ""
    return CodeReader(hyphen, dialled=dialled)


def _national(country: str) -> tuple[str, str]:
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country.upper(), None)
    if metadata is None:
        raise ProblemError(Problem("deck_country_unknown", detail={"country": country}))
    return str(metadata.country_code), metadata.national_prefix or "0"


def _decimal(layout: Layout, cells: dict[Role, list[str]], problems: list[Problem]) -> str:
    distinct: set[str] = set()
    for role in MONEY_ROLES:
        distinct.update(cells.get(role, ()))
    sign, doubtful = decimal_sign(cell for cell in distinct if any(letter.isdigit() for letter in cell))
    if doubtful:
        where = Where(layout.table.file, sheet=layout.table.sheet)
        problems.append(Problem("deck_decimal_doubtful", Severity.QUESTION, where, {"sample": doubtful}))
    return sign


def _date_order(
    layout: Layout, cells: dict[Role, list[str]], choices: DeckChoices, decimal: str, problems: list[Problem]
) -> tuple[DateOrder, str]:
    """Choose the one order that reads every cell; where two do and differ, say so and take the likelier."""
    texts = [text for text in {*cells.get(Role.FROM, ()), *cells.get(Role.TILL, ())} if text.casefold() not in NO_DATE]
    if choices.date_order:
        return DateOrder(choices.date_order), choices.date_order
    if not texts:
        return DateOrder.DMY, ""
    read = {order: [parse_moment(text, order) for text in texts] for order in DateOrder}
    best = max(sum(moment is not None for moment in moments) for moments in read.values())
    fitting = [order for order, moments in read.items() if sum(moment is not None for moment in moments) == best]
    if DateOrder.YMD in fitting[1:] and any(
        read[order] == read[DateOrder.YMD] for order in fitting if order is not DateOrder.YMD
    ):
        fitting.remove(DateOrder.YMD)  # it reads the column only by falling back on another order
    if all(read[order] == read[fitting[0]] for order in fitting):
        return fitting[0], "" if len(fitting) == len(DateOrder) else str(fitting[0])
    american = any(title_words(title).startswith("npa") for title in layout.titles) or Role.INTERSTATE in layout.roles
    likely = DateOrder.MDY if american and decimal == "." else DateOrder.DMY
    chosen = likely if likely in fitting else fitting[0]
    sample = next(text for place, text in enumerate(texts) if len({read[order][place] for order in fitting}) > 1)
    where = Where(layout.table.file, sheet=layout.table.sheet)
    detail = {"sample": sample, "chosen": str(chosen), "options": ", ".join(map(str, fitting))}
    problems.append(Problem("deck_date_ambiguous", Severity.QUESTION, where, detail))
    return chosen, str(chosen)


def _scale(layout: Layout, problems: list[Problem]) -> Decimal:
    """What 1 in a price column is per minute in currency units, by its title."""
    scale = Decimal(1)
    for place, role in enumerate(layout.roles):
        if role not in PRICES:
            continue
        title = layout.titles[place]
        words = set(title_words(title).split())
        if words & _CENTS or "¢" in title:
            scale = Decimal("0.01")
        if words & _SECONDS and not words & {"min", "minute", "mins", "minutes"}:
            scale *= 60
        if scale != 1:
            where = Where(layout.table.file, sheet=layout.table.sheet, column=title)
            problems.append(Problem("deck_price_scaled", Severity.INFO, where, {"factor": format(scale.normalize(), "f")}))
        break
    return scale
