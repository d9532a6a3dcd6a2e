"""The law of late facts over a store: whatever arrives when, what closed months posted adds up to a recomputation."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from salescli.store.runs import closed_runs, fetch_results
from tests.unit.store_support import load

PLAN = """format: 1
plan: small
title: {zh: 小方案, en: Small plan}
for: {people: [甲, 乙]}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: quarter
    tier_by: amount
    apply: %s
    tiers:
      - from 0: 3%%
      - from 10,000: 5%%
    refunds: recompute
payout: {below_zero: carry, round_to: 0.01}
"""
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
amounts = st.integers(1, 2_000_000).map(lambda cents: Decimal(cents) / 100)
receipts = st.lists(
    st.tuples(st.sampled_from(["甲", "乙"]), st.integers(1, 4), amounts, st.integers(1, 4)), min_size=1, max_size=12
)


def arrive(context: Context, rows: list, month: int, undone: dict[int, int]) -> None:
    """Import what becomes known in a month, and the refunds that happen in it."""
    known = [
        {"number": f"R{place}", "date": f"2026-{paid:02}-10", "amount": str(amount), "owner": person}
        for place, (person, paid, amount, arrives) in enumerate(rows)
        if max(paid, arrives) == month
    ]
    if known:
        load(context.store, "receipt", known, feed=f"receipts-{month}")
    back = [
        {"number": f"T{place}", "date": f"2026-{month:02}-20", "amount": str(rows[place][2]), "receipt": f"R{place}"}
        for place, refunded in undone.items()
        if max(refunded, *rows[place][1:4:2]) == month
    ]
    if back:
        load(context.store, "refund", back, feed=f"refunds-{month}")


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    receipts,
    st.dictionaries(st.integers(0, 3), st.integers(1, 4), max_size=3),
    st.sampled_from(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"]),
)
def test_what_is_posted_adds_up_to_a_recomputation(rows, undone, apply):
    undone = {place: month for place, month in undone.items() if place < len(rows)}
    posted: dict[str, Decimal] = {}
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder), "test", "CNY", "zh")
        (workspace.config / "plans" / "small.yaml").write_text(PLAN % apply, encoding="utf-8")
        with open_context(workspace, today=date(2026, 5, 1), create=True) as context:
            load(context.store, "person", [{"name": "甲"}, {"name": "乙"}])
            open_month(context, context.parse_period(MONTHS[0]), None)
            for month, label in enumerate(MONTHS, 1):
                arrive(context, rows, month, undone)
                run = close_period(context, context.parse_period(label))
                for item, text in fetch_results(context.store, run.id).items():
                    said = json.loads(text)
                    posted[item] = posted.get(item, Decimal(0)) + Decimal(said["payable"])
                    if month == len(MONTHS):
                        posted[item] += Decimal(said["carried_out"])
            assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
            expected = everything(context)
    assert posted == expected


def everything(context: Context) -> dict[str, Decimal]:
    """Compute all months in one run from the facts of today, as if none was closed; the opening makes all count."""
    with context.store.transaction():
        context.store.db.execute(
            "DELETE FROM run_event WHERE event = 'closed' AND run IN (SELECT id FROM run WHERE kind = 'commission')"
        )
    done = compute_period(context, context.parse_period(MONTHS[-1]))
    return {one.item: one.result.earned for one in done.computed}
