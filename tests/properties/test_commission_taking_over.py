"""The laws of balances that go on: whatever is known when, all plans together come to one recomputation."""

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.handing import hand_over
from salescli.core.commission.inputs import CreditSum, Deduction, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.commission.taking_over import Handing
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period
from salescli.services.context import open_context
from salescli.services.workspace import create_workspace
from salescli.store.runs import closed_runs
from tests.unit.store_support import load

PLAN = """format: 1
plan: {name}
title: {{zh: 规律, en: Law}}
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: receipts, credit: own, rate: 7.3%, refunds: recompute}}
payout: {{{holdback}{draw}{takes}below_zero: carry, round_to: 0.01}}
"""
DRAWS = (
    "",
    "deductions: {at_most: 30% of pay}, ",
    "draw: {tops_up_to: 50, for_months: 2, recover: 60% of pay above the draw, recover_from_month: 2, "
    "at_plan_end: owed}, deductions: {at_most: 30% of pay}, ",
)
KEEPS = ("", "holdback: [{keep: 20%, of: sales, until: 2026-06-15}], ")
PLANS = {
    (draw, keep): tuple(
        load_plan(PLAN.format(name=name, draw=draw, takes=takes, holdback=keep)).require()
        for name, takes in (("old", ""), ("new", "takes_over: old, "))
    )
    for draw in DRAWS
    for keep in KEEPS
}
MONTHS = tuple(date(2026, month, 1) for month in range(1, 10))  # in the last nothing new is known
FROM = date(2026, 4, 1)  # the first day under the new plan
CENTS = st.integers(-400_000, 400_000).map(lambda cents: Decimal(cents) / 100)
facts = st.lists(st.tuples(st.integers(0, 7), CENTS, st.integers(0, 7)), min_size=1, max_size=8)
taken = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 9_000).map(lambda c: Decimal(c) / 100)), max_size=3)


def closed(plans, rows, deductions):
    """Close all months in order, each with what is known then; return all payments and the last balances."""
    old, new = plans
    known = [
        PayeeInputs("P", start=date(2026, 1, 1), end=FROM, opening=MONTHS[0]),
        PayeeInputs("P", start=FROM, opening=MONTHS[0]),
    ]
    paid, last = Decimal(0), ()
    for month in MONTHS:
        here = [(MONTHS[of], amount) for of, amount, when in rows if MONTHS[max(of, when)] <= month]
        due = [Deduction(MONTHS[of].replace(day=5), amount, f"K{n}") for n, (of, amount) in enumerate(deductions)]
        for place, is_mine in enumerate((lambda day: day < FROM, lambda day: day >= FROM)):
            credits = tuple(CreditSum("sales", day, amount, amount) for day, amount in here if is_mine(day))
            mine = tuple(one for one in due if is_mine(one.date)) if plans[place].payout.deductions else ()
            known[place] = replace(known[place], credits=credits, deductions=mine, handing=Handing())
        upto, results = month_of(month), []
        if month >= FROM:
            over = tuple((run, "new") for run in MONTHS if FROM <= run <= month)
            known[0] = replace(known[0], handing=Handing(over))
            left, now = hand_over(old, known[0], upto)
            known[1] = replace(known[1], handing=Handing(brought=left, now=(now,) if now is not None else ()))
            results.append(compute_payee(new, known[1], upto))
        results.insert(0, compute_payee(old, known[0], upto))
        assert sum(one.moved for one in results) == 0 or month < FROM
        for place, result in enumerate(results):
            known[place] = with_posted(known[place], result)
        paid += sum(one.payable for one in results)
        last = results
    return paid, last


@given(st.sampled_from(DRAWS), st.sampled_from(KEEPS), facts, taken)
def test_both_plans_come_to_one_recomputation_and_the_old_one_keeps_no_debt(draw, keep, rows, deductions):
    plans = PLANS[draw, keep]
    paid, last = closed(plans, rows, deductions)
    again, wanted = closed(plans, [(of, amount, 0) for of, amount, _ in rows], deductions)
    assert paid + sum(one.carried_out for one in last) == again + sum(one.carried_out for one in wanted)
    for one, other in zip(last, wanted, strict=True):
        if one.balance is not None:
            assert (one.balance.owed, one.balance.waiting) == (other.balance.owed, other.balance.waiting)
    assert last[0].carried_out == 0 and not last[0].transfers and not last[1].transfers
    assert all(one.balance is None or one.balance.earlier == 0 for one in last), "what was moved stays moved"
    if last[0].balance is not None:
        assert not (last[0].balance.owed or last[0].balance.waiting)


SEATED = """format: 1
plan: {name}
title: {{zh: 规律, en: {name}}}
for: {{role: {name}}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: at-refund-date}}
payout: {{{draw}{takes}below_zero: carry, round_to: 0.01}}
"""
ROLES = ("old", "acting", "other")
AFTER = 8  # the months that are closed; the last brings nothing new
months = st.integers(2, 6)
days = st.tuples(months, st.sampled_from([1, 16]))
promoted = st.tuples(days, st.sampled_from(ROLES[1:]), st.just(1))
corrected = st.lists(st.tuples(days, st.sampled_from(ROLES), st.integers(2, 6)), max_size=3)
sums = st.lists(st.tuples(months, st.integers(-9_000, 9_000).filter(bool), st.integers(0, 2)), max_size=4)
chains = st.sampled_from(["old", "acting"])  # what the third plan takes over


def posted(draw, chain, way, rows):
    """Close all months with seats and money known late; return what was paid, the last results, and what took over.

    Until February the person is under the old plan and carries a debt that no month but July earns back.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder), "test", "CNY", "en")
        for name, takes in zip(ROLES, ("", "takes_over: old, ", f"takes_over: {chain}, "), strict=True):
            text = SEATED.format(name=name, takes=takes, draw=draw)
            (workspace.config / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
        with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
            load(context.store, "person", [{"number": "1", "name": "P"}])
            load(context.store, "assignment", [{"person": "P", "from": "2025-01-01", "role": "old"}], feed="first")
            load(context.store, "contract", [{"number": "C", "owner": "P"}])
            open_month(context, context.parse_period("2026-01"), None)
            whole = [(1, 1_000, 0), (1, -70_000, 0), *rows, (7, 900_000, 0)]
            paid, last, took = Decimal(0), {}, set()
            for month in range(1, AFTER + 1):
                for number, ((of, day), role, known) in enumerate(way):
                    if known == month:
                        row = {"person": "P", "from": f"2026-{of:02}-{day:02}", "role": role}
                        load(context.store, "assignment", [row], feed=f"seat-{number}")
                for number, (of, amount, late) in enumerate(whole):
                    if min(of + late, 7) == month:
                        kind = "receipt" if amount > 0 else "refund"
                        row = {"number": f"M{number}", "date": f"2026-{of:02}-10", "contract": "C"}
                        load(context.store, kind, [row | {"amount": str(abs(amount))}], feed=f"money-{number}")
                period = context.parse_period(f"2026-{month:02}")
                last = {one.plan.name: one.result for one in compute_period(context, period).computed}
                moved = [each for one in last.values() for each in one.transfers]
                for figure in ("carried", "owed", "waiting"):
                    assert sum(getattr(one, figure) for one in moved) == 0, "what one plan hands over another takes"
                taken = ((name, each) for name, one in last.items() for each in one.transfers if each.is_taken)
                took |= {name for name, each in taken if each.plan == "old"}
                close_period(context, period)
                paid += sum(one.payable for one in last.values())
            assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
    return paid, last, took


def carried_of(results):
    return {plan: one.carried_out for plan, one in results.items()}


def left_of(results, figure):
    return sum(getattr(one.balance, figure) for one in results.values() if one.balance is not None)


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.sampled_from(DRAWS), chains, promoted, st.booleans(), corrected, sums, st.booleans())
def test_seats_known_late_leave_no_debt_where_it_was_handed(draw, chain, first, is_undone, more, rows, is_late):
    """`first` is a promotion; `more` are other days, plans and returns that become known later."""
    undone = [(first[0], role, known) for _, role, known in more[:1] if is_undone]
    way = sorted([first, *undone, *more[len(undone) :]], key=lambda one: one[2])
    at_once = [(of, amount, 0) for of, amount, _ in rows]
    paid, last, took = posted(draw, chain, way, rows if is_late else at_once)
    again, wanted, _ = posted(draw, chain, [(day, role, 1) for day, role, _ in way], at_once)
    assert paid + sum(carried_of(last).values()) == again + sum(carried_of(wanted).values())
    for figure in ("owed", "waiting"):
        assert left_of(last, figure) == left_of(wanted, figure)
    assert not any(one.transfers for one in last.values()), "all is moved as today's facts say"
    roles = {"old", *({day: role for day, role, _ in way}.values())}
    assert not any(carried_of(last)[plan] for plan in took - roles if plan in last), "nor what a mistake has paid"
    if len(more) == 1 and not is_late:
        assert paid == again
        assert {**carried_of(wanted), **carried_of(last)} == {**carried_of(last), **carried_of(wanted)}
