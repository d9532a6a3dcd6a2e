"""What a plan's sentences say of records: whose plan it is, whose deals a team's are, which quota a reading has."""

import pytest

from tests.unit.services.crediting import crediting, earned, seat
from tests.unit.store_support import load

TENTH = "  sales: {type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}\n"
TEAM = """  over:
    type: rate
    pays_on: receipts
    credit: team
    team: {{depth: {depth}, own_deals: {own}, base: gross}}
    rate: 10%
    refunds: recompute
"""
GATED = """  sales:
    type: rate
    pays_on: receipts
    credit: own
    rate: 10%
    refunds: recompute
    {block}:
      - metric: receipts-attainment
        of: own
        over: quarter
        quota: {quota}
        level: {level}
        looked_at: each-run
"""
NEEDS = "        at_least: 100%\n        meanwhile: hold\n        if_missed: lost\n        if_undefined: fail\n"
TIMES = """        until_known: 1.0
        once_known: true-up
        if_undefined: 0.1
        table:
          - from 0%: 1.0
          - from 100%: 2.0
"""
RANK = """  best:
    type: rank
    adds_up_over: month
    rank_by: {metric: receipts, of: own}
    among: AMONG
    min_days_in_role: DAYS
    employed_on: EMPLOYED
    prizes: [100, 50]
    ties: same
    pays_to: person
"""


def receipts(context, **amounts):
    rows = [
        {"number": f"R-{name}", "date": "2026-01-10", "amount": str(amount), "owner": name}
        for name, amount in amounts.items()
    ]
    load(context.store, "receipt", rows, feed="receipts")


@pytest.mark.parametrize(
    ("whose", "people"),
    [("role: 销售", {"王芳", "赵磊", "李娜"}), ("team: 华东", {"赵磊"}), ("people: [李娜, 王芳]", {"李娜", "王芳"})],
)
def test_whose_plan_it_is(tmp_path, whose, people):
    with crediting(tmp_path, TENTH) as context:
        load(context.store, "team", [{"name": "华东"}])
        load(context.store, "assignment", [seat("赵磊", "2025-06-01", team="华东")], feed="moves")
        path = context.workspace.config / "plans" / "trial.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("role: 销售", whose), encoding="utf-8")
        receipts(context, 王芳=100, 赵磊=200, 李娜=300)
        assert set(earned(context, "2026-01")) == people


@pytest.mark.parametrize(
    ("depth", "own", "manager", "middle"),
    [
        ("direct-reports", "left-out", "10.00", "1.00"),
        ("everyone-below", "left-out", "11.00", "1.00"),
        ("direct-reports", "counted", "110.00", "11.00"),
        ("everyone-below", "counted", "111.00", "11.00"),
    ],
)
def test_whose_deals_a_team_s_are(tmp_path, depth, own, manager, middle):
    with crediting(tmp_path, TEAM.format(depth=depth, own=own)) as context:
        seats = [seat("赵磊", "2025-02-01", manager="王芳"), seat("李娜", "2025-02-01", manager="赵磊")]
        load(context.store, "assignment", seats, feed="moves")
        receipts(context, 王芳=1000, 赵磊=100, 李娜=10)
        found = earned(context, "2026-01")
        assert (found["王芳"], found["赵磊"]) == (manager, middle)


@pytest.mark.parametrize(
    ("quota", "level", "passes"),
    [
        ("full-window", "base", False),  # 150 of 300
        ("to-date", "base", True),  # 150 of 100
        ("to-date", "stretch", False),  # 150 of 200
    ],
)
@pytest.mark.parametrize("block", ["needs", "times"])
def test_which_quota_a_gate_and_a_factor_read(tmp_path, block, quota, level, passes):
    text = GATED.format(block=block, quota=quota, level=level) + (NEEDS if block == "needs" else TIMES)
    with crediting(tmp_path, text) as context:
        targets = [
            {"metric": "receipts", "person": "王芳", "month": f"2026-0{month}", "level": name, "amount": str(amount)}
            for month in (1, 2, 3)
            for name, amount in (("base", 100), ("stretch", 200))
        ]
        load(context.store, "target", targets)
        receipts(context, 王芳=150)
        expected = {"needs": ({}, {"王芳": "15.00"}), "times": ({"王芳": "15.00"}, {"王芳": "30.00"})}
        assert earned(context, "2026-01") == expected[block][passes]


@pytest.mark.parametrize(
    ("among", "days", "employed", "prizes"),
    [
        ("{role: 销售}", "0", "2026-01-31", {"李娜": "100.00", "赵磊": "50.00"}),
        ("{people: [王芳, 赵磊]}", "0", "2026-01-31", {"赵磊": "100.00", "王芳": "50.00"}),
        ("{team: 华东}", "0", "2026-01-31", {"王芳": "100.00"}),
        ("{role: 销售}", "28", "2026-01-31", {"赵磊": "100.00", "王芳": "50.00"}),
        ("{role: 销售}", "0", "2026-02-28", {"李娜": "100.00", "王芳": "50.00"}),
    ],
)
def test_who_is_ranked(tmp_path, among, days, employed, prizes):
    """李娜 has the best figure and came on 5 January; 赵磊 leaves in February; 王芳 is in 华东."""
    text = RANK.replace("AMONG", among).replace("DAYS", days).replace("EMPLOYED", employed)
    with crediting(tmp_path, text) as context:
        load(context.store, "team", [{"name": "华东"}])
        load(context.store, "person", [{"number": "2", "name": "赵磊", "left": "2026-02-10"}], feed="left")
        load(context.store, "assignment", [seat("王芳", "2025-06-01", team="华东")], feed="moves")
        load(context.store, "assignment", [seat("李娜", "2025-02-01", "客服"), seat("李娜", "2026-01-05")], feed="came")
        receipts(context, 王芳=100, 赵磊=200, 李娜=300)
        assert earned(context, "2026-01") == prizes
