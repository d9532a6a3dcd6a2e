"""The facts between two computations of one person: each that came, went or changed, and none that did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from salescli.core.commission.adjusting import Adjustment
from salescli.core.commission.input_changes import input_changes
from salescli.core.commission.inputs import (
    CreditLine,
    Deduction,
    Grade,
    Opening,
    PayeeInputs,
    Posted,
    QuotaMonth,
    Reading,
    Received,
    Term,
)

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LINE = CreditLine(
    "sales", date(2026, 1, 5), "R1", Decimal(100), Decimal(100), Decimal(100), kind="receipt", source="a.xlsx!1月!4"
)
FACTS = PayeeInputs(
    "1",
    start=JANUARY,
    end=date(2027, 1, 1),
    lines=(LINE,),
    quotas=(QuotaMonth("receipts", JANUARY, Decimal(500), source="q.xlsx!目标!2"),),
    terms=(Term("base-rate", Decimal("0.02")),),
    grades=(Grade("kpi", JANUARY, "A", FEBRUARY),),
    readings=(Reading("collection-rate", JANUARY, Decimal(7), Decimal(10)),),
    openings=(Opening("sales", Decimal(50)),),
    posted=(Posted(JANUARY, JANUARY, "sales", Decimal(10)),),
    deductions=(Deduction(JANUARY, Decimal(20), "D1"),),
    received=(Received("C1", JANUARY, Decimal(5), Decimal(50)),),
    adjustments=(Adjustment("A1", JANUARY, Decimal(3)),),
)


def told(before: PayeeInputs | None, after: PayeeInputs | None) -> list[tuple[str, ...]]:
    return [(one.cause, one.what, one.before, one.after) for one in input_changes(before, after)]


def test_the_same_facts_in_any_order_are_no_change() -> None:
    second = replace(LINE, key="R2")
    one, other = (replace(FACTS, lines=lines) for lines in ((LINE, second), (second, LINE)))
    assert not told(FACTS, FACTS) and not told(one, other)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lines": ()}, ("credit-gone", "R1", "100.00", "")),
        ({"lines": (LINE, replace(LINE, key="R2"))}, ("credit-came", "R2", "", "100.00")),
        (
            {"lines": (replace(LINE, amount=Decimal(90), pay_credit=Decimal(90)),)},
            ("credit-changed", "R1", "100.00", "90.00"),
        ),
        ({"lines": (replace(LINE, share=Decimal("0.5"), pay_credit=Decimal(50)),)}, ("share", "R1", "100 %", "50 %")),
        ({"lines": (replace(LINE, date=FEBRUARY),)}, ("date", "R1", "2026-01-05", "2026-02-01")),
        (
            {"quotas": (QuotaMonth("receipts", JANUARY, Decimal(600)),)},
            ("quota", "receipts 2026-01", "500.00", "600.00"),
        ),
        ({"terms": ()}, ("term", "base-rate", "0.02", "")),
        ({"grades": (Grade("kpi", JANUARY, "B", FEBRUARY),)}, ("grade", "kpi 2026-01", "A", "B")),
        (
            {"readings": (Reading("collection-rate", JANUARY, Decimal(8), Decimal(10)),)},
            ("reading", "collection-rate 2026-01..2026-01", "7.00 / 10.00", "8.00 / 10.00"),
        ),
        ({"openings": ()}, ("opening", "sales", "50.00", "")),
        ({"posted": (Posted(JANUARY, JANUARY, "sales", Decimal(11)),)}, ("months", "2026-01", "10.00", "11.00")),
        ({"deductions": (Deduction(JANUARY, Decimal(25), "D1"),)}, ("deduction", "D1", "20.00", "25.00")),
        ({"received": ()}, ("received", "C1 2026-01-01", "5.00", "")),
        ({"adjustments": (Adjustment("A1", JANUARY, Decimal(4)),)}, ("adjustment", "A1 2026-01", "3.00", "4.00")),
        ({"end": FEBRUARY}, ("stay", "", "2026-01-01..2027-01-01", "2026-01-01..2026-02-01")),
        ({"contract_dates": {("C1", "warranty_end"): JANUARY}}, ("contract-date", "C1 warranty_end", "", "2026-01-01")),
    ],
)
def test_a_fact_that_is_another_is_told(changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert told(FACTS, replace(FACTS, **changes)) == [expected]


def test_who_comes_onto_a_plan_brings_everything() -> None:
    causes = [one.cause for one in input_changes(None, FACTS)]
    assert causes[:2] == ["stay", "credit-came"] and len(causes) == len(set(causes)) == 11
    gone = input_changes(FACTS, None)
    assert [one.cause for one in gone][:2] == ["stay", "credit-gone"]
    assert gone[1].credit == Decimal(-100) and gone[1].source == "a.xlsx!1月!4"
