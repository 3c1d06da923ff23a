"""Files of no declared layout: language, notation, order of dates, form of durations, totals, doubts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.money import from_nano

SPANISH = """Operadora Ejemplo S.A.;;;;;
Periodo;01/05/2026 a 31/05/2026;;;;

Fecha;Hora;Número origen;Número destino;Tipo de llamada;Duración;Importe (€)
03/05/2026;09:15:00;910000123;600000123;Móvil;00:02:10;0,2100
14/05/2026;10:00:00;910000123;933000123;Nacional;00:10:00;0,1500
Total llamadas;;;;;00:12:10;0,3600
Cuota mensual línea;;;;;;20,0000
IVA 21%;;;;;;4,2756
Total factura;;;;;;24,6356
"""
PORTUGUESE = """Data;Hora;Número de origem;Número de destino;Duração;Valor (R$)
03/05/2026;09:15:00;1130000123;11900000123;00:02:10;R$ 1,21
14/05/2026;10:00:00;1130000123;2130000123;00:10:00;R$ 0,15
Subtotal;;;;00:12:10;R$ 1,36
"""
ITALIAN = """Data;Ora;Numero chiamante;Numero chiamato;Durata;Importo
13/05/2026;09.15.00;0600000123;3330000123;00:02:10;0,2100
14/05/2026;10.00.00;0600000123;0200000123;00:10:00;0,1500
"""
GERMAN = """Pos;Datum/Uhrzeit;Von;Nach;Ziel;Dauer (Min:Sek);Netto €;MwSt €;Brutto €
1;13.05.26 10:00;030 23125 100;0176 04069 001;Mobil;3:20;0,50;0,10;0,60
2;14.05.26 11:00;030 23125 100;+49 89 99998 101;Festnetz;12:05;0,24;0,05;0,29
;;;;Summe;15:25;0,74;0,15;0,89
"""
CHINESE = """序号,主叫号码,被叫号码,通话开始时间,通话时长(秒),通话类型,费用(元)
1,02150000886,13800000000,2026/5/1 9:03,125,国内长途,0.60
2,02150000886,02150000001,2026/5/1 14:30,60,市话,0.11
合计,,,,185,,0.71
月租费,,,,,,20.00
"""
FRENCH = """Date;Heure;Ligne appelante;Numéro appelé;Durée;Montant HT
13/05/2026;09:20:26;04 65 71 12 07;06 39 98 39 19;2m02s;0,37
14/05/2026;09:20:26;04 65 71 12 07;04 65 71 44 68;0m45s;0,14
"""
AMERICAN = (
    "Call Date\tCall Time\tNumber Dialed\tCity\tST\tMinutes\tAmount\n"
    "05/13/2026\t9:59AM\t(312) 555-0142\tCHICAGO\tIL\t1.3\t$0.05\n"
    "05/14/2026\t12:01AM\t011 44 20 7946 0018\tLONDON\tUK\t10.0\t$1.25\n"
)
CASES = {
    # text, encoding: currency, country, calls, seconds, money, first called, stated total
    "spanish": (SPANISH, "cp1252", "EUR", "ES", 2, 730, "0.36", "34600000123", "24.6356"),
    "portuguese": (PORTUGUESE, "utf-8", "BRL", "BR", 2, 730, "1.36", "5511900000123", "1.36"),
    "italian": (ITALIAN, "utf-16", "EUR", "IT", 2, 730, "0.36", "393330000123", None),
    "german": (GERMAN, "cp1252", "EUR", "DE", 2, 925, "0.74", "4917604069001", "0.74"),
    "chinese": (CHINESE, "gbk", "CNY", "CN", 2, 185, "0.71", "8613800000000", "0.71"),
    "french": (FRENCH, "utf-8-sig", "EUR", "FR", 2, 167, "0.51", "33639983919", None),
    "american": (AMERICAN, "ascii", "USD", "US", 2, 678, "1.30", "13125550142", None),
}


def _read(tmp_path: Path, text: str, encoding: str = "utf-8", **options: str) -> Bill:
    path = tmp_path / "bill.csv"
    path.write_bytes(text.encode(encoding))
    return read_bill(path, **options)  # type: ignore[arg-type]


def _money(nano: int) -> Decimal:
    return from_nano(nano)


@pytest.mark.parametrize("name", CASES)
def test_bills_of_seven_languages(name: str, tmp_path: Path) -> None:
    text, encoding, currency, country, calls, seconds, money, called, stated = CASES[name]
    bill = _read(tmp_path, text, encoding)
    frame = bill.calls.frame
    assert (bill.currency, bill.calls.country, len(frame)) == (currency, country, calls)
    assert int(frame["duration_ms"].sum()) == seconds * 1000
    assert _money(int(frame["charge_nano"].sum())) == Decimal(money)
    assert frame["called"].iloc[0] == called
    assert bill.rejected == ()
    if stated is not None:
        assert _money(bill.reconciliation.stated_nano or 0) == Decimal(stated)
        assert bill.reconciliation.difference_nano == 0


def _dated(*days: str, more: str = "", title: str = "") -> str:
    return f"Date,Time,Number,Duration,Cost{title}\n" + "".join(
        f"{day},10:00:0{i},02079460018,00:01:00,0.10{more}\n" for i, day in enumerate(days)
    )


def test_one_day_above_twelve_settles_the_order(tmp_path: Path) -> None:
    assert _read(tmp_path, _dated("05/06/2026", "05/13/2026")).files[0].date_order == "mdy"
    assert _read(tmp_path, _dated("05/06/2026", "13/05/2026"), country="US").files[0].date_order == "dmy"


def test_a_weekday_column_settles_the_order(tmp_path: Path) -> None:
    bill = _read(tmp_path, _dated("05/06/2026", more=",WED", title=",Day"), country="GB")
    assert bill.files[0].date_order == "mdy"
    assert bill.files[0].questions == ()


def test_a_stated_period_settles_the_order(tmp_path: Path) -> None:
    bill = _read(tmp_path, "Period,05/01/2026 - 05/31/2026\n" + _dated("05/06/2026", "05/07/2026"), country="GB")
    assert bill.files[0].date_order == "mdy"


def test_dates_that_prove_nothing_are_asked_about_and_the_answer_is_taken(tmp_path: Path) -> None:
    text = _dated("05/06/2026", "05/07/2026")
    asked = _read(tmp_path, text, country="US")
    assert asked.files[0].date_order == "mdy"
    (question,) = asked.files[0].questions
    assert (question.code, set(question.options)) == ("ambiguous_date", {"dmy", "mdy"})
    answered = _read(tmp_path, text, country="US", date_order="dmy")
    assert answered.files[0].questions == ()
    assert answered.calls.frame["start"].dt.month.tolist() == [6, 7]


def test_start_and_end_tell_minutes_from_seconds(tmp_path: Path) -> None:
    text = "Start,End,Number,Duration\n2026-05-13 10:00:00,2026-05-13 10:07:00,02079460018,0:07\n"
    assert _read(tmp_path, text).calls.frame["duration_ms"].tolist() == [420_000]
    text = text.replace("10:07:00", "10:00:07")
    assert _read(tmp_path, text).calls.frame["duration_ms"].tolist() == [7_000]


def test_the_price_per_minute_tells_the_unit_of_durations(tmp_path: Path) -> None:
    rows = "".join(f"2026-05-13 10:0{i}:00,02079460018,{60 * (i + 1)},{i + 1}.00\n" for i in range(5))
    bill = _read(tmp_path, "Start,Number,Duration,Cost\n" + rows)
    assert bill.calls.frame["duration_ms"].iloc[0] == 60_000
    rows = "".join(f"2026-05-13 10:0{i}:00,02079460018,{i + 1},{(i + 1) / 4}\n" for i in range(5))
    assert _read(tmp_path, "Start,Number,Duration,Cost\n" + rows).calls.frame["duration_ms"].iloc[0] == 60_000


def test_durations_that_prove_nothing_are_asked_about(tmp_path: Path) -> None:
    text = "Start,Number,Duration\n2026-05-13 10:00:00,02079460018,0:07\n"
    assert [question.code for question in _read(tmp_path, text).files[0].questions] == ["ambiguous_duration"]
    assert _read(tmp_path, text, duration="h:m").calls.frame["duration_ms"].tolist() == [420_000]


def test_pence_and_credits(tmp_path: Path) -> None:
    text = (
        _dated("13/05/2026", "14/05/2026").replace("Cost", "Cost (pence)").replace("0.10", "12.5", 1).replace("0.10", "(2.5)")
    )
    assert [int(nano) for nano in _read(tmp_path, text).calls.frame["charge_nano"]] == [125_000_000, -25_000_000]


def test_a_number_that_a_spreadsheet_has_cut_is_kept_and_said(tmp_path: Path) -> None:
    bill = _read(tmp_path, _dated("13/05/2026").replace("02079460018", "4.42079E+11"))
    assert bill.calls.frame["called"].tolist() == ["4.42079E+11"]
    assert [problem.code for problem in bill.problems] == ["numbers_mangled"]


def test_money_below_the_calls_is_never_lost(tmp_path: Path) -> None:
    bill = _read(tmp_path, _dated("13/05/2026") + "31/05/2026,Something odd,,,7.00\n31/05/2026,Line rental,,,25.00\n")
    assert {(charge.description, charge.amount_nano // 10**9) for charge in bill.charges} == {
        ("Something odd", 7),
        ("Line rental", 25),
    }


def test_a_month_given_twice_is_counted_once(tmp_path: Path) -> None:
    first, again, next_month = tmp_path / "may.csv", tmp_path / "may (1).csv", tmp_path / "june.csv"
    first.write_text(_dated("13/05/2026", "14/05/2026") + "Line rental,,,,25.00\n")
    again.write_text(first.read_text())
    next_month.write_text(_dated("13/06/2026", "14/05/2026").replace("00:01:00", "00:02:00", 1))
    bill = read_bill([first, again, next_month])
    assert len(bill.calls) == 3
    assert [charge.description for charge in bill.charges] == ["Line rental"]
    assert [(problem.code, Path(problem.where.file).name) for problem in bill.problems] == [
        ("duplicate_file", "may (1).csv"),
        ("duplicate_rows", "june.csv"),
    ]
    for file in bill.files:
        assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected


def test_masked_numbers_keep_what_rating_needs(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_text(_dated("13/05/2026", "14/05/2026").replace("02079460018", "08081570142", 1))
    plain, masked = read_bill(path), read_bill(path, mask_numbers=True)
    assert masked.calls.frame["called"].tolist() == ["448081570142", "442079460000"]
    assert masked.calls.frame["called_class"].tolist() == plain.calls.frame["called_class"].tolist()


def _two_charges(*titles: str, rows: list[tuple[str, ...]]) -> str:
    lines = [f"1{i}/05/2026,10:00,02079460018,00:01:00,{','.join(row)}" for i, row in enumerate(rows, start=3)]
    return f"Date,Time,Number,Duration,{','.join(titles)}\n" + "\n".join(lines) + "\n"


def test_of_several_charges_the_sum_of_the_others_is_meant(tmp_path: Path) -> None:
    rows = [("1.00", "0.20", "1.20"), ("2.00", "0.00", "2.00"), ("0.50", "0.10", "0.60")]
    bill = _read(tmp_path, _two_charges("Usage Charge", "Call Charge", "Charge", rows=rows))
    assert [int(nano) // 10**7 for nano in bill.calls.frame["charge_nano"]] == [120, 200, 60]
    assert bill.files[0].questions == ()


def test_two_charges_that_nothing_tells_apart_are_asked_about(tmp_path: Path) -> None:
    bill = _read(tmp_path, _two_charges("Cost", "Price", rows=[("1.00", "0.70"), ("2.00", "0.10"), ("3.00", "0.10")]))
    (question,) = bill.files[0].questions
    assert (question.code, question.options) == ("ambiguous_money", ("Cost", "Price"))
