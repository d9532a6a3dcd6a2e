"""What a workbook of 100,000 rows costs, beside openpyxl's bare write-only mode for the same cells."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tools.benches.importing import order_lines
from tools.benches.paired import Case, Program, salescli

ROWS = 100_000
_ASKED = ("metric", "show", "order-sales", "--rows")
# The cells come from a thousand of our own rows, again and again: reading all of them would cost the other side time.
_BARE = """\
import json, sys
from datetime import date
from decimal import Decimal
from openpyxl import Workbook

kinds, rows = json.load(open(sys.argv[1], encoding="utf-8"))
typed = {"date": date.fromisoformat, "money": Decimal, "quantity": Decimal, "rate": Decimal, "count": int}
cells = [[typed.get(kind, str)(text) if text is not None else None for kind, text in zip(kinds, row)] for row in rows]
book = Workbook(write_only=True)
sheet = book.create_sheet("rows")
for number in range(int(sys.argv[2])):
    sheet.append(cells[number % len(cells)])
book.save(sys.argv[3])
"""


def cases(folder: Path) -> list[Case]:
    """The whole command, from the store to the file: start, query, lineage of each row, workbook."""
    workspace = _workspace(folder)
    sample = _sample(folder, workspace)
    ours = Program(salescli(*_ASKED, "-o", "rows.xlsx"), workspace)
    bare = Program((sys.executable, "-c", _BARE, str(sample), str(ROWS), str(folder / "bare.xlsx")), folder)
    return [Case("export: 100,000 rows to .xlsx", ours, bare, "openpyxl write-only, bare", goal=1.3, rounds=3)]


def _workspace(folder: Path) -> Path:
    """Import 100,000 order lines, once."""
    place = folder / "workspace"
    if not (place / "imported").exists():
        shutil.rmtree(place, ignore_errors=True)
        file = order_lines(folder / f"订单明细-{ROWS}.xlsx")
        subprocess.run(salescli("init", str(place)), check=True, capture_output=True)
        done = subprocess.run(salescli("import", str(file)), cwd=place, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"the order lines were not imported: {done.stderr}")
        (place / "imported").touch()
    return place


def _sample(folder: Path, workspace: Path) -> Path:
    """Keep kinds of columns and a thousand rows of what the command prints."""
    path = folder / "sample.json"
    if not path.exists():
        done = subprocess.run(salescli(*_ASKED, "-O", "json"), cwd=workspace, capture_output=True, check=True)
        table = max(json.loads(done.stdout)["blocks"], key=lambda block: len(block["rows"]))
        kinds = [column["kind"] for column in table["columns"]]
        keys = [column["key"] for column in table["columns"]]
        rows = [[row[key] for key in keys] for row in table["rows"][:1000]]
        path.write_text(json.dumps([kinds, rows], ensure_ascii=False), encoding="utf-8")
    return path
