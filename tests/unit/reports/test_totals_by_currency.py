"""A table of several currencies has sums of each, and none of all."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.table import Column, Table
from salescli.core.title import Title
from salescli.reports.commission.columns import money, totals_by_currency

CURRENCY = Column("currency", Title("币种", "Currency"), give_way="narrow")
COLUMNS = (Column("name", Title("名", "Name")), CURRENCY, money("one", "一", "One"), money("two", "二", "Two"))


def test_amounts_are_added_within_a_currency() -> None:
    rows = (
        ("a", "USD", Decimal("1.00"), Decimal("10.00")),
        ("b", "EUR", Decimal("2.00"), None),
        ("c", "USD", Decimal("-4.00"), Decimal("0.01")),
    )
    found = totals_by_currency(Table("people", COLUMNS, rows))
    assert found.rows == (("EUR", Decimal(2), Decimal(0)), ("USD", Decimal(-3), Decimal("10.01")))
    assert [column.key for column in found.columns] == ["currency", "one", "two"]
    assert found.total is None
    assert not found.columns[0].give_way
