"""An unknown file's layout: header row, meaning of its columns, its formats, and what remains in doubt."""
