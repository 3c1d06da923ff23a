"""What we write, a real CGRateS loads, and bills to the same unit as our engine in its rounding."""

import os
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from platformdirs import user_cache_path

from roi_tool.cdr.schema import make_calls
from roi_tool.importing.tariffs import read_tariff
from roi_tool.importing.tariffs.cgrates_folder import read_cgrates
from roi_tool.importing.tariffs.cgrates_writing import write_cgrates
from roi_tool.money import Rounding
from roi_tool.rating import rate_calls
from roi_tool.resources import pricebooks_folder
from roi_tool.tariff import DeckEntry, Rate, RoundingRule, Slot, Tariff, TimeBand, Window

from .cgrates_engine import Engine, EngineUnavailableError, engine_binary

pytestmark = pytest.mark.slow
TARIFFS, CALLS = 40, 50
WHOLE = ("1571", "112", "4912")
CGRATES = {"increment_decimals": 5, "increment_rounding": "cgrates"}
CACHE = Path(os.environ.get("ROI_TOOL_ENGINE_CACHE", "") or user_cache_path("roi-tool-tests"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    try:
        running = Engine(engine_binary(CACHE), tmp_path_factory.mktemp("cgrates"))
    except EngineUnavailableError as reason:
        pytest.skip(f"no cgr-engine to compare with: {reason}")
    yield running
    running.stop()


def random_rate(chance, number, *, banded):
    steps = chance.choice([(60, 60), (60, 1), (1, 1), (30, 6), (6, 6), (20, 7), (45, 10)])
    price = Decimal(chance.randrange(1, 20_000)).scaleb(-chance.choice([3, 4, 5]))
    unit = chance.choice([60_000, 60_000, 1000])
    slots = [Slot(price=price, unit_ms=unit, increment_ms=steps[0] * 1000)]
    if steps[0] != steps[1]:
        later = price if chance.random() < 0.5 else (price / 2).quantize(Decimal("0.00001"))
        border = steps[0] * chance.choice([1, 1, 2])
        slots.append(Slot(price=later, from_ms=border * 1000, unit_ms=unit, increment_ms=steps[1] * 1000))
    return Rate(
        id=f"rate {number}",
        slots=tuple(slots),
        connect_fee=chance.choice([Decimal(0), Decimal("0.05"), Decimal("0.123")]),
        max_charge=Decimal("0.75") if not banded and len(slots) == 1 and chance.random() < 0.5 else None,
    )


def random_tariff(seed):
    chance = random.Random(seed)
    banded = chance.random() < 0.6
    rates = [random_rate(chance, number, banded=banded) for number in range(6)]
    start, end = sorted(chance.sample(range(0, 86_400, 1800), 2))
    bands = [
        TimeBand(id="day", weekdays=frozenset({1, 2, 3, 4, 5}), windows=(Window(start_s=start, end_s=end),)),
        TimeBand(id="weekend", weekdays=frozenset({6, 7})),
        TimeBand(id="night", windows=(Window(start_s=max(end, 3600), end_s=min(start, 3600)),)),
        TimeBand(id="christmas", months=frozenset({12}), month_days=frozenset({25, 26})),
    ]
    deck = []
    for prefix in chance.sample(["44", "4420", "44207", "4478", "49", "491", "33", "336", "1", "1212", ""], 7):
        if not banded:
            deck.append(DeckEntry(prefix, chance.choice(rates).id, destination=f"to {prefix}"))
            continue
        deck.append(DeckEntry(prefix, chance.choice(rates).id, weight=1))
        for band in chance.sample(bands, chance.randrange(0, 4)):
            weight = {"christmas": 9, "weekend": 5, "night": 4, "day": 3}[band.id]
            deck.append(DeckEntry(prefix, chance.choice(rates).id, band=band.id, weight=weight))
    deck += [DeckEntry(number, chance.choice(rates).id, exact=True) for number in WHOLE]
    decimals, method = chance.choice(
        [(None, Rounding.HALF_UP), (4, Rounding.UP), (2, Rounding.UP), (5, Rounding.HALF_UP), (2, Rounding.HALF_UP)]
    )
    rounding = RoundingRule(**CGRATES, call_decimals=decimals, call_rounding=method)
    return Tariff(
        id=f"t{seed}",
        currency="EUR",
        timezone="UTC",
        rounding=rounding,
        bands=tuple(bands),
        rates=tuple(rates),
        deck=tuple(deck),
    )


def random_calls(seed, tariff):
    chance = random.Random(1000 + seed)
    starts, lengths, numbers = [], [], []
    while len(starts) < CALLS:
        start = datetime(2026, chance.choice([3, 6, 12, 12]), 20, tzinfo=UTC) + timedelta(seconds=chance.randrange(8 * 86_400))
        length = chance.choice([0, 1, 59, 60, 61, chance.randrange(600), chance.randrange(20_000)]) * 1000
        head = chance.choice(["4420", "44207", "4478", "447", "491", "49", "336", "33", "1212", "1305", "81", "2"])
        starts.append(start)
        lengths.append(length)
        numbers.append(head + str(chance.randrange(10**6, 10**7)))
        if chance.random() < 0.1:
            numbers[-1] = chance.choice(["1571", "112", "4912", "15712345678", "49123456", "11"])
    return make_calls({"start": starts, "duration_ms": lengths, "called": numbers}, timezone="UTC")


def charges(calls, tariff):
    """Nano units of each call, None where it has no price."""
    column = rate_calls(calls, tariff).frame["charge_nano"]
    return [None if missing else int(charge) for charge, missing in zip(column, column.isna(), strict=True)]


def test_a_plan_we_wrote_bills_the_same_calls_to_the_same_unit(engine, tmp_path):
    different, priced = [], 0
    for seed in range(TARIFFS):
        tariff = random_tariff(seed)
        calls = random_calls(seed, tariff)
        folder = tmp_path / f"plan{seed}"
        write_cgrates(folder, tariff, tenant="test", subject=f"subject{seed}")
        engine.load(folder)
        again = next(iter(read_cgrates(folder, subject=f"subject{seed}").values()))
        ours, reread = charges(calls, tariff), charges(calls, again)
        unrounded = tariff.rounding.call_decimals is None and all(rate.max_charge is None for rate in tariff.rates)
        rows = zip(calls.frame["start"], calls.frame["duration_ms"], calls.frame["called"], ours, reread, strict=True)
        for start, length, number, charge, charge_again in rows:
            asked = (f"subject{seed}", number, start.strftime("%Y-%m-%dT%H:%M:%SZ"), int(length))
            theirs = [engine.billed(*asked), *([engine.cost(*asked)] if unrounded else [])]
            mine = None if charge is None else Decimal(charge).scaleb(-9)
            found = [None if cost is None else Decimal(repr(cost)).quantize(Decimal("0.0000001")) for cost in theirs]
            priced += mine is not None
            if mine is None and number.startswith(WHOLE):
                continue  # a number that goes on after a whole one and has no price here: the writer says so
            if mine is None and length == 0:
                mine = Decimal(0)  # a call of no length costs nothing there, without looking for a price
            if any(cost != mine for cost in found) or charge_again != charge:
                different.append((seed, *asked, mine, found, charge_again))
    assert not different, f"{len(different)} of {TARIFFS * CALLS}: {different[:5]}"
    assert priced > TARIFFS * CALLS // 2


@pytest.mark.parametrize("name", ["sip-az", "sip-package", "pri-retail"])
def test_a_price_book_s_tariff_bills_the_same(engine, tmp_path, name):
    """Short codes, bands with holidays in local time, packages: what a quote of the example price book is billed by."""
    rounding = RoundingRule(**CGRATES)
    tariff = read_tariff(pricebooks_folder() / "example-uk-2026" / "tariffs" / name).model_copy(update={"rounding": rounding})
    write_cgrates(tmp_path, tariff, tenant="test", subject=name, years=[2026])
    engine.load(tmp_path)
    chance, zone = random.Random(5), ZoneInfo(tariff.timezone or "Europe/London")
    heads = [entry.prefix for entry in tariff.deck if entry.direction == "outbound" and not entry.exact]
    whole = [entry.prefix for entry in tariff.deck if entry.exact]
    starts, lengths, numbers = [], [], []
    for _ in range(250):
        starts.append(
            datetime(2026, chance.choice([3, 5, 10, 12]), 24, tzinfo=UTC) + timedelta(seconds=chance.randrange(7 * 86_400))
        )
        lengths.append(chance.choice([0, 1, 59, 60, 61, chance.randrange(400)]) * 1000)
        more = str(chance.randrange(10**4, 10**7))
        numbers.append(
            chance.choice(whole) + chance.choice(["", more]) if chance.random() < 0.2 else chance.choice(heads) + more
        )
    calls = make_calls({"start": starts, "duration_ms": lengths, "called": numbers}, timezone=str(zone))
    rated = rate_calls(calls, tariff).frame
    different, compared = [], 0
    for start, length, number, rate_id, charge in zip(
        starts, lengths, numbers, rated["rate_id"], charges(calls, tariff), strict=True
    ):
        local = start.astimezone(zone)
        if charge is None:
            continue
        compared += 1
        billed = engine.billed(name, number, local.isoformat(), length)
        theirs = None if billed is None else Decimal(repr(billed)).quantize(Decimal("0.000000001"))
        if theirs != Decimal(charge).scaleb(-9):
            different.append((number, local.isoformat(), length, str(rate_id), Decimal(charge).scaleb(-9), billed))
    assert not different, f"{len(different)} of {compared}: {different[:5]}"
    assert compared > 150
