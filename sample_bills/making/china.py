"""A detail list of an invented carrier in China (联华通信): GBK, 主叫/被叫 for the direction, the duration in two columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Known, clock
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "lianhua_detail_2026-05_07.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
# 劳动节 1 to 5 May, with 9 May a working Saturday left out; 端午节 19 June.
HOLIDAYS = (*(date(2026, 5, day) for day in range(1, 6)), date(2026, 6, 19))
HOURS = (
    0.02, 0.01, 0.01, 0.01, 0.01, 0.05, 0.2, 0.8, 5.5, 11.8, 12.4, 9.6,
    4.1, 5.2, 10.8, 11.9, 10.6, 7.2, 2.9, 1.9, 1.2, 0.6, 0.3, 0.1,
)  # fmt: skip
PATTERN = Pattern(per_day=22.0, hours=HOURS, months={5: 1.0, 6: 1.02, 7: 1.0}, holidays=HOLIDAYS)
OWN_LINES = [f"02150000{number}" for number in range(880, 892)]
HEADER = ("序号", "类型", "本机号码", "对方号码", "开始时间", "通话时长", "通话时长2", "通话地点", "费用", "产品", "备注")
# Product → yuan for each minute begun.
RATES = {"国内通话": "0.150", "长途通话": "0.200", "国际长途": "2.990", "免费热线": "0.000", "特服": "0.000", "来电": "0.000"}


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months."""
    rng = Random("lianhua")
    lines = numbers.Lines(rng, OWN_LINES)
    mobiles = numbers.contacts(rng, ["1380000", "1390000", "1370000"], 4, 260)
    calls = [_call(rng, lines, mobiles, start) for start in call_times(rng, PATTERN, days_of(FIRST, 3))]
    total = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    seconds = sum(call.duration_s for call in calls)
    rows: list[Sequence[object]] = [
        ["联华通信 固定电话通话详单"],
        ["客户名称", "梧桐设计有限公司"],
        ["账号", "LH-80012266"],
        ["账期", "2026年05月01日 至 2026年07月31日"],
        ["单位", "人民币元"],
        [],
        HEADER,
        *[_row(number, call) for number, call in enumerate(calls, start=1)],
        ["合计", "", "", f"共{len(calls)}条", "", clock(seconds), chinese(seconds), "", f"{total:.3f}", "", ""],
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    (folder / NAME).write_bytes(text.getvalue().encode("gbk"))
    return [
        Known(
            file=NAME,
            layout="china",
            encoding="gbk",
            delimiter=",",
            date_order="ymd",
            timezone="Asia/Shanghai",
            country="CN",
            currency="CNY",
            period=(FIRST, END),
            calls=calls,
            rows_total=sum(bool(row) for row in rows),
            stated_total=total,
            notes="主叫 is outbound, 被叫 inbound (free). Charged for each minute begun.",
        )
    ]


def _call(rng: Random, lines: numbers.Lines, mobiles: list[str], start: datetime) -> Call:
    seconds = talk_seconds(rng, 78)
    own = lines.take(start, seconds)
    place = rng.choices(list(numbers.CN_CITIES), (20, 52, 10, 9, 9))[0]
    far = numbers.draw(rng, numbers.CN_CITIES[place], 2)
    called_class = "geographic"
    if rng.random() < 0.6:
        far, called_class = numbers.favourite(rng, mobiles), "mobile"
    if rng.random() < 0.36:
        return Call(
            start, far, own, "geographic", seconds, "inbound", seconds, charge=Decimal("0.000"), kind="来电", place=place
        )
    product = "国内通话" if place == "上海" else "长途通话"
    special = rng.random()
    if special < 0.02:
        country = rng.choice(("Hong Kong", "United Kingdom", "Germany"))
        far, called_class, product, place = "00" + numbers.abroad(rng, country), "international", "国际长途", country
    elif special < 0.05:
        far, called_class, product = numbers.draw(rng, "8008000", 3), "toll_free", "免费热线"
    elif special < 0.056:
        far, called_class, product, place = rng.choice(("12345", "12306")), "special", "特服", "上海"
    charge = Decimal(RATES[product]) * -(-seconds // 60)
    place = {"Hong Kong": "中国香港", "United Kingdom": "英国", "Germany": "德国"}.get(place, place)
    return Call(start, own, far, called_class, seconds, "outbound", seconds, charge=charge, kind=product, place=place)


def _row(number: int, call: Call) -> list[object]:
    out = call.direction == "outbound"
    own, far = (call.caller, call.called) if out else (call.called, call.caller)
    return [
        number, "主叫" if out else "被叫", own, far, f"{call.start:%Y-%m-%d %H:%M:%S}", clock(call.duration_s),
        chinese(call.duration_s), call.place, f"{call.charge:.3f}", "国内通话" if call.kind == "来电" else call.kind, "",
    ]  # fmt: skip


def chinese(seconds: int) -> str:
    """Return 1小时2分3秒, leaving out the hours or the minutes when there are none."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return (f"{hours}小时" if hours else "") + (f"{minutes}分" if hours or minutes else "") + f"{rest}秒"
