"""The law of a year: whatever arrives late, nothing is lost, and nothing that was paid moves.

After each closing, for every person and plan: what was paid, and listed, with the balance carried, is what one
recomputation of all months from the facts of today comes to, in a store in which nothing was ever closed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from salescli.services.commission.closing import close_period, reopen_period, verify_run
from salescli.store.runs import closed_runs
from tests.properties.late_year import random_year
from tests.properties.year_law import close_and_check, stored


@pytest.mark.parametrize("seed", range(settings.default.max_examples // 12))
def test_nothing_is_lost_and_nothing_that_was_paid_moves(tmp_path: Path, seed: int) -> None:
    with random_year(tmp_path, seed) as year:
        context, paid = year.context, {}
        for month in range(1, 13):
            for _ in range(year.random.randint(1, 6)):
                year.something_happens(month)
            if month > 1 and year.random.random() < 0.15:
                before = context.parse_period(f"2026-{month - 1:02}")
                reopen_period(context, before, "again")
                close_period(context, before)
                paid = stored(context)
            paid = close_and_check(year, month, paid)
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
