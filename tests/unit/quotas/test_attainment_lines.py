"""Attainment from records: who is measured on which target, in the team tree, by month, by level, in any metric."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.errors import ProblemsFound, UsageError
from salescli.services.context import open_context
from salescli.services.quota.attainment import Request, build_attainment, parse_by
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

MARCH = parse_period("2026-03", FiscalCalendar())
QUARTER = parse_period("2026-Q1", FiscalCalendar())


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path, "华辰", "CNY", "en")
    with open_context(place, today=date(2026, 4, 8), create=True, language="en") as opened:
        people = [("P1", "王芳"), ("P2", "赵磊"), ("P3", "吴敏"), ("P4", "李娜"), ("P9", "陈总")]
        load(opened.store, "person", [{"number": key, "name": name} for key, name in people])
        teams = [{"number": "T0", "name": "销售中心", "manager": "P9"}]
        teams += [{"number": "T1", "name": "一部", "parent": "T0", "manager": "P3"}]
        teams += [{"number": "T2", "name": "二部", "parent": "T0"}]
        load(opened.store, "team", teams)
        seats = [("P1", "T1"), ("P2", "T1"), ("P3", "T1"), ("P4", "T2"), ("P9", "T0")]
        rows = [{"person": person, "team": team, "from": "2025-01-01"} for person, team in seats]
        load(opened.store, "assignment", rows)
        yield opened


def targets(context, *rows, metric="receipts"):
    load(context.store, "target", [{"metric": metric, "month": "2026-03", **row} for row in rows])


def receipts(context, *rows):
    found = [
        {"number": f"R{place}", "date": day, "owner": owner, "amount": amount}
        for place, (day, owner, amount) in enumerate(rows)
    ]
    load(context.store, "receipt", found)


def lines(context, period=MARCH, **asked):
    """The lines of the first table by name, with the month where there is one; the company is `Company`."""
    table = build_attainment(context, period, Request(**asked)).blocks[0]
    keys = [column.key for column in table.columns]
    found = {}
    for row in (*table.rows, *([table.total] if table.total else [])):
        cells = dict(zip(keys, row, strict=True))
        found[(cells["name"], cells["month"]) if cells.get("month") else cells["name"]] = cells
    return found


SOLD = (("2026-03-05", "P1", 30), ("2026-03-05", "P2", 10), ("2026-03-06", "P3", 5), ("2026-03-31", "P4", 20))


def test_a_quantity_in_halves_counts_with_its_share(context):
    """Quantity 20 split 50/50 against 50: 10 and −40. 5 at 100 % and 10 at 50 %: 10, not 15."""
    targets(context, {"person": "P1", "amount": 50}, {"person": "P2", "amount": 50}, metric="order-quantity")
    numbers = [{"number": f"C{place}", "owner": "P1"} for place in (1, 2, 3)]
    load(context.store, "contract", numbers)
    halves = [{"contract": "C1", "person": person, "share": "50%"} for person in ("P1", "P2")]
    load(context.store, "credit-split", halves)
    order = {"order": "O1", "ordered": "2026-03-05", "amount": 1}
    load(context.store, "order-line", [{**order, "line": "1", "contract": "C1", "quantity": 20}])
    found = lines(context, by="person")
    for name in ("王芳", "赵磊"):
        assert (found[name]["actual"], found[name]["target"]) == (Decimal(10), Decimal(50))
        assert found[name]["variance"] == Decimal(-40)
    whole = {**order, "order": "O2", "ordered": "2026-02-05"}
    load(context.store, "order-line", [{**whole, "line": "1", "contract": "C2", "quantity": 5},
                                       {**whole, "line": "2", "contract": "C1", "quantity": 10}])  # fmt: skip
    targets(context, {"person": "P1", "amount": 50, "month": "2026-02"}, metric="order-quantity")
    february = parse_period("2026-02", FiscalCalendar())
    assert lines(context, february, by="person")["王芳"]["actual"] == Decimal(10)


def test_a_team_above_has_all_below_and_their_targets(context):
    targets(context, {"team": "T1", "amount": 100}, {"team": "T2", "amount": 50}, {"amount": 140})
    receipts(context, *SOLD)
    found = lines(context)
    assert [(name, cells["depth"]) for name, cells in found.items()][:3] == [("销售中心", 1), ("一部", 2), ("二部", 2)]
    assert (found["销售中心"]["actual"], found["销售中心"]["target"]) == (Decimal(65), Decimal(150))
    assert (found["一部"]["actual"], found["二部"]["actual"]) == (Decimal(45), Decimal(20))
    assert (found["Company"]["actual"], found["Company"]["target"]) == (Decimal(65), Decimal(140))
    footer = " ".join(line.en for line in build_attainment(context, MARCH, Request()).footer)
    assert "those below added up" in footer
    targets(context, {"team": "T0", "amount": 160})
    assert lines(context)["销售中心"]["target"] == Decimal(160)  # its own record, where it has one


def test_targets_of_some_teams_below_are_no_target_of_all(context):
    targets(context, {"team": "T1", "amount": 100})
    receipts(context, *SOLD)
    assert lines(context)["销售中心"]["target"] is None


def test_whoever_leads_a_team_is_measured_on_it(context):
    targets(context, {"team": "T1", "amount": 100}, {"team": "T2", "amount": 50}, {"person": "P1", "amount": 40})
    receipts(context, *SOLD)
    found = lines(context, by="person")
    assert (found["吴敏"]["actual"], found["吴敏"]["target"]) == (Decimal(45), Decimal(100))
    assert found["吴敏"]["measured_on"].en == "team 一部"
    assert (found["陈总"]["actual"], found["陈总"]["target"]) == (Decimal(65), Decimal(150))
    assert found["王芳"]["measured_on"].en == "own"
    assert found["赵磊"]["target"] is None
    targets(context, {"person": "P3", "amount": 7})
    own = lines(context, by="person")["吴敏"]
    assert (own["actual"], own["target"]) == (Decimal(5), Decimal(7))  # a quota of one's own comes first


def test_by_month_every_line_adds_up_to_the_period(context):
    months = ("2026-01", "2026-02", "2026-03")
    targets(context, *({"team": "T1", "amount": 100, "month": month} for month in months),
            *({"amount": 110, "month": month} for month in months))  # fmt: skip
    receipts(context, ("2026-01-05", "P1", 80), ("2026-03-31", "P1", 30), ("2026-03-31", "P4", 5))
    found = lines(context, QUARTER, is_by_month=True)
    actuals = [found["一部", month]["actual"] for month in months]
    assert actuals == [Decimal(80), Decimal(0), Decimal(30)]
    assert found["一部", "2026-02"]["variance_rate"].exact() == -1
    assert sum(actuals) == lines(context, QUARTER)["一部"]["actual"]
    company = lines(context, QUARTER, by="company", is_by_month=True)
    assert [company["Company", month]["target"] for month in months] == [Decimal(110)] * 3
    assert lines(context, QUARTER)["一部"]["trend"] == (Decimal(80), 0, Decimal(30))


def test_other_levels_stand_beside_the_base(context):
    levels = (("base", 40), ("stretch", 60), ("challenge", 80))
    targets(context, *({"team": "T1", "amount": amount, "level": level} for level, amount in levels))
    receipts(context, ("2026-03-31", "P1", 66))
    found = lines(context)["一部"]
    assert found["attainment"].exact() == Fraction(66, 40)
    assert (found["attainment_stretch"].exact(), found["attainment_challenge"].exact()) == (
        Fraction(66, 60),
        Fraction(66, 80),
    )
    assert found["reached"].en == "Stretch"
    alone = lines(context, level="challenge")["一部"]
    assert (alone["target"], "attainment_stretch" in alone) == (Decimal(80), False)


def test_every_metric_with_targets_is_shown(context):
    targets(context, {"team": "T1", "amount": 40})
    targets(context, {"team": "T1", "amount": 3}, metric="contracts-signed")
    receipts(context, *SOLD)
    blocks = build_attainment(context, MARCH, Request()).blocks
    assert [block.name for block in blocks] == ["attainment-contracts-signed", "attainment-receipts"]
    with pytest.raises(UsageError) as none:
        build_attainment(context, MARCH, Request(metric="bookings"))
    assert none.value.problems[0].name == "no-targets-of-metric"
    with pytest.raises(UsageError) as level:
        build_attainment(context, MARCH, Request(level="stretch"))
    assert level.value.problems[0].name == "no-targets-of-level"
    targets(context, {"team": "T1", "amount": 3}, metric="no-such")
    assert len(build_attainment(context, MARCH, Request()).blocks) == 2
    with pytest.raises(ProblemsFound) as unknown:
        build_attainment(context, MARCH, Request(metric="no-such"))
    assert unknown.value.problems[0].name == "unknown-metric"


def test_a_rate_is_never_summed(context):
    months = (("2026-01", "0.30"), ("2026-02", "0.50"))
    targets(context, *({"team": "T1", "amount": amount, "month": month} for month, amount in months), metric="win-rate")
    targets(context, {"team": "T2", "amount": "0.4", "month": "2026-01"},
            {"team": "T2", "amount": "0.4", "month": "2026-02"}, metric="win-rate")  # fmt: skip
    deals = [("2026-01-05", "won")] + [("2026-01-06", "lost")] * 2 + [("2026-02-03", "won")]
    rows = [
        {"number": f"D{place}", "name": "x", "closed": day, "created": day, "stage": stage, "owner": owner}
        for place, (day, stage, owner) in enumerate([(*deal, owner) for deal in deals for owner in ("P1", "P4")])
    ]
    load(context.store, "deal", rows)
    found = lines(context, QUARTER)
    first, second = found["一部"], found["二部"]
    assert first["actual"].exact() == Fraction(1, 2)
    assert first["target"] == Decimal("0.35")  # 3 cases at 30 %, 1 at 50 %
    assert first["variance"] == Decimal("0.15")
    assert second["target"] == Decimal("0.4")
    assert {first[key] for key in ("to_go", "required", "projected", "pace")} == {None}
    assert found["销售中心"]["target"] is None
    assert found["销售中心"]["actual"].exact() == Fraction(1, 2)


def test_data_that_begins_inside_the_period_is_no_miss(context):
    targets(context, *({"team": "T1", "amount": 100, "month": f"2026-0{month}"} for month in (1, 2, 3)))
    receipts(context, ("2026-03-02", "P1", 90), ("2026-04-01", "P1", 1))
    report = build_attainment(context, QUARTER, Request())
    assert report.title.en.endswith("(data from 2026-03-02)")
    assert lines(context, QUARTER)["一部"]["word"].en == "● data incomplete"
    assert lines(context)["一部"]["word"].en == "▼ missed"
    months = lines(context, QUARTER, is_by_month=True)
    assert (months["一部", "2026-01"]["word"].en, months["一部", "2026-01"]["actual"]) == ("● no data", None)
    assert months["一部", "2026-03"]["actual"] == Decimal(90)


def test_the_trace_adds_up(context):
    load(context.store, "contract", [{"number": "C1", "owner": "P1"}])
    shares = [{"contract": "C1", "person": person, "share": "50%"} for person in ("P1", "P4")]
    load(context.store, "credit-split", shares)
    targets(context, {"team": "T1", "amount": 100}, {"amount": 140, "currency": "CNY"},
            {"team": "T1", "amount": 120, "effective_from": "2026-02", "note": "new shop"})  # fmt: skip
    receipts(context, *SOLD)
    load(context.store, "receipt", [{"number": "X", "date": "2026-03-09", "contract": "C1", "amount": 8},
                                    {"number": "U", "date": "2026-03-09", "owner": "P1", "amount": 8,
                                     "currency": "USD"}])  # fmt: skip
    report = build_attainment(context, MARCH, Request(with_rows=True, with_explanation=True))
    table, rows, held, how = report.blocks
    keys = [column.key for column in rows.columns]
    credits = [row[keys.index("credit")] for row in rows.rows]
    company = dict(zip([column.key for column in table.columns], table.total, strict=True))
    assert sum(credits) == company["actual"] == rows.total[keys.index("credit")] == Decimal(73)
    keys = [column.key for column in held.columns]
    found = [dict(zip(keys, row, strict=True)) for row in held.rows]
    assert [(line["holder"], line["amount"], line["since"], line["note"]) for line in found] == [
        ("Company", Decimal(140), None, ""),
        ("Team", Decimal(120), "2026-02", "new shop"),
    ]
    assert all(line["source"].startswith("f.xlsx!Sheet1!") and line["batch"] for line in found)
    assert how.lines[0].value == company["attainment"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("team", ("team", False)),
        ("team,month", ("team", True)),
        ("month", ("company", True)),
        ("team, person", ("person", False)),
        ("person、month", ("person", True)),
    ],
)
def test_lines_by_whom_and_month(text, found):
    assert parse_by(text) == found


@pytest.mark.parametrize("text", ["shoe", "team,shoe", "", ","])
def test_by_something_else(text):
    with pytest.raises(UsageError):
        parse_by(text)


def credits_of(report):
    rows = report.blocks[1]
    keys = [column.key for column in rows.columns]
    return sum(row[keys.index("credit")] for row in rows.rows)


def test_one_person_or_team_alone_with_the_records_behind(context):
    targets(context, {"team": "T1", "amount": 100}, {"team": "T2", "amount": 50}, {"person": "P1", "amount": 40})
    receipts(context, *SOLD)
    alone = build_attainment(context, MARCH, Request(person="王芳", with_rows=True))
    assert [row[0] for row in alone.blocks[0].rows] == ["王芳"]
    assert alone.blocks[0].total is None
    assert credits_of(alone) == Decimal(30)
    assert [row[1] for row in alone.blocks[2].rows] == ["王芳"]
    leader = build_attainment(context, MARCH, Request(person="P3", with_rows=True))
    assert credits_of(leader) == Decimal(45)  # what the team has: that is the figure shown
    whole = build_attainment(context, MARCH, Request(team="销售中心", with_rows=True))
    assert len(whole.blocks[0].rows) == 3
    assert credits_of(whole) == Decimal(65)
    team = build_attainment(context, MARCH, Request(by="person", team="T2"))
    assert [row[0] for row in team.blocks[0].rows] == ["李娜"]  # who sits there and sold, though without a target
    with pytest.raises(UsageError) as none:
        build_attainment(context, MARCH, Request(person="王"))
    assert none.value.problems[0].name == "unknown-record"
