"""Adjustments whose records name now one plan, now another: what they come to is paid once, whoever pays when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings

from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.running import compute_period
from salescli.services.context import Context
from salescli.services.record.editing import edit
from salescli.store.runs import closed_runs
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
FIRST, SECOND, PERSON = "trial", "trial-经理", "王芳"
MONTHS = 9


@contextmanager
def two_plans(folder: Path, chance: random.Random) -> Iterator[Context]:
    """王芳 is on two plans at once, or leaves one for the other; each pays by the month or the quarter, one may end."""
    with crediting(folder, SALES, others=(("经理", SALES),)) as context:
        for name in (FIRST, SECOND):
            path = context.workspace.config / "plans" / f"{name}.yaml"
            text = path.read_text(encoding="utf-8")
            if chance.random() < 0.5:
                text = text.replace("pay: monthly", "pay: quarterly")
            if name == FIRST and chance.random() < 0.4:
                text = text.replace("through: 2026-12-31", "through: 2026-03-31")
            if name == SECOND:
                text = text.replace("for: {role: 经理}", "for: {role: 经理}\nbeside: trial", 1)
            path.write_text(text, encoding="utf-8")
        seats = [seat(PERSON, "2026-01-01"), seat(PERSON, f"2026-0{chance.randint(2, 5)}-01", "经理")]
        if chance.random() < 0.5:
            seats.append(seat(PERSON, f"2026-0{chance.randint(6, 8)}-01"))
        load(context.store, "assignment", seats, feed="moved")
        load(context.store, "contract", [{"number": "C1", "owner": PERSON}])
        yield context


def close(context: Context, month: str) -> list[tuple[str, Decimal, Decimal, Decimal, dict[str, Decimal]]]:
    """Close a month; return plan, earned, payable, carried and the lines of each result of 王芳."""
    done = compute_period(context, context.parse_period(month))
    assert not [one.name for one in done.problems if one.name.startswith("adjustment") and one.name != STAYS]
    close_period(context, context.parse_period(month))
    return [
        (
            one.plan.name,
            one.result.earned,
            one.result.payable,
            one.result.carried_out,
            {line.key: line.amount for line in one.result.adjustments},
        )
        for one in done.computed
        if one.payee.name == PERSON
    ]


STAYS = "adjustment-stays"


@pytest.mark.parametrize("negative", [False, True])
@pytest.mark.parametrize("seed", range(max(4, settings.default.max_examples // 20)))
def test_an_adjustment_is_paid_once_whatever_plan_it_names(tmp_path: Path, seed: int, negative: bool) -> None:
    chance = random.Random(seed)
    amounts = [-300, -50, 120, 500] if negative else [50, 120, 500]
    with two_plans(tmp_path, chance) as context:
        written: dict[str, Decimal] = {}
        posted: dict[str, Decimal] = {}
        earned = paid = Decimal(0)
        carried: dict[str, Decimal] = {}
        for number in range(1, MONTHS + 1):
            month = f"2026-{number:02}"
            if number <= 4:
                amount = chance.choice(amounts)
                row = {"number": f"A{number}", "person": PERSON, "month": month, "amount": str(amount), "reason": "补"}
                load(context.store, "adjustment", [row], feed=f"adjusted-{number}")
                written[f"A{number}"] = Decimal(amount)
            if chance.random() < 0.6:
                money = {"number": f"R{number}", "date": f"{month}-10", "contract": "C1"}
                load(context.store, "receipt", [money | {"amount": str(chance.choice([900, 3000, 8000]))}], feed=month)
            for key in written:
                if chance.random() < 0.5:
                    edit(context, "adjustment", key, [f"plan={chance.choice([FIRST, SECOND, ''])}"])
            for plan, own, payable, left, lines in close(context, month):
                earned, paid, carried[plan] = earned + own, paid + payable, left
                for key, amount in lines.items():
                    posted[key] = posted.get(key, Decimal(0)) + amount
            if not negative:
                assert not any(carried.values()), "nothing was taken from anybody, so nobody owes"
            for key, amount in posted.items():
                assert amount in (0, written[key]), "never twice"
            assert paid + sum(carried.values()) == earned + sum(posted.values())
        assert {key: amount for key, amount in posted.items() if amount} == written, "each plan has paid"
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
