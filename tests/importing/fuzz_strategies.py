"""Files that Hypothesis builds: titles that a bill or a deck may have above cells that it may hold, delimited or marked up."""

from __future__ import annotations

from hypothesis import strategies as st

TITLES = st.sampled_from(
    ["Date", "Time", "Date/Time", "Number", "Called", "From", "Duration", "Minutes", "Seconds", "Cost", "Charge (£)", "VAT",
     "Prefix", "Destination", "Rate", "Effective", "Type", "Direction", "费用", "Dauer", "Datum", "Prix", "Total", "", "Cost"]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", "13/05/2026", "05/13/26", "2026-05-13 10:00:00", "10:00", "0:07", "01m06s", "5分32秒", "1 Min", "020 7946 0018",
         "0207946001", "+447700900123", "447", "07700 900***", "1.41555E+10", "£1.20", "1,20", "(1,00)", "-0.5", "1e9",
         "0.0123", "VAT", '"', "--", "Total", "Subtotal", "INCOMING", "60/1", "44, 45-47", "45000.5", "1778666400",
         "\x00", "\u0663", "EUR"]
    ),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.dates().map(str),
)  # fmt: skip
_ROWS = st.tuples(st.lists(TITLES, min_size=2, max_size=9), st.lists(st.lists(CELLS, max_size=10), max_size=12))


def _delimited(parts: tuple[tuple[list[str], list[list[str]]], str, str, str]) -> bytes:
    (titles, rows), delimiter, ending, encoding = parts
    return ending.join(delimiter.join(row) for row in [titles, *rows]).encode(encoding, "replace")


def _marked(parts: tuple[tuple[list[str], list[list[str]]], str]) -> bytes:
    (titles, rows), kind = parts
    row, cell = ("Row", "Cell") if kind == "Workbook" else ("tr", "td")
    table = "".join(f"<{row}>" + "".join(f"<{cell}>{text}</{cell}>" for text in line) + f"</{row}>" for line in [titles, *rows])
    return f"<{kind}>{'<Worksheet>' if kind == 'Workbook' else ''}{table}</{kind}>".encode("utf-8", "replace")


_BYTES = st.tuples(
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"<html>", b"<a>",
                     b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1"]),
    st.binary(max_size=400),
).map(b"".join)  # fmt: skip

INPUTS = st.one_of(
    st.tuples(_ROWS, st.sampled_from([",", ";", "\t", "|", ":", "  "]), st.sampled_from(["\n", "\r\n", "\r"]),
              st.sampled_from(["utf-8", "utf-16", "cp1252", "gb18030"])).map(_delimited),
    st.tuples(_ROWS, st.sampled_from(["table", "Workbook", "html"])).map(_marked),
    _BYTES,
)  # fmt: skip
