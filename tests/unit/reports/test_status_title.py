"""The heading of the morning screen."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.core.periods import month_of
from salescli.core.table import Column, Table
from salescli.core.title import Title
from salescli.reports.status import StatusFacts, build_status_report

STANDING = Table("attainment", (Column("team", Title("团队", "Team")),), (("华东",),))


def title(through: date | None, standing: tuple[Table, ...] = (STANDING,)) -> Title:
    today = date(2026, 11, 22)
    facts = StatusFacts("华辰", "CNY", month_of(today), today, 2, through, (), (), Title("", ""), standing, ())
    return build_status_report(facts).title


@pytest.mark.parametrize("through", [None, date(2026, 10, 31)])
def test_a_month_without_data_is_said_to_have_none(through: date | None) -> None:
    assert title(through).zh == "华辰 · 2026-11 (第 22/30 天,尚无数据)"
    assert title(through).en == "华辰 · 2026-11 (day 22 of 30, no data yet)"


def test_a_month_with_data_is_not() -> None:
    assert title(date(2026, 11, 1)).en == "华辰 · 2026-11 (day 22 of 30)"


def test_nothing_is_said_where_no_target_could_be_missed() -> None:
    assert title(None, ()).en == "华辰 · 2026-11 (day 22 of 30)"
