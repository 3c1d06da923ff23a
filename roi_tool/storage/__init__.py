"""Cases and quotes on the disk: a case file to start from, a portable `.roiquote` to keep. Knows no bill layouts, no papers."""

from roi_tool.storage.case_file import BillEntry, CaseFile, DriverEntry, read_case_file
from roi_tool.storage.quote_file import QuoteContent, read_quote_file, write_quote_file

__all__ = [
    "BillEntry",
    "CaseFile",
    "DriverEntry",
    "QuoteContent",
    "read_case_file",
    "read_quote_file",
    "write_quote_file",
]
