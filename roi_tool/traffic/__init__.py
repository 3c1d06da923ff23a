"""Busy hour, exact concurrency, Erlang and bandwidth. Must not know prices."""
