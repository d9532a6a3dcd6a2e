"""A sheet of any targets comes back as they were; what people submitted is counted once, however it was cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.money import total
from salescli.core.quotas.submissions import Statement, choose_statements
from salescli.services.context import Context, open_context
from salescli.services.importing.files import import_files
from salescli.services.importing.request import build_request
from salescli.services.quota.sheet import build_quota_sheet
from salescli.services.workspace import create_workspace
from salescli.store.state import dump_state
from tests.unit.store_support import load

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
HOLDERS: list[dict[str, Any]] = [
    {}, {"team": "一部"}, {"team": "二部"}, {"team": "一部", "person": "01"}, {"team": "二部", "person": "02"},
    {"team": "二部", "person": "Ann"}, {"team": "一部", "seat": "S1"}, {"team": "一部", "seat": "ramp-gap"},
    {"team": "一部", "seat": "nobody"}, {"team": "一部", "seat": "direct"},
]  # fmt: skip
records = st.lists(
    st.tuples(
        st.sampled_from(HOLDERS),
        st.sampled_from(MONTHS),
        st.sampled_from(["base", "stretch", "challenge"]),
        st.sampled_from([None, "2026-04", "2026-07"]),
        st.sampled_from(["receipts-net", "contracts"]),
        st.decimals(0, 10**9, places=2),
    ).filter(lambda one: one[3] is None or one[3] <= one[1]),
    min_size=1,
    max_size=12,
    unique_by=lambda one: (repr(one[0]), *one[1:5]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@pytest.fixture(scope="module")
def context(folder: Path) -> Iterator[Context]:
    place = create_workspace(folder / "w", "华辰", "CNY", "zh")
    with open_context(place, today=date(2026, 4, 5), create=True) as opened:
        load(opened.store, "team", [{"name": "一部"}, {"name": "二部"}])
        load(
            opened.store,
            "person",
            [{"number": "01", "name": "李娜"}, {"number": "02", "name": "李娜"}, {"name": "Ann"}],
        )
        yield opened


class _Undone(Exception):
    """Takes a test's records out of the store again."""


@settings(max_examples=25)
@given(records, st.sampled_from(["xlsx", "csv"]), st.sampled_from(["zh", "en"]))
def test_a_sheet_comes_back_as_it_was(
    context: Context, folder: Path, found: list[Any], form: Literal["xlsx", "csv"], language: Literal["zh", "en"]
) -> None:
    context.language = language
    try:
        with context.store.transaction("try"):
            names = ("month", "level", "effective_from", "metric", "amount")
            load(context.store, "target", [{**one[0], **dict(zip(names, one[1:], strict=True))} for one in found])
            before = dump_state(context.store)["target"]
            path = folder / f"quotas.{form}"
            path.write_bytes(build_quota_sheet(context, context.parse_period("2026"), form=form))
            outcome = import_files(context, build_request(context, [str(path)]))
            assert outcome.problems == []
            assert outcome.batch is None
            assert not outcome.results[0].new
            assert dump_state(context.store)["target"] == before
            assert all(sheet.reading.report.is_accounted for sheet in outcome.sheets)
            raise _Undone
    except _Undone:
        pass


stretches = st.sampled_from(
    [tuple(MONTHS[at : at + size]) for size in (1, 3, 12) for at in range(0, 12, size)],
)


@given(st.dictionaries(stretches, st.integers(0, 1000), max_size=14))
def test_nothing_submitted_is_counted_twice(said: dict[tuple[str, ...], int]) -> None:
    statements = [Statement(months, Decimal(amount)) for months, amount in said.items()]
    chosen = choose_statements(statements)
    months = [month for one in chosen for month in one.months]
    assert len(months) == len(set(months))
    assert set(months) == {month for one in statements for month in one.months}, "and nothing is lost"
    assert total(one.amount for one in chosen) <= total(one.amount for one in statements)
    assert choose_statements(statements[::-1]) == chosen
