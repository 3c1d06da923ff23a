"""Papers: a comparison, a customer's traffic, as PDF and workbook. Must not know importing, storage or the window."""

from roi_tool.reporting.brand import Brand, read_brand
from roi_tool.reporting.trunk_analysis import TrafficSubject
from roi_tool.reporting.writing import (
    write_comparison_pdf,
    write_comparison_workbook,
    write_traffic_pdf,
    write_traffic_workbook,
)

__all__ = [
    "Brand",
    "TrafficSubject",
    "read_brand",
    "write_comparison_pdf",
    "write_comparison_workbook",
    "write_traffic_pdf",
    "write_traffic_workbook",
]
