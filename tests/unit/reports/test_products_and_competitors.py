"""`report products` and `report competitors`: classes, verdicts, lines that add up, why and where deals are lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Ratio, Report, Table
from salescli.reports.registry import find_report
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company
from tests.unit.store_support import load

# product, sales and profit in February and in March: the largest grows, the smallest falls and earns little
SALES = [
    ("大件", 800, 300, 900, 300),
    ("中件", 100, 50, 100, 40),
    ("小件", 50, 20, 30, 1),
    ("旧件", 20, 1, 0, 0),
    ("新件", 0, 0, 9, 5),
]


def orders(store: Any) -> None:
    load(store, "product", [{"number": name, "name": name} for name, *_ in SALES])
    lines = []
    for place, (name, before, profit, now, profit_now) in enumerate(SALES):
        for month, amount, earned in (("02", before, profit), ("03", now, profit_now)):
            if amount:
                lines.append(
                    {"order": f"{month}{place}", "line": "1", "ordered": f"2026-{month}-28", "product": name}
                    | {"quantity": 2, "amount": amount, "profit": earned}
                )
    lines.append({"order": "X", "line": "1", "ordered": "2026-03-31", "quantity": 1, "amount": 61, "profit": 6})
    load(store, "order-line", lines)


def run(tmp_path: Path, name: str, parts: Any, **given: Any) -> Report:
    entry = find_report(name)
    assert entry is not None
    with company(tmp_path, parts=parts) as ctx:
        return run_report(ctx, entry, {"period": "2026-03", **given})


def table(report: Report, name: str) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table) and block.name == name)


def column(found: Table, key: str) -> list[Any]:
    place = [each.key for each in found.columns].index(key)
    return [row[place] for row in found.rows]


def test_products_have_class_phase_and_margin(tmp_path: Path) -> None:
    found = table(run(tmp_path, "products", orders, metric="order-sales"), "products")
    assert column(found, "product") == ["大件", "中件", "小件", "新件", "旧件", "(none)"]
    assert column(found, "class") == ["A", "B", "C", "C", "C", None]
    phases = [None if phase is None else phase.en for phase in column(found, "phase")]
    assert phases == ["▲ growing", "= steady", "▼ falling", "+ new", "▼ ended", "+ new"]
    assert column(found, "units") == [2, 2, 2, 2, None, 1]
    assert found.total is not None and found.total[1] == Decimal(1100) == sum(column(found, "value"))
    assert column(found, "margin")[2] == Ratio(Decimal(1), Decimal(30))


def test_what_to_grow_improve_and_retire(tmp_path: Path) -> None:
    report = run(tmp_path, "products", orders, metric="order-sales")
    actions = table(report, "actions")
    done = [word.en for word in column(actions, "action")]
    # 旧件 ended: it has no margin any more, so it is not retired but to be looked at
    assert list(zip(done, column(actions, "product"), strict=True)) == [
        ("▼ retire", "小件"),
        ("! improve", "旧件"),
        ("▲ grow", "大件"),
    ]


def test_thresholds_move_the_verdicts(tmp_path: Path) -> None:
    report = run(tmp_path, "products", orders, metric="order-sales", floor=3, change=50, abc="70/90")
    assert [word.en for word in column(table(report, "actions"), "action")] == ["! improve"]
    assert any("70 %" in line.en for line in report.footer)
    assert any("50 %" in line.en for line in report.footer)


def test_the_others_stand_in_one_line_and_all_adds_up(tmp_path: Path) -> None:
    found = table(run(tmp_path, "products", orders, metric="order-sales", limit=2), "products")
    names = column(found, "product")
    assert names[:2] == ["大件", "中件"] and names[2].en == "3 others" and names[3] == "(none)"
    assert column(found, "value")[2] == Decimal(39) and sum(column(found, "value")) == Decimal(1100)
    assert column(found, "margin")[2] == Ratio(Decimal(6), Decimal(39))


def test_a_profit_that_nobody_filled_is_no_margin(tmp_path: Path) -> None:
    def without_profit(store: Any) -> None:
        load(store, "product", [{"number": "甲", "name": "甲"}])
        line = {"order": "1", "line": "1", "ordered": "2026-03-31", "product": "甲", "amount": 10}
        load(store, "order-line", [line])

    report = run(tmp_path, "products", without_profit, metric="order-sales")
    assert "margin" not in [each.key for each in table(report, "products").columns]
    assert any("margins are not known" in line.en for line in report.footer)


def deals(store: Any) -> None:
    def deal(number: str, stage: str, **more: Any) -> dict[str, Any]:
        return {"number": number, "stage": stage, "created": "2026-01-05", "closed": "2026-03-20", "amount": 100} | more

    load(
        store,
        "deal",
        [
            deal("1", "赢单", competitor="甲"),
            deal("2", "输单", competitor="甲", lost_reason="价格"),
            deal("3", "输单", competitor="甲", lost_reason="价格", amount=0),
            deal("4", "输单", lost_reason="预算", currency="USD"),
            deal("5", "赢单", closed="2026-02-20", competitor="乙"),
            deal("6", "谈判", closed=None),
        ],
    )
    load(
        store,
        "stage-change",
        [
            {"deal": "2", "stage": "线索", "at": "2026-01-05"},
            {"deal": "2", "stage": "谈判", "at": "2026-02-05"},
            {"deal": "2", "stage": "输单", "at": "2026-03-20"},
            {"deal": "3", "stage": "线索", "at": "2026-01-05", "amount": 70},
            {"deal": "3", "stage": "输单", "at": "2026-03-20"},
        ],
    )


@pytest.mark.parametrize("name", ["products", "regions", "channels", "concentration"])
def test_deals_in_one_currency(tmp_path: Path, name: str) -> None:
    report = run(tmp_path, name, deals, metric="won-value", currency="CNY")
    figures = next(block for block in report.blocks if isinstance(block, Table))
    values = [cell for row in figures.rows for cell in row]
    assert Decimal(100) in values, "deal 1 alone was won in March"


def test_competitors_win_and_lose(tmp_path: Path) -> None:
    found = table(run(tmp_path, "competitors", deals), "competitors")
    assert column(found, "competitor")[0] == "甲" and column(found, "competitor")[1].en == "(none)"
    assert column(found, "value") == [Decimal(3), Decimal(1)] and found.total is not None and found.total[1] == 4
    assert column(found, "won") == [1, 0] and column(found, "lost") == [2, 1]
    assert column(found, "lost_value") == [Decimal("170.00"), Decimal("0.00")]
    low, high = column(found, "low")[0], column(found, "high")[0]
    assert low.numerator == pytest.approx(Decimal("0.0615"), abs=Decimal("0.0001"))
    assert high.numerator == pytest.approx(Decimal("0.7923"), abs=Decimal("0.0001"))


def test_competitors_of_the_earlier_period_have_a_line(tmp_path: Path) -> None:
    found = table(run(tmp_path, "competitors", deals, compare="previous"), "competitors")
    assert column(found, "competitor")[:2] == ["甲", "乙"]
    assert column(found, "earlier") == [0, 1, 0] and found.total is not None and found.total[-2] == 1


def test_where_and_why_deals_are_lost(tmp_path: Path) -> None:
    report = run(tmp_path, "competitors", deals)
    reasons, stages = table(report, "reasons"), table(report, "stages")
    assert list(zip(column(reasons, "reason"), column(reasons, "lost"), strict=True)) == [("价格", 2), ("预算", 1)]
    assert [(name.en, count) for name, count in zip(column(stages, "stage"), column(stages, "lost"), strict=True)] == [
        ("Prospecting", 1),
        ("Negotiation", 1),
        ("(unknown)", 1),
    ]
    assert any("1 lost deals have no value in CNY" in line.en for line in report.footer)
