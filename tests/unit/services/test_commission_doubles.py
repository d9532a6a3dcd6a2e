"""Nobody is paid under two plans on one day, unless a plan says that it is paid beside the other."""

import pytest

from salescli.core.table import Prose
from salescli.errors import ProblemsFound
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period
from salescli.services.commission.drafting import read_plan
from salescli.services.commission.linting import lint_plans
from salescli.services.commission.running import run_commission
from salescli.store.runs import fetch_runs
from tests.unit.services.crediting import PAYOUT, computed, crediting, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
PRIZE = "  prize: {type: rate, pays_on: receipts-net, credit: own, rate: 1%, refunds: recompute}\n"


def given(context, *, start="2026-01-01"):
    """A second plan names people of the first one's role."""
    plans = context.workspace.config / "plans"
    text = (plans / "trial-高级.yaml").read_text(encoding="utf-8")
    text = text.replace("for: {role: 高级}", "for: {people: [王芳, 李娜]}").replace(
        "from: 2026-01-01", f"from: {start}"
    )
    (plans / "trial-高级.yaml").write_text(text, encoding="utf-8")


def refused(context, month, do):
    with pytest.raises(ProblemsFound) as found:
        do(context, context.parse_period(month))
    return found.value.problems


@pytest.mark.parametrize("do", [run_commission, close_period])
def test_two_plans_on_one_day_are_refused_and_nothing_is_written(tmp_path, do):
    with crediting(tmp_path, SALES, others=(("高级", PRIZE),)) as context:
        given(context, start="2026-01-16")
        problems = refused(context, "2026-01", do)
        assert [(one.name, one.values["person"]) for one in problems] == [("two-plans", "王芳"), ("two-plans", "李娜")]
        for one in problems:
            assert (one.values["start"], one.values["through"]) == ("2026-01-16", "2026-01-31")
            assert (one.where.file, one.where.line) == ("config/plans/trial-高级.yaml", 4)
            assert one.values["place"] == "config/plans/trial.yaml:4"
        assert not fetch_runs(context.store, "commission")


@pytest.mark.parametrize("place", ["trial", "trial-高级"])
def test_either_plan_may_say_that_they_stand_side_by_side(tmp_path, place):
    with crediting(tmp_path, SALES, others=(("高级", PRIZE),)) as context:
        given(context)
        file = context.workspace.config / "plans" / f"{place}.yaml"
        other = "trial-高级" if place == "trial" else "trial"
        text = file.read_text(encoding="utf-8").replace("from: 2026", f"beside: {other}\nfrom: 2026", 1)
        file.write_text(text, encoding="utf-8")
        assert run_commission(context, context.parse_period("2026-03")).run is not None


def test_who_moves_from_one_plan_to_another_in_a_month_is_on_both_and_on_no_day_twice(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        load(context.store, "assignment", [seat("王芳", "2026-03-16", "高级")], feed="promoted")
        assert run_commission(context, context.parse_period("2026-03")).run is not None


def test_a_plan_that_has_ended_and_one_that_has_not_begun_are_no_second_plan(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        given(context, start="2026-04-01")
        old = context.workspace.config / "plans" / "trial.yaml"
        old.write_text(old.read_text(encoding="utf-8").replace("2026-12-31", "2026-03-31"), encoding="utf-8")
        for month in ("2026-03", "2026-04"):
            assert run_commission(context, context.parse_period(month)).run is not None


def test_a_month_that_has_been_paid_counts_too(tmp_path):
    """A second plan that reaches back would pay closed months again as differences."""
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        close_period(context, context.parse_period("2026-01"))
        given(context)
        for file in ("trial", "trial-高级"):
            one = context.workspace.config / "plans" / f"{file}.yaml"
            one.write_text(one.read_text(encoding="utf-8").replace("2026-12-31", "2026-01-31"), encoding="utf-8")
        problems = refused(context, "2026-02", run_commission)
        assert {one.values["through"] for one in problems} == {"2026-01-31"}


def test_the_list_before_closing_stops_and_names_them(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        given(context)
        found = check_period(context, context.parse_period("2026-01"))
        assert not found.may_close


def test_lint_names_who_would_be_refused_and_a_plan_that_is_not_there(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", PRIZE),)) as context:
        given(context)
        found = [one for one in lint_plans(context).problems if one.name == "two-plans"]
        assert [one.values["person"] for one in found] == ["王芳", "李娜"]
        file = context.workspace.config / "plans" / "trial.yaml"
        text = file.read_text(encoding="utf-8").replace("from: 2026", "beside: [trail, trial-高级]\nfrom: 2026", 1)
        file.write_text(text, encoding="utf-8")
        problems = lint_plans(context).problems
        assert [one for one in problems if one.name in ("two-plans", "lint-two-plans")] == []
        (unknown,) = [one for one in problems if one.name == "beside-unknown-plan"]
        assert (unknown.values["text"], unknown.where.line) == ("trail", 5)


def test_explain_still_shows_what_both_would_pay(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),), payout=PAYOUT) as context:
        given(context)
        assert {one.plan.name for one in computed(context, "2026-01").computed} == {"trial", "trial-高级"}


def test_a_plan_that_another_is_paid_beside_is_read_aloud_with_the_other(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", PRIZE),)) as context:
        path = context.workspace.config / "plans" / "trial-高级.yaml"
        text = path.read_text(encoding="utf-8").replace("currency:", "beside: trial\ncurrency:")
        path.write_text(text, encoding="utf-8")
        lines = read_lines(context, "trial")
        said = [(text, place) for text, place in lines if "beside" in text]
        assert len(said) == 1 and "trial-高级 says that it is paid beside this one" in said[0][0]
        assert "trial-高级.yaml:" in said[0][1]
        lines = read_lines(context, "trial-高级")
        assert ["beside trial" in text for text, _ in lines].count(True) == 1


def read_lines(context, name):
    return next(block.lines for block in read_plan(context, name, "en").blocks if isinstance(block, Prose))
