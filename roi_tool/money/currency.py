"""Currency codes and their minor units.

Source: ISO 4217 list one (SIX Interbank Clearing, 2024-06-25): every currency has two decimals but those named here.
"""

from __future__ import annotations

_OTHER_MINOR_DIGITS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def is_currency_code(code: str) -> bool:
    """Say whether `code` has the shape of an ISO 4217 code (three capital ASCII letters)."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def minor_digits(code: str) -> int:
    """Return how many decimals an amount of this currency is printed and invoiced with.

    >>> minor_digits("GBP"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)
    """
    return _OTHER_MINOR_DIGITS.get(code, 2)
