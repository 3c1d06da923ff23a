"""Paths of shipped data, in a checkout and in an installed package alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def pricebooks_folder() -> Path:
    """Return the folder of example price books."""
    return _shipped("pricebooks")


def report_templates_folder() -> Path:
    """Return the folder of brands and report layouts."""
    return _shipped("report_templates")


def sample_bills_folder() -> Path:
    """Return the folder of machine-made sample bills."""
    return _shipped("sample_bills")


def font_file(name: str) -> Path:
    """Return the path of a shipped TrueType font, such as `Inter-Regular.ttf` or `NotoSansSC-Bold.ttf`."""
    return _PACKAGE / "resources" / "fonts" / name
