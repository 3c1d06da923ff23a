"""What the operator sells: products, offers, tariffs and their dates, as frozen validated data. Must not know disk formats."""
