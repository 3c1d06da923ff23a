"""Papers: a comparison, a customer's traffic, an invoice. Must not know importing, storage or the window."""

from roi_tool.reporting.brand import Brand, read_brand
from roi_tool.reporting.invoicing import Numbers
from roi_tool.reporting.trunk_analysis import TrafficSubject
from roi_tool.reporting.writing import (
    write_comparison_pdf,
    write_comparison_workbook,
    write_invoice_pdf,
    write_traffic_pdf,
    write_traffic_workbook,
)

__all__ = [
    "Brand",
    "Numbers",
    "TrafficSubject",
    "read_brand",
    "write_comparison_pdf",
    "write_comparison_workbook",
    "write_invoice_pdf",
    "write_traffic_pdf",
    "write_traffic_workbook",
]
