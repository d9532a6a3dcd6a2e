"""The payroll file of a closed month, and what was really paid: three ledgers that are never one number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.adjusting import AdjustmentLine
from salescli.core.commission.result import Balance, PayeeResult
from salescli.core.commission.taking_over import Transfer
from salescli.core.money import total
from salescli.core.table import Table
from salescli.errors import Problem, ProblemsFound, Refused
from salescli.services.batches import undo
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period, reopen_period, verify_run
from salescli.services.commission.paid import paid_beside, state_of_run
from salescli.services.commission.pay_sheet import Paid, record_payments
from salescli.services.commission.payroll import FIGURES, Payroll, build_payroll_file
from salescli.services.commission.showing import show_period
from salescli.services.commission.statements import show_statement
from salescli.services.commission.stored import choose_run, load_payees
from salescli.services.context import Context
from salescli.services.record.editing import add_record, edit
from tests.unit.services.closing import PLAN, close, paying_context
from tests.unit.services.importing import give
from tests.unit.services.test_gone import NUMBERED, month

JANUARY = {"王芳": "171.00", "赵磊": "172.50"}  # a tenth of the 30 receipts of January


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """January is closed; 王芳 and 赵磊 are paid, of two legal entities."""
    with paying_context(tmp_path / "w") as opened:
        edit(opened, "person", "1", ["legal_entity=上海公司", "cost_centre=8801"])
        edit(opened, "person", "2", ["legal_entity=北京公司"])
        give(opened, "一月回款.csv", month(1), NUMBERED)
        close(opened, "2026-01")
        yield opened


def payroll(context: Context) -> Payroll:
    return build_payroll_file(context, context.parse_period("2026-01"))


def columns(context: Context, text: str) -> None:
    (context.workspace.config / "payroll.yaml").write_text(f"format: 1\ncolumns:\n{text}", encoding="utf-8")


def sheet(context: Context, text: str, name: str = "实发.csv") -> Path:
    path = context.workspace.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def pay(context: Context, text: str, name: str = "实发.csv", label: str = "2026-01") -> Paid:
    return record_payments(context, context.parse_period(label), sheet(context, text, name))


def names(problems: list[Problem]) -> list[str]:
    return [each.name for each in problems]


def told(paid: Paid) -> list[tuple[Any, ...]]:
    (table,) = paid.report.blocks
    assert isinstance(table, Table)
    return [row[1:6] for row in table.rows]


# The payroll file.


def test_each_legal_entity_has_its_table_and_the_total_is_what_the_run_makes_payable(context: Context) -> None:
    file = payroll(context)
    payable = total(one.result.payable for one in load_payees(context, file.run))
    entities = file.report.blocks[0]
    assert isinstance(entities, Table) and entities.total is not None
    assert payable == Decimal("343.50") == entities.total[3]
    assert [(one.entity, one.table.rows[0][-1]) for one in file.tables] == [
        ("上海公司", Decimal("171.00")),
        ("北京公司", Decimal("172.50")),
    ]
    lines = [row for one in file.tables for row in one.table.rows]
    assert total(row[-1] for row in lines if isinstance(row[-1], Decimal)) == payable
    assert lines[0][:6] == ("1", "王芳", "上海公司", "8801", "2026-01", "CNY")


AMOUNTS = st.decimals(min_value=-10_000, max_value=10_000, places=2)
ADDED = ("earned", "adjustments", "draw", "carried")
TAKEN_OFF = ("holdback", "deducted")


@given(st.lists(AMOUNTS, min_size=15, max_size=15), st.booleans())
def test_the_figures_of_a_line_add_up_to_payable(amounts: list[Decimal], has_balance: bool) -> None:
    day, (by_hand, moved, listed, *rest) = date(2026, 1, 1), amounts
    earned, kept_change, carried_in, carried_out, *rest = rest
    balance = Balance(*rest) if has_balance else None
    one = PayeeResult(
        person="1", plan="p", run=day, currency="CNY", components=(), kept=(), earned=earned, kept_change=kept_change,
        carried_in=carried_in, carried_out=carried_out, payable=Decimal(0), steps=(), notes=(), balance=balance,
        adjustments=(AdjustmentLine("A", day, by_hand, stands=by_hand),), listed=listed,
        transfers=(Transfer("q", True, moved, *rest[:2]),),
    )  # fmt: skip
    due = earned + by_hand - kept_change + carried_in + (balance.adjusted if balance else 0) + moved
    one = replace(one, payable=due - carried_out - listed)
    figures = {name: figure(one) for name, figure in FIGURES.items()}
    assert total(figures[name] for name in ADDED) - total(figures[name] for name in TAKEN_OFF) == one.payable
    parts = figures["carried_in"] + figures["moved"] - figures["carried_out"] - figures["listed"]
    assert figures["carried"] == parts


def test_the_shipped_columns_add_up_to_payable(context: Context) -> None:
    cells = ["number=A1", "person=王芳", "month=2026-01", "amount=500", "reason=陈列"]
    add_record(context, "adjustment", cells)
    close(context, "2026-02")
    (one,) = build_payroll_file(context, context.parse_period("2026-02")).tables
    figures = {column.key: one.table.rows[0][at] for at, column in enumerate(one.table.columns)}
    assert {*ADDED, *TAKEN_OFF, "payable"} <= figures.keys()
    assert (figures["adjustments"], figures["payable"]) == (Decimal("500.00"), Decimal("500.00"))


def test_a_legal_entity_has_its_own_file_with_the_headings_of_the_workspace(context: Context) -> None:
    columns(
        context,
        "  - {title: 员工, from: person.name}\n  - {title: 科目, value: '6601'}\n  - {title: 元, from: payable}\n",
    )
    name, report = payroll(context).file_of(payroll(context).tables[1], "zh")
    (table,) = report.blocks
    assert isinstance(table, Table)
    assert name == "2026-01-北京公司" and [one.key for one in table.columns] == ["员工", "科目", "元"]
    assert table.rows == (("赵磊", "6601", Decimal("172.50")),)
    assert payroll(context).as_one_table("zh").blocks[0].rows == (
        ("王芳", "6601", Decimal("171.00")),
        *table.rows,
    )


def test_who_is_paid_nothing_is_left_out_or_listed(context: Context) -> None:
    assert any("nothing payable, left out: 1" in line.en for line in payroll(context).report.footer)
    columns(context, "  - {title: 元, from: payable}\nzero: listed\n")
    assert sum(len(one.table.rows) for one in payroll(context).tables) == 3


def test_an_unknown_column_is_named_at_its_place(context: Context) -> None:
    columns(
        context, "  - {title: 元, from: payable}\n  - {title: 户, from: person.bank}\n  - {title: 额, from: paybale}\n"
    )
    with pytest.raises(ProblemsFound) as caught:
        payroll(context)
    assert [(one.name, str(one.where)) for one in caught.value.problems] == [
        ("unknown-payroll-column", "config/payroll.yaml:4:22"),
        ("unknown-payroll-column", "config/payroll.yaml:5:22"),
    ]
    assert caught.value.problems[1].values["nearest"] == "payable"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  - {title: 元, from: payable, value: x}\n", "payroll-column-source"),
        ("  - {title: 元}\n", "payroll-column-source"),
        ("  - {title: 名, from: person.name}\n", "payroll-without-payable"),
        ("  - {title: 元, form: payable}\n", "unknown-key"),
    ],
)
def test_a_file_of_columns_that_says_nothing_is_refused(text: str, name: str, context: Context) -> None:
    columns(context, text)
    with pytest.raises(ProblemsFound) as caught:
        payroll(context)
    assert name in names(list(caught.value.problems))


def test_only_a_closed_month_is_paid(context: Context) -> None:
    february = context.parse_period("2026-02")
    for attempt in (
        lambda: build_payroll_file(context, february),
        lambda: pay(context, "姓名,实发\n王芳,1\n", label="2026-02"),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert names(list(caught.value.problems)) == ["pay-not-closed"]


# What was really paid.


def test_what_was_paid_stands_beside_payable_and_leads_to_its_cell(context: Context) -> None:
    done = pay(context, "工号,姓名,实发金额\n1,王芳,171.00\n,李娜,20\n")
    assert told(done) == [
        ("王芳", Decimal("171.00"), Decimal("171.00"), Decimal("0.00"), ""),
        ("赵磊", Decimal("172.50"), None, Decimal("-172.50"), "实发表中没有"),
        ("李娜", Decimal("0.00"), Decimal("20"), Decimal("20.00"), "多发"),
    ]
    assert names(done.problems) == ["paid-elsewhere"] and done.problems[0].values["amount"] == "-152.50"
    run = choose_run(context, context.parse_period("2026-01"))
    assert [one.source for one in paid_beside(context, run) if one.paid] == ["实发.csv!2", "实发.csv!3"]
    assert state_of_run(context, run) == "paid"
    assert show_period(context, context.parse_period("2026-01")).report.data["state"] == "paid"


def test_a_paid_month_is_not_reopened_until_its_payment_is_undone(context: Context) -> None:
    january = context.parse_period("2026-01")
    done = pay(context, "姓名,实发\n王芳,171\n赵磊,172.5\n")
    assert not done.problems
    with pytest.raises(Refused) as caught:
        reopen_period(context, january, "漏了")
    (said,) = caught.value.problems
    assert (
        said.name == "paid-not-reopened" and said.values["source"] == "实发.csv" and said.values["batch"] == done.batch
    )
    undo(context, done.batch)
    assert state_of_run(context, choose_run(context, january)) == "closed"
    assert reopen_period(context, january, "漏了").state == "draft"


def test_a_difference_stays_on_the_list_and_moves_no_payable(context: Context) -> None:
    give(context, "二月回款.csv", month(2), NUMBERED)
    february = context.parse_period("2026-02")
    before = {one.item: one.result.to_json() for one in load_payees(context, close_period(context, february))}
    reopen_period(context, february, "test")
    pay(context, "姓名,实发\n王芳,100\n赵磊,172.5\n")
    for _ in range(2):
        (item,) = [
            row for table in check_period(context, february).report.blocks if table.name == "payments"
            for row in table.rows
        ]  # fmt: skip
        assert item[0] == "王芳" and item[2] == Decimal("-71.00") and item[3] == "实发.csv!2"
    run = close_period(context, february)
    assert {one.item: one.result.to_json() for one in load_payees(context, run)} == before
    for label in ("2026-01", "2026-02"):
        assert verify_run(context, choose_run(context, context.parse_period(label))).is_same
    statement = show_statement(context, context.parse_period("2026-01"), "王芳").report
    assert any("paid 100.00 of payable 171.00, difference -71.00" in line.en for line in statement.footer)
    assert not any("172" in line.en for line in statement.footer)


def test_the_same_sheet_again_records_nothing_and_a_corrected_one_what_it_corrects(context: Context) -> None:
    text = "姓名,实发\n王芳,100\n赵磊,172.5\n"
    first = pay(context, text)
    assert pay(context, text).batch is None
    again = pay(context, text.replace("100", "171"), "实发-更正.csv")
    assert again.batch is not None and again.batch != first.batch and not again.problems
    assert told(again)[0][2] == Decimal("171")
    undo(context, again.batch)
    run = choose_run(context, context.parse_period("2026-01"))
    assert next(one.paid for one in paid_beside(context, run)) == Decimal("100")


def test_everything_wrong_with_a_sheet_is_said_at_once_and_nothing_is_recorded(context: Context) -> None:
    batches = context.store.db.execute("SELECT count(*) FROM batch").fetchone()
    with pytest.raises(ProblemsFound) as caught:
        pay(context, "姓名,实发\n王芳,12O\n王方,5\n赵磊,1\n赵磊,2\n")
    assert [(one.name, str(one.where)) for one in sorted(caught.value.problems, key=Problem.sort_key)] == [
        ("bad-amount", "实发.csv!B2"),
        ("unknown-record", "实发.csv!A3"),
        ("person-twice", "实发.csv!A5"),
    ]
    for text, name in (("姓名,应发\n王芳,5\n", "columns-not-found"), ("姓名,实发\n王芳,\n", "nobody-paid")):
        with pytest.raises(ProblemsFound) as caught:
            pay(context, text)
        assert names(list(caught.value.problems)) == [name]
    assert context.store.db.execute("SELECT count(*) FROM batch").fetchone() == batches
    assert state_of_run(context, choose_run(context, context.parse_period("2026-01"))) == "closed"


def test_a_number_with_the_name_of_somebody_else_is_refused_at_its_name(context: Context) -> None:
    with pytest.raises(ProblemsFound) as caught:
        pay(context, "工号,姓名,实发\n1,赵磊,171\n2,孙七,172.5\n")
    assert [(one.name, str(one.where)) for one in caught.value.problems] == [
        ("paid-other-name", "实发.csv!B2"),
        ("paid-other-name", "实发.csv!B3"),
    ]
    edit(context, "person", "2", ["name=孙七"])
    paid = pay(context, "工号,姓名,实发\n1,王 芳,171\n2,孙七,100\n")
    assert [row[2] for row in told(paid)][:2] == [Decimal(171), Decimal(100)]
    assert pay(context, "工号,姓名,实发\n1,,171\n").batch is None


def test_two_people_of_one_name_are_told_apart_by_their_numbers(context: Context) -> None:
    edit(context, "person", "2", ["name=王芳"])
    paid = pay(context, "工号,姓名,实发\n1,王芳,171\n2,王芳,172.5\n")
    assert not paid.problems


def test_an_amount_finer_than_money_is_refused_at_its_cell(context: Context) -> None:
    with pytest.raises(ProblemsFound) as caught:
        pay(context, "姓名,实发\n王芳,170.995\n赵磊,172.50\n")
    assert [(one.name, str(one.where)) for one in caught.value.problems] == [("paid-too-fine", "实发.csv!B2")]


def test_a_month_in_two_currencies_wants_to_know_in_which(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        plans = context.workspace.config / "plans"
        (plans / "tenth.yaml").write_text(PLAN.replace("for: {role: 销售}", "for: {people: ['1']}"), encoding="utf-8")
        euro = PLAN.replace("plan: tenth", "plan: euro").replace("currency: CNY", "currency: EUR")
        (plans / "euro.yaml").write_text(euro.replace("for: {role: 销售}", "for: {people: ['2']}"), encoding="utf-8")
        rows = [[*row, "EUR" if row[4] == "赵磊" else "CNY"] for row in month(1)]
        give(context, "一月回款.csv", rows, (*NUMBERED, "币种"))
        close(context, "2026-01")
        file = payroll(context)
        assert [(one.called.zh, one.currency) for one in file.tables] == [
            ("未填签约主体 CNY", "CNY"),
            ("未填签约主体 EUR", "EUR"),
        ]
        with pytest.raises(ProblemsFound) as caught:
            pay(context, "姓名,实发\n王芳,171\n赵磊,172.5\n")
        assert names(list(caught.value.problems)) == ["paid-currency-unknown"]
        with pytest.raises(ProblemsFound) as caught:
            pay(context, "姓名,实发,币种\n王芳,171,CNY\n赵磊,172.5,JPY\n")
        assert [(one.name, str(one.where)) for one in caught.value.problems] == [("paid-other-currency", "实发.csv!C3")]
        assert not pay(context, "姓名,实发,币种\n王芳,171,人民币\n赵磊,172.5,EUR\n").problems
