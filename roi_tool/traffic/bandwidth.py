"""Bandwidth of calls: codec, packet headers and the link below them, one way.

`bandwidth = (link header + IP/UDP/RTP header + payload) × 8 × packets per second`.

Source: Cisco, Voice over IP – Per Call Bandwidth Consumption (document 7934): header sizes and the default payloads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from roi_tool.problems import Problem, ProblemError
from roi_tool.traffic.codecs import find_codec

IP4_UDP_RTP_BYTES = 20 + 8 + 12
IP6_MORE_BYTES = 20
CRTP_BYTES = 2
RTCP_SHARE = 0.05
"""Source: RFC 3550, 6.2: RTCP may take 5 % of the session."""
PREAMBLE_AND_GAP_BYTES = 20
"""Source: IEEE 802.3: 7 preamble + 1 start of frame + 12 between frames."""


@dataclass(frozen=True, slots=True)
class Layer2:
    """A link. `header_bytes` is all it adds to an IP packet, trailer and closing flag included; `serial`: point to point."""

    id: str
    header_bytes: int
    serial: bool = False
    in_cells: bool = False


_LAYERS = (
    Layer2("ethernet", 18),
    Layer2("ethernet-802.1q", 22),
    Layer2("ethernet-qinq", 26),
    Layer2("pppoe", 26),
    Layer2("ppp", 7, serial=True),
    Layer2("mlppp", 7, serial=True),
    Layer2("frf12", 7, serial=True),
    Layer2("frame-relay", 7, serial=True),
    Layer2("hdlc", 7, serial=True),
    Layer2("atm", 16, in_cells=True),
    Layer2("ip", 0),
)
LAYERS: Mapping[str, Layer2] = MappingProxyType({layer.id: layer for layer in _LAYERS})

_LAYER_ALIASES = {
    **dict.fromkeys(("eth", "ethernetii", "8023"), "ethernet"),
    **dict.fromkeys(("8021q", "dot1q", "vlan", "ethernet8021q", "ethernetvlan", "ethernetdot1q"), "ethernet-802.1q"),
    **dict.fromkeys(("qinq", "8021ad", "ethernetqinq"), "ethernet-qinq"),
    **dict.fromkeys(("mlppp", "mp", "multilinkppp", "mppp", "mlp"), "mlppp"),
    **dict.fromkeys(("frf12", "frfrf12", "mporfrf12", "framerelayfrf12", "fr12", "mpfrf12", "mlpppfrf12"), "frf12"),
    **dict.fromkeys(("fr", "framerelay"), "frame-relay"),
    **dict.fromkeys(("none", "ip", "ipv4", "layer3", "l3"), "ip"),
}


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


_LAYER_BY_NAME = {**{_plain(id_): id_ for id_ in LAYERS}, **_LAYER_ALIASES}

Vpn = Literal["none", "ipsec", "ipsec-gcm", "gre", "wireguard"]
VPNS: tuple[Vpn, ...] = ("none", "ipsec", "ipsec-gcm", "gre", "wireguard")


@dataclass(frozen=True, slots=True)
class Link:
    """What lies around the voice packet.

    Attributes:
        layer2: id of a layer, such as `ethernet`.
        vlan_tags: 802.1Q tags of 4 bytes each.
        preamble: whether Ethernet's preamble and gap are counted.
        ip6: IPv6 in place of IPv4.
        crtp: compressed IP/UDP/RTP header (2 bytes); on serial links only.
        srtp_tag_bytes: authentication tag, 10 (80 bits) or 4; 0 for plain RTP.
        vpn: tunnel around each packet.
        vpn_bytes: any other overhead per packet.
        mpls_labels: labels of 4 bytes each.
    """

    layer2: str = "ethernet"
    vlan_tags: int = 0
    preamble: bool = False
    ip6: bool = False
    crtp: bool = False
    srtp_tag_bytes: int = 0
    vpn: Vpn = "none"
    vpn_bytes: int = 0
    mpls_labels: int = 0


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Bandwidth one way; a call needs the same the other way.

    Attributes:
        codec, layer2: ids.
        payload_ms, payload_bytes: speech in one packet.
        packets_per_second: of one call while somebody speaks.
        header_bytes: IP, UDP and RTP, or the compressed header.
        security_bytes: SRTP tag, tunnel with its padding, other overhead.
        layer2_bytes: link header, tags, labels, preamble, padding.
        packet_bytes: all of it.
        kbps_per_call: in 1000 bit/s.
        calls, kbps_total: calls at one time and what they need together.
    """

    codec: str
    layer2: str
    payload_ms: float
    payload_bytes: int
    packets_per_second: float
    header_bytes: int
    security_bytes: int
    layer2_bytes: int
    packet_bytes: int
    kbps_per_call: float
    calls: int
    kbps_total: float


DEFAULT_LINK = Link()


def measure_bandwidth(
    codec: str,
    calls: int = 1,
    link: Link = DEFAULT_LINK,
    *,
    payload_ms: float | None = None,
    bit_rate: int | None = None,
    talking: float = 1.0,
    rtcp: bool = False,
) -> Bandwidth:
    """Return the bandwidth of `calls` simultaneous calls.

    Args:
        codec: any usual name.
        calls: calls at one time.
        link: what lies around the packet.
        payload_ms: speech in one packet; by default the codec's usual.
        bit_rate: bit/s of a variable codec (Opus).
        talking: share of the time that packets are sent; below 1 with silence suppression.
        rtcp: add RTCP's 5 %.

    Raises:
        ProblemError: `codec_unknown`, `codec_payload`, `codec_bit_rate`, `layer2_unknown`, `bandwidth_calls`,
            `bandwidth_talking`, `bandwidth_bytes`, `crtp_link`.

    >>> measure_bandwidth("G.711").kbps_per_call
    87.2
    """
    found = find_codec(codec) if bit_rate is None else find_codec(codec).at_bit_rate(bit_rate)
    link = read_link(link.layer2, link)
    layer = LAYERS[link.layer2]
    _check(calls, link, layer, talking)
    length_ms = found.payload_ms if payload_ms is None else payload_ms
    payload = found.payload_bytes(length_ms)
    header = CRTP_BYTES if link.crtp else IP4_UDP_RTP_BYTES + IP6_MORE_BYTES * link.ip6
    inner = header + payload + link.srtp_tag_bytes
    security = link.srtp_tag_bytes + _tunnel_bytes(inner, link) + link.vpn_bytes
    below = _layer2_bytes(header + payload + security, link, layer)
    packet = header + payload + security + below
    # Divided last: 218 bytes 50 times a second are 87.2 and not 87.19999.
    kbps = packet * 8 / length_ms * talking * (1 + RTCP_SHARE * rtcp)
    return Bandwidth(
        codec=found.id,
        layer2=layer.id,
        payload_ms=length_ms,
        payload_bytes=payload,
        packets_per_second=1000 / length_ms,
        header_bytes=header,
        security_bytes=security,
        layer2_bytes=below,
        packet_bytes=packet,
        kbps_per_call=kbps,
        calls=calls,
        kbps_total=kbps * calls,
    )


def read_link(name: str, link: Link = DEFAULT_LINK) -> Link:
    """Return a link with the layer named in one word or several: `ethernet`, `mlppp+crtp`, `crtp_mp_frf12`, `802.1q+srtp`.

    Raises:
        ProblemError: `layer2_unknown`.
    """
    plain = _plain(name)
    wanted = link
    if "crtp" in plain:
        plain, wanted = plain.replace("crtp", "").removesuffix("with").removesuffix("w") or "mlppp", replace(wanted, crtp=True)
    if "srtp" in plain:
        plain, wanted = plain.replace("srtp", "") or "ethernet", replace(wanted, srtp_tag_bytes=10)
    if "ipv6" in plain:
        plain, wanted = plain.replace("ipv6", "") or "ethernet", replace(wanted, ip6=True)
    if "ipsec" in plain or "vpn" in plain:
        plain, wanted = plain.replace("ipsec", "").replace("vpn", "") or "ethernet", replace(wanted, vpn="ipsec")
    if plain not in _LAYER_BY_NAME:
        raise ProblemError(Problem("layer2_unknown", detail={"layer2": name, "known": ", ".join(LAYERS)}))
    return replace(wanted, layer2=_LAYER_BY_NAME[plain])


def calls_that_fit(link_kbps: float, kbps_per_call: float, reserve: float = 0.0) -> int:
    """Return how many calls a link carries when a share `reserve` of it is kept for other things.

    Raises:
        ProblemError: `bandwidth_link`.
    """
    if not (0 <= link_kbps < math.inf and 0 <= reserve < 1):
        raise ProblemError(Problem("bandwidth_link", detail={"link": f"{link_kbps:g}", "reserve": f"{reserve:g}"}))
    return math.floor(link_kbps * (1 - reserve) / kbps_per_call + 1e-9)


def _layer2_bytes(packet: int, link: Link, layer: Layer2) -> int:
    below = layer.header_bytes + 4 * (link.vlan_tags + link.mpls_labels) + PREAMBLE_AND_GAP_BYTES * link.preamble
    if layer.in_cells:
        return math.ceil((packet + below) / 48) * 53 - packet
    return below


def _tunnel_bytes(inner: int, link: Link) -> int:
    """Return what a tunnel adds to an IP packet of `inner` bytes, padding included.

    Source: RFC 4303 (ESP: 8, padding to the cipher's block with 2 more), RFC 3602 (AES-CBC: IV 16, block 16) with RFC 2404
    (tag 12), RFC 4106 (AES-GCM: IV 8, alignment 4, tag 16), RFC 2784 (GRE 4), the WireGuard paper (header 16, padding to 16,
    tag 16, over UDP).
    """
    outer = 40 if link.ip6 else 20
    if link.vpn == "ipsec":
        return outer + 8 + 16 + (-(inner + 2) % 16 + 2) + 12
    if link.vpn == "ipsec-gcm":
        return outer + 8 + 8 + (-(inner + 2) % 4 + 2) + 16
    if link.vpn == "gre":
        return outer + 4
    if link.vpn == "wireguard":
        return outer + 8 + 16 + -inner % 16 + 16
    return 0


def _check(calls: int, link: Link, layer: Layer2, talking: float) -> None:
    if not 0 <= calls <= 10_000_000:
        raise ProblemError(Problem("bandwidth_calls", detail={"calls": str(calls)}))
    if not 0 < talking <= 1:
        raise ProblemError(Problem("bandwidth_talking", detail={"talking": f"{talking:g}"}))
    for count in (link.vlan_tags, link.mpls_labels, link.srtp_tag_bytes, link.vpn_bytes):
        if not 0 <= count <= 1000:
            raise ProblemError(Problem("bandwidth_bytes", detail={"bytes": str(count)}))
    if link.vpn not in VPNS:
        raise ProblemError(Problem("vpn_unknown", detail={"vpn": link.vpn, "known": ", ".join(VPNS)}))
    if link.crtp and (not layer.serial or link.vpn != "none"):
        serial = ", ".join(id_ for id_, other in LAYERS.items() if other.serial)
        raise ProblemError(Problem("crtp_link", detail={"layer2": layer.id, "known": serial}))
