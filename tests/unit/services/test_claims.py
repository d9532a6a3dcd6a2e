"""Claims of receipts: found, accepted by an import, listed, and filled in on a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.services.batches import undo
from salescli.services.claims.finding import find_claims
from salescli.services.claims.sheet import write_claims
from salescli.services.claims.showing import show_claims
from salescli.services.context import Context
from salescli.store.claims import sum_claims
from salescli.store.state import dump_state, fetch_images
from tests.unit.importers.files import xlsx
from tests.unit.services.forms import cells_of, fill_in, take_in
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

CUSTOMERS = [{"number": "K1", "name": "上海港通物流有限公司"}, {"number": "K2", "name": "宁波远洋贸易有限公司"}]
CONTRACTS = [
    {"number": "HT-2026-001", "customer": "K1", "owner": "王芳", "amount": 500},
    {"number": "HT-2026-0012", "customer": "K1", "owner": "赵磊", "amount": 900},
    {"number": "YY-2026-7", "customer": "K2", "owner": "赵磊", "amount": 100},
]
PLANS = [
    {"contract": "HT-2026-001", "instalment": "1", "amount": 200},
    {"contract": "HT-2026-001", "instalment": "2", "amount": 300},
    {"contract": "HT-2026-0012", "instalment": "1", "amount": 300},
]
HEAD = ("回款编号", "回款日期", "回款金额", "付款单位", "备注")
ROWS = [
    ["S1", "2026-03-02", 200, "上海港通物流公司", None],
    ["S2", "2026-03-03", 300, "上海港通物流公司", None],
    ["S3", "2026-03-04", 77, None, "付HT-2026-0012首款"],
    ["S4", "2026-03-05", 100, "远洋财务中心", None],
    ["S5", "2026-03-01", 40, "没人认识", None],
]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with workspace_context(tmp_path, is_filled=False, language="zh") as ctx:
        load(ctx.store, "person", [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}])
        load(ctx.store, "customer", CUSTOMERS)
        load(ctx.store, "contract", CONTRACTS)
        load(ctx.store, "payment-plan", PLANS)
        yield ctx


def receipts(folder: Path, rows: list[list[Any]] = ROWS) -> Path:
    path = folder / "回款-3月.xlsx"
    path.write_bytes(xlsx({"回款": [HEAD, *rows]}))
    return path


def allocations(context: Context) -> set[tuple[str, str, str | None, int]]:
    store = context.store
    key = dict(store.db.execute("SELECT id, key FROM entity").fetchall())
    found = fetch_images(store, store.registry["allocation"]).values()
    return {(key[one["receipt"]], key[one["contract"]], one["instalment"], one["amount"] // 10_000) for one in found}


def notes(outcome: Any) -> dict[str, Any]:
    return {each.name: each.values for each in outcome.notes}


def test_nothing_is_allocated_unasked(context: Context, tmp_path: Path) -> None:
    outcome = take_in(context, receipts(tmp_path))
    assert allocations(context) == set()
    said = notes(outcome)["claims-open"]
    assert (said["count"], said["proposed"], said["oldest"]) == (5, 2, "2026-03-01")
    assert said["amounts"] == "717.00 CNY"
    (claims,) = sum_claims(context.store)
    assert (claims.count, claims.amount, claims.oldest) == (5, 7_170_000, "2026-03-01")


def test_accepted_claims_are_in_the_batch_and_go_with_it(context: Context, tmp_path: Path) -> None:
    before = dump_state(context.store)
    outcome = take_in(context, receipts(tmp_path), accept_claims=True)
    assert allocations(context) == {("S1", "HT-2026-001", "1", 200), ("S3", "HT-2026-0012", None, 77)}
    assert notes(outcome)["claims-accepted"]["count"] == 2
    assert notes(outcome)["claims-open"]["count"] == 3
    assert outcome.batch is not None
    undo(context, outcome.batch)
    assert dump_state(context.store) == before


def test_receipts_that_were_in_already_are_accepted_when_their_file_comes_again(
    context: Context, tmp_path: Path
) -> None:
    path = receipts(tmp_path, [*ROWS[:1], *ROWS[2:]])
    take_in(context, path)
    again = take_in(context, path, accept_claims=True)
    assert again.batch is not None and again.claimed == 2
    third = take_in(context, path, accept_claims=True)
    assert third.batch is None and "claims-accepted" not in notes(third)


def test_a_dry_run_says_what_would_be_accepted_and_writes_nothing(context: Context, tmp_path: Path) -> None:
    outcome = take_in(context, receipts(tmp_path), accept_claims=True, dry_run=True)
    assert notes(outcome)["claims-accepted"]["count"] == 2
    assert allocations(context) == set()


def test_claims_of_other_imports_are_left_alone(context: Context, tmp_path: Path) -> None:
    load(context.store, "receipt", [{"number": "OLD", "date": "2026-01-05", "amount": 100, "payer": "宁波远洋贸易"}])
    take_in(context, receipts(tmp_path, ROWS[:1]), accept_claims=True)
    assert {one[0] for one in allocations(context)} == {"S1"}


def test_the_list_says_where_each_may_belong_and_who_has_its_credit(context: Context, tmp_path: Path) -> None:
    load(context.store, "customer", [{"number": "K1", "owner": "王芳"}], feed="owners")
    take_in(context, receipts(tmp_path))
    (table,) = show_claims(context).blocks
    rows = {row[0]: dict(zip([each.key for each in table.columns], row, strict=True)) for row in table.rows}
    assert list(rows) == ["S5", "S1", "S2", "S3", "S4"]
    assert (rows["S1"]["contract"], rows["S1"]["instalment"]) == ("HT-2026-001", "1")
    assert rows["S2"]["reason"].en == "2 fit: HT-2026-001 · 2, HT-2026-0012 · 1"
    assert rows["S5"]["credited"] is None
    assert table.total[table.columns.index(next(c for c in table.columns if c.key == "open"))] == Decimal(717)


def test_a_receipt_that_names_its_owner_is_no_claim(context: Context) -> None:
    load(context.store, "receipt", [{"number": "O", "date": "2026-03-01", "amount": 9, "owner": "王芳"}])
    assert not len(find_claims(context))
    (claim,) = find_claims(context, with_owned=True)
    assert claim.row.has_owner
    assert sum_claims(context.store) == []


def test_without_contracts_there_is_nothing_to_claim(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        load(ctx.store, "receipt", [{"number": "O", "date": "2026-03-01", "amount": 9}])
        assert not len(find_claims(ctx))
        assert sum_claims(ctx.store) == []


def test_the_sheet_left_alone_says_nothing(context: Context, tmp_path: Path) -> None:
    take_in(context, receipts(tmp_path))
    path = fill_in(write_claims(context, "认领.xlsx"), {}, tmp_path / "认领.xlsx")
    outcome = take_in(context, path)
    assert outcome.batch is None and not outcome.problems
    assert notes(outcome)["rows-not-filled"]["count"] == 5


def test_the_sheet_filled_in_allocates_and_knows_the_payer_from_then_on(context: Context, tmp_path: Path) -> None:
    take_in(context, receipts(tmp_path))
    answers = {
        "S1": {"采用建议": "是"},
        "S2": {"合同编号": "HT-2026-001", "期次": "2", "认领金额": 180},
        "S2+": {"合同编号": "HT-2026-0012", "认领金额": 120},
        "S3": {"合同编号": "HT-2026-001"},
        "S4": {"客户": "宁波远洋贸易有限公司"},
    }
    path = fill_in(write_claims(context, "认领.xlsx"), {"认领": answers}, tmp_path / "认领.xlsx")
    before = dump_state(context.store)
    outcome = take_in(context, path)
    assert not outcome.problems
    assert allocations(context) == {
        ("S1", "HT-2026-001", "1", 200),
        ("S2", "HT-2026-001", "2", 180),
        ("S2", "HT-2026-0012", None, 120),
        ("S3", "HT-2026-001", None, 77),
    }
    assert notes(outcome)["payer-known"] == {"payer": "远洋财务中心", "customer": "宁波远洋贸易有限公司"}
    assert notes(outcome)["rows-not-filled"]["count"] == 1
    assert [one.row.number for one in find_claims(context)] == ["S5", "S4"]
    assert take_in(context, path).batch is None
    after = dump_state(context.store)
    assert outcome.batch is not None
    undone = undo(context, outcome.batch)
    assert dump_state(context.store) == before
    undo(context, undone.batch)
    assert dump_state(context.store) == after
    next_month = receipts(tmp_path, [["S9", "2026-04-02", 60, "远洋财务中心", None]])
    take_in(context, next_month)
    found = {one.row.number: one.found for one in find_claims(context)}
    assert found["S9"].reason == "alias"


def test_more_than_is_open_is_rejected_with_all_rows_of_the_receipt(context: Context, tmp_path: Path) -> None:
    take_in(context, receipts(tmp_path))
    answers = {
        "S2": {"合同编号": "HT-2026-001", "认领金额": 200},
        "S2+": {"合同编号": "HT-2026-0012", "认领金额": 101},
        "S1": {"合同编号": "HT-2026-001", "币种": "USD"},
    }
    path = fill_in(write_claims(context, "认领.xlsx"), {"认领": answers}, tmp_path / "认领.xlsx")
    outcome = take_in(context, path)
    names = [each.name for each in outcome.problems]
    assert sorted(names) == ["claim-above-open", "claim-above-open", "claim-in-other-currency"]
    assert allocations(context) == set()


def test_rejected_claims_go_back_as_a_form(context: Context, tmp_path: Path) -> None:
    from salescli.services.importing.rejecting import write_rejects

    take_in(context, receipts(tmp_path))
    answers = {"S2": {"合同编号": "HT-2026-001", "认领金额": 301}, "S1": {"合同编号": "NICHTS"}}
    path = fill_in(write_claims(context, "认领.xlsx"), {"认领": answers}, tmp_path / "认领.xlsx")
    (rejects,) = write_rejects(context, take_in(context, path))
    again = take_in(context, rejects)
    assert [each.name for each in again.problems] == ["unknown-reference", "claim-above-open"]
    import openpyxl

    book = openpyxl.load_workbook(rejects)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    assert [page.cell(row, heads["_付款单位"]).value for row in (3, 4)] == ["上海港通物流公司"] * 2
    page.cell(3, heads["合同编号"]).value = "HT-2026-001"
    page.cell(4, heads["认领金额"]).value = 300
    book.save(rejects)
    assert not take_in(context, rejects).problems
    assert allocations(context) == {("S1", "HT-2026-001", None, 200), ("S2", "HT-2026-001", None, 300)}


def test_a_contract_that_is_one_customer_s_may_be_chosen_from_a_list(context: Context, tmp_path: Path) -> None:
    import openpyxl

    take_in(context, receipts(tmp_path))
    path = fill_in(write_claims(context, "认领.xlsx"), {}, tmp_path / "认领.xlsx")
    page = openpyxl.load_workbook(path)["认领"]
    offered = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert '"HT-2026-001,HT-2026-0012"' in offered.values()
    assert '"HT-2026-001,HT-2026-0012,YY-2026-7"' in offered.values()
    head, first, *_ = cells_of(path.read_bytes())["认领"]
    assert head[0] == "回款编号" and first[head.index("_理由")] == "付款单位不明"
    assert {first[head.index(name)] for name in ("采用建议", "合同编号", "期次", "认领金额", "客户")} == {None}


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"采用建议": "也许"}, "form-answer"),
        ({"采用建议": "也许", "合同编号": "HT-2026-001"}, "form-answer"),
        ({"采用建议": "是", "合同编号": "HT-2026-0012"}, "form-contradicts"),
        ({"合同编号": "HT-2026-001", "认领金额": -5}, "claim-not-positive"),
        ({"合同编号": "HT-2026-001", "认领金额": 0}, "claim-not-positive"),
        ({"合同编号": "HT-2026-001", "期次": "99"}, "claim-instalment-unknown"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_rejected(
    context: Context, tmp_path: Path, answers: dict[str, Any], name: str
) -> None:
    take_in(context, receipts(tmp_path))
    path = fill_in(write_claims(context, "认领.xlsx"), {"认领": {"S1": answers}}, tmp_path / "认领.xlsx")
    outcome = take_in(context, path)
    assert [each.name for each in outcome.problems] == [name]
    assert allocations(context) == set()


def test_a_proposal_may_be_taken_in_part_and_declined(context: Context, tmp_path: Path) -> None:
    take_in(context, receipts(tmp_path))
    answers = {
        "S1": {"采用建议": "是", "合同编号": "HT-2026-001", "认领金额": 150},
        "S2": {"采用建议": "否"},
    }
    path = fill_in(write_claims(context, "认领.xlsx"), {"认领": answers}, tmp_path / "认领.xlsx")
    assert not take_in(context, path).problems
    assert allocations(context) == {("S1", "HT-2026-001", "1", 150)}


def test_a_receipt_that_became_less_than_what_was_claimed_of_it_is_said(context: Context, tmp_path: Path) -> None:
    take_in(context, receipts(tmp_path), accept_claims=True)
    assert ("S1", "HT-2026-001", "1", 200) in allocations(context)
    less = [["S1", "2026-03-02", 120, *ROWS[0][3:]], *ROWS[1:]]
    said = notes(take_in(context, receipts(tmp_path, less)))["receipt-overdrawn"]
    assert said == {"receipt": "S1", "allocated": "200.00", "amount": "120.00"}
    assert "receipt-overdrawn" not in notes(take_in(context, receipts(tmp_path, less)))
    gone = notes(take_in(context, receipts(tmp_path, less[1:]), complete="month", accept_gone=True))
    assert gone["receipt-overdrawn"] == {"receipt": "S1", "allocated": "200.00", "amount": "0.00"}
