"""Tariffs in and out: our own folder format (TOML with CSV decks). Other formats stand beside it, each in its own file."""

from roi_tool.importing.tariffs.toml_tariff import read_tariff, read_tariff_leniently
from roi_tool.importing.tariffs.write_tariff import write_tariff

__all__ = ["read_tariff", "read_tariff_leniently", "write_tariff"]
