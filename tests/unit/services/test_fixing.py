"""What waits for a person: found, asked for on a sheet, filled in, and gone. One case per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.errors import UsageError
from salescli.importers.writing.form_book import build_forms
from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.fixing.listing import find_sections, show_fixes, write_fixes
from salescli.services.fixing.registry import NAMES, fix_kinds
from salescli.services.importing.files import ImportOutcome
from salescli.store.batches import in_force
from salescli.store.entities import is_mastered
from tests.unit.services.forms import fill_in, take_in
from tests.unit.services.importing import records
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

Rows = list[dict[str, Any]]
PEOPLE: Rows = [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}]
TEAMS: Rows = [{"name": "一部"}]
SEATS: Rows = [
    {"person": "1", "from": "2025-01-01", "team": "一部", "role": "rep"},
    {"person": "2", "from": "2025-01-01", "team": "一部", "role": "rep"},
]
MARCH = date(2026, 3, 31)


@dataclass(frozen=True)
class Case:
    """Records in which something waits, what is filled in, and what is then true."""

    records: Mapping[str, Rows]
    answers: Mapping[str, Mapping[str, Any]]
    then: Callable[[Context], bool]
    count: int = 1
    amount: int | None = None
    feeds: Mapping[str, str] = field(default_factory=dict)


def person(context: Context, key: str) -> int:
    kind = context.store.registry["person"]
    from salescli.store.entities import resolve

    return resolve(context.store, kind, [key]).found[key]


CASES: dict[str, Case] = {
    "claims": Case(
        {
            "contract": [{"number": "HT-2026-1", "owner": "1", "amount": 90}],
            "receipt": [{"number": "R1", "date": "2026-03-01", "amount": 50, "note": "HT-2026-1"}],
        },
        {"R1": {"采用建议": "是"}},
        lambda context: [one["amount"] for one in records(context, "allocation").values()] == [500_000],
        amount=50,
    ),
    "receipt-owner": Case(
        {"receipt": [{"number": "R1", "date": "2026-03-01", "amount": 50, "payer": "甲"}]},
        {"R1": {"负责人": "王芳"}},
        lambda context: records(context)["R1"]["owner"] == person(context, "王芳"),
        amount=50,
    ),
    "contract-owner": Case(
        {"contract": [{"number": "C1", "amount": 70}, {"number": "C2", "owner": "2", "amount": 5}]},
        {"C1": {"签约人": "王芳"}},
        lambda context: records(context, "contract")["C1"]["owner"] == person(context, "王芳"),
        amount=70,
    ),
    "open-split": Case(
        {
            "contract": [{"number": "C1", "owner": "1", "amount": 1000, "warranty_end": "2027-01-01"}],
            "credit-split": [
                {"contract": "C1", "person": "1", "share": "49%"},
                {"contract": "C1", "person": "2", "share": "50%"},
            ],
        },
        {"赵磊": {"比例": 0.51}},
        lambda context: sum(one["share"] for one in records(context, "credit-split").values()) == 1_000_000,
        count=2,
        amount=10,
    ),
    "unlisted-people": Case(
        {"receipt": [{"number": "R1", "date": "2026-03-01", "amount": 50, "owner": "王方"}]},
        {"王方": {"工号": "7", "团队": "一部"}},
        lambda context: (
            [one["name"] for one in records(context, "person").values() if one["number"] == "7"] == ["王方"]
            and len(records(context, "person")) == 3
        ),
        amount=50,
    ),
    "seat": Case(
        {
            "person": [{"number": "3", "name": "李娜"}],
            "receipt": [{"number": "R1", "date": "2026-03-01", "amount": 50, "owner": "3"}],
        },
        {"李娜": {"团队": "一部", "岗位": "rep"}},
        lambda context: any(
            one["person"] == person(context, "3") and one["team"] for one in records(context, "assignment").values()
        ),
        amount=50,
    ),
    "target": Case(
        {"target": [{"metric": "receipts", "person": "1", "month": "2026-03", "amount": 100, "level": "base"}]},
        {"赵磊": {"目标值": 80}},
        lambda context: sorted(one["amount"] for one in records(context, "target").values()) == [800_000, 1_000_000],
    ),
    "warranty-end": Case(
        {
            "contract": [{"number": "C1", "owner": "1", "amount": 60}, {"number": "C2", "owner": "1", "amount": 5}],
            "payment-plan": [{"contract": "C1", "instalment": "质保金", "amount": 3, "due": "2027-03-01"}],
        },
        {"C1": {"质保到期日": date(2027, 3, 1)}},
        lambda context: records(context, "contract")["C1"]["warranty_end"] == "2027-03-01",
        amount=60,
    ),
    "instalment-due": Case(
        {
            "contract": [{"number": "C1", "owner": "1", "amount": 60}],
            "payment-plan": [{"contract": "C1", "instalment": "2", "amount": 30}],
        },
        {"C1": {"应收日期": "2026-05-01"}},
        lambda context: [one["due"] for one in records(context, "payment-plan").values()] == ["2026-05-01"],
        amount=30,
    ),
    "deal-owner": Case(
        {
            "deal": [
                {"number": "D1", "stage": "谈判", "amount": 9, "expected": "2026-05-01"},
                {"number": "D2", "stage": "输单", "amount": 9},
            ]
        },
        {"D1": {"负责人": "赵磊"}},
        lambda context: records(context, "deal")["D1"]["owner"] == person(context, "赵磊"),
        amount=9,
    ),
    "deal-expected": Case(
        {"deal": [{"number": "D1", "stage": "谈判", "amount": 9, "owner": "1"}]},
        {"D1": {"预计成交日期": date(2026, 6, 30)}},
        lambda context: records(context, "deal")["D1"]["expected"] == "2026-06-30",
        amount=9,
    ),
    "customer-owner": Case(
        {"customer": [{"number": "K1", "name": "甲"}, {"number": "K2", "name": "乙", "owner": "1"}]},
        {"K1": {"客户负责人": "王芳"}},
        lambda context: records(context, "customer")["K1"]["owner"] == person(context, "王芳"),
    ),
}


def fill_store(context: Context, case: Case) -> None:
    load(context.store, "team", TEAMS)
    load(context.store, "person", PEOPLE)
    load(context.store, "assignment", SEATS)
    if any(row.get("owner") == "王方" for rows in case.records.values() for row in rows):
        mention(context, "王方")
    for name, rows in case.records.items():
        load(context.store, name, rows, feed=f"{name}-2")


def mention(context: Context, name: str) -> None:
    """Name somebody as a fact sheet does while no list of people has been imported."""
    from salescli.store.batches import begin_batch, save_source
    from salescli.store.references import introduce
    from tests.unit.store_support import stage

    kind = context.store.registry["person"]
    with context.store.transaction():
        batch = begin_batch(context.store, "import", "mention")
        source = save_source(context.store, batch, "receipt", stage("receipt", [{"number": "X"}]).source)
        introduce(context.store, batch, kind, [name], {}, source)


def test_sheets_of_kinds_have_names_that_excel_takes() -> None:
    assert all(len(text) <= 31 for kind in fix_kinds() for text in kind.title)


def test_each_kind_has_a_case() -> None:
    assert [kind.name for kind in fix_kinds()] == [name.replace("_", "-") for name in NAMES]
    assert set(CASES) == {kind.name for kind in fix_kinds()}
    assert all(kind.title.zh and kind.title.en for kind in fix_kinds())


@pytest.mark.parametrize("name", CASES)
def test_what_is_filled_in_comes_back(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        fill_store(context, case)
        (section,) = find_sections(context, [name])
        assert section.count == case.count == len(section.rows)
        assert sum(section.amounts.values()) == (case.amount or 0)
        page = section.page("待补.xlsx")
        left = fill_in(build_forms([page], "zh"), {}, tmp_path / "未填.xlsx")
        assert take_in(context, left).batch is None
        path = fill_in(build_forms([page], "zh"), {page.name: case.answers}, tmp_path / "待补.xlsx")
        outcome = take_in(context, path)
        assert not outcome.problems and outcome.batch is not None
        assert case.then(context)
        assert find_sections(context, [name]) == []
        assert take_in(context, path).batch is None


@pytest.mark.parametrize("name", CASES)
def test_the_english_sheet_comes_back_too(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        fill_store(context, case)
        (chinese,) = find_sections(context, [name])
        page = chinese.page("x.xlsx")
        context.language = "en"
        (section,) = find_sections(context, [name])
        english = section.page("fix.xlsx")
        heads = dict(zip((one.header for one in page.columns), (one.header for one in english.columns), strict=True))
        answers = {row: {heads[head]: value for head, value in cells.items()} for row, cells in case.answers.items()}
        path = fill_in(build_forms([english], "en"), {english.name: answers}, tmp_path / "fix.xlsx")
        assert not take_in(context, path).problems
        assert case.then(context)


def test_all_kinds_go_into_one_workbook(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        load(context.store, "team", TEAMS)
        load(context.store, "person", PEOPLE)
        load(context.store, "assignment", SEATS)
        for name in ("warranty-end", "deal-owner", "target"):
            for kind, rows in CASES[name].records.items():
                load(context.store, kind, rows, feed=f"{name}-{kind}")
        content, count = write_fixes(context, "待补.xlsx")
        assert count == len(find_sections(context)) == 3
        answers = {
            "没有质保到期日的合同": CASES["warranty-end"].answers,
            "没有目标的人": CASES["target"].answers,
            "没有负责人的商机": CASES["deal-owner"].answers,
        }
        outcome = take_in(context, fill_in(content, answers, tmp_path / "待补.xlsx"))
        assert not outcome.problems
        assert CASES["warranty-end"].then(context) and CASES["target"].then(context)
        assert CASES["deal-owner"].then(context)


def test_a_form_is_no_list_of_its_type(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        mention(context, "王方")
        case = CASES["unlisted-people"]
        load(context.store, "team", TEAMS)
        load(context.store, "receipt", case.records["receipt"], feed="r")
        (section,) = find_sections(context, ["unlisted-people"])
        page = section.page("待补.xlsx")
        take_in(context, fill_in(build_forms([page], "zh"), {page.name: case.answers}, tmp_path / "待补.xlsx"))
        assert not is_mastered(context.store, context.store.registry["person"], in_force(context.store))


def test_a_record_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        fill_store(context, CASES["receipt-owner"])
        content, _ = write_fixes(context, "待补.xlsx", ["receipt-owner"])
        answers = {"没有归属人的回款": {"R1": {"负责人": "王芳", "回款编号": "R9"}}}
        outcome: ImportOutcome = take_in(context, fill_in(content, answers, tmp_path / "待补.xlsx"))
        assert [each.name for each in outcome.problems] == ["unknown-reference"]
        assert set(records(context)) == {"R1"}


def test_the_report_sums_by_kind_and_cuts_long_lists(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        load(context.store, "person", PEOPLE)
        load(context.store, "contract", [{"number": f"C{one}", "amount": one} for one in range(1, 6)])
        report = show_fixes(context, ["contract-owner"], 2)
        summary, table = report.blocks
        assert [row[:1] + row[2:4] for row in summary.rows] == [("contract-owner", 5, Decimal(15))]
        assert len(table.rows) == 2
        assert len(show_fixes(context, ["没有签约人的合同"]).blocks[1].rows) == 5


def test_an_unknown_kind_is_told_with_the_nearest(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as context, pytest.raises(UsageError) as raised:
        show_fixes(context, ["claim"])
    (found,) = raised.value.problems
    assert (found.name, found.values["nearest"]) == ("unknown-fix", "claims")


def test_nothing_waits_in_an_empty_store(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as context:
        assert write_fixes(context, "x.xlsx") == (b"", 0)
        (summary,) = show_fixes(context).blocks
        assert not summary.rows


def test_a_target_in_another_currency_is_a_target(tmp_path: Path) -> None:
    people: Rows = [{"number": str(one), "name": f"P{one}"} for one in range(1, 5)]
    teams = {"1": "东", "2": "西", "3": "西", "4": "东"}
    with workspace_context(tmp_path, is_filled=False) as context:
        load(context.store, "team", [{"name": "东"}, {"name": "西"}])
        load(context.store, "person", people)
        seats: Rows = [
            {"person": one, "from": "2025-01-01", "team": team, "role": "rep"} for one, team in teams.items()
        ]
        load(context.store, "assignment", seats)
        targets: Rows = [
            {"metric": "receipts", "person": "1", "month": "2026-03", "amount": 1, "currency": "USD"},
            {"metric": "receipts", "person": "2", "month": "2026-03", "amount": 1, "currency": "EUR"},
        ]
        load(context.store, "target", [{**one, "level": "base"} for one in targets])
        (section,) = find_sections(context, ["target"])
        keys = [column.key for column in section.columns]
        asked = [(row[keys.index("person")], row[keys.index("currency")]) for row in section.rows]
        assert asked == [("3", "EUR"), ("4", "USD")]


def test_a_record_may_stand_on_two_sheets(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False, language="zh") as context:
        load(context.store, "person", PEOPLE)
        load(context.store, "contract", [{"number": "C1", "amount": 60}])
        load(
            context.store,
            "payment-plan",
            [{"contract": "C1", "instalment": "质保金", "amount": 3, "due": "2027-03-01"}],
        )
        content, count = write_fixes(context, "待补.xlsx")
        assert count == 2
        answers = {
            "没有签约人的合同": {"C1": {"签约人": "王芳"}},
            "没有质保到期日的合同": {"C1": {"质保到期日": date(2027, 3, 1)}},
        }
        outcome = take_in(context, fill_in(content, answers, tmp_path / "待补.xlsx"))
        assert not outcome.problems
        contract = records(context, "contract")["C1"]
        assert (contract["owner"], contract["warranty_end"]) == (person(context, "王芳"), "2027-03-01")
        assert find_sections(context) == []
        assert undo(context, outcome.batch).batch is not None
        assert records(context, "contract")["C1"]["owner"] is None
        assert records(context, "contract")["C1"]["warranty_end"] is None
