"""What a call is and what a bill is: the call table and its schema, numbers in E.164, the bill as it was read.

Knows `money` and `problems`; never a price to be charged, a file format or a screen.
"""

from roi_tool.cdr.bill import (
    Answered,
    Bill,
    Charge,
    ChargeKind,
    FileReading,
    Question,
    Reconciliation,
    ReconciliationLine,
    Rejected,
)
from roi_tool.cdr.schema import (
    CALL_COLUMNS,
    CalledClass,
    CallTable,
    Direction,
    check_calls,
    concatenate_calls,
    empty_calls,
    make_calls,
)

__all__ = [
    "CALL_COLUMNS",
    "Answered",
    "Bill",
    "CallTable",
    "CalledClass",
    "Charge",
    "ChargeKind",
    "Direction",
    "FileReading",
    "Question",
    "Reconciliation",
    "ReconciliationLine",
    "Rejected",
    "check_calls",
    "concatenate_calls",
    "empty_calls",
    "make_calls",
]
