"""The morning screen: its heading, the standing of teams, and what changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from salescli.core.periods import month_of
from salescli.core.quotas.attainment import compute_attainment, compute_clock
from salescli.core.table import Report, Table
from salescli.core.title import Title
from salescli.reports.batches import BatchLine
from salescli.reports.quota import AttainmentRow
from salescli.reports.status import Gap, Standing, StatusFacts, TeamLine, build_status_report

TODAY = date(2026, 11, 22)
MONTH = month_of(TODAY)
CLOCK = compute_clock(MONTH, TODAY)
NOTHING = Title("", "")


def row(key: str, actual: int, target: int | None) -> AttainmentRow:
    aim = None if target is None else Decimal(target)
    return AttainmentRow(key, key, "", compute_attainment(Decimal(actual), aim, CLOCK))


def standing(*lines: TeamLine, since: int | None = None) -> Standing:
    company = TeamLine(row("公司", 900, 1000), (1, 2), None if since is None else Decimal(since), None)
    return Standing(Title("回款", "Receipts"), "CNY", CLOCK, lines, company)


def report(through: date | None, *standings: Standing, changes: tuple[BatchLine, ...] = ()) -> Report:
    facts = StatusFacts(
        "华辰", "CNY", MONTH, TODAY, 2, through, (), (), NOTHING, standings, (), changes, date(2026, 11, 21)
    )
    return build_status_report(facts)


def table(found: Report, name: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.name == name)


@pytest.mark.parametrize("through", [None, date(2026, 10, 31)])
def test_a_month_without_data_is_said_to_have_none(through: date | None) -> None:
    assert report(through, standing()).title.zh == "华辰 · 2026-11 (第 22/30 天,尚无数据)"
    assert report(through, standing()).title.en == "华辰 · 2026-11 (day 22 of 30, no data yet)"


def test_a_month_with_data_is_not() -> None:
    assert report(date(2026, 11, 1), standing()).title.en == "华辰 · 2026-11 (day 22 of 30)"


def test_nothing_is_said_where_no_target_could_be_missed() -> None:
    assert report(None).title.en == "华辰 · 2026-11 (day 22 of 30)"


def test_what_the_store_holds_is_listed_only_where_no_target_tells_more() -> None:
    assert [block.name for block in report(None).blocks] == ["waiting", "data"]
    assert [block.name for block in report(None, standing()).blocks] == ["standing", "waiting"]


def test_a_team_is_ahead_or_behind_by_its_pace_and_names_its_widest_gap() -> None:
    ahead = TeamLine(row("华东", 800, 1000), (), None, None)
    behind = TeamLine(row("华南", 300, 1000), (), None, Gap("李娜", Decimal(-400)))
    bare = TeamLine(row("华北", 50, None), (), None, None)
    found = table(report(TODAY, standing(ahead, behind, bare)), "standing")
    keys = [column.key for column in found.columns]
    words = [line[keys.index("standing")] for line in found.rows]
    assert [word.en if isinstance(word, Title) else word for word in words] == ["▲ ahead", "▼ behind", None]
    assert [line[keys.index("gap_person")] for line in found.rows] == [None, "李娜", None]
    assert [line[keys.index("gap")] for line in found.rows] == [None, Decimal(-400), None]
    assert found.rows[2][keys.index("attainment")] is None, "no target is not 0 %"


def test_gains_since_yesterday_have_a_column_only_where_anything_is_known_of_before() -> None:
    assert "since" not in [column.key for column in table(report(TODAY, standing()), "standing").columns]
    found = table(report(TODAY, standing(since=70)), "standing")
    assert found.columns[-1].key == "since"
    assert found.total is not None and found.total[-1] == Decimal(70)


def test_the_newest_five_batches_are_listed_and_the_others_counted() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    lines = tuple(
        BatchLine(number, at, "li", "import", "f.xlsx", None, None, {"deal": {"new": 1}}, {})
        for number in range(9, 2, -1)
    )
    found = table(report(TODAY, standing(), changes=lines), "changes")
    assert [line[0] for line in found.rows] == ["9", "8", "7", "6", "5"]
    assert found.title is not None and found.title.en == "Since 2026-11-21 (2 more: salescli log)"
