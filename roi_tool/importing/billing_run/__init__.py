"""The files of a billing run: accounts and calls in; rated calls, invoices, exceptions and control sheet out."""

from roi_tool.importing.billing_run.accounts_file import read_accounts
from roi_tool.importing.billing_run.control_sheet import control_document
from roi_tool.importing.billing_run.order_output import order_document, write_order
from roi_tool.importing.billing_run.run import RunRequest, run_billing

__all__ = ["RunRequest", "control_document", "order_document", "read_accounts", "run_billing", "write_order"]
