"""Quality of data: the score as its formula says, and the SQL of every check against records built to fail it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quality.checks import PART_OF, TITLES, checks_of
from salescli.core.quality.score import PARTS, Tally, compute_part, compute_score, compute_timeliness
from salescli.core.records.registry import built_in
from salescli.core.table import Ratio, Report, Table
from salescli.reports.registry import find_report
from salescli.services.context import Context
from salescli.services.report.running import run_report
from salescli.store.quality import count_quality, fetch_failing
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

pairs = st.integers(0, 20).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
tallies = st.builds(Tally, st.integers(1, 50), pairs, pairs, pairs, pairs, st.none() | st.integers(0, 900))

PEOPLE = [
    {"number": "1", "name": "王芳", "joined": "2026-01-01", "phone": "13800000001", "email": "wf@a.cn"},
    {"number": "2", "name": "赵磊", "left": "2026-02-28", "phone": "13800000001", "email": "nobody"},
    {"number": "3", "name": "李娜", "phone": "110"},
    {"number": "4", "name": "李娜"},
]
CONTRACTS = [
    {"number": "C1", "owner": "1", "signed": "2025-12-31", "amount": 10, "kind": "new"},
    {"number": "C2", "owner": "2", "signed": "2026-02-28", "amount": -10},
    {"number": "C3", "owner": "2", "signed": "2026-03-01", "amount": 10},
    {"number": "C4", "amount": 5},
]
SPLITS = [
    {"contract": "C1", "person": "1", "share": "60%"},
    {"contract": "C1", "person": "2", "share": "40%"},
    {"contract": "C2", "person": "1", "share": "60%"},
    {"contract": "C2", "person": "3", "share": "30%"},
]
RECEIPTS = [
    {"number": "R1", "date": "2026-03-01", "amount": 7, "payer": "甲", "owner": "1"},
    {"number": "R2", "date": "2026-03-01", "amount": 7, "payer": "甲"},
    {"number": "R3", "date": "2026-03-01", "amount": 7, "payer": "乙", "contract": "C1"},
    {"number": "R4", "date": "1950-03-01", "amount": 7, "contract": "C4"},
]
DEALS = [
    {"number": "D1", "name": "a", "owner": "3", "stage": "谈判", "probability": "100%", "created": "2026-03-02"},
    {"number": "D2", "name": "a", "owner": "3", "stage": "赢单", "probability": "100%"},
    {"number": "D3", "owner": "3", "stage": "输单", "created": "2026-03-02", "closed": "2026-03-01"},
    {"number": "D4", "name": "b", "owner": "3", "stage": "谈判", "probability": "50%"},
]
EXPECTED = {
    ("person", "repeated", "name"): {"3", "4"},
    ("person", "repeated", "phone"): {"1", "2"},
    ("person", "short-phone", "phone"): {"3"},
    ("person", "no-email", "email"): {"2"},
    ("contract", "blank", "name"): {"C1", "C2", "C3", "C4"},
    ("contract", "blank", "signed"): {"C4"},
    ("contract", "nobody", "owner"): {"C4"},
    ("contract", "negative", "amount"): {"C2"},
    ("contract", "not-employed", "owner"): {"C1", "C3"},
    ("receipt", "nobody", "owner"): {"R2", "R4"},
    ("receipt", "look-alike", "amount"): {"R1", "R2"},
    ("receipt", "unlikely-date", "date"): {"R4"},
    ("deal", "blank", "name"): {"D3"},
    ("deal", "blank", "amount"): {"D1", "D2", "D3", "D4"},
    ("deal", "out-of-order", "closed"): {"D3"},
    ("deal", "open-at-100", "probability"): {"D1"},
    ("deal", "closed-undated", "closed"): {"D2"},
}


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[Context]:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        for name, rows in (("person", PEOPLE), ("contract", CONTRACTS), ("credit-split", SPLITS)):
            load(ctx.store, name, rows)
        load(ctx.store, "receipt", RECEIPTS)
        load(ctx.store, "deal", DEALS)
        yield ctx


@given(tallies)
def test_a_score_lies_within_its_parts(tally: Tally) -> None:
    parts = [share for part in PARTS if (share := compute_part(tally, part)) is not None]
    assert all(0 <= share <= 1 for share in parts)
    score = compute_score(tally)
    assert score is None if not parts else min(parts) <= score <= max(parts)


@given(tallies, tallies)
def test_counting_together_is_counting_both(one: Tally, other: Tally) -> None:
    both = one + other
    assert both == other + one and both.rows == one.rows + other.rows
    for part in PARTS[:-1]:
        a, b, c = (compute_part(each, part) for each in (one, other, both))
        if a is not None and b is not None:
            assert c is not None and min(a, b) <= c <= max(a, b)


def test_parts_without_anything_to_look_at_are_left_out() -> None:
    assert compute_score(Tally(5, completeness=(1, 2))) == Fraction(1, 2)
    assert compute_score(Tally()) is None
    assert [compute_timeliness(days) for days in (0, 31, 198, 365, 900)] == [1, 1, Fraction(1, 2), 0, 0]
    assert Tally(9).is_few and not Tally(10).is_few


def test_every_check_has_its_title_and_its_part() -> None:
    assert TITLES.keys() == PART_OF.keys()
    used = {check.name for kind in built_in().types for check in checks_of(kind)}
    assert used == TITLES.keys()


def test_each_check_finds_the_records_that_fail_it_and_no_others(ctx: Context) -> None:
    ctx.prepare_stages()
    found: dict[Any, set[str]] = {}
    for kind in ctx.store.registry.types:
        checks = checks_of(kind)
        groups = count_quality(ctx.store, kind, checks, "2026-03-31")
        for place, check in enumerate(checks):
            rows = fetch_failing(ctx.store, kind, check, 100)
            assert len(rows) == sum(one.failed[place] for one in groups), check
            assert len(rows) <= sum(one.looked[place] for one in groups)
            keys = dict(ctx.store.db.execute("SELECT id, key FROM entity"))
            if rows and kind.name != "credit-split":
                found[kind.name, check.name, check.fields[0].name] = {keys[row[0]] for row in rows}
            elif rows:
                assert (check.name, len(rows)) == ("not-whole", 2)
    assert found == EXPECTED


def test_what_was_undone_is_referred_to_by_nobody(ctx: Context) -> None:
    from salescli.services.batches import undo

    contract = ctx.store.registry["contract"]
    dangling = next(one for one in checks_of(contract) if one.name == "dangling" and one.fields[0].name == "owner")
    assert fetch_failing(ctx.store, contract, dangling, 100) == []
    undo(ctx, 1)
    assert len(fetch_failing(ctx.store, contract, dangling, 100)) == 3


def built(ctx: Context, **given: Any) -> Report:
    entry = find_report("data-quality")
    assert entry is not None
    return run_report(ctx, entry, given)


def table(report: Report, name: str) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table) and block.name == name)


def cells(report: Report, name: str, first: str) -> dict[str, Any]:
    found = table(report, name)
    for row in found.rows:
        shown = dict(zip((column.key for column in found.columns), row, strict=True))
        if str(getattr(next(iter(row)), "en", next(iter(row)))) == first:
            return shown
    raise AssertionError(first)


def test_the_report_scores_types_and_owners_from_one_count(ctx: Context) -> None:
    row = cells(built(ctx), "types", "Contract")
    assert row["rows"] == 4
    assert row["completeness"] == Ratio(4 + 0 + 3 + 3 + 1 + 4, 4 * 6)  # number, name, owner, signed, kind, amount
    assert row["consistency"] == Ratio(1, 4)
    assert row["days"] == 30
    owners = table(built(ctx, by="owner"), "owners")
    assert sum(row[2] for row in owners.rows) == sum(row[1] for row in table(built(ctx), "types").rows)
    for part in ("completeness", "validity", "uniqueness", "consistency"):
        place = [column.key for column in owners.columns].index(part)
        for pick in ("numerator", "denominator"):
            by_type = sum(getattr(cells_of, pick) for cells_of in ratios(built(ctx), "types", part))
            assert by_type == sum(getattr(row[place], pick) for row in owners.rows if row[place] is not None)


def ratios(report: Report, name: str, part: str) -> list[Ratio]:
    found = table(report, name)
    place = [column.key for column in found.columns].index(part)
    return [row[place] for row in found.rows if isinstance(row[place], Ratio)]


def test_rows_are_listed_with_their_owner_and_value(ctx: Context) -> None:
    rows = table(built(ctx, type="合同", rows=True), "records").rows
    shown = {(row[1], row[5].en): (row[3], row[6]) for row in rows}  # type: ignore[union-attr]
    assert shown["C2", "negative amount"] == ("赵磊", "-10.00")
    assert shown["C3", "owner not employed on the day"] == ("赵磊", "赵磊")
    assert shown["C4", "blank"] == ("", "")


def test_an_empty_store_says_so_and_scores_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        report = built(ctx, rows=True, explain=True)
        found = table(report, "types")
        assert not found.rows and found.empty is not None and "import" in found.empty.en


def test_an_earlier_state_of_knowledge_is_measured_as_it_was(ctx: Context) -> None:
    assert cells(built(ctx), "types", "Deal")["rows"] == 4
    ctx.store.at(4)
    assert "Deal" not in [row[0].en for row in table(built(ctx), "types").rows]  # type: ignore[union-attr]


def test_days_to_come_are_no_update(ctx: Context) -> None:
    load(ctx.store, "receipt", [{"number": "R9", "date": "2027-01-01", "amount": 1}])
    early = replace(ctx, on=date(2026, 3, 5))
    assert cells(built(early), "types", "Receipt")["days"] == 4
