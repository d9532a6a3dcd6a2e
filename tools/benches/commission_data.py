"""Workspaces for benchmarks of commission: people, seats and order lines, merged as imports do, from a fixed seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from salescli.core.records.registry import built_in
from salescli.core.records.staged import Source, Staged
from salescli.store.batches import begin_batch
from salescli.store.connection import Store, open_store
from salescli.store.merge import merge_staged
from salescli.store.schema import declaration_text

BLOCK = 100_000
SEED = 20260102
SETTINGS = "name: bench\ncurrency: CNY\nfiscal_year_start: 1\nlanguage: en\n"
ONE_COMPONENT = """\
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
_MORE = """\
  monthly:
    type: tiered
    pays_on: order-sales
    credit: own
    adds_up_over: month
    tier_by: amount
    apply: all-at-rate-reached
    refunds: recompute
    tiers:
      - from 0: 0%
      - from 300,000: 0.5%
  quarterly:
    type: tiered
    pays_on: order-sales
    credit: own
    adds_up_over: quarter
    tier_by: amount
    apply: straight-line
    beyond: flat
    refunds: recompute
    tiers:
      - at 0: 0
      - at 1,500,000: 5,000
  flat:
    type: rate
    pays_on: order-sales
    credit: own
    rate: {2026-01-01: 0.2%, 2026-07-01: 0.3%}
    refunds: recompute
  capped:
    type: rate
    pays_on: order-sales
    credit: own
    rate: 0.1%
    at_most: 4,000
    adds_up_over: quarter
    refunds: recompute
limits:
  - {at_most: 120_000, of: [orders, monthly, flat], over: year, excess: lost}
"""
FIVE_COMPONENTS = ONE_COMPONENT.replace("payout:", f"{_MORE}payout:").replace(
    "pay: monthly\n", "pay: monthly\nrates_in_force_on: receipt-date\n"
)


def build_workspace(folder: Path, lines: int, people: int, plan: str) -> Path:
    """Return a workspace with one plan and the lines in its store, which is made once for these record types."""
    declared = "".join(declaration_text(kind) for kind in built_in().types)
    digest = hashlib.sha256((declared + plan).encode()).hexdigest()[:12]
    workspace = folder / f"{lines}-{people}-{SEED}-{digest}"
    (workspace / "config" / "plans").mkdir(parents=True, exist_ok=True)
    (workspace / "salescli.yaml").write_text(SETTINGS, encoding="utf-8")
    (workspace / "config" / "plans" / "bench-2026.yaml").write_text(plan, encoding="utf-8")
    if not (workspace / "salescli.db").exists():
        unfinished = workspace / "unfinished.db"
        unfinished.unlink(missing_ok=True)
        with open_store(unfinished, create=True, base_currency="CNY") as store:
            _fill(store, lines, people)
        unfinished.rename(workspace / "salescli.db")
    return workspace


def person_key(number: int) -> str:
    """Return the number of a person."""
    return f"{number:04}"


def add_late_line(workspace: Path, person: int, day: str) -> None:
    """Merge one more line, of a day long gone."""
    line = {"order": ["LATE"], "line": ["1"], "ordered": [day], "owner": [person_key(person)], "amount": [123_456_700]}
    with open_store(workspace / "salescli.db") as store:
        _merge(store, "order-line", line)


def _fill(store: Store, lines: int, people: int) -> None:
    """Merge people, their seats and the lines as imports do, a batch each."""
    keys = [person_key(number) for number in range(people)]
    _merge(store, "person", {"number": keys, "name": [f"销售{key}" for key in keys]})
    _merge(store, "assignment", {"person": keys, "from": ["2025-01-01"] * people, "role": ["销售"] * people})
    for block in _lines(keys, lines):
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


def _lines(people: list[str], lines: int) -> Iterator[Mapping[str, Sequence[object]]]:
    """Lines of the year in random order of days, about 4.5 million of sales per person."""
    chance = random.Random(SEED)
    days = [(date(2026, 1, 1) + timedelta(days=number)).isoformat() for number in range(365)]
    for start in range(0, lines, BLOCK):
        numbers = range(start, min(start + BLOCK, lines))
        yield {
            "order": [f"SO{number // 3:07}" for number in numbers],
            "line": [str(number % 3 + 1) for number in numbers],
            "ordered": [chance.choice(days) for _ in numbers],
            "owner": [chance.choice(people) for _ in numbers],
            "amount": [chance.randint(1_000, 900_000) * 100 for _ in numbers],
        }
