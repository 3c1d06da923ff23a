"""The page “home”: presenter and view."""
