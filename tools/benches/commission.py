"""What a commission run over a million order lines costs, beside one SQLite window query of the same sums."""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from salescli.core.records.registry import built_in
from salescli.core.records.staged import Source, Staged
from salescli.store.batches import begin_batch
from salescli.store.connection import Store, open_store
from salescli.store.merge import merge_staged
from salescli.store.schema import declaration_text
from tools.benches.paired import Case, Program, salescli

LINES = 1_000_000
PEOPLE = 1_000
BLOCK = 100_000
SEED = 20260102
_SETTINGS = "name: bench\ncurrency: CNY\nfiscal_year_start: 1\nlanguage: en\n"
_PLAN = """\
format: 1
plan: bench-2026
title: {zh: 基准方案, en: Bench plan}
for: {role: 销售}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  orders:
    title: {zh: 订单提成, en: Commission on orders}
    type: tiered
    pays_on: order-sales
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    refunds: recompute
    tiers:
      - from 0: 1%
      - from 1,000,000: 2%
      - from 3,000,000: 3%
payout: {below_zero: carry, round_to: 0.01}
"""
# The running sum of each person cut into slices, line by line, in ten-thousandths; rates in hundredths.
_QUERY = """\
import sqlite3, sys

QUERY = '''
WITH line AS (
    SELECT owner_id, amount_e4, sum(amount_e4) OVER (PARTITION BY owner_id ORDER BY ordered, id) AS reached
    FROM order_line WHERE until_batch IS NULL AND ordered >= '2026-01-01' AND ordered < '2027-01-01'
)
SELECT owner_id, sum(amount_e4), sum(
    1 * (min(reached, 10000000000) - min(reached - amount_e4, 10000000000))
    + 2 * (min(max(reached, 10000000000), 30000000000) - min(max(reached - amount_e4, 10000000000), 30000000000))
    + 3 * (max(reached, 30000000000) - max(reached - amount_e4, 30000000000))
) FROM line GROUP BY owner_id
'''
db = sqlite3.connect(sys.argv[1])
db.execute('PRAGMA cache_size = -65536')
assert len(db.execute(QUERY).fetchall()) == int(sys.argv[2])
"""


def cases(folder: Path) -> list[Case]:
    """`salescli commission run 2026-12` for a thousand people on one tiered plan of the year."""
    workspace = _workspace(folder)
    ours = Program(salescli("commission", "run", "2026-12"), folder / "workspace", template=workspace)
    other = Program((sys.executable, "-c", _QUERY, str(workspace / "salescli.db"), str(PEOPLE)), folder)
    name = "one SQLite window query"
    return [Case("commission: 1,000,000 lines", ours, other, name, goal=1.5, rounds=5, memory_goal=500_000_000)]


def _workspace(folder: Path) -> Path:
    """Return a workspace with the lines in its store, which is made once for these record types."""
    declared = "".join(declaration_text(kind) for kind in built_in().types)
    workspace = folder / f"{LINES}-{SEED}-{hashlib.sha256(declared.encode()).hexdigest()[:12]}"
    (workspace / "config" / "plans").mkdir(parents=True, exist_ok=True)
    (workspace / "salescli.yaml").write_text(_SETTINGS, encoding="utf-8")
    (workspace / "config" / "plans" / "bench-2026.yaml").write_text(_PLAN, encoding="utf-8")
    if not (workspace / "salescli.db").exists():
        unfinished = workspace / "unfinished.db"
        unfinished.unlink(missing_ok=True)
        with open_store(unfinished, create=True, base_currency="CNY") as store:
            _fill(store)
        unfinished.rename(workspace / "salescli.db")
    return workspace


def _fill(store: Store) -> None:
    """Merge people, their seats and the lines as imports do, a batch each."""
    people = [f"{number:04}" for number in range(PEOPLE)]
    count = len(people)
    _merge(store, "person", {"number": people, "name": [f"销售{number}" for number in people]})
    _merge(store, "assignment", {"person": people, "from": ["2025-01-01"] * count, "role": ["销售"] * count})
    for block in _lines(people):
        _merge(store, "order-line", block)


def _merge(store: Store, type_name: str, columns: Mapping[str, Sequence[object]]) -> None:
    count = len(next(iter(columns.values())))
    letters = {name: chr(ord("A") + place) for place, name in enumerate(columns)}
    source = Source(f"{type_name}.xlsx", "", "Sheet1", type_name, letters)
    staged = Staged(
        store.registry[type_name],
        source,
        list(range(2, count + 2)),
        {name: list(column) for name, column in columns.items()},
    )
    with store.transaction():
        merge_staged(store, begin_batch(store, "import", type_name), staged)


def _lines(people: list[str]) -> Iterator[Mapping[str, Sequence[object]]]:
    """Lines of the year in random order of days, about 4.5 million of sales per person."""
    chance = random.Random(SEED)
    days = [(date(2026, 1, 1) + timedelta(days=number)).isoformat() for number in range(365)]
    for start in range(0, LINES, BLOCK):
        numbers = range(start, start + BLOCK)
        yield {
            "order": [f"SO{number // 3:07}" for number in numbers],
            "line": [str(number % 3 + 1) for number in numbers],
            "ordered": [chance.choice(days) for _ in numbers],
            "owner": [chance.choice(people) for _ in numbers],
            "amount": [chance.randint(1_000, 900_000) * 100 for _ in numbers],
        }
