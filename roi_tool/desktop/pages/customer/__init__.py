"""The page “customer”: presenter and view."""
