"""What must hold after each closing of a random year: nothing is lost, and nothing that was closed moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from salescli.services.commission.closing import close_period
from salescli.services.commission.running import compute_period
from salescli.services.context import Context
from salescli.store.runs import closed_runs, fetch_results
from tests.properties.late_year import Year

ZERO = Decimal(0)
Sums = tuple[Decimal, Decimal, Decimal]
"""Earned; kept; paid and listed with the balance that is still carried."""


class Rolled(Exception):
    """Takes a transaction back."""


def posted(context: Context) -> dict[str, Sums]:
    """Add up what the closed runs have posted."""
    found: dict[str, list[Decimal]] = {}
    carried: dict[str, Decimal] = {}
    for run in closed_runs(context.store, "commission").values():
        results = fetch_results(context.store, run.id)
        assert not [item for item, amount in carried.items() if amount and item not in results], "a balance is lost"
        for item, text in results.items():
            said = json.loads(text)
            sums = found.setdefault(item, [ZERO, ZERO, ZERO])
            sums[0] += Decimal(said["earned"])
            sums[1] += Decimal(said["kept_change"])
            sums[2] += Decimal(said["payable"]) + Decimal(said.get("listed", "0"))
            carried[item] = Decimal(said["carried_out"])
    return {item: (sums[0], sums[1], sums[2] + carried[item]) for item, sums in found.items()}


def recomputed(context: Context, month: str) -> dict[str, Sums]:
    """Compute all months at once from the facts of today, as if none had ever been closed."""
    found = {}
    try:
        with context.store.transaction("as if nothing was closed"):
            runs = "SELECT id FROM run WHERE kind = 'commission'"
            context.store.db.execute(f"DELETE FROM run_event WHERE event = 'closed' AND run IN ({runs})")
            for one in compute_period(context, context.parse_period(month)).computed:
                result = one.result
                out = result.payable + result.listed + result.carried_out
                found[one.item] = (result.earned, result.kept_change, out)
            raise Rolled
    except Rolled:
        return found


def without_nothing(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    return {item: each for item, each in sums.items() if any(each)}


def stored(context: Context) -> dict[int, dict[str, str]]:
    return {run.id: fetch_results(context.store, run.id) for run in closed_runs(context.store, "commission").values()}


def close_and_check(year: Year, month: int, paid: Mapping[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    """Close a month and hold the law against it; return what is closed now. `paid` is what was closed before."""
    context, label = year.context, f"2026-{month:02}"
    close_period(context, context.parse_period(label))
    now = stored(context)
    assert {run: now[run] for run in paid} == paid, "what was closed has moved"
    assert without_nothing(posted(context)) == without_nothing(recomputed(context, label)), (month, year.told)
    return now
