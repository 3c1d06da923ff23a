"""What a price is: the frozen, validated data of a tariff. Knows `money` and `problems`; no call table, no file format."""
