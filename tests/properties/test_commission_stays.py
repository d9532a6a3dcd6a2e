"""Random ways between two plans: each credit is paid by the plan of its day, whenever the move becomes known."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.credit_totals import total_credits
from salescli.services.commission.doubles import find_doubles
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period, read_plans
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from salescli.store.runs import closed_runs
from tests.unit.store_support import load

PLAN = """format: 1
plan: {role}
title: {{zh: {role}, en: {role}}}
for: {{role: {role}}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: {window}
    tier_by: amount
    apply: {apply}
    tiers:
      - from 0: 1%
      - from 10,000: 2%
    refunds: {refunds}
payout: {{below_zero: carry, round_to: 0.01}}
"""
ROLES = ("甲岗", "乙岗")
OFF = "休假"  # a role of no plan
MONTHS = 5
FIRST = date(2026, 1, 1)
LAST = date(2026, 6, 1)
days = st.integers(0, (LAST - FIRST).days - 1).map(lambda number: FIRST + timedelta(days=number))
amounts = st.integers(1, 2_000_000).map(lambda cents: Decimal(cents) / 100)
moves = st.lists(
    st.tuples(days, st.sampled_from([*ROLES, OFF]), st.integers(0, 2)), max_size=5, unique_by=lambda one: one[0]
)
receipts = st.lists(st.tuples(days, amounts, st.booleans()), min_size=1, max_size=8)
rules = st.tuples(
    st.sampled_from(["month", "quarter", "year"]),
    st.sampled_from(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"]),
    st.sampled_from(["recompute", "at-refund-date"]),
)


def known_in(day: date, late: int) -> int:
    """The month in which what is of a day becomes known, at the latest the last one."""
    return min(day.month + late, MONTHS)


def arrive(context: Context, month: int, way: list, rows: list) -> None:
    """Import what becomes known in a month: moves, receipts, and refunds of some of them a month later."""
    seats = [
        {"person": "王芳", "from": str(day), "role": role} for day, role, late in way if known_in(day, late) == month
    ]
    if seats:
        load(context.store, "assignment", seats, feed=f"seats-{month}")
    paid = [
        {"number": f"R{place}", "date": str(day), "owner": "王芳", "amount": str(amount)}
        for place, (day, amount, _) in enumerate(rows)
        if day.month == month
    ]
    if paid:
        load(context.store, "receipt", paid, feed=f"receipts-{month}")
    back = [
        {"number": f"F{place}", "date": f"2026-{month:02}-28", "receipt": f"R{place}", "amount": str(amount / 2)}
        for place, (day, amount, is_back) in enumerate(rows)
        if is_back and known_in(day, 1) == month and day.day < 28
    ]
    if back:
        load(context.store, "refund", back, feed=f"refunds-{month}")


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(moves, receipts, rules)
def test_every_credit_is_paid_by_the_plan_of_its_day(way, rows, said):
    way = sorted(way)
    window, apply, refunds = said
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder), "test", "CNY", "zh")
        for role in ROLES:
            text = PLAN.format(role=role, window=window, apply=apply, refunds=refunds)
            (workspace.config / "plans" / f"{role}.yaml").write_text(text, encoding="utf-8")
        with open_context(workspace, today=date(2026, 6, 1), create=True) as context:
            load(context.store, "person", [{"number": "1", "name": "王芳"}])
            load(
                context.store, "assignment", [{"person": "王芳", "from": "2025-01-01", "role": ROLES[0]}], feed="seats"
            )
            open_month(context, context.parse_period("2026-01"), None)
            posted: dict[str, Decimal] = {}
            carried: dict[str, Decimal] = {}
            for month in range(1, MONTHS + 1):
                arrive(context, month, way, rows)
                period = context.parse_period(f"2026-{month:02}")
                found = compute_period(context, period).computed
                close_period(context, period)
                for one in found:
                    posted[one.plan.name] = posted.get(one.plan.name, Decimal(0)) + one.result.payable
                    carried[one.plan.name] = one.result.carried_out
            assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
            assert not list(find_doubles(context, read_plans(context)))
            _check_credits(context, way, rows)
            whole = _everything(context)
    assert {name: amount + carried[name] for name, amount in posted.items()} == {
        name: whole.get(name, Decimal(0)) for name in posted
    }
    assert not any(amount for name, amount in whole.items() if name not in posted)


def _check_credits(context: Context, way: list, rows: list) -> None:
    """Hold the credits of each plan, and what nobody is paid on, against the roles day by day."""
    at = [(date.min, ROLES[0]), *((day, role) for day, role, _ in way), (date.max, "")]

    def role_on(day: date) -> str:
        return next(role for (start, role), (end, _) in pairwise(at) if start <= day < end)

    period = context.parse_period("2026-05")
    done = compute_period(context, period, with_lines=True)
    for one in done.computed:
        plain = {stay: one.payee.is_on(stay) for stay in (FIRST + timedelta(days=n) for n in range(151))}
        assert plain == {day: role_on(day) == one.plan.name for day in plain}
        (component,) = one.result.components
        due = sum((line.pay_credit for line in one.inputs.lines if role_on(line.date) == one.plan.name), Decimal(0))
        noted = sum((note.part("amount") for note in component.notes), Decimal(0))
        assert sum((each.pay_credit for each in one.inputs.credits), Decimal(0)) == due + noted
    for totals in total_credits(context, read_plans(context), context.parse_period("2026-01-01..2026-05-31")):
        assert totals.whole == totals.paid + totals.no_plan
        assert totals.several == totals.house == totals.no_component == 0
        if not any(is_back for _, _, is_back in rows):
            off = [amount for day, amount, _ in rows if role_on(day) == OFF]
            assert totals.no_plan == sum(off, Decimal(0))


def _everything(context: Context) -> dict[str, Decimal]:
    """Compute all months in one run from the facts of today, as if none was closed; the opening makes all count."""
    with context.store.transaction():
        context.store.db.execute(
            "DELETE FROM run_event WHERE event = 'closed' AND run IN (SELECT id FROM run WHERE kind = 'commission')"
        )
    done = compute_period(context, context.parse_period("2026-05"))
    return {one.plan.name: one.result.earned for one in done.computed}
