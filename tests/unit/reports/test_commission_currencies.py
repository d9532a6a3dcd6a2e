"""What managers shared out and what a transaction pays are added up within each currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salescli.core.table import Trace
from salescli.core.title import Title
from salescli.reports.commission.columns import RunHead
from salescli.reports.commission.explanation import CreditRow, build_transaction
from salescli.reports.commission.pack import PackTaken, build_taken

HEAD = RunHead("2026-03", 1, "draft", 1, Title("", ""), "USD")


def taken(manager: str, **given: str) -> PackTaken:
    amounts = {code.upper(): Decimal(amount) for code, amount in given.items()}
    return PackTaken(manager, 3, 2, 1, 0, amounts, f"{manager}.xlsx")


def test_what_was_shared_out_has_a_column_for_each_currency() -> None:
    packs = [taken("Nora", usd="10.00"), taken("Karl", eur="5.00", usd="0.50"), taken("Ida")]
    (table,) = build_taken("2026-03", packs, 7, is_dry=False).blocks
    assert [column.key for column in table.columns[6:-1]] == ["given-eur", "given-usd"]
    assert table.total[1:] == (9, 6, 3, 0, 0, Decimal("5.00"), Decimal("10.50"), None)
    assert [column.currency for column in table.columns[6:-1]] == ["EUR", "USD"]


def test_in_one_currency_there_is_one_column() -> None:
    (table,) = build_taken("2026-03", [taken("Karl", eur="5.00")], 7, is_dry=False).blocks
    assert [(column.key, column.currency) for column in table.columns[6:-1]] == [("given", "EUR")]


def credit(name: str, currency: str, pay: str) -> CreditRow:
    amount, whole = Decimal(100), Decimal(1)
    day = date(2026, 3, 1)
    return CreditRow(name, name, Title("提成", "Pay"), day, amount, whole, amount, Decimal(pay), "a.csv!2", currency)


def test_a_transaction_of_two_plans_has_a_table_for_each_currency() -> None:
    rows = [credit("Ann", "USD", "5.00"), credit("Bea", "EUR", "3.00"), credit("Cid", "USD", "1.25")]
    traces = [Trace("credit", (), Title(one.name, one.name)) for one in rows]
    euros, dollars, *told = build_transaction(HEAD, "R1", rows, (), "en", traces).blocks
    assert [one.title.en for one in told] == ["Ann · USD", "Bea · EUR", "Cid · USD"]
    assert (euros.name, dollars.name) == ("credits-eur", "credits-usd")
    assert (euros.total[7], dollars.total[7]) == (Decimal("3.00"), Decimal("6.25"))
    alone, _ = build_transaction(HEAD, "R1", rows[1:2], (), "en", traces[1:2]).blocks
    assert (alone.name, {column.currency for column in alone.columns if column.kind == "money"}) == ("credits", {"EUR"})


def test_a_currency_is_named_but_where_yuan_are_paid_in_yuan() -> None:
    plan = Title("方案", "Plan")
    yuan = RunHead("2026-03", 1, "draft", 1, Title("", ""), "CNY")
    assert yuan.in_currency(plan, "CNY") == plan
    assert [yuan.in_currency(plan, "EUR").zh, HEAD.in_currency(plan, "CNY").en] == ["方案 · EUR", "Plan · CNY"]
    assert HEAD.in_currency(plan, "USD").en == "Plan · USD"
