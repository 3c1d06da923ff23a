"""How the window looks: tokens, fonts, the style sheet and painted icons."""

from roi_tool.desktop.theme.look import BOLD, MEDIUM, REGULAR, SEMIBOLD, Look, load_fonts
from roi_tool.desktop.theme.stylesheet import stylesheet

__all__ = ["BOLD", "MEDIUM", "REGULAR", "SEMIBOLD", "Look", "load_fonts", "stylesheet"]
