"""Small stores that try out how plans credit: a plan around some components, and what each person is credited with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from salescli.services.commission.opening import open_month
from salescli.services.commission.running import CommissionRun, compute_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

HEAD = """format: 1
plan: {name}
title: {{zh: 试, en: Trial}}
for: {{role: {role}}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
"""
PAYOUT = "payout: {below_zero: carry, round_to: 0.01}\n"
PEOPLE = ("王芳", "赵磊", "李娜")


@contextmanager
def crediting(
    folder: Path, components: str, more: str = "", role: str = "销售", others: tuple[tuple[str, str], ...] = (),
    payout: str = PAYOUT,
) -> Iterator[Context]:  # fmt: skip
    """Open a workspace whose people, all in one role, are on one plan; `others` are (role, components) of more."""
    workspace = create_workspace(folder, "test", "CNY", "en")
    plans = [("trial", role, components, more), *((f"trial-{one}", one, text, "") for one, text in others)]
    for name, whose, text, after in plans:
        written = HEAD.format(name=name, role=whose) + text + payout + after
        (workspace.config / "plans" / f"{name}.yaml").write_text(written, encoding="utf-8")
    with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
        people = [{"number": str(n), "name": name, "joined": "2025-01-01"} for n, name in enumerate(PEOPLE, 1)]
        load(context.store, "person", people, feed="people")
        load(context.store, "assignment", [seat(name) for name in PEOPLE], feed="seats")
        open_month(context, context.parse_period("2026-01"), None)
        yield context


def seat(person: str, start: str = "2025-01-01", role: str = "销售", **more: Any) -> dict[str, Any]:
    """One row of assignments."""
    return {"person": person, "from": start, "role": role, **more}


def computed(context: Context, month: str) -> CommissionRun:
    """Compute a month with every credit by itself; the lines must add up to what is computed from sums alone."""
    done = compute_period(context, context.parse_period(month), with_lines=True)
    plain = compute_period(context, context.parse_period(month))
    assert [one.result.earned for one in done.computed] == [one.result.earned for one in plain.computed]
    for one in done.computed:
        for name in one.plan.require().components:
            sums = [each for each in one.inputs.credits if each.component == name]
            lines = [each for each in one.inputs.lines if each.component == name]
            for figure in ("pay_credit", "quota_credit", "units"):
                of_sums, of_lines = (
                    sum((getattr(each, figure) for each in many), Decimal(0)) for many in (sums, lines)
                )
                assert of_sums == of_lines, (one.payee.name, name, figure)
    return done


def earned(context: Context, month: str, plan: str = "trial") -> dict[str, str]:
    """Return what a month by itself earns each person under a plan, who earns anything."""
    found = {}
    for one in computed(context, month).computed:
        own = sum((each.own for each in one.result.components), Decimal(0))
        if one.plan.name == plan and own:
            found[one.payee.name] = f"{own:.2f}"
    return found
