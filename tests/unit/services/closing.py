"""A small workspace that pays a tenth of receipts, with closed months."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from salescli.services.commission.closing import close_period
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

PLAN = """format: 1
plan: tenth
title: {zh: 一成, en: A tenth}
for: {role: 销售}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}
payout: {below_zero: carry, round_to: 0.01}
"""
PEOPLE = ("王芳", "赵磊", "李娜")


@contextmanager
def paying_context(folder: Path) -> Iterator[Context]:
    """Open a workspace whose three people are paid a tenth of their receipts from 2026-01 on."""
    workspace = create_workspace(folder, "test", "CNY", "en")
    (workspace.config / "plans" / "tenth.yaml").write_text(PLAN, encoding="utf-8")
    with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
        people = [{"number": str(n), "name": name, "joined": "2026-01-01"} for n, name in enumerate(PEOPLE, 1)]
        load(context.store, "person", people, feed="people")
        seats = [{"person": name, "from": "2026-01-01", "role": "销售"} for name in PEOPLE]
        load(context.store, "assignment", seats, feed="seats")
        open_month(context, context.parse_period("2026-01"), None)
        yield context


def close(context: Context, *months: str) -> None:
    """Close months, in order."""
    for month in months:
        close_period(context, context.parse_period(month))


def earned(context: Context, month: str) -> dict[str, str]:
    """Return what each person earns in a month."""
    done = compute_period(context, context.parse_period(month))
    return {one.payee.name: f"{one.result.earned:.2f}" for one in done.computed if one.result.earned}
