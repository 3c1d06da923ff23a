"""`shared_ids.csv`: the calls that were billed although their id stands under several accounts, with what each was charged.

They are on invoices, so they are no exceptions, and the counts close with them; but a customer may be paying another's call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from roi_tool.billing import AccountControl
from roi_tool.importing.table_writer import TableWriter
from roi_tool.money import to_nano

SHARED_FILE = "shared_ids.csv"
_RATED = ("call_id", "source_file", "source_row", "start", "caller", "called", "duration_ms", "charge")
_SCHEMA = pa.schema(
    [
        ("call_id", pa.string()),
        ("account", pa.string()),
        ("invoice", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
        ("start", pa.timestamp("ms", tz="UTC")),
        ("caller", pa.string()),
        ("called", pa.string()),
        ("duration_ms", pa.int64()),
        ("charge", pa.decimal128(24, 9)),
        ("currency", pa.string()),
    ]
)


def write_shared_calls(
    path: Path, ids: Sequence[str], accounts: Iterable[tuple[Path, AccountControl]]
) -> tuple[tuple[str, int], ...]:
    """Write the billed calls of some ids, sorted by id.

    Args:
        path: of the file; nothing is written where there are no ids.
        ids: that stand under several accounts.
        accounts: files of rated calls, with the account's share of the control sheet.

    Returns:
        What these calls were charged, without tax, by currency (nano units).
    """
    if not ids:
        return ()
    charged: Counter[str] = Counter()
    found = []
    for file, control in accounts:
        calls = _billed_calls(file, ids)
        charged[control.currency] += sum(to_nano(charge) for charge in calls["charge"].to_pylist())
        own = {"account": control.account, "invoice": control.invoice, "currency": control.currency}
        for name, value in own.items():
            calls = calls.append_column(name, pa.array([value] * len(calls), pa.string()))
        found.append(calls.rename_columns({"source_file": "file", "source_row": "row"}).select(_SCHEMA.names).cast(_SCHEMA))
    making = path.with_name(f".{path.name}")
    with TableWriter(making) as writer:
        writer.write(pa.concat_tables(found).sort_by([("call_id", "ascending")]))
    making.replace(path)
    return tuple(sorted(charged.items()))


def _billed_calls(file: Path, ids: Sequence[str]) -> pa.Table:
    if file.suffix == ".parquet":
        table = pq.read_table(file)
    else:
        types = {**dict.fromkeys(("call_id", "caller", "called", "reason"), pa.string()), "charge": pa.decimal128(24, 9)}
        table = pyarrow.csv.read_csv(file, convert_options=pyarrow.csv.ConvertOptions(column_types=types))
    # An id that a spreadsheet would run stands in a CSV with an apostrophe before it.
    mine = pc.is_in(table["call_id"], value_set=pa.array([*ids, *(f"'{one}" for one in ids)], pa.string()))
    return table.filter(pc.and_(mine, pc.equal(table["reason"], ""))).select(list(_RATED))
