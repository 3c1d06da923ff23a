"""Busy hour, exact concurrency, Erlang and bandwidth. Must not know prices."""

from roi_tool.traffic.profile import TrafficProfile, measure_traffic
from roi_tool.traffic.sizing import DecidedBy, Sizing, size_channels

__all__ = ["DecidedBy", "Sizing", "TrafficProfile", "measure_traffic", "size_channels"]
