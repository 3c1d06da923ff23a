"""Codecs: the bits of one frame of speech, what one packet usually carries, and the names they go by."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from roi_tool.problems import Problem, ProblemError

_RFC3551 = "RFC 3551 (2003), section 4.5"
_RFC3952 = "RFC 3952 (2004), section 3"
_RFC4867 = "RFC 4867 (2007), 3.6 and 4.3 (bandwidth-efficient mode)"
_RFC5577 = "RFC 5577 (2009), section 4"
_RFC5574 = "RFC 5574 (2009), section 3"
_RFC7587 = "RFC 7587 (2015), 3.1 (8 to 24 kbit/s for speech up to wideband; variable, taken at its upper end)"


@dataclass(frozen=True, slots=True)
class Codec:
    """A speech codec as packets carry it.

    Attributes:
        id: our name, such as `g729`.
        name: as people write it.
        bit_rate: nominal bit/s of the speech.
        frame_ms: length of one frame, in milliseconds; a packet carries whole frames.
        frame_bits: bits of one frame in a packet.
        payload_ms: usual length of speech in one packet.
        packet_header_bits, frame_header_bits: AMR's mode request (once per packet) and table of contents (per frame).
        variable: whether any bit rate may be asked of it.
        source: where the figures stand.
    """

    id: str
    name: str
    bit_rate: int
    frame_ms: float
    frame_bits: float
    payload_ms: float = 20.0
    packet_header_bits: int = 0
    frame_header_bits: int = 0
    variable: bool = False
    source: str = _RFC3551

    def payload_bytes(self, payload_ms: float) -> int:
        """Return the payload of a packet with `payload_ms` milliseconds of speech.

        Raises:
            ProblemError: `codec_payload`: not a whole number of frames, or more than a second.
        """
        frames = payload_ms / self.frame_ms
        if not 0 < payload_ms <= 1000 or abs(frames - round(frames)) > 1e-6:
            detail = {"codec": self.name, "payload": f"{payload_ms:g}", "frame": f"{self.frame_ms:g}"}
            raise ProblemError(Problem("codec_payload", detail=detail))
        bits = self.packet_header_bits + round(frames) * (self.frame_header_bits + self.frame_bits)
        return math.ceil(bits / 8 - 1e-9)

    def at_bit_rate(self, bit_rate: int) -> Codec:
        """Return a variable codec at another bit rate.

        Raises:
            ProblemError: `codec_bit_rate`: it has its own, or the rate is out of reach.
        """
        if not self.variable or not 6_000 <= bit_rate <= 510_000:
            raise ProblemError(Problem("codec_bit_rate", detail={"codec": self.name, "rate": str(bit_rate)}))
        return replace(self, bit_rate=bit_rate, frame_bits=bit_rate * self.frame_ms / 1000)


def _sampled(id_: str, name: str, bit_rate: int) -> Codec:
    """A codec of samples, cut at any millisecond."""
    return Codec(id_, name, bit_rate, 1.0, bit_rate / 1000)


# Bits of speech per 20 ms frame by mode in kbit/s. Source: 3GPP TS 26.101, table 1; 3GPP TS 26.201, table 2.
_AMR_BITS = {"4.75": 95, "5.15": 103, "5.9": 118, "6.7": 134, "7.4": 148, "7.95": 159, "10.2": 204, "12.2": 244}
_AMR_WB_BITS = {
    **{"6.6": 132, "8.85": 177, "12.65": 253, "14.25": 285, "15.85": 317},
    **{"18.25": 365, "19.85": 397, "23.05": 461, "23.85": 477},
}


def _amr(family: str, name: str, modes: Mapping[str, int]) -> tuple[Codec, ...]:
    return tuple(
        Codec(
            f"{family}-{mode}",
            f"{name} {mode}",
            round(float(mode) * 1000),
            20.0,
            bits,
            packet_header_bits=4,
            frame_header_bits=6,
            source=_RFC4867,
        )
        for mode, bits in modes.items()
    )


_CODECS = (
    _sampled("g711", "G.711", 64_000),
    _sampled("g722", "G.722", 64_000),
    Codec("g722.1-24", "G.722.1 24k", 24_000, 20.0, 480, source=_RFC5577),
    Codec("g722.1-32", "G.722.1 32k", 32_000, 20.0, 640, source=_RFC5577),
    *(Codec(f"g722.1c-{rate}", f"G.722.1C {rate}k", rate * 1000, 20.0, rate * 20, source=_RFC5577) for rate in (24, 32, 48)),
    Codec("g723.1-5.3", "G.723.1 5.3k", 5_300, 30.0, 160, payload_ms=30.0),
    Codec("g723.1-6.3", "G.723.1 6.3k", 6_300, 30.0, 192, payload_ms=30.0),
    _sampled("g726-16", "G.726 16k", 16_000),
    _sampled("g726-24", "G.726 24k", 24_000),
    _sampled("g726-32", "G.726 32k", 32_000),
    _sampled("g726-40", "G.726 40k", 40_000),
    Codec("g728", "G.728", 16_000, 2.5, 40, payload_ms=30.0),
    Codec("g729", "G.729", 8_000, 10.0, 80),
    Codec("g729d", "G.729D", 6_400, 10.0, 64),
    Codec("g729e", "G.729E", 11_800, 10.0, 120),
    Codec("gsm", "GSM full rate", 13_200, 20.0, 264),
    Codec("gsm-efr", "GSM enhanced full rate", 12_200, 20.0, 248),
    Codec("ilbc-20", "iLBC 20 ms", 15_200, 20.0, 304, source=_RFC3952),
    Codec("ilbc-30", "iLBC 30 ms", 13_330, 30.0, 400, payload_ms=30.0, source=_RFC3952),
    *_amr("amr", "AMR", _AMR_BITS),
    *_amr("amr-wb", "AMR-WB", _AMR_WB_BITS),
    Codec("speex-8", "Speex narrowband 15k", 15_000, 20.0, 300, source=_RFC5574),
    _sampled("l16-8", "L16 at 8 kHz", 128_000),
    _sampled("l16-16", "L16 at 16 kHz", 256_000),
    Codec("opus", "Opus", 24_000, 2.5, 60, variable=True, source=_RFC7587),
)

CODECS: Mapping[str, Codec] = MappingProxyType({codec.id: codec for codec in _CODECS})
"""Codec id → codec."""

# Names without their punctuation → id: what people, PBXs and SDP call a codec, and the mode meant when none is said.
_ALIASES = {
    **dict.fromkeys(
        ("g711u", "g711a", "g711ulaw", "g711alaw", "g711mulaw", "g711mu", "pcmu", "pcma", "ulaw", "alaw", "mulaw"), "g711"
    ),
    **dict.fromkeys(("g72264", "g72264k"), "g722"),
    **dict.fromkeys(("g7231", "g723", "g723163", "g72363", "g7231r63", "g723r63"), "g723.1-6.3"),
    **dict.fromkeys(("g723153", "g72353", "g7231r53", "g723r53"), "g723.1-5.3"),
    **dict.fromkeys(("g726", "g721"), "g726-32"),
    **{f"g726r{rate}": f"g726-{rate}" for rate in (16, 24, 32, 40)},
    **dict.fromkeys(("g729a", "g729b", "g729ab", "g729r8", "g729br8"), "g729"),
    **dict.fromkeys(("g7221", "g722132", "siren7"), "g722.1-32"),
    **dict.fromkeys(("g7221c", "siren14"), "g722.1c-48"),
    **dict.fromkeys(("l16", "slin", "lpcm"), "l16-8"),
    "slin16": "l16-16",
    **dict.fromkeys(("gsmfr", "gsm0610", "gsmfullrate"), "gsm"),
    **dict.fromkeys(("gsmefr", "efr"), "gsm-efr"),
    **dict.fromkeys(("ilbc", "ilbc30", "ilbcmode30"), "ilbc-30"),
    **dict.fromkeys(("ilbc20", "ilbcmode20"), "ilbc-20"),
    **dict.fromkeys(("amr", "amrnb", "amr122"), "amr-12.2"),
    **dict.fromkeys(("amrwb", "g7222"), "amr-wb-12.65"),
    **dict.fromkeys(("speex", "speexnb"), "speex-8"),
}


def find_codec(name: str) -> Codec:
    """Return a codec by any of its usual names: `g711`, `G.729`, `PCMU`, `g723.1 (5.3)`, `g726r32`, `amr-wb-23.85`.

    Raises:
        ProblemError: `codec_unknown`, naming the ones there are.
    """
    plain = _plain(name)
    # A table's own words, "iLBC_Mode_20 (15.2 kbps)": the rate in brackets tells modes apart or only repeats what is known.
    bare = _plain(name.partition("(")[0])
    for candidate in (plain, re.sub(r"(kbits?|kbps|kbs|k|ms)$", "", plain), bare):
        if candidate in _BY_NAME:
            return CODECS[_BY_NAME[candidate]]
    raise ProblemError(Problem("codec_unknown", detail={"codec": name, "known": ", ".join(CODECS)}))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("µ", "mu").replace("kbit/s", "k"))


_BY_NAME = {**{_plain(id_): id_ for id_ in CODECS}, **_ALIASES}
