"""The invoice as a paper: what the billing run made, set in the operator's brand. It computes nothing anew."""

from roi_tool.reporting.invoicing.paper import Numbers, invoice_paper

__all__ = ["Numbers", "invoice_paper"]
