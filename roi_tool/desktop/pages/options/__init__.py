"""The page “options”: presenter and view."""
