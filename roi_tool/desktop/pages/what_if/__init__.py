"""The page “what-if”: presenter and view."""
