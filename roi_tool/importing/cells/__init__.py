"""One cell to one value: dates, durations, amounts, words. Each is parsed once per distinct text."""
