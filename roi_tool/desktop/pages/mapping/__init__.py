"""The page “mapping”: presenter and view."""
