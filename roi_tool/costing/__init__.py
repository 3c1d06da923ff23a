"""Drivers to cost lines to cash flows to returns. Must not know disk formats, catalogues or screens."""

from roi_tool.costing.line import Confidence, CostCategory, CostLine, Evidence

__all__ = ["Confidence", "CostCategory", "CostLine", "Evidence"]
