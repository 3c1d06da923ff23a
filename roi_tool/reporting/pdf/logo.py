"""A brand's logo on the page: SVG as vectors, PNG as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.reporting.brand import Brand


class Logo:
    """A picture and its own size."""

    def __init__(self, picture: Any, width: float, height: float, path: Path) -> None:
        self._picture, self._width, self._height, self._path = picture, width, height, path

    def draw(self, canvas: Any, x: float, y: float, most_wide: float, most_high: float) -> float:
        """Draw the logo as large as fits; return how wide it came out."""
        scale = min(most_wide / self._width, most_high / self._height)
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        if self._path.suffix.lower() == ".svg":
            from reportlab.graphics import renderPDF

            renderPDF.draw(self._picture, canvas, 0, 0)
        else:
            canvas.drawImage(self._picture, 0, 0, self._width, self._height, mask="auto")
        canvas.restoreState()
        return self._width * scale


def read_logo(brand: Brand) -> Logo | None:
    """Return the brand's logo, None where it has none.

    Raises:
        ProblemError: `template_wrong`: the file is no picture.
    """
    path = brand.logo_path
    if path is None:
        return None
    try:
        if path.suffix.lower() == ".svg":
            from svglib.svglib import svg2rlg

            drawing = svg2rlg(str(path))
            if drawing is None or not drawing.width or not drawing.height:
                raise ValueError("no drawing")
            return Logo(drawing, drawing.width, drawing.height, path)
        from reportlab.lib.utils import ImageReader

        image = ImageReader(str(path))
        width, height = image.getSize()
        return Logo(image, width, height, path)
    except Exception as error:
        detail = {"key": "logo", "reason": f"{path.name} is no picture that can be read ({type(error).__name__})"}
        raise ProblemError(Problem("template_wrong", where=Where(str(brand.folder / "brand.toml")), detail=detail)) from error
