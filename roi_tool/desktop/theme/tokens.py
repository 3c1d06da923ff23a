"""The one token file: every colour, distance and text size of the window, light and dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#rrggbb`. `roles` are the chart roles of `charting.spec`."""

    name: str
    window: str
    surface: str
    raised: str
    """A field or a button on a surface."""
    hover: str
    border: str
    border_strong: str
    grid: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    track: str
    good: str
    good_soft: str
    good_line: str
    warn: str
    warn_soft: str
    warn_line: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    neutral_soft: str
    tornado_low: str
    roles: Mapping[str, str]

    def role(self, name: str) -> str:
        """Return the colour of a chart role; an unknown one is neutral."""
        return self.roles.get(name, self.roles["neutral"])


LIGHT = Tokens(
    name="light",
    window="#f5f7f9",
    surface="#ffffff",
    raised="#ffffff",
    hover="#f1f4f7",
    border="#e1e6eb",
    border_strong="#c9d2da",
    grid="#edf0f3",
    text="#14202b",
    text_soft="#566675",
    text_faint="#6f7d8a",
    accent="#0b6e99",
    accent_strong="#085a7e",
    accent_soft="#ecf3f7",
    on_accent="#ffffff",
    track="#dfe5ea",
    good="#2a7f4f",
    good_soft="#eaf6ef",
    good_line="#bfe0cd",
    warn="#9a6410",
    warn_soft="#fdf3e2",
    warn_line="#efd9b0",
    bad="#b3372f",
    bad_soft="#fcecea",
    info="#2a63a8",
    info_soft="#e8f0fa",
    neutral_soft="#eef1f4",
    tornado_low="#5c9cbd",
    roles=MappingProxyType(
        {
            "stay": "#8a94a6",
            "onprem_pri": "#8b5fb0",
            "onprem_sip": "#c8692b",
            "keep_sip": "#2a67b0",
            "hosted": "#2a8653",
            "mix": "#8f7318",
            "good": "#2a8653",
            "bad": "#b3372f",
            "neutral": "#8a94a6",
            "accent": "#0b6e99",
            "group_calls": "#0b6e99",
            "group_rental": "#6aa9c6",
            "group_equipment": "#c8692b",
            "group_upkeep": "#e2b48f",
            "group_change": "#8a94a6",
            "group_other": "#ccd3dc",
        }
    ),
)

DARK = Tokens(
    name="dark",
    window="#11161b",
    surface="#192028",
    raised="#202932",
    hover="#222c36",
    border="#2b3641",
    border_strong="#3d4a57",
    grid="#26303a",
    text="#e8edf2",
    text_soft="#a3b1be",
    text_faint="#8795a3",
    accent="#4fa9d3",
    accent_strong="#7cc3e4",
    accent_soft="#1d303c",
    on_accent="#06202c",
    track="#323e4a",
    good="#62c48f",
    good_soft="#1b3327",
    good_line="#2f5a44",
    warn="#e0b25a",
    warn_soft="#38301c",
    warn_line="#5c4a22",
    bad="#f0867d",
    bad_soft="#3d2321",
    info="#7fb2ee",
    info_soft="#1d2d42",
    neutral_soft="#283240",
    tornado_low="#2f6f8e",
    roles=MappingProxyType(
        {
            "stay": "#97a2b3",
            "onprem_pri": "#b08ad6",
            "onprem_sip": "#e58f55",
            "keep_sip": "#6ea8ee",
            "hosted": "#58c08a",
            "mix": "#d6bb58",
            "good": "#58c08a",
            "bad": "#f0867d",
            "neutral": "#97a2b3",
            "accent": "#4fa9d3",
            "group_calls": "#4fa9d3",
            "group_rental": "#2f6f8e",
            "group_equipment": "#e58f55",
            "group_upkeep": "#97623f",
            "group_change": "#97a2b3",
            "group_other": "#556070",
        }
    ),
)

BADGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bill": ("good", "good_soft"),
        "contract": ("good", "good_soft"),
        "measured": ("good", "good_soft"),
        "choice": ("good", "good_soft"),
        "price_book": ("info", "info_soft"),
        "estimate": ("warn", "warn_soft"),
        "default": ("text_soft", "neutral_soft"),
    }
)
"""How a figure is known → names of the text and the background colour of its badge."""

RADIUS = 7
GAP = 12
PAGE_MARGIN = 20
CARD_PADDING = 16
RAIL_WIDTH = 176
TOP_BAR_HEIGHT = 55
STATUS_BAR_HEIGHT = 28
SLIDER_PANEL_WIDTH = 320

TEXT_TINY = 11
TEXT_SMALL = 12
TEXT_BODY = 13
TEXT_LARGE = 15
TEXT_TITLE = 20
TEXT_FIGURE = 25
"""Sizes in device-independent pixels."""
