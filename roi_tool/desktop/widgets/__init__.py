"""The window's own widgets, painted in the theme; none of them knows a page."""
