"""The law of a year in which files and the calendar change too: they move nothing closed, until months are restated.

Then, for every person and plan, what was paid with what is carried is what one recomputation of all months comes to.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from salescli.services.commission.closing import verify_run
from salescli.store.runs import closed_runs
from tests.properties.edited_year import Edits, dressed, what_earlier_months_post
from tests.properties.late_year import random_year
from tests.properties.year_law import close_and_check

MONTHS = 5


@pytest.mark.parametrize("seed", range(max(3, settings.default.max_examples // 25)))
def test_files_move_nothing_closed_until_it_is_restated(tmp_path: Path, seed: int) -> None:
    with random_year(tmp_path, seed, dressed) as year:
        context, edits, paid = year.context, Edits(year), {}
        for month in range(1, MONTHS + 1):
            for _ in range(year.random.randint(2, 6)):
                edits.something_happens(month)
            before = what_earlier_months_post(year, month)
            for _ in range(year.random.randint(0, 2)):
                year.random.choice([edits.edit_plan, edits.mark_day])()
            assert what_earlier_months_post(year, month) == before, (month, year.told)
            edits.restate_all()
            paid = close_and_check(year, month, paid)
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
