"""Quotes kept: the case file and the portable `.roiquote`. Blind to `importing` and `reporting`."""
