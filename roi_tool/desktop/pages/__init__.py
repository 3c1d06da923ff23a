"""The pages of the window. Each is a folder: `presenter` (plain Python: figures → words) and `view` (Qt)."""
