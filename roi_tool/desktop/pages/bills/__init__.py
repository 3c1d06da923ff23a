"""The page “bills”: presenter and view."""
