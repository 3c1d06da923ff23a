"""An operator's brand and the layout of his report: data in a folder of two TOML files, checked when they are read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.resources import font_file, report_templates_folder

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
_LARGEST_LOGO = 2_000_000
_Model = TypeVar("_Model", bound=BaseModel)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fonts(_Entry):
    """File names of TrueType fonts: shipped ones, or files beside `brand.toml`."""

    regular: str = "Inter-Regular.ttf"
    bold: str = "Inter-SemiBold.ttf"
    heavy: str = "Inter-Bold.ttf"
    cjk_regular: str = "NotoSansSC-Regular.ttf"
    cjk_bold: str = "NotoSansSC-Bold.ttf"


class Colours(_Entry):
    """Colours of paper and charts; the chart roles of `charting.spec` are among them by name."""

    brand: Colour = "#0b6e99"
    ink: Colour = "#17202a"
    quiet: Colour = "#6b7684"
    rule: Colour = "#dfe4ea"
    tint: Colour = "#eff6f2"
    notice: Colour = "#fdf6e7"
    stay: Colour = "#8a93a2"
    onprem_pri: Colour = "#8a5fa8"
    onprem_sip: Colour = "#c2662d"
    keep_sip: Colour = "#2f6fb0"
    hosted: Colour = "#2e8b57"
    mix: Colour = "#96791a"
    good: Colour = "#2e8b57"
    bad: Colour = "#b4472f"
    neutral: Colour = "#c3cbd5"
    accent: Colour = "#0b6e99"
    group_calls: Colour = "#0b6e99"
    group_rental: Colour = "#6aa9c6"
    group_equipment: Colour = "#c2662d"
    group_upkeep: Colour = "#e2b48f"
    group_change: Colour = "#8a93a2"
    group_other: Colour = "#ced4dc"

    def of(self, role: str) -> str:
        """Return the colour of a chart's role; an unknown one is neutral."""
        return str(getattr(self, role, self.neutral))


class Page(_Entry):
    """A page of the report: the parts it holds, in order."""

    parts: tuple[str, ...]


class Layout(_Entry):
    """Which parts the report has."""

    page: Annotated[tuple[Page, ...], Field(min_length=1, max_length=40)]


class Brand(_Entry):
    """An operator's brand with its layout. `folder` is where its logo and own fonts lie."""

    operator: Annotated[str, Field(min_length=1, max_length=80)]
    logo: str | None = None
    page_size: Literal["A4", "letter"] = "A4"
    footer: Annotated[str, Field(max_length=200)] = ""
    fonts: Fonts = Fonts()
    colours: Colours = Colours()
    layout: Layout
    folder: Path

    def font_path(self, name: str) -> Path:
        """Return the path of a font: beside the brand, else the shipped one."""
        own = self.folder / name
        return own if own.is_file() else font_file(name)

    @property
    def logo_path(self) -> Path | None:
        """Where the logo lies, if there is one."""
        return self.folder / self.logo if self.logo else None


def read_brand(folder: str | Path | None = None) -> Brand:
    """Read a brand's folder (`brand.toml`, `layout.toml`); without a folder the shipped example.

    A bare name is looked for among the shipped templates when no such folder exists.

    Raises:
        ProblemError: `template_missing`, `template_unreadable` or `template_wrong`, each naming file and key.
    """
    place = Path(folder) if folder is not None else report_templates_folder() / "fairlead"
    if not place.is_dir() and (report_templates_folder() / place).is_dir():
        place = report_templates_folder() / place
    if not place.is_dir():
        known = ", ".join(sorted(entry.name for entry in report_templates_folder().iterdir() if entry.is_dir()))
        raise ProblemError(Problem("template_missing", detail={"folder": str(folder), "known": known}))
    layout = _checked(Layout, _toml(place / "layout.toml"), place / "layout.toml")
    _check_parts(layout, place / "layout.toml")
    brand = _checked(Brand, {**_toml(place / "brand.toml"), "layout": layout, "folder": place}, place / "brand.toml")
    _check_files(brand)
    return brand


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProblemError(Problem("template_unreadable", where=Where(str(path)), detail={"reason": str(error)})) from error


def _checked(model: type[_Model], data: dict[str, Any], path: Path) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [
            Problem(
                "template_wrong",
                where=Where(str(path)),
                detail={"key": ".".join(map(str, one["loc"])) or "?", "reason": one["msg"]},
            )
            for one in error.errors(include_url=False)
        ]
        raise ProblemError(*found) from error


def _check_parts(layout: Layout, path: Path) -> None:
    from roi_tool.reporting.parts import PARTS

    unknown = [part for page in layout.page for part in page.parts if part not in PARTS]
    if unknown:
        detail = {"key": "page.parts", "reason": f"{', '.join(unknown)} ∉ {', '.join(PARTS)}"}
        raise ProblemError(Problem("template_wrong", where=Where(str(path)), detail=detail))


def _check_files(brand: Brand) -> None:
    path = brand.folder / "brand.toml"
    logo = brand.logo_path
    if logo is not None and (
        not logo.is_file() or logo.suffix.lower() not in (".svg", ".png") or logo.stat().st_size > _LARGEST_LOGO
    ):
        detail = {"key": "logo", "reason": f"{brand.logo} is no SVG or PNG file of at most 2 MB in this folder"}
        raise ProblemError(Problem("template_wrong", where=Where(str(path)), detail=detail))
    for key, name in brand.fonts.model_dump().items():
        if not brand.font_path(name).is_file():
            detail = {"key": f"fonts.{key}", "reason": f"there is no font {name}"}
            raise ProblemError(Problem("template_wrong", where=Where(str(path)), detail=detail))
