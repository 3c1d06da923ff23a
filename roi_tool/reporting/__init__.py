"""Papers: the comparison as PDF and workbook, from one list of blocks. Must not know importing, storage or the window."""

from roi_tool.reporting.brand import Brand, read_brand
from roi_tool.reporting.writing import write_comparison_pdf, write_comparison_workbook

__all__ = ["Brand", "read_brand", "write_comparison_pdf", "write_comparison_workbook"]
