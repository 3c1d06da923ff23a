"""The window: the only room that speaks Qt. Must not compute money."""
