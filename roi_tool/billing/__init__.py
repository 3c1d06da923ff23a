"""The operator's billing run: a month of calls of many accounts to rated calls and invoices. Must not know disk formats."""
