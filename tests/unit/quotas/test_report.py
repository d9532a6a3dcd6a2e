"""Reports of quotas: figures as given, blanks where there is no target, lines that add up."""

from datetime import date
from decimal import Decimal

from salescli.core.quotas.split import compute_split
from salescli.core.title import Title
from salescli.reports.quota import Names, build_split_report
from tests.unit.quotas.build import inputs, member, policy, team

NAMES = Names({"A": "华东"}, {"P1": "王芳"}, "zh")


def report(grain="quarter"):
    new = member("P2", role="am", start=date(2026, 4, 1), hired=date(2026, 4, 1))
    people = "split_by: equal, street_above: 5%, ramp: {am: [0%, 50%]}, ramp_gap: open"
    result = compute_split(
        policy(
            "1,200",
            people=people,
            teams="split_by: equal, street_above: 3%",
            more="levels: {base: 100%, stretch: 110%}",
        ),
        inputs(team("A", member("P1"), new), currency="CNY"),
    )
    return build_split_report(result, NAMES, Title("目标", "Targets"), grain)


def test_quarters_and_year_of_every_holder():
    table = report().blocks[0]
    assert [column.key for column in table.columns] == ["team", "key", "holder", "Q1", "Q2", "Q3", "Q4", "year"]
    assert [row[2] for row in table.rows] == ["公司", "团队", "王芳", "P2", "爬坡缺口"]
    for row in table.rows:
        assert sum(value for value in row[3:7] if value is not None) == row[7]
    assert table.rows[3][3] is None  # not in seat: blank, not zero
    assert {column.currency for column in table.columns[3:]} == {"CNY"}


def test_months_and_years_hold_the_same_figures():
    by_month, by_year = report("month").blocks[0], report("year").blocks[0]
    assert len(by_month.columns) == 16
    assert [row[-1] for row in by_month.rows] == [row[-1] for row in by_year.rows]


def test_one_table_per_level_then_bridge_and_steps():
    assert [block.name for block in report().blocks] == ["targets-base", "targets-stretch", "bridge", "steps"]


def test_the_bridge_runs_from_target_to_street():
    bridge = report().blocks[2]
    company = [row for row in bridge.rows if row[0] == "公司"]
    assert [row[1] for row in company] == ["公司目标", "团队上浮", "个人上浮", "爬坡缺口(未分配)", "个人目标合计"]
    assert sum(row[2] for row in company[:-1]) == company[-1][3]
    assert company[2][3] == Decimal("1297.80")
