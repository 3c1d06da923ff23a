"""What a price is: the frozen, validated data of a tariff. Knows `money` and `problems`; never a call table or a file format."""
