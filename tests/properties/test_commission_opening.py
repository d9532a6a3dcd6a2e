"""Opening in July from the sheet of June gives the same second half-year as running from January.

Amounts are tens, so that percentages of them, and a tenth of these, are whole cents: a sheet says what was earned to
the cent, and a window that goes on from there may round a cent otherwise than one that knows it exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest

from salescli.core.commission.result import PayeeResult
from salescli.core.table import Table
from salescli.services.commission.closing import close_period
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

PEOPLE = ("甲", "乙", "丙")
HEAD = """format: 1
plan: half
title: {zh: 半年, en: Half}
for: {role: 销售}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  year:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: %s
    apply: %s
    tiers: [%s]
%s    refunds: recompute
  month: {type: rate, pays_on: receipts-gross, credit: own, rate: 1%%, adds_up_over: month, refunds: recompute}
%spayout:
%s  round_to: 0.01
"""
AMOUNT, SHARE = "from 0: 3%, from 10_000: 5%, from 30_000: 9%", "from 0%: 3%, from 60%: 5%, from 120%: 9%"
BY_QUOTA = "{attainment_of: receipts-gross, of: own, quota: full-window}"
QUOTA = "    when_quota_is_zero: nothing\n    when_quota_changes: from-then-on\n"
HOLDBACK = "  holdback: [{keep: 10%, of: [year, month], until: contract.accepted_on, without_date: keep-and-list}]\n"
DRAW = """  draw:
    tops_up_to: 600
    for_months: 8
    recover: 50% of pay above the draw
    recover_from_month: 3
    at_plan_end: owed
"""
CAP = "limits: [{at_most: 1_900, of: year, over: year, excess: lost}]\n"
PLANS = {
    "slices": HEAD % ("amount", "slice-by-slice", AMOUNT, "", "", "  below_zero: carry\n"),
    "catching up": HEAD % ("amount", "all-at-rate-reached", AMOUNT, "", "", "  below_zero: carry\n"),
    "a quota and a cap": HEAD % (BY_QUOTA, "slice-by-slice", SHARE, QUOTA, CAP, "  below_zero: carry\n"),
    "held money": HEAD % ("amount", "new-at-rate-reached", AMOUNT, "", "", HOLDBACK + "  below_zero: carry\n"),
    "a draw": HEAD % ("amount", "slice-by-slice", AMOUNT, "", "", DRAW + "  below_zero: carry\n"),
    "all": HEAD % (BY_QUOTA, "all-at-rate-reached", SHARE, QUOTA, CAP, HOLDBACK + DRAW + "  below_zero: carry\n"),
}


@contextmanager
def company(folder: Path, plan: str, seed: int) -> Iterator[Context]:
    """Open a company whose whole year is known; refunds are of money of their own half-year."""
    random = Random(seed)
    workspace = create_workspace(folder, "test", "CNY", "en")
    (workspace.config / "plans" / "half.yaml").write_text(plan, encoding="utf-8")
    with open_context(workspace, today=date(2027, 1, 5), create=True) as context:
        store = context.store
        load(store, "person", [{"number": str(n), "name": name} for n, name in enumerate(PEOPLE, 1)])
        load(store, "assignment", [{"person": name, "from": "2025-01-01", "role": "销售"} for name in PEOPLE])
        accepted = [None, "2026-04-10", "2026-08-20", "2026-11-02"]
        load(store, "contract", [{"number": f"C{n}", "owner": PEOPLE[n % 3]}
                                 | ({"accepted_on": accepted[n % 4]} if accepted[n % 4] else {})
                                 for n in range(9)])  # fmt: skip
        load(store, "target", [
            {"metric": "receipts-gross", "person": name, "month": f"2026-{month:02}", "amount": 3000, "currency": "CNY"}
            for name in PEOPLE for month in range(1, 13)
        ])  # fmt: skip
        receipts, refunds = [], []
        for number in range(60):
            month, amount = random.randint(1, 12), 10 * random.randint(1, 300)
            day = f"2026-{month:02}-{random.randint(1, 28):02}"
            receipts.append({"number": f"R{number}", "date": day, "contract": f"C{number % 9}",
                             "amount": str(amount)})  # fmt: skip
            if random.random() < 0.25 and month not in (6, 12):
                back = f"2026-{random.randint(month + 1, 6 if month < 6 else 12):02}-28"
                refunds.append({"number": f"T{number}", "date": back, "receipt": f"R{number}",
                                "amount": str(10 * random.randint(1, amount // 10))})  # fmt: skip
        load(store, "receipt", receipts)
        load(store, "refund", refunds)
        yield context


def second_half(context: Context) -> dict[tuple[str, str], tuple[object, ...]]:
    """Close July to December; return what each pays everybody."""
    found = {}
    for month in range(7, 13):
        period = context.parse_period(f"2026-{month:02}")
        for one in compute_period(context, period).computed:
            found[one.payee.name, period.label] = figures(one.result)
        close_period(context, period)
    return found


def figures(result: PayeeResult) -> tuple[object, ...]:
    """What a statement says: each component, what is kept of each contract, and what is paid, owed and carried."""
    parts = tuple((one.component, one.own, one.position_after, one.earned) for one in result.components)
    kept = tuple((one.contract, one.amount, one.kept_to_date) for one in result.kept)
    balance = result.balance
    owed = (balance.owed, balance.topped_up, balance.recovered) if balance is not None else ()
    return (parts, kept, result.payable, result.carried_out, owed)


def sheet_of_june(context: Context, folder: Path) -> Path:
    """Write what June's run leaves behind as the sheet that somebody else's program would give."""
    lines = ["工号,姓名,方案,组件,累计业绩,已计提,留存,欠款,结转,合同,留存至"]
    for one in compute_period(context, context.parse_period("2026-06")).computed:
        result, who = one.result, f"{one.payee.key},{one.payee.name},half"
        owed = result.balance.owed if result.balance is not None else 0
        for place, part in enumerate(result.components):
            balances = f"{owed},{result.carried_out}" if not place else ","
            lines.append(f"{who},{part.component},{part.position_after},{part.earned_to_date},,{balances},,")
        lines += [f"{who},{kept.component},,,{kept.kept_to_date},,,{kept.contract},"
                  for kept in result.kept if kept.kept_to_date]  # fmt: skip
    path = folder / "六月.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", PLANS)
def test_a_sheet_of_june_continues_the_year(tmp_path, name, seed):
    with company(tmp_path / "whole", PLANS[name], seed) as context:
        open_month(context, context.parse_period("2026-01"), None)
        for month in range(1, 6):
            close_period(context, context.parse_period(f"2026-{month:02}"))
        sheet = sheet_of_june(context, tmp_path)
        close_period(context, context.parse_period("2026-06"))
        expected = second_half(context)
    with company(tmp_path / "opened", PLANS[name], seed) as context:
        opened = open_month(context, context.parse_period("2026-07"), sheet)
        tables = [one for one in opened.report.blocks if isinstance(one, Table)]
        assert len(tables) == 1 + ("holdback" in PLANS[name]), "what is held stands contract by contract"
        differing = [row for table in tables for row in table.rows if row[-1]]
        assert not differing, "the history implies the same"
        assert second_half(context) == expected
