"""Busy hour, exact concurrency, Erlang and bandwidth. Must not know prices."""

from roi_tool.traffic.bandwidth import Bandwidth, Link, calls_that_fit, measure_bandwidth
from roi_tool.traffic.codecs import CODECS, Codec, find_codec
from roi_tool.traffic.findings import profile_findings
from roi_tool.traffic.measuring import measure_traffic
from roi_tool.traffic.minutes_only import MinutesOnly, size_from_minutes
from roi_tool.traffic.paid_channels import PaidChannels, find_paid_channels
from roi_tool.traffic.profile import TrafficProfile
from roi_tool.traffic.sizing import DecidedBy, Sizing, size_channels

__all__ = [
    "CODECS",
    "Bandwidth",
    "Codec",
    "DecidedBy",
    "Link",
    "MinutesOnly",
    "PaidChannels",
    "Sizing",
    "TrafficProfile",
    "calls_that_fit",
    "find_codec",
    "find_paid_channels",
    "measure_bandwidth",
    "measure_traffic",
    "profile_findings",
    "size_channels",
    "size_from_minutes",
]
