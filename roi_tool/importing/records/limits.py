"""How much of a file is taken in before it is refused: a bill is never this large, an attack is."""

MAX_FILE_BYTES = 2 << 30
"""Of workbooks, archives and PDFs, which are read whole."""
MAX_TEXT_BYTES = 64 << 30
"""Texts are read part by part: their length costs time and room on the disk, not memory."""
MAX_UNPACKED_BYTES = 2 << 30
MAX_UNPACK_RATIO = 200
"""Unpacked over packed bytes of one archive; real CDR text packs about 20 to 1."""
MAX_ARCHIVE_MEMBERS = 2000
MAX_COLUMNS = 400
"""Cisco CUCM writes about 130 columns, the widest known."""
MAX_FIELD_CHARACTERS = 4096
"""What is longer is no cell of a bill and is cut."""
MAX_MARKUP_CHARACTERS = 40 << 20
"""A tree of its elements takes about twenty times as much."""
MAX_PDF_BYTES = 40 << 20
MAX_PDF_PAGES = 1000
"""A page takes about a tenth of a second; longer bills are to be had as CSV."""
MAX_SHEET_CELLS = 26 << 20
"""Every row that a sheet can have, in columns A to Z: laid out they take about 850 MB."""
MAX_SHEET_COLUMNS = 16_384
"""No spreadsheet program writes more."""
MAX_WORKBOOK_CELLS = 4 * MAX_SHEET_CELLS
"""Of all its sheets together, empty ones between filled ones included: they take some ten seconds."""
MAX_HELD_SHEET_CELLS = 13 << 20
"""Of all sheets together in formats whose sheets the workbook reader holds at once and twice (XLS, ODS)."""
