"""Files in: bills, rate decks, tariffs and price books. Blind to `storage` and `reporting`."""
