"""Write every sample bill and known_totals.json: `python sample_bills/make_samples.py [FOLDER] [--only LAYOUT ...]`.

The same bytes come out on each run. Nothing here imports roi_tool, so the known totals prove the readers independently.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from making import asterisk, bt_2003, china, france, freeswitch, germany, uk_invoice, us_csv
from making.known import Known

LAYOUTS: dict[str, Callable[[Path], list[Known]]] = {
    "uk_invoice": uk_invoice.write,
    "us_csv": us_csv.write,
    "asterisk": asterisk.write,
    "freeswitch": freeswitch.write,
    "china": china.write,
    "germany": germany.write,
    "bt_2003": bt_2003.write,
    "france": france.write,
}


def make(folder: Path, only: list[str] | None = None) -> None:
    """Write the bills of the named layouts (all, when none is named) and, for all, their known totals."""
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, object] = {}
    for name, write in LAYOUTS.items():
        if not only or name in only:
            known |= {entry.file: entry.as_json() for entry in write(folder)}
    body = {"about": "Written by make_samples.py beside the bills. Every name and number is invented.", "files": known}
    (folder / "known_totals.json").write_text(
        json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--only", nargs="*", choices=sorted(LAYOUTS), help="only these layouts (for trying out)")
    arguments = parser.parse_args()
    make(arguments.folder, arguments.only)
