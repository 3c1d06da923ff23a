"""Chart specifications painted with QPainter."""
