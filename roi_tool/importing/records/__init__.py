"""Any file to records of text: opening, decoding, splitting. Must not know what a column means."""
