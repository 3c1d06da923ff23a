"""Files in: bills, rate decks, tariffs and price books. Blind to `storage` and `reporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roi_tool.importing.bill_reading import read_bill

__all__ = ["read_bill"]


def __getattr__(name: str) -> Any:
    """Import the readers when they are first used: a command that reads no bill starts faster."""
    if name == "read_bill":
        from roi_tool.importing.bill_reading import read_bill

        return read_bill
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
