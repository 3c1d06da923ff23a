"""From a customer's phone bill to a signed, provable quote: one engine for the what-if, the papers and the bill."""

__version__ = "0.1.0"
