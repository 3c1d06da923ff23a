"""The page “today”: presenter and view."""
