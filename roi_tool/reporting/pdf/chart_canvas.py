"""Lets matplotlib draw on a page of reportlab: vectors and real text in the paper's own embedded fonts.

A detour over SVG would give the same lines but text as outlines, which no one can search, copy or read aloud. matplotlib is
asked for its figures only: no pyplot, no global state, and it is imported when the first chart is drawn.
"""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path as Outline

from roi_tool.reporting.pdf.typeface import Typeface, Weight


class PaperRenderer(RendererBase):
    """Draws a figure of 72 dots an inch on a canvas, from the canvas's origin on."""

    def __init__(self, canvas: Any, typeface: Typeface, width: float, height: float) -> None:
        super().__init__()
        self._canvas = canvas
        self._typeface = typeface
        self._size = (width, height)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in points."""
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        """One dot is one point."""
        return points

    def flipy(self) -> bool:
        """y grows upwards, as on a page."""
        return False

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Measure a text in the paper's fonts."""
        size = prop.get_size_in_points()
        return self._typeface.width(s, _weight(prop), size), size * 0.96, size * 0.22

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """Set a line of text; x, y is where its baseline begins."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        if angle:
            self._canvas.rotate(angle)
        red, green, blue = gc.get_rgb()[:3]
        self._canvas.setFillColorRGB(red, green, blue)
        self._typeface.draw(self._canvas, 0, 0, s, _weight(prop), prop.get_size_in_points())
        self._canvas.restoreState()

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803 - matplotlib's name
        """Draw an outline: filled where it has a face, stroked where its line has a width."""
        canvas, width = self._canvas, gc.get_linewidth()
        canvas.saveState()
        clip = gc.get_clip_rectangle()
        if clip is not None:
            frame = canvas.beginPath()
            frame.rect(*clip.bounds)
            canvas.clipPath(frame, stroke=0, fill=0)
        if width:
            red, green, blue = gc.get_rgb()[:3]
            canvas.setStrokeColorRGB(red, green, blue)
            canvas.setLineWidth(width)
            canvas.setLineCap({"butt": 0, "round": 1, "projecting": 2}[gc.get_capstyle()])
            canvas.setLineJoin({"miter": 0, "round": 1, "bevel": 2}[gc.get_joinstyle()])
            offset, dashes = gc.get_dashes()
            if dashes is not None:
                canvas.setDash([float(dash) for dash in dashes], float(offset or 0))
        filled = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        if filled:
            canvas.setFillColorRGB(*(float(part) for part in rgbFace[:3]))
        canvas.drawPath(self._outline(path, transform), stroke=int(width > 0), fill=int(filled))
        canvas.restoreState()

    def _outline(self, path: Any, transform: Any) -> Any:
        drawn = self._canvas.beginPath()
        here = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False, curves=True):
            xy = [float(value) for value in points]
            if code == Outline.MOVETO:
                drawn.moveTo(*xy)
            elif code == Outline.LINETO:
                drawn.lineTo(*xy)
            elif code == Outline.CURVE3:
                # A quadratic curve as a cubic one, which is all that PDF has.
                (x0, y0), (x1, y1, x2, y2) = here, xy
                drawn.curveTo(
                    x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2, y2
                )
            elif code == Outline.CURVE4:
                drawn.curveTo(*xy)
            elif code == Outline.CLOSEPOLY:
                drawn.close()
            if code not in (Outline.CLOSEPOLY, Outline.STOP):
                here = (xy[-2], xy[-1])
        return drawn


def _weight(prop: Any) -> Weight:
    weight = prop.get_weight()
    heavy = weight in ("bold", "semibold") or (isinstance(weight, int) and weight >= 600)
    return Weight.BOLD if heavy else Weight.REGULAR
