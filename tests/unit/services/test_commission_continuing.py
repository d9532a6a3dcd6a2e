"""Positions that go on from one plan to another when somebody changes role."""

import pytest

from salescli.errors import ProblemsFound
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.commission.showing import run_period
from salescli.services.commission.statements import show_statement
from tests.unit.services.crediting import computed, crediting, earned, seat
from tests.unit.store_support import load

TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year{more}
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: {low}, from 1000: {high}]
    refunds: recompute
"""
JUNIOR = TIERS.format(more="", low="3%", high="5%")
SENIOR = TIERS.format(more="\n    continues: trial.sales", low="4%", high="10%")


def given(context):
    load(context.store, "assignment", [seat("王芳", "2026-03-16", "高级")], feed="promoted")
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    days = [("2026-01-10", "700"), ("2026-03-10", "200"), ("2026-03-20", "300"), ("2026-04-10", "100")]
    rows = [
        {"number": f"R{n}", "date": day, "contract": "C1", "amount": amount} for n, (day, amount) in enumerate(days, 1)
    ]
    load(context.store, "receipt", rows)


def test_the_position_goes_on_where_the_new_plan_says_so(tmp_path):
    with crediting(tmp_path, JUNIOR, others=(("高级", SENIOR),)) as context:
        given(context)
        assert earned(context, "2026-03") == {"王芳": "6.00"}
        assert earned(context, "2026-03", "trial-高级") == {"王芳": "24.00"}, "100 at 4 %, 200 at 10 %"
        assert earned(context, "2026-04", "trial-高级") == {"王芳": "10.00"}


def test_it_starts_again_where_the_new_plan_does_not_say_so(tmp_path):
    with crediting(tmp_path, JUNIOR, others=(("高级", TIERS.format(more="", low="4%", high="10%")),)) as context:
        given(context)
        assert earned(context, "2026-03", "trial-高级") == {"王芳": "12.00"}


def test_a_late_receipt_of_the_old_plan_moves_what_follows(tmp_path):
    with crediting(tmp_path, JUNIOR, others=(("高级", SENIOR),)) as context:
        given(context)
        for month in ("2026-01", "2026-02", "2026-03"):
            run = close_period(context, context.parse_period(month))
        assert verify_run(context, run).is_same
        late = [{"number": "R9", "date": "2026-02-10", "contract": "C1", "amount": "100"}]
        load(context.store, "receipt", late, feed="late")
        old, new = [each.result for each in computed(context, "2026-04").computed if each.result.earned]
        assert (old.plan, str(old.earned)) == ("trial", "3.00")
        (component,) = new.components
        assert [str(each.amount) for each in component.differences] == ["6.00"], "30 at 10 %, 24 were paid"
        assert str(component.own) == "10.00"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("trail.sales", "continues-unknown-plan"),
        ("trial.sale", "continues-unknown-component"),
        ("trial.each", "continues-other-window"),
    ],
)
def test_what_is_continued_has_to_be_there(tmp_path, text, name):
    each = JUNIOR.replace("  sales:", "  each:").replace("over: year", "over: month")
    senior = SENIOR.replace("trial.sales", text)
    with (
        crediting(tmp_path, JUNIOR + each, others=(("高级", senior),)) as context,
        pytest.raises(ProblemsFound) as found,
    ):
        earned(context, "2026-03")
    assert [one.name for one in found.value.problems] == [name]
    assert found.value.problems[0].where.line


def test_an_opening_after_the_old_plan_has_ended_knows_it(tmp_path):
    with crediting(tmp_path, JUNIOR, others=(("高级", SENIOR),)) as context:
        given(context)
        old = context.workspace.config / "plans" / "trial.yaml"
        old.write_text(old.read_text(encoding="utf-8").replace("2026-12-31", "2026-03-15"), encoding="utf-8")
        opened = open_month(context, context.parse_period("2026-05"), None)
        assert not opened.problems
        assert earned(context, "2026-05", "trial-高级") == {}
        (one,) = [each for each in computed(context, "2026-05").computed if each.payee.name == "王芳"]
        assert str(one.result.components[0].position_after) == "1300"


def test_plans_do_not_continue_each_other(tmp_path):
    junior = TIERS.format(more="\n    continues: trial-高级.sales", low="3%", high="5%")
    with crediting(tmp_path, junior, others=(("高级", SENIOR),)) as context, pytest.raises(ProblemsFound) as found:
        earned(context, "2026-03")
    assert {one.name for one in found.value.problems} == {"continues-in-a-circle"}


def test_a_plan_that_somebody_has_left_says_so_and_not_that_its_credits_are_others(tmp_path):
    with crediting(tmp_path, JUNIOR, others=(("高级", SENIOR),)) as context:
        given(context)
        for month in ("2026-01", "2026-02", "2026-03"):
            close_period(context, context.parse_period(month))
        context.language = "en"
        april = context.parse_period("2026-04")
        run_period(context, april)
        report = show_statement(context, april, "王芳").report
        said = [line for block in report.blocks for line, _ in getattr(block, "lines", ())]
        assert "sales: credits after the last day, 400.00 to date, are not counted" in said
        assert not [line for line in said if "`only`" in line]
