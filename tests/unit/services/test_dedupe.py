"""Duplicates of a store: what hangs on each record, people and contacts, the workbook that comes back in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from salescli.errors import ProblemsFound, UsageError
from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.record.dedupe import build_dedupe_report, describe_all
from salescli.services.record.finding import find_record
from salescli.services.record.merge_sheet import build_merge_sheet, merge_from_sheet
from salescli.store.state import dump_state
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import REGISTRY, load

CUSTOMERS = [
    {"number": "K1", "name": "上海港通有限公司", "region": "华东"},
    {"number": "K2", "name": "上海港通", "website": "www.gangtong.cn"},
    {"number": "K3", "name": "宁波远洋国际物流"},
    {"number": "K4", "name": "宁波远洋国际物硫"},
    {"number": "K5", "name": "无关"},
]


def keys(ctx: Context, word: str) -> list[tuple[list[str], bool]]:
    return [([one.key for one in group.records], group.is_firm) for group in describe_all(ctx, REGISTRY[word])]


def filled(ctx: Context) -> None:
    load(ctx.store, "customer", CUSTOMERS)
    load(ctx.store, "contract", [{"number": "H1", "customer": "K2", "owner": "王芳"}])
    receipts = [{"number": "Q1", "date": "2026-03-01", "contract": "H1", "amount": 70, "payer": "某某"}]
    load(ctx.store, "receipt", [*receipts, {"number": "Q2", "date": "2026-03-02", "customer": "K2", "amount": 30}])


def test_each_candidate_shows_what_hangs_on_it_and_the_weightier_is_proposed_to_stay(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        filled(ctx)
        assert keys(ctx, "customer") == [(["K2", "K1"], True), (["K3", "K4"], False)]
        first = describe_all(ctx, REGISTRY["customer"])[0].records[0]
        assert (first.references, first.received) == (2, 100)
        report = build_dedupe_report(ctx, "客户")
        assert report.next[0] == "salescli record merge customer K2 K1"
        assert [block.name for block in report.blocks] == ["same", "maybe"]  # type: ignore[union-attr]
        assert len(build_dedupe_report(ctx, "customer", 1).blocks) == 1


def test_people_of_one_name_are_only_maybe_one_and_a_shared_phone_is_more(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        more = [{"number": "8", "name": "王芳"}, {"number": "9", "name": "王方", "phone": "13800138000"}]
        load(ctx.store, "person", [*more, {"number": "10", "name": "李四", "phone": "+86 13800138000"}])
        assert keys(ctx, "person") == [(["9", "10"], True), (["1", "8"], False)]


def test_contacts_of_one_name_are_one_only_at_one_customer(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        filled(ctx)
        rows = [
            {"number": "P1", "name": "张三", "customer": "K1"},
            {"number": "P2", "name": "张 三", "customer": "K1"},
            {"number": "P3", "name": "张三", "customer": "K5"},
        ]
        load(ctx.store, "contact", rows)
        assert keys(ctx, "contact") == [(["P1", "P2"], True)]


def test_products_compare_by_name_without_spaces(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        names = ("GTX Pro", "GTXPro", "GTX Plus Basic", "GTX Plus Pro", "MG Special", "MG Advanced")
        load(ctx.store, "product", [{"number": f"X{n}", "name": name} for n, name in enumerate(names)])
        assert keys(ctx, "product") == [(["X0", "X1"], True)]


def test_what_has_no_number_has_no_duplicates(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx, pytest.raises(UsageError):
        build_dedupe_report(ctx, "assignment")


def workbook(ctx: Context, folder: Path, **said: str) -> str:
    """The workbook of duplicates with something chosen, by number."""
    book = load_workbook(BytesIO(build_merge_sheet(ctx, "customer")))
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=4):
        if row[1].value in said:
            row[8].value = said[row[1].value]
    path = folder / "dups.xlsx"
    book.save(path)
    return str(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_in_workbook_merges_in_one_batch_and_is_undone(tmp_path: Path, language: str) -> None:
    with workspace_context(tmp_path, language=language) as ctx:
        filled(ctx)
        before = dump_state(ctx.store)
        page = load_workbook(BytesIO(build_merge_sheet(ctx, "customer"))).worksheets[0]
        assert len(page.data_validations.dataValidation) == 1
        yes, keep, no = ("是", "保留", "否") if language == "zh" else ("yes", "keep", "no")
        path = workbook(ctx, tmp_path, K1=yes, K3=no, K4=keep)
        dry = merge_from_sheet(ctx, "customer", path, is_dry=True)
        assert dry.batch is None and dump_state(ctx.store) == before
        done = merge_from_sheet(ctx, "customer", path)
        kind = REGISTRY["customer"]
        assert find_record(ctx, kind, "K1") == find_record(ctx, kind, "K2") != find_record(ctx, kind, "K3")
        undo(ctx, done.batch)
        assert dump_state(ctx.store) == before


def test_all_that_is_wrong_in_a_workbook_comes_at_once(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        filled(ctx)
        before = dump_state(ctx.store)
        path = workbook(ctx, tmp_path, K2="yes", K1="yes", K3="vielleicht")
        with pytest.raises(ProblemsFound) as found:
            merge_from_sheet(ctx, "customer", path)
        assert sorted(each.name for each in found.value.problems) == ["merge-keeps-one", "merge-word"]
        assert dump_state(ctx.store) == before


@pytest.mark.parametrize(
    "rows",
    [
        [(1, "K1", "保留"), (1, "K1", "是")],
        [(1, "K1", "保留"), (1, "K2", "是"), (2, "K2", "保留"), (2, "K3", "是")],
        [(1, "K1", "保留"), (1, "K2", "是"), (2, "K3", "保留"), (2, "K2", "是")],
        [(1, "K1", "保留"), (1, "K2", "是"), (2, "K2", "保留"), (2, "K1", "是")],
    ],
    ids=["itself", "kept-elsewhere", "into-two", "circle"],
)
def test_a_record_that_goes_has_one_part_only(tmp_path: Path, rows: list[tuple[int, str, str]]) -> None:
    with workspace_context(tmp_path) as ctx:
        filled(ctx)
        before = dump_state(ctx.store)
        path = tmp_path / "w.csv"
        path.write_text("\n".join(["组,编号,合并", *(",".join(map(str, row)) for row in rows)]), encoding="utf-8")
        with pytest.raises(ProblemsFound) as caught:
            merge_from_sheet(ctx, "customer", str(path))
        assert {each.name for each in caught.value.problems} == {"merge-torn"}
        assert dump_state(ctx.store) == before
