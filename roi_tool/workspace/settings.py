"""What the tool remembers between sessions: a validated TOML file in the user's configuration folder."""

from __future__ import annotations

import json
import locale
import os
import tomllib
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from roi_tool.problems import Problem, Severity, Where

_NAME = "roi-tool"
MOST_RECENT = 5


class Settings(BaseModel):
    """Every setting with its bounds. Window geometry is no setting: Qt keeps that."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    language: Literal["en", "zh_CN"] = "en"
    theme: Literal["light", "dark"] = "light"
    brand: str = Field(default="fairlead", pattern=r"^[a-z0-9][a-z0-9-]*$")
    price_book: str = Field(default="example-uk-2026", pattern=r"^[a-z0-9][a-z0-9-]*$")
    country: str = Field(default="GB", pattern=r"^[A-Z]{2}$")
    mask_numbers: bool = False
    """Mask subscriber numbers as bills are read."""
    bill_folder: str = ""
    export_folder: str = ""
    recent: tuple[str, ...] = ()
    """Quotes that were opened or saved last, the newest first."""


def recent_with(settings: Settings, path: Path) -> tuple[str, ...]:
    """Return the recent quotes with one put first."""
    place = str(path.resolve())
    return (place, *(other for other in settings.recent if other != place))[:MOST_RECENT]


def settings_file() -> Path:
    """Return where the settings lie."""
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.toml"


def log_file() -> Path:
    """Return where a fault of ours is written down."""
    return platformdirs.user_state_path(_NAME, appauthor=False) / "faults.log"


def read_settings(path: Path | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings; a file that cannot be used gives the defaults and says so, and is left as it is."""
    file = path or settings_file()
    if not file.is_file():
        return Settings(language=_system_language()), ()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))), ()
    except (OSError, ValueError, ValidationError) as error:
        reason = _first_reason(error)
        problem = Problem("settings_unreadable", Severity.WARNING, Where(str(file)), {"reason": reason})
        return Settings(language=_system_language()), (problem,)


def write_settings(settings: Settings, path: Path | None = None) -> tuple[Problem, ...]:
    """Keep the settings; the file is replaced in one step, so that it is never half written."""
    file = path or settings_file()
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in settings.model_dump().items()}
    lines = [f"{name} = {value}".replace("\x7f", "\\u007f") for name, value in quoted.items()]
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        return (Problem("settings_not_written", Severity.WARNING, Where(str(file)), {"reason": error.strerror or str(error)}),)
    return ()


def _system_language() -> Literal["en", "zh_CN"]:
    wanted = (
        os.environ.get("ROI_TOOL_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    )
    return "zh_CN" if wanted.lower().startswith(("zh", "chinese")) else "en"


def _first_reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)
