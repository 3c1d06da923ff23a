"""From quote to invoice with nothing typed again: the very calls of the quote cost the same in three places."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from roi_tool.cli.main import main
from roi_tool.importing.call_files import write_calls
from roi_tool.money import from_nano
from roi_tool.quoting import compare, prepare_case
from roi_tool.resources import sample_bills_folder
from roi_tool.storage import write_quote_file
from roi_tool.workspace.opening import open_case

MONTHS = ("2026-05", "2026-06", "2026-07")
OPTIONS = ("keep_sip", "hosted", *(pytest.param(option, marks=pytest.mark.slow) for option in ("onprem_pri", "onprem_sip")))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's quote as a file that carries everything, its calls as a file, and its comparison."""
    folder = tmp_path_factory.mktemp("order")
    case, scenario = open_case(sample_bills_folder() / "alder-wren.case.yaml")
    write_quote_file(folder / "demo.roiquote", case, scenario)
    write_calls(case.calls, folder / "calls.parquet")
    return folder, case, compare(case, scenario, tornado=False)


def order_of(folder, option, capsys):
    """Make the order, bill its three months, and return its document, folder and invoices."""
    place = folder / option
    begun = ["billing", "order", str(folder / "demo.roiquote"), "--option", option, "--start", "2026-05-01", "--json"]
    assert main([*begun, "-o", str(place)]) == 0
    order = json.loads(capsys.readouterr().out)
    invoices = []
    for month in MONTHS:
        out = folder / f"{option}-{month}"
        inputs = ["--accounts", str(place / "accounts.yaml"), "--tariffs", str(place / "tariffs"), "--period", month]
        assert (
            main(
                [
                    "billing",
                    "run",
                    "--calls",
                    str(folder / "calls.parquet"),
                    *inputs,
                    "-o",
                    str(out),
                    "--invoices",
                    "no",
                    "--json",
                ]
            )
            == 1
        )
        control = json.loads(capsys.readouterr().out)
        assert control["closes"] is True
        [account] = control["accounts"]
        assert account["unrated"] == account["duplicates"] == 0
        assert not control["exceptions"]
        invoices.append(json.loads((out / "accounts" / "alder-wren-architects" / "invoice.json").read_text()))
    return order, place, invoices


@pytest.mark.parametrize("option", OPTIONS)
def test_rate_comparison_and_invoices_agree_to_the_last_unit(demo, option, capsys):
    folder, _, comparison = demo
    shown = next(result for result in comparison.options if result.id == option)
    order, place, invoices = order_of(folder, option, capsys)

    [tariff] = (place / "tariffs").iterdir()
    assert main(["rate", str(folder / "calls.parquet"), "--tariff", str(tariff), "--json"]) == 0
    rated = Decimal(json.loads(capsys.readouterr().out)["charge"])
    assert rated == from_nano(shown.usage.charge_nano)
    assert rated == sum(Decimal(invoice["usage"]) for invoice in invoices)

    usage = next(line for line in shown.lines if line.id == f"{option}.usage")
    assert sum(usage.amounts_nano[1:4].tolist()) == shown.usage.charge_nano

    billed = [line for line in shown.lines if line.id not in order["not_billed"] and line.id != usage.id]
    first, second, third = (Decimal(invoice["subscriptions"]) for invoice in invoices)
    assert first == from_nano(sum(line.once_nano + line.first_month_nano for line in billed))
    assert second == third == from_nano(sum(line.first_month_nano for line in billed))
    for invoice in invoices:
        net, tax = Decimal(invoice["net"]), Decimal(invoice["tax"])
        assert abs(tax - net / 5) <= Decimal("0.01")
        assert Decimal(invoice["total"]) == net + tax


def test_a_customer_who_bears_vat_is_billed_it_as_well(demo, tmp_path, capsys):
    _, case, _ = demo
    again = prepare_case(replace(case.customer, recovers_vat=False), case.bills, case.price_book, facts=case.facts)
    write_quote_file(tmp_path / "demo.roiquote", again, again.scenario)
    write_calls(case.calls, tmp_path / "calls.parquet")
    order, _, invoices = order_of(tmp_path, "keep_sip", capsys)
    assert "keep_sip.tax1" not in order["not_billed"]
    assert Decimal(invoices[0]["tax"]) > 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--option", "stay"), "no order"),
        (("--option", "faxes"), "keep_sip, hosted"),
        (("--start", "tomorrow"), "2026-12-01"),
    ],
)
def test_what_is_no_order_is_said(tmp_path, changed, said, capsys):
    case = tmp_path / "case.yaml"
    case.write_text("customer: {name: Alder, seats: 10}\nprice_book: example-uk-2026\n")
    asked = {"--option": "keep_sip", "--start": "2026-12-01", "-o": str(tmp_path / "order")} | {changed[0]: changed[1]}
    assert main(["billing", "order", str(case), *(word for pair in asked.items() for word in pair)]) == 2
    assert said in capsys.readouterr().err


def test_an_order_is_never_written_over_other_files(tmp_path, capsys):
    case = tmp_path / "case.yaml"
    case.write_text("customer: {name: Alder, seats: 10}\nprice_book: example-uk-2026\n")
    asked = ["billing", "order", str(case), "--option", "hosted", "--start", "2026-12-01", "-o", str(tmp_path)]
    assert main(asked) == 2
    assert "empty" in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["case.yaml"]
