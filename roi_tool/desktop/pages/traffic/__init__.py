"""The page “traffic”: presenter and view."""
