"""The PDF writer: sets a paper's blocks with reportlab, charts as vectors with matplotlib. Knows nothing of cases."""
