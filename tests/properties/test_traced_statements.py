"""Every line of every statement names the row that holds its amount, or the batch that set it, after any history."""

from __future__ import annotations

import csv
import re
import tempfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from salescli.core.table import Table
from salescli.errors import SalesCliError
from salescli.services.batches import undo
from salescli.services.commission.running import run_commission
from salescli.services.commission.statements import show_statement
from salescli.services.context import Context
from salescli.services.record.editing import add_record, edit
from salescli.store.batches import fetch_batches, in_force
from tests.unit.services.crediting import crediting
from tests.unit.services.importing import give, records

RATE = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    refunds: recompute
"""
WHOLE = ("回款单号", "日期", "金额", "业务员", "备注")
NOTES = ("回款单号", "备注")
MONTHS = ("2026-01", "2026-02")
numbers = st.sampled_from(["R1", "R2", "R3"])
row = st.tuples(numbers, st.sampled_from(["2026-01-05", "2026-02-03"]), st.integers(1, 9), st.sampled_from(["", "x"]))
rows = st.lists(row, min_size=1, max_size=3, unique_by=lambda one: one[0])
notes = st.lists(st.tuples(numbers, st.sampled_from(["a", "b"])), min_size=1, max_size=3, unique_by=lambda one: one[0])
step = st.one_of(
    st.tuples(st.just("import"), rows),
    st.tuples(st.just("notes"), notes),
    st.tuples(st.just("edit"), numbers, st.sampled_from(["amount=11", "amount=12", "note=z"])),
    st.tuples(st.just("add"), st.sampled_from(["R3", "R4"]), st.integers(20, 21)),
    st.tuples(st.just("undo"), st.integers(0, 12)),
    st.tuples(st.just("undo"), st.integers(0, 12)),
)
histories = st.lists(step, min_size=1, max_size=8)
FIRST: Any = ("import", [("R1", "2026-01-05", 7, ""), ("R2", "2026-02-03", 8, "x")])


@settings(max_examples=max(20, settings.default.max_examples // 4), deadline=None)
@example([("undo", 0), ("undo", 0)])
@example([("edit", "R1", "amount=11"), ("undo", 0), ("undo", 0)])
@example([("notes", [("R1", "a")]), ("edit", "R1", "note=z"), ("add", "R4", 20)])
@given(histories)
def test_every_line_names_its_row_or_the_batch_that_set_it(steps):
    with tempfile.TemporaryDirectory() as folder, crediting(Path(folder) / "ws", RATE) as context:
        begun = len(fetch_batches(context.store))
        for place, one in enumerate([FIRST, *steps]):
            with suppress(SalesCliError):
                play(context, one, place, begun)
        owned = {key: image for key, image in records(context).items() if image["owner"] is not None}
        stands = {key: Decimal(image["amount"]) / 10_000 for key, image in owned.items()}
        said = dict(lines(context))
        assert {key: amount for key, (amount, _) in said.items()} == stands
        for key, (amount, source) in said.items():
            check(context, key, amount, source)


def play(context: Context, one: Any, place: int, begun: int) -> None:
    what, first, *more = one
    if what == "import":
        give(context, f"{place}.csv", [(n, day, amount, "王芳", note) for n, day, amount, note in first], WHOLE)
    elif what == "notes":
        give(context, f"{place}.csv", first, NOTES)
    elif what == "edit":
        edit(context, "receipt", first, more)
    elif what == "add":
        add_record(context, "receipt", [f"number={first}", "date=2026-02-04", f"amount={more[0]}", "owner=王芳"])
    else:
        live = sorted(number for number in in_force(context.store) if number > begun)
        if live:
            undo(context, live[-1 - first % len(live)])


def lines(context: Context) -> Any:
    """Yield (transaction, (amount, source)) of the statements of all months."""
    for month in MONTHS:
        period = context.parse_period(month)
        run_commission(context, period)
        report = show_statement(replace(context, language="zh"), period, "王芳").report
        for table in report.blocks:
            if isinstance(table, Table) and table.name == "sales":
                yield from ((line[0], (line[4], line[9])) for line in table.rows if line[4] is not None)


def check(context: Context, key: str, amount: Decimal, source: str) -> None:
    """Hold a line's source against the file, or the batch, that it names."""
    read, number = re.fullmatch(r"([^#]*?)(?: · )?(?:#(\d+))?", source).groups()
    assert read or number, (key, "has no source")
    if read:
        file, at = read.rsplit("!", 1)
        with (context.workspace.folder / file).open(encoding="utf-8", newline="") as text:
            cells = list(csv.reader(text))[int(at) - 1]
        assert cells[0] == key
        assert number or Decimal(cells[2]) == amount
    if number:
        batch = next(one for one in fetch_batches(context.store) if one.id == int(number))
        assert batch.kind == "edit"
        assert batch.id in in_force(context.store)
        found = context.store.db.execute(
            "SELECT amount_e4 FROM receipt AS r JOIN entity AS e ON e.id = r.id WHERE since_batch = ? AND e.key = ?",
            (batch.id, key),
        ).fetchone()
        assert Decimal(found[0]) / 10_000 == amount
