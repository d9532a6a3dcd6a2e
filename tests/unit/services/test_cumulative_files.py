"""Cumulative files without numbers: each receipt exists once, in whatever order and company it stands."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.store.entities import labels
from tests.unit.services.importing import KEY, amounts, give, records
from tests.unit.services.workspaces import workspace_context

PAYERS = ("上海港通", "宁波远洋", "合肥万象", "甲")
OWNERS = ("王芳", "赵磊", "李娜")
Rows = list[list[Any]]


def a_year(draw: random.Random) -> list[Rows]:
    """Return the receipts of each month: few payers and amounts, so that many are alike."""
    months: list[Rows] = []
    for month in range(1, 13):
        rows = [
            [
                f"2026-{month:02d}-{draw.randint(1, 4):02d}",
                draw.choice(PAYERS),
                draw.choice((100, 250, 1200)),
                draw.choice(OWNERS),
                draw.choice((None, "尾款", "预付")),
            ]
            for _ in range(draw.randint(0, 12))
        ]
        months.append(rows + [list(row) for row in rows[: draw.randint(0, 2)]])  # true duplicates
    return months


def sums(rows: Rows) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[0][:7]] = found.get(row[0][:7], 0) + row[2]
    return found


def contents(context: Any) -> list[tuple[Any, ...]]:
    people = labels(context.store, context.store.registry["person"], range(1, 10_000))
    return sorted(
        (one["date"], one["payer"], one["amount"] // 10_000, people.get(one["owner"]), one["note"] or "")
        for one in records(context).values()
    )


@pytest.mark.parametrize("said", [{"key": KEY}, {"auto_key": True}], ids=["stated", "by itself"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_each_receipt_of_twelve_cumulative_months_exists_once(said: dict[str, Any], seed: int) -> None:
    draw = random.Random(seed)
    year = a_year(draw)
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder) / "w", is_filled=False) as context:
        so_far: Rows = []
        for month, fresh in enumerate(year, 1):
            so_far += fresh
            if not so_far:
                continue
            shuffled = draw.sample(so_far, len(so_far))
            before = records(context)
            outcome = give(context, f"{month}月回款.csv", shuffled, **said)
            assert sum(one.new for one in outcome.results) == len(fresh)
            assert not any(one.changed for one in outcome.results)
            assert amounts(context) == sums(so_far)
            assert contents(context) == sorted((a, b, c, d, e or "") for a, b, c, d, e in so_far)
            assert {key: image for key, image in records(context).items() if key in before} == before


ROWS: Rows = [
    ["2026-03-02", "上海港通", 100, "王芳", "b"],
    ["2026-03-02", "上海港通", 100, "赵磊", "c"],
    ["2026-03-05", "宁波远洋", 50, "赵磊", None],
]


def owners(context: Any) -> dict[str, tuple[Any, Any]]:
    people = labels(context.store, context.store.registry["person"], range(1, 10_000))
    return {key: (people[one["owner"]], one["note"]) for key, one in records(context).items()}


def test_a_third_equal_payment_is_the_new_one_wherever_it_sorts(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", ROWS, key=KEY)
        before = owners(context)
        outcome = give(context, "四月回款.csv", [["2026-03-02", "上海港通", 100, "李娜", "a"], *ROWS], key=KEY)
        assert [(one.new, one.changed, one.unchanged) for one in outcome.results] == [(1, 0, 3)]
        assert owners(context) == {**before, "2026-03-02|上海港通|100|3": ("李娜", "a")}


def test_a_changed_remark_stays_with_its_row(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", ROWS, key=KEY)
        before = owners(context)
        rows = [["2026-03-02", "上海港通", 100, "赵磊", "a"], ROWS[0]]  # the second one, whose remark sorts first now
        outcome = give(context, "四月回款.csv", rows, key=KEY)
        assert [(one.new, one.changed, one.unchanged) for one in outcome.results] == [(0, 1, 1)]
        key = next(key for key, (owner, note) in before.items() if note == "c")
        assert owners(context) == {**before, key: ("赵磊", "a")}


def test_a_hand_edit_does_not_hide_which_row_it_was(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit

    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", ROWS, key=KEY)
        key = next(key for key, (_, note) in owners(context).items() if note == "b")
        edit(context, "receipt", key, ["note=z"])
        before = owners(context)
        outcome = give(context, "四月回款.csv", ROWS[::-1], key=KEY)
        assert outcome.batch is None
        assert owners(context) == before


def test_a_rejected_row_keeps_its_place_among_equal_ones(tmp_path: Path) -> None:
    with workspace_context(tmp_path / "w", is_filled=False) as context:
        give(context, "三月回款.csv", ROWS, key=KEY)
        before = owners(context)
        rows = [
            ["2026-03-02", "上海港通", 100, "李娜", "new"],
            ROWS[0],
            ["2026-03-02", "上海港通", 100, "赵磊", "c", "1O"],
        ]
        header = ("日期", "付款单位", "金额", "业务员", "备注", "税率")
        outcome = give(context, "四月回款.csv", rows, header, key=KEY)
        assert [(one.new, one.changed, one.unchanged) for one in outcome.results] == [(1, 0, 1)]
        assert len(outcome.rejected) == 1
        assert owners(context) == {**before, "2026-03-02|上海港通|100|3": ("李娜", "new")}


def test_no_commission_is_paid_twice(tmp_path: Path) -> None:
    """Every month is closed before the next cumulative file comes; together they pay a tenth of what came in."""
    from salescli.services.commission.posted import fetch_ledgers
    from salescli.store.runs import closed_runs
    from tests.unit.services.closing import close, paying_context

    draw = random.Random(7)
    with paying_context(tmp_path / "w") as context:
        so_far: Rows = []
        for month, fresh in enumerate(a_year(draw)[:6], 1):
            if month > 1:  # and one that comes late, equal to another
                so_far.append(list(so_far[0]))
            so_far += [["2026-01-01", "甲", 100, "王芳", None]] if month == 1 else []
            so_far += fresh
            give(context, f"{month}月回款.csv", draw.sample(so_far, len(so_far)), key=KEY)
            close(context, f"2026-{month:02d}")
        posted: dict[str, int] = {}
        names = labels(context.store, context.store.registry["person"], range(1, 10_000))
        for item, ledger in fetch_ledgers(context.store, closed_runs(context.store, "commission").values()).items():
            name = names[int(item.rpartition("#")[2])]
            posted[name] = int(sum(each.earned for each in ledger.posted))
        wanted = {name: sum(row[2] for row in so_far if row[3] == name) // 10 for name in OWNERS}
        assert {name: posted.get(name, 0) for name in OWNERS} == wanted
