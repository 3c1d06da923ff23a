import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.problems import ProblemError
from roi_tool.traffic import CODECS, Link, calls_that_fit, find_codec, measure_bandwidth
from roi_tool.traffic.bandwidth import LAYERS, VPNS, read_link

PLAIN_LAYERS = [layer for layer in LAYERS.values() if not layer.in_cells]


@pytest.mark.parametrize(
    ("written", "codec"),
    [
        ("G.711 (64 Kbps)", "g711"),
        ("G.728 (16 Kbps)", "g728"),
        ("G722_64k(64 Kbps)", "g722"),
        ("ilbc_mode_20 (15.2Kbps)", "ilbc-20"),
        ("ilbc_mode_30 (13.33Kbps)", "ilbc-30"),
        ("G.723.1 (5.3 Kbps)", "g723.1-5.3"),
        ("G.726 (24 Kbps)", "g726-24"),
        ("Siren14", "g722.1c-48"),
        ("L16", "l16-8"),
    ],
)
def test_codecs_are_known_as_tables_print_them(written, codec):
    assert measure_bandwidth(written).codec == codec


def test_links_are_known_as_tables_print_them():
    plain, compressed = (measure_bandwidth("g729", link=Link(name)) for name in ("MP or FRF.12", "MP or FRF.12 w/cRTP"))
    assert (plain.kbps_per_call, compressed.kbps_per_call) == (26.8, 11.6)


def test_published_rows(shared_data):
    rows = json.loads((shared_data / "tables" / "cisco_codec_bandwidth.json").read_text())["rows"]
    for row in rows:
        codec = row["codec"]
        ethernet = measure_bandwidth(codec)
        assert (ethernet.payload_bytes, ethernet.payload_ms) == (row["payload_bytes"], row["payload_ms"])
        assert ethernet.packets_per_second == pytest.approx(row["pps"], abs=0.05)
        assert ethernet.kbps_per_call == pytest.approx(row["bw_ethernet_kbps"], abs=0.05)
        for layer in ("mlppp", "FRF.12"):
            plain = measure_bandwidth(codec, link=Link(layer)).kbps_per_call
            compressed = measure_bandwidth(codec, link=Link(layer, crtp=True)).kbps_per_call
            assert plain == pytest.approx(row["bw_mp_frf12_kbps"], abs=0.05)
            assert compressed == pytest.approx(row["bw_crtp_mp_frf12_kbps"], abs=0.05)


@pytest.mark.parametrize(
    ("codec", "ethernet", "multilink", "compressed"),
    # Cisco document 7934, further rows of the same table.
    [
        ("g726-32", 55.2, 50.8, 35.6),
        ("g726r24", 47.2, 42.8, 27.6),
        ("G.728", 31.5, 28.5, 18.4),
        ("g722_64k", 87.2, 82.8, 67.6),
        ("ilbc_mode_20", 38.4, 34.0, 18.8),
        ("ilbc_mode_30", 28.8, 25.867, 15.73),
    ],
)
def test_further_published_rows(codec, ethernet, multilink, compressed):
    assert measure_bandwidth(codec).kbps_per_call == pytest.approx(ethernet, abs=0.05)
    assert measure_bandwidth(codec, link=Link("mlppp")).kbps_per_call == pytest.approx(multilink, abs=0.05)
    assert measure_bandwidth(codec, link=Link("frf12", crtp=True)).kbps_per_call == pytest.approx(compressed, abs=0.05)


def test_what_lies_around_a_packet():
    assert measure_bandwidth("g711", link=Link(vlan_tags=1)).kbps_per_call == 88.8
    assert measure_bandwidth("g711", link=Link("802.1q")).kbps_per_call == 88.8
    assert measure_bandwidth("g711", link=Link(preamble=True)).kbps_per_call == 95.2
    assert measure_bandwidth("g711", link=Link(srtp_tag_bytes=10)).kbps_per_call == 91.2
    assert measure_bandwidth("g711", link=Link(ip6=True)).kbps_per_call == 95.2
    assert measure_bandwidth("g711", link=Link(vpn_bytes=57)).kbps_per_call == 110.0
    assert measure_bandwidth("g711", link=Link(mpls_labels=2)).kbps_per_call == 90.4
    assert measure_bandwidth("g711", rtcp=True).kbps_per_call == pytest.approx(91.56)
    assert measure_bandwidth("g711", talking=0.5).kbps_per_call == 43.6
    assert measure_bandwidth("g711", 30).kbps_total == 2616


def test_tunnels_pad_to_their_block():
    # 200 bytes of IP packet: ESP with AES-CBC pads 202 to 208, and adds 20 + 8 + 16 + 12.
    assert measure_bandwidth("g711", link=Link("ip", vpn="ipsec")).packet_bytes == 208 + 56
    assert measure_bandwidth("g711", link=Link("ip", vpn="ipsec-gcm")).packet_bytes == 204 + 52
    assert measure_bandwidth("g711", link=Link("ip", vpn="gre")).packet_bytes == 224
    assert measure_bandwidth("g711", link=Link("ip", vpn="wireguard")).packet_bytes == 208 + 60


def test_atm_fills_whole_cells():
    assert measure_bandwidth("g729", link=Link("atm")).packet_bytes == 2 * 53
    assert measure_bandwidth("g711", link=Link("atm")).packet_bytes == 5 * 53


@given(st.sampled_from(sorted(CODECS)), st.sampled_from(PLAIN_LAYERS), st.sampled_from(VPNS), st.integers(0, 500))
def test_the_total_is_its_parts(codec, layer, vpn, calls):
    found = measure_bandwidth(codec, calls, Link(layer.id, vpn=vpn, srtp_tag_bytes=10))
    parts = found.payload_bytes + found.header_bytes + found.security_bytes + found.layer2_bytes
    assert found.packet_bytes == parts
    assert found.kbps_per_call == pytest.approx(parts * 8 * found.packets_per_second / 1000)
    assert found.kbps_total == pytest.approx(found.kbps_per_call * calls)
    assert found.kbps_per_call >= CODECS[codec].bit_rate / 1000 * 0.99


@given(st.sampled_from(["g711", "g729", "g726-32", "opus", "amr-12.2"]), st.integers(1, 10))
def test_longer_packets_take_less(codec, frames):
    shorter = measure_bandwidth(codec, payload_ms=20 * frames).kbps_per_call
    assert measure_bandwidth(codec, payload_ms=20 * (frames + 1)).kbps_per_call < shorter


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("G.711", "g711"),
        ("PCMU", "g711"),
        ("g711alaw", "g711"),
        ("G.711µ", "g711"),
        ("G722", "g722"),
        ("G.723.1 6.3", "g723.1-6.3"),
        ("G.723.1 (5.3 kbit/s)", "g723.1-5.3"),
        ("g7231", "g723.1-6.3"),
        ("g723.1", "g723.1-6.3"),
        ("G.726-32", "g726-32"),
        ("G.726 24K", "g726-24"),
        ("g726r16", "g726-16"),
        ("G.726-40 kbps", "g726-40"),
        ("g728", "g728"),
        ("G.729A", "g729"),
        ("ilbc", "ilbc-30"),
        ("iLBC 20ms", "ilbc-20"),
        ("ilbc-30", "ilbc-30"),
        ("gsm", "gsm"),
        ("AMR", "amr-12.2"),
        ("amr 4.75", "amr-4.75"),
        ("AMR-WB", "amr-wb-12.65"),
        ("amr-wb 23.85", "amr-wb-23.85"),
        ("Opus", "opus"),
    ],
)
def test_codecs_go_by_their_usual_names(name, id_):
    assert find_codec(name).id == id_


@pytest.mark.parametrize(
    ("name", "layer2", "crtp"),
    [
        ("Ethernet", "ethernet", False),
        ("802.1Q", "ethernet-802.1q", False),
        ("MLPPP", "mlppp", False),
        ("Frame Relay", "frame-relay", False),
        ("frf.12", "frf12", False),
        ("mp_frf12", "frf12", False),
        ("crtp_mp_frf12", "frf12", True),
        ("mlppp+crtp", "mlppp", True),
        ("crtp", "mlppp", True),
    ],
)
def test_links_go_by_their_usual_names(name, layer2, crtp):
    link = read_link(name)
    assert (link.layer2, link.crtp) == (layer2, crtp)


def test_a_link_named_with_what_lies_on_it():
    assert read_link("ethernet+srtp+ipv6") == Link("ethernet", srtp_tag_bytes=10, ip6=True)
    assert read_link("802.1q + ipsec") == Link("ethernet-802.1q", vpn="ipsec")
    assert measure_bandwidth("g711", link=Link("srtp")).kbps_per_call == 91.2


def test_opus_at_any_rate():
    assert measure_bandwidth("opus", bit_rate=64_000).kbps_per_call == 87.2
    assert measure_bandwidth("opus").payload_bytes == 60


def test_calls_that_fit_a_link():
    assert calls_that_fit(2000, 87.2) == 22
    assert calls_that_fit(87.2 * 22, 87.2) == 22
    assert calls_that_fit(2000, 87.2, reserve=0.25) == 17


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: measure_bandwidth("g7", 1), "codec_unknown"),
        (lambda: measure_bandwidth("g711", -1), "bandwidth_calls"),
        (lambda: measure_bandwidth("g711", payload_ms=0), "codec_payload"),
        (lambda: measure_bandwidth("g729", payload_ms=25), "codec_payload"),
        (lambda: measure_bandwidth("g711", bit_rate=32_000), "codec_bit_rate"),
        (lambda: measure_bandwidth("opus", bit_rate=1), "codec_bit_rate"),
        (lambda: measure_bandwidth("g711", link=Link("token ring")), "layer2_unknown"),
        (lambda: measure_bandwidth("g711", link=Link(crtp=True)), "crtp_link"),
        (lambda: measure_bandwidth("g711", link=Link("ppp", crtp=True, vpn="gre")), "crtp_link"),
        (lambda: measure_bandwidth("g711", link=Link(vpn="magic")), "vpn_unknown"),
        (lambda: measure_bandwidth("g711", link=Link(vpn_bytes=-1)), "bandwidth_bytes"),
        (lambda: measure_bandwidth("g711", talking=0), "bandwidth_talking"),
        (lambda: calls_that_fit(-1, 87.2), "bandwidth_link"),
    ],
)
def test_what_cannot_be_is_refused(call, code):
    with pytest.raises(ProblemError) as refused:
        call()
    assert [problem.code for problem in refused.value.problems] == [code]
