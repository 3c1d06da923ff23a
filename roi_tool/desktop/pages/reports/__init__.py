"""The page “reports”: presenter and view."""
