"""`roi-tool bandwidth`: what calls take of a link, by codec and what lies around the voice."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from typing import Any

from roi_tool.cli.console import DONE, Console
from roi_tool.cli.erlang import number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--codec", default="all", metavar="C", help="g711, g729, g723.1-5.3, opus …; all of them by default")
    parser.add_argument("--calls", type=int, default=1, metavar="N", help="calls at one time (default 1)")
    parser.add_argument(
        "--layer2", "--layer", default="ethernet", metavar="L", help="ethernet (default), 802.1q, mlppp, frf12 …"
    )
    parser.add_argument("--payload-ms", type=float, metavar="MS", help="speech in one packet, by default the codec's usual")
    parser.add_argument("--bit-rate", type=int, metavar="BPS", help="bit/s of Opus")
    parser.add_argument("--vlan", "--dot1q", type=int, nargs="?", const=1, default=0, metavar="TAGS", help="802.1Q tags")
    parser.add_argument("--preamble", action="store_true", help="count Ethernet's preamble and gap (20 bytes)")
    parser.add_argument("--ipv6", action="store_true", help="IPv6 in place of IPv4")
    parser.add_argument("--crtp", action="store_true", help="compressed headers, on serial links only")
    parser.add_argument(
        "--srtp", type=int, nargs="?", const=80, default=0, choices=(0, 32, 80), metavar="BITS", help="SRTP tag: 80 or 32 bits"
    )
    parser.add_argument(
        "--vpn",
        nargs="?",
        const="ipsec",
        default="none",
        metavar="V",
        help="ipsec (when none is named), ipsec-gcm, gre, wireguard",
    )
    parser.add_argument("--vpn-bytes", type=int, default=0, metavar="N", help="any other overhead per packet")
    parser.add_argument("--mpls", type=int, default=0, metavar="LABELS", help="MPLS labels")
    parser.add_argument(
        "--talking", type=number, default=1.0, metavar="F", help="share of time with packets (silence suppression)"
    )
    parser.add_argument("--rtcp", action="store_true", help="add RTCP's 5 %%")
    parser.add_argument("--link-kbps", type=number, metavar="K", help="say how many calls fit a link of this rate one way")
    parser.add_argument("--reserve", type=number, default=0.0, metavar="F", help="share of that link kept for other things")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace, console: Console) -> int:
    """Measure one codec, or list all of them."""
    from roi_tool.traffic.bandwidth import Link, measure_bandwidth, read_link
    from roi_tool.traffic.codecs import CODECS

    link = read_link(
        args.layer2,
        Link(
            vlan_tags=args.vlan,
            preamble=args.preamble,
            ip6=args.ipv6,
            crtp=args.crtp,
            srtp_tag_bytes=args.srtp // 8,
            vpn=args.vpn,
            vpn_bytes=args.vpn_bytes,
            mpls_labels=args.mpls,
        ),
    )
    wanted = list(CODECS) if args.codec == "all" else [args.codec]
    found = [
        measure_bandwidth(
            codec,
            args.calls,
            link,
            payload_ms=args.payload_ms,
            bit_rate=args.bit_rate,
            talking=args.talking,
            rtcp=args.rtcp,
        )
        for codec in wanted
    ]
    answers = [_answer(bandwidth, link, args) for bandwidth in found]
    console.result(answers[0] if args.codec != "all" else {"codecs": answers})
    _say(answers, args, console)
    return DONE


def _answer(bandwidth: Any, link: Any, args: argparse.Namespace) -> dict[str, Any]:
    """Return one codec's figures; `kbps_…` are one way, in 1000 bit/s."""
    from roi_tool.traffic.bandwidth import calls_that_fit

    # Twelve digits: a third of a packet is no exact number, 26.133333333333333 says nothing more.
    answer = {name: round(value, 9) if isinstance(value, float) else value for name, value in asdict(bandwidth).items()}
    answer |= {"kbps_both_ways": round(2 * bandwidth.kbps_total, 9), "options": asdict(replace(link, layer2=bandwidth.layer2))}
    if args.link_kbps is not None:
        answer["calls_that_fit"] = calls_that_fit(args.link_kbps, bandwidth.kbps_per_call, args.reserve)
    return answer


def _say(answers: list[dict[str, Any]], args: argparse.Namespace, console: Console) -> None:
    if console.as_json:
        return
    from roi_tool.traffic.codecs import CODECS

    words = console.words
    header = [words.text("Codec"), words.text("ms"), words.text("Payload"), words.text("Packet"), words.text("Packets/s")]
    header += [words.text("kbit/s a call"), words.text("kbit/s for {count}", count=words.number(args.calls))]
    if args.link_kbps is not None:
        header.append(words.text("Calls that fit"))
    rows = []
    for answer in answers:
        row = [
            CODECS[answer["codec"]].name,
            f"{answer['payload_ms']:g}",
            str(answer["payload_bytes"]),
            str(answer["packet_bytes"]),
        ]
        row += [words.number(answer["packets_per_second"], 1), words.number(answer["kbps_per_call"], 1)]
        row.append(words.number(answer["kbps_total"], 1))
        if "calls_that_fit" in answer:
            row.append(words.number(answer["calls_that_fit"]))
        rows.append(row)
    console.table(header, rows)
    console.say()
    console.say(
        words.text("One way; the other way takes the same. Link: {link}.", link=words.label(f"layer2.{answers[0]['layer2']}"))
    )
