"""A sheet with a column per month says what the same figures say one per row, figure by figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.importers.files import names, read_one, xlsx

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
PEOPLE = ["张三", "李四", "王五", "Ann Lee"]
TEAMS = ["华东", "华南", None]
amounts = st.one_of(st.none(), st.integers(0, 10**9), st.decimals(0, 10**6, places=2).map(float))
lines = st.lists(
    st.tuples(st.sampled_from(TEAMS), st.sampled_from(PEOPLE), st.lists(amounts, min_size=12, max_size=12)),
    min_size=1,
    max_size=6,
    unique_by=lambda line: line[:2],
).filter(lambda found: any(amount is not None for line in found for amount in line[2]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wide")


def said(path: Path, rows: list[list[Any]]) -> dict[tuple[Any, ...], int]:
    found = read_one(path, xlsx({"目标": rows}))
    assert found.staged is not None, names([*found.blocking, *found.decisions])
    assert found.problems == found.row_problems == []
    assert found.report.is_accounted
    columns = found.staged.columns
    keys = list(zip(*(columns[name] for name in ("metric", "team", "person", "month")), strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, columns["amount"], strict=True))


@given(lines, st.permutations(MONTHS), st.integers(0, 12), st.booleans())
def test_wide_says_what_long_says(folder: Path, found: list[Any], order: list[str], cut: int, with_total: bool) -> None:
    months = order[: max(cut, 2)]
    at = [MONTHS.index(month) for month in months]
    wide = [["指标", "团队", "姓名", *months, *(["合计"] if with_total else [])]]
    long: list[list[Any]] = [["指标", "团队", "姓名", "月份", "目标值"]]
    for team, person, figures in found:
        chosen = [figures[index] for index in at]
        exact = [round(amount * 100) for amount in chosen if amount is not None]
        wide.append(["receipts-net", team, person, *chosen, *([sum(exact) / 100] if with_total else [])])
        long += [
            ["receipts-net", team, person, month, amount]
            for month, amount in zip(months, chosen, strict=True)
            if amount is not None
        ]
    if len(long) > 1:
        assert said(folder / "wide.xlsx", wide) == said(folder / "long.xlsx", long)
