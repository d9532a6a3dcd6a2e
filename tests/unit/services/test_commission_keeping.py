"""A statement is kept as a case that holds: with what came late, what was corrected, and no customer's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import ProblemsFound, Refused, UsageError
from salescli.policy.cases import load_cases
from salescli.services.commission.closing import close_period
from salescli.services.commission.keeping import Keep, keep_case
from salescli.services.commission.running import run_commission
from salescli.services.commission.testing import run_cases
from salescli.services.context import Context
from salescli.services.record.editing import edit, remove_record
from tests.unit.services.closing import close, paying_context
from tests.unit.services.crediting import crediting
from tests.unit.services.test_commission_by_line import FACTORS, PARTS
from tests.unit.services.test_commission_continuing import JUNIOR, SENIOR
from tests.unit.services.test_commission_continuing import given as promoted
from tests.unit.services.test_commission_signing import RATE, TIERS
from tests.unit.store_support import load

RECEIPTS = [
    {"number": "R1", "date": "2026-01-05", "amount": "1000", "owner": "王芳", "customer": "上海远洋"},
    {"number": "R2", "date": "2026-02-05", "amount": "500", "owner": "王芳", "customer": "上海远洋"},
]
AGE = RATE.replace("refunds: recompute", "refunds: {by-age: [from 0 days: 100%, from 30 days: 50%]}")
LATE = [{"number": "R3", "date": "2026-01-25", "amount": "200", "owner": "王芳"}]


def filled(context: Context) -> None:
    """January is closed; February knows a late receipt of January."""
    load(context.store, "receipt", RECEIPTS, feed="r")
    close(context, "2026-01")
    load(context.store, "receipt", LATE, feed="late")
    close(context, "2026-02")


def kept(context: Context, month: str, name: str = "") -> str:
    asked = Keep(context.parse_period(month), "王芳", "", name)
    (shown,) = keep_case(context, asked).written
    return (context.workspace.config.parent / shown).read_text(encoding="utf-8")


def test_what_came_late_is_known_from_its_run(tmp_path: Path) -> None:
    with paying_context(tmp_path) as context:
        filled(context)
        text = kept(context, "2026-02")
        (placed,) = load_cases(text, "x.yaml").cases
        facts = {
            (f"{one.date:%Y-%m}", one.amount, one.known_in and f"{one.known_in:%Y-%m}")
            for one in placed.case.given.credits
        }
        assert ("2026-01", 1000, None) in facts
        assert any(month == "2026-01" and later == "2026-02" for month, _, later in facts)
        assert "上海远洋" not in text
        assert "2026-02:" in text
        report, problems = run_cases(context)
        assert not problems
        assert len(report.blocks[0].rows) == 1  # type: ignore[union-attr]


def test_a_case_is_never_overwritten_and_another_name_is_another_case(tmp_path: Path) -> None:
    with paying_context(tmp_path) as context:
        filled(context)
        kept(context, "2026-02")
        with pytest.raises(Refused) as refused:
            kept(context, "2026-02")
        assert [one.name for one in refused.value.problems] == ["case-exists"]
        kept(context, "2026-02", "second")
        assert {one.name for one in (context.workspace.config / "cases").iterdir()} == {"2026-02-1.yaml", "second.yaml"}


def test_a_draft_may_be_kept_and_a_month_never_run_may_not(tmp_path: Path) -> None:
    with paying_context(tmp_path) as context:
        load(context.store, "receipt", RECEIPTS, feed="r")
        run_commission(context, context.parse_period("2026-01"))
        assert "draft" in kept(context, "2026-01").splitlines()[0]
        with pytest.raises(Refused):
            kept(context, "2026-02")
        with pytest.raises(UsageError):
            keep_case(context, Keep(context.parse_period("2026-01"), "王芳", "nothing"))


def test_a_plan_that_was_edited_since_is_carried_inside(tmp_path: Path) -> None:
    with paying_context(tmp_path) as context:
        filled(context)
        path = context.workspace.config / "plans" / "tenth.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("rate: 10%", "rate: 20%"), encoding="utf-8")
        text = kept(context, "2026-02")
        assert "  plan: tenth" in text
        assert not run_cases(context)[1]


def test_what_does_not_hold_is_not_written(tmp_path: Path) -> None:
    """The plan was edited between the two closed months: one case has one plan."""
    with paying_context(tmp_path) as context:
        load(context.store, "receipt", RECEIPTS, feed="r")
        close(context, "2026-01")
        path = context.workspace.config / "plans" / "tenth.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("rate: 10%", "rate: 20%"), encoding="utf-8")
        load(context.store, "receipt", LATE, feed="late")
        close_period(context, context.parse_period("2026-02"))
        with pytest.raises(ProblemsFound) as found:
            kept(context, "2026-02")
        assert "case-not-kept" in {one.name for one in found.value.problems}
        assert not (context.workspace.config / "cases").exists() or not list(
            (context.workspace.config / "cases").iterdir()
        )


def filled_with(context: Context) -> None:
    contracts = [
        {"number": "C1", "owner": "王芳", "signed": "2026-01-01", "amount": "4000"},
        {"number": "C2", "owner": "王芳", "signed": "2026-03-05", "amount": "500"},
    ]
    load(context.store, "contract", contracts)
    load(context.store, "credit-split", [{"contract": "C1", "person": p, "share": "50%"} for p in ("王芳", "赵磊")])
    receipts = [
        {"number": "R1", "date": "2026-01-31", "contract": "C1", "amount": "1000"},
        {"number": "R2", "date": "2026-02-02", "contract": "C1", "amount": "1000"},
        {"number": "R3", "date": "2026-03-02", "contract": "C2", "amount": "500"},
    ]
    load(context.store, "receipt", receipts)
    load(context.store, "refund", [{"number": "T1", "date": "2026-03-09", "receipt": "R2", "amount": "300"}])


@pytest.mark.parametrize("text", [FACTORS, PARTS, TIERS, RATE, AGE], ids=["factors", "parts", "tiers", "rate", "age"])
@pytest.mark.parametrize(
    "more",
    ["rates_in_force_on: receipt-date\n", "rates_in_force_on: signing-date\n"],
    ids=["receipt-date", "signing-date"],
)
def test_whatever_a_plan_reads_of_a_record_is_in_the_case(tmp_path: Path, text: str, more: str) -> None:
    with crediting(tmp_path, text, more=more) as context:
        filled_with(context)
        close(context, "2026-01", "2026-02")
        run_commission(context, context.parse_period("2026-03"))
        kept(context, "2026-03")
        assert not run_cases(context)[1]


def test_what_goes_on_from_another_plan_is_in_the_case(tmp_path: Path) -> None:
    with crediting(tmp_path, JUNIOR, others=(("高级", SENIOR),)) as context:
        promoted(context)
        close(context, "2026-01", "2026-02", "2026-03")
        run_commission(context, context.parse_period("2026-04"))
        written = keep_case(context, Keep(context.parse_period("2026-04"), "王芳")).written
        texts = [(context.workspace.config.parent / one).read_text(encoding="utf-8") for one in written]
        assert any("continued:" in text for text in texts)
        assert not run_cases(context)[1]


def test_manual_adjustments_are_kept_with_what_became_of_them(tmp_path: Path) -> None:
    """One that was edited after its month was closed, one that was removed, and one that came late."""
    adjusted = {"person": "王芳", "month": "2026-01", "reason": "奖励"}
    with paying_context(tmp_path) as context:
        load(context.store, "receipt", RECEIPTS, feed="r")
        load(
            context.store,
            "adjustment",
            [{"number": "T1", "amount": "50", **adjusted}, {"number": "T2", "amount": "7", **adjusted}],
            feed="t",
        )
        close(context, "2026-01")
        load(context.store, "adjustment", [{"number": "T3", "amount": "3", **adjusted}], feed="t3")
        edit(context, "adjustment", "T1", ["amount=42"])
        remove_record(context, "adjustment", "T2")
        run_commission(context, context.parse_period("2026-02"))
        text = kept(context, "2026-02")
        assert "{key: T1, month: 2026-01, amount: -8, known_in: 2026-02}" in text
        assert "adjusted: -12" in text
        assert not run_cases(context)[1]
