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
from salescli.services.commission.opening import open_month, opening_template
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
GATE = """    needs:
      - metric: receipts-gross-attainment
        of: own
        over: quarter
        quota: full-window
        at_least: 90%
        looked_at: each-run
        meanwhile: hold
        if_missed: keep-held
        if_undefined: pass
"""
OF_YEAR = GATE.replace("over: quarter", "over: year").replace("keep-held", "lost").replace("90%", "70%")
FACTOR = """    times:
      - metric: receipts-gross-attainment
        of: own
        over: quarter
        quota: full-window
        looked_at: window-end
        until_known: 1.0
        once_known: true-up
        if_undefined: 1.0
        table: [from 0%: 0.5, from 60%: 1, from 120%: 1.5]
"""
UNKNOWN = FACTOR.replace("over: quarter", "over: year").replace("until_known: 1.0", "until_known: hold")
DEDUCTIONS = "  deductions: {at_most: 10% of pay}\n"
CAP = "limits: [{at_most: 1_900, of: year, over: year, excess: lost}]\n"
PLANS = {
    "slices": HEAD % ("amount", "slice-by-slice", AMOUNT, "", "", "  below_zero: carry\n"),
    "catching up": HEAD % ("amount", "all-at-rate-reached", AMOUNT, "", "", "  below_zero: carry\n"),
    "a quota and a cap": HEAD % (BY_QUOTA, "slice-by-slice", SHARE, QUOTA, CAP, "  below_zero: carry\n"),
    "held money": HEAD % ("amount", "new-at-rate-reached", AMOUNT, "", "", HOLDBACK + "  below_zero: carry\n"),
    "a draw": HEAD % ("amount", "slice-by-slice", AMOUNT, "", "", DRAW + "  below_zero: carry\n"),
    "a gate": HEAD % ("amount", "slice-by-slice", AMOUNT, GATE, "", "  below_zero: carry\n"),
    "a gate of the year": HEAD % ("amount", "slice-by-slice", AMOUNT, OF_YEAR, "", "  below_zero: carry\n"),
    "a gate and a factor": HEAD % ("amount", "slice-by-slice", AMOUNT, GATE + FACTOR, "", "  below_zero: carry\n"),
    "a factor that holds": HEAD % ("amount", "slice-by-slice", AMOUNT, UNKNOWN, "", "  below_zero: carry\n"),
    "deductions": HEAD % ("amount", "slice-by-slice", AMOUNT, "", "", DEDUCTIONS + "  below_zero: carry\n"),
    "all": HEAD % (BY_QUOTA, "all-at-rate-reached", SHARE, QUOTA, CAP, HOLDBACK + DRAW + "  below_zero: carry\n"),
}
ACROSS = ("slices", "catching up", "a quota and a cap", "a gate of the year")
"""Plans of which the total decides: a sheet's money is one sum, no refund can be taken out of one of its months."""


@contextmanager
def company(folder: Path, plan: str, seed: int, *, across: bool = False) -> Iterator[Context]:
    """Open a company whose whole year is known; refunds are of money of their own half-year, or (`across`) of any."""
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
                back = f"2026-{random.randint(month + 1, 6 if month < 6 and not across else 12):02}-28"
                refunds.append({"number": f"T{number}", "date": back, "receipt": f"R{number}",
                                "amount": str(10 * random.randint(1, amount // 10))})  # fmt: skip
        load(store, "receipt", receipts)
        load(store, "refund", refunds)
        if "deductions" in plan:
            load(store, "deduction", [
                {"number": f"D{number}", "person": name, "date": f"2026-{5 + 3 * number:02}-03", "amount": "90"}
                for number, name in enumerate(PEOPLE[:2])
            ])  # fmt: skip
        yield context


def second_half(context: Context, *, across: bool) -> dict[tuple[str, str], tuple[object, ...]]:
    """Close July to December; return what each pays everybody."""
    found = {}
    for month in range(7, 13):
        period = context.parse_period(f"2026-{month:02}")
        for one in compute_period(context, period).computed:
            found[one.payee.name, period.label] = figures(one.result, across=across)
        close_period(context, period)
    return found


def figures(result: PayeeResult, *, across: bool) -> tuple[object, ...]:
    """What a statement says: each component, what is kept of each contract, and what is paid, owed and carried."""
    parts = tuple(
        (one.component, one.earned, *(() if across and one.component == "month" else (one.position_after,)))
        + (() if across else (one.own,))
        for one in result.components
    )  # what comes back of a closed month is a difference of that month, and of a sheet it is this month's own
    kept = tuple((one.contract, one.amount, one.kept_to_date) for one in result.kept)
    balance = result.balance
    owed = (balance.owed, balance.topped_up, balance.recovered) if balance is not None else ()
    owed += (balance.deducted, balance.waiting) if balance is not None else ()
    return (parts, kept, result.payable, result.carried_out, owed)


def sheet_of_june(context: Context, folder: Path) -> Path:
    """Write what June's run leaves behind as the sheet that somebody else's program would give."""
    lines = ["工号,姓名,方案,组件,累计业绩,已计提,留存,欠款,结转,待扣款,合同,留存至,门槛暂存,暂存月份"]
    for one in compute_period(context, context.parse_period("2026-06")).computed:
        result, who = one.result, f"{one.payee.key},{one.payee.name},half"
        owed, waits = (result.balance.owed, result.balance.waiting) if result.balance is not None else (0, 0)
        for place, part in enumerate(result.components):
            balances = f"{owed},{result.carried_out},{waits or ''}" if not place else ",,"
            lines.append(f"{who},{part.component},{part.position_after},{part.earned_to_date},,{balances},,,,")
        lines += [f"{who},{kept.component},,,{kept.kept_to_date},,,,{kept.contract},,,"
                  for kept in result.kept if kept.kept_to_date]  # fmt: skip
    (table,) = opening_template(context, context.parse_period("2026-07")).blocks
    assert isinstance(table, Table)
    titles = [column.key for column in table.columns]
    for row in (dict(zip(titles, row, strict=True)) for row in table.rows):
        if row.get("of_month"):
            lines.append(
                f"{row['key']},{row['person']},half,{row['component']},,,,,,,,,{row['waiting']},{row['of_month']}"
            )
    path = folder / "六月.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", PLANS)
def test_a_sheet_of_june_continues_the_year(tmp_path, name, seed):
    continues(tmp_path, name, seed, across=False)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ACROSS)
def test_money_of_the_first_half_that_is_refunded_in_the_second_counts_the_same(tmp_path, name, seed):
    continues(tmp_path, name, seed, across=True)


def continues(tmp_path, name, seed, *, across):
    """Run the second half from January, and from a sheet of June: it pays the same."""
    with company(tmp_path / "whole", PLANS[name], seed, across=across) as context:
        open_month(context, context.parse_period("2026-01"), None)
        for month in range(1, 6):
            close_period(context, context.parse_period(f"2026-{month:02}"))
        sheet = sheet_of_june(context, tmp_path)
        close_period(context, context.parse_period("2026-06"))
        expected = second_half(context, across=across)
    with company(tmp_path / "opened", PLANS[name], seed, across=across) as context:
        opened = open_month(context, context.parse_period("2026-07"), sheet)
        tables = [one for one in opened.report.blocks if isinstance(one, Table)]
        assert len(tables) == 1 + ("holdback" in PLANS[name]), "what is held stands contract by contract"
        differing = [row for table in tables for row in table.rows if row[-1]]
        assert not differing, "the history implies the same"
        assert second_half(context, across=across) == expected
