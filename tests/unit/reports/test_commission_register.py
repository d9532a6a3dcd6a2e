"""The register of a run: whose component is of which plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salescli.core.commission.result import ComponentResult, Difference, PayeeResult
from salescli.core.table import Table
from salescli.core.title import Title
from salescli.reports.commission.columns import PaidPerson, RunHead
from salescli.reports.commission.register import build_register

HEAD = RunHead("2026-08", 1, "draft", 1, Title("", ""))
DAY, SOME, NOTHING = date(2026, 8, 1), Decimal("5.00"), Decimal(0)


def paid(person: str, plan: str) -> PaidPerson:
    late = Difference(date(2026, 7, 1), SOME, "credits")
    component = ComponentResult(
        component="sales", title=Title("阶梯", "Tiers"), window_start=DAY, window_end=DAY, position_before=NOTHING,
        position_after=SOME, credit=SOME, pay_credit=SOME, formula=SOME, own=NOTHING, differences=(late,), earned=SOME,
        earned_to_date=SOME, held=NOTHING, kept=NOTHING, to_next_tier=None, steps=(), notes=(), lines=(),
    )  # fmt: skip

    result = PayeeResult(
        person=person, plan=plan, run=DAY, currency="CNY", components=(component,), kept=(), earned=SOME,
        kept_change=NOTHING, carried_in=NOTHING, carried_out=NOTHING, payable=SOME, steps=(), notes=(),
    )  # fmt: skip
    return PaidPerson(f"name {person}", Title(plan, plan), result, {})


def table(name: str, *people: PaidPerson) -> Table:
    (found,) = [
        block
        for block in build_register(HEAD, people, frozenset(), (), "en").blocks
        if isinstance(block, Table) and block.name == name
    ]
    return found


def test_components_name_their_plan_where_somebody_is_on_two() -> None:
    both = [paid("3", "half-one"), paid("3", "half-two")]
    for name in ("components", "differences"):
        found = table(name, *both)
        place = [each.key for each in found.columns].index("plan")
        assert [row[place] for row in found.rows] == ["half-one", "half-two"]
        apart = table(name, paid("3", "half-one"), paid("4", "half-two"))
        assert "plan" not in [each.key for each in apart.columns]
