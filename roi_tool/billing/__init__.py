"""The operator's billing run: a month of calls of many accounts to rated calls and invoices. Must not know disk formats.

Files in and out, and how a run is stopped and taken up again, are in `roi_tool.importing.billing_run`.
"""

from roi_tool.billing.account import Account, Repeats, Subscription
from roi_tool.billing.bill_account import BilledAccount, bill_account, billing_zone
from roi_tool.billing.carrying import carry_problems, rolling_allowances
from roi_tool.billing.control import AccountControl, ControlSheet, account_control
from roi_tool.billing.invoice import Invoice, InvoiceLine, LineKind, TaxLine
from roi_tool.billing.period import Month

__all__ = [
    "Account",
    "AccountControl",
    "BilledAccount",
    "ControlSheet",
    "Invoice",
    "InvoiceLine",
    "LineKind",
    "Month",
    "Repeats",
    "Subscription",
    "TaxLine",
    "account_control",
    "bill_account",
    "billing_zone",
    "carry_problems",
    "rolling_allowances",
]
