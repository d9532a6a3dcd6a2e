"""The law of credits over stores: per transaction, own shares and the house come to the whole; so do all together."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salescli.core.commission.payout import leaver_share
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.services.commission.credit_totals import total_credits
from salescli.services.commission.places import Places
from salescli.services.commission.running import compute_period, read_plans
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from salescli.store.metric_lines import fetch_lines
from tests.unit.store_support import load

PLAN = """format: 1
plan: law
title: {zh: 法, en: Law}
for: {role: 销售}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  own: {type: rate, pays_on: receipts-gross, credit: own, rate: 1%%, refunds: %s}
  besides: {type: rate, pays_on: receipts-gross, credit: overlay, rate: 1%%, refunds: recompute}
  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: gross}
    rate: 1%%
    refunds: recompute
payout: {below_zero: carry, round_to: 0.01}
leavers:
  receipts_after_last_day: {own_share: %d%%, for_days: %d, rest_to: %s}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""
PEOPLE = ("甲", "乙", "丙")
people = st.sampled_from(PEOPLE)
amounts = st.integers(1, 5_000_000).map(lambda cents: Decimal(cents) / 100)
splits = st.lists(st.tuples(people, st.integers(1, 50), st.booleans()), max_size=4, unique_by=lambda one: one[::2])
contracts = st.tuples(st.one_of(st.none(), people), splits, st.lists(st.integers(1, 900), max_size=3))
receipts = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 28), amounts, st.integers(0, 2), st.one_of(st.none(), people)),
    min_size=1,
    max_size=10,
)
rules = st.tuples(
    st.sampled_from(["recompute", "at-refund-date"]),
    st.integers(0, 100),
    st.integers(0, 90),
    st.sampled_from(["successor", "manager", "house"]),
)


def fill(
    context: Context, made: list, rows: list, back: dict[int, int], left: str | None, order: list[int],
    allocated: dict[int, int], unnamed: set[int],
) -> None:  # fmt: skip
    """Load people, contracts with their splits and lines, receipts in some order and batches, and refunds.

    `allocated` gives hundredths of receipts to the first contract; refunds of the `unnamed` say only a contract.
    """
    staff = [{"number": str(n), "name": name} for n, name in enumerate(PEOPLE)]
    if left:
        staff[0]["left"] = left
    load(context.store, "person", staff)
    seats = [
        {"person": p, "from": "2025-01-01", "role": "销售", "manager": "丙" if p != "丙" else None} for p in PEOPLE
    ]
    load(context.store, "assignment", seats)
    load(context.store, "customer", [{"name": "客户", "owner": "乙"}])
    load(context.store, "product", [{"number": f"P{n}", "name": f"P{n}"} for n in range(3)])
    load(
        context.store,
        "contract",
        [{"number": f"C{n}", "owner": one[0], "customer": "客户"} for n, one in enumerate(made)],
    )
    shares = [
        {
            "contract": f"C{n}",
            "person": p,
            "share": f"{share if not besides else share * 2}%",
            "kind": "overlay" if besides else "own",
        }
        for n, (_, split, _) in enumerate(made)
        for p, share, besides in capped(split)
    ]
    if shares:
        load(context.store, "credit-split", shares)
    lines = [
        {
            "order": f"O{n}",
            "line": str(m),
            "product": f"P{m}",
            "amount": amount,
            "contract": f"C{n}",
            "ordered": "2026-01-01",
        }
        for n, (_, _, weights) in enumerate(made)
        for m, amount in enumerate(weights)
    ]
    if lines:
        load(context.store, "order-line", lines)
    for place in order:
        month, day, amount, contract, owner = rows[place]
        row = {"number": f"R{place}", "date": f"2026-{month:02}-{day:02}", "amount": str(amount), "owner": owner}
        load(
            context.store,
            "receipt",
            [{**row, "contract": f"C{contract}" if contract < len(made) else None}],
            feed=f"r{place}",
        )
    parts = [
        {"receipt": f"R{place}", "contract": "C0", "amount": str(rows[place][2] * hundredths / 100)}
        for place, hundredths in allocated.items()
        if place < len(rows)
    ]
    if parts:
        load(context.store, "allocation", parts)
    undone = [
        {"number": f"T{place}", "date": f"2026-{month:02}-28", "amount": str(rows[place][2])}
        | ({"contract": "C0"} if place in unnamed else {"receipt": f"R{place}"})
        for place, month in back.items()
        if rows[place][0] <= month
    ]
    if undone:
        load(context.store, "refund", undone)


def capped(split: list) -> list:
    """Own shares of one contract come to 100 % at most."""
    found, rest = [], 100
    for person, share, besides in split:
        share = share if besides else min(share, rest)
        rest -= 0 if besides else share
        if share:
            found.append((person, share, besides))
    return found


def own_credits(context: Context) -> tuple[dict[str, Decimal], Decimal, list[str]]:
    """Return what each transaction is credited with, the house's part of all, and every result as it would be stored.

    What a transaction is credited with includes the house.
    """
    (file,) = read_plans(context)
    leavers, done = file.require().leavers, compute_period(context, context.parse_period("2026-04"), with_lines=True)
    found: Counter[str] = Counter()
    for one in done.computed:
        for line in one.inputs.lines:
            if line.component == "own":
                share = leaver_share(leavers, one.payee.end, line.date) if not line.taken_from else Decimal(1)
                found[line.key] += line.pay_credit * share
    nobodys = houses(context, done.leavers)
    for key, amount in nobodys:
        found[key] += amount
    return (
        dict(found),
        sum((amount for _, amount in nobodys), Decimal(0)),
        sorted(one.result.to_json() for one in done.computed),
    )


def houses(context: Context, leavers) -> list[tuple[str, Decimal]]:
    """What is nobody's by the records, and what leavers leave to nobody."""
    places, found = Places(context), []
    whole = context.parse_period("2026")
    (file,) = read_plans(context)
    for base, sign in context.catalogue.base_parts("receipts-gross"):
        finds = base.of == "refund" and file.require().components["own"].refunds == "recompute"
        base = replace(base, finds_receipts=finds)  # each part of a refund is shared by itself
        for row in fetch_lines(context.store, base, Query(base.name, (), whole), context.on.isoformat()):
            if row.person is None:
                found.append((places.key(row.entity), from_e4(sign * row.credit)))
    if leavers is not None:
        from salescli.services.commission.credits import Task
        from salescli.services.commission.leaving import find_rests
        from salescli.services.commission.payees import Hierarchy

        plan = file.require()
        april = context.parse_period("2026-04")
        task = Task(context, plan, "own", plan.components["own"], {}, april, Hierarchy(()), {})
        found += [(rest.line.key, rest.line.pay_credit) for rest in find_rests(leavers, task) if rest.to is None]
    return found


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.lists(contracts, min_size=1, max_size=2),
    receipts,
    st.dictionaries(st.integers(0, 3), st.integers(1, 4), max_size=3),
    rules,
    st.sampled_from([None, "2026-01-31", "2026-02-14"]),
    st.dictionaries(st.integers(0, 3), st.integers(1, 100), max_size=3),
    st.sets(st.integers(0, 3), max_size=2),
    st.randoms(use_true_random=False),
)
def test_own_shares_and_the_house_come_to_the_whole(made, rows, back, rule, left, allocated, unnamed, shuffled):
    back = {place: month for place, month in back.items() if place < len(rows)}
    orders = [list(range(len(rows))), shuffled.sample(range(len(rows)), len(rows))]
    said = []
    for order in orders:
        with tempfile.TemporaryDirectory() as folder:
            workspace = create_workspace(Path(folder), "test", "CNY", "zh")
            (workspace.config / "plans" / "law.yaml").write_text(PLAN % rule, encoding="utf-8")
            with open_context(workspace, today=date(2026, 5, 1), create=True) as context:
                fill(context, made, rows, back, left, order, allocated, unnamed)
                credited, house, results = own_credits(context)
                said.append(results)
                expected = {f"R{place}": row[2] for place, row in enumerate(rows)}
                expected |= {f"T{p}": -rows[p][2] for p, month in back.items() if rows[p][0] <= month}
                assert {key: amount for key, amount in credited.items() if amount} == expected
                is_moved = takes_back_from_leaver(rows, back, left) or (left is not None and bool(unnamed))
                check_totals(context, expected, None if is_moved else house)
    assert said[0] == said[1], "the order of arrival does not matter"


def takes_back_from_leaver(rows: list, back: dict[int, int], left: str | None) -> bool:
    """Whether a refund after the last day undoes a receipt before it: the totals count it on its own day."""
    days = {place: f"2026-{row[0]:02}-{row[1]:02}" for place, row in enumerate(rows)}
    return left is not None and any(days[place] <= left < f"2026-{month:02}-28" for place, month in back.items())


def check_totals(context: Context, expected: dict[str, Decimal], house: Decimal | None) -> None:
    """The four months of totals come to all transactions, and what is not paid is the house's."""
    whole = unpaid = Decimal(0)
    for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
        for one in total_credits(context, read_plans(context), context.parse_period(month)):
            assert one.whole == one.house + one.no_plan + one.no_component + one.paid
            assert not one.several and not one.no_plan
            whole += one.whole
            unpaid += one.unpaid
    assert whole == sum(expected.values())
    assert house is None or abs(unpaid - house) < Decimal("0.01"), "each figure is rounded by itself"
