"""Manual adjustments over the store: which plan takes one, what closed months posted of it, and what nobody takes."""

from decimal import Decimal

import pytest

from salescli.services.batches import undo
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.record.editing import add_record, edit, remove_record
from tests.unit.services.crediting import computed, crediting, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def given(context, *rows, **more):
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
    adjust(context, *rows, **more)


def adjust(context, *rows, feed="adjustments"):
    named = [
        {"number": key, "person": person, "month": month, "amount": amount, "reason": "陈列奖"}
        for key, person, month, amount in rows
    ]
    load(context.store, "adjustment", named, feed=feed)


def close(context, *months):
    return [close_period(context, context.parse_period(month)) for month in months]


def said(context, month):
    """Return (plan, key, amount, change) of every line, and the names of the problems."""
    done = computed(context, month)
    lines = {
        (one.payee.name, one.plan.name, line.key, str(line.amount.normalize()), line.change)
        for one in done.computed
        for line in one.result.adjustments
    }
    return lines, [each.name for each in done.problems if each.name.startswith("adjustment")]


def test_one_of_the_month_is_paid_with_where_it_was_read(tmp_path):
    with crediting(tmp_path, SALES) as context:
        given(context, ("A1", "王芳", "2026-01", "500"))
        (one,) = [one for one in computed(context, "2026-01").computed if one.payee.name == "王芳"]
        assert one.result.payable == Decimal("600.00")
        assert one.inputs.adjustments[0].source == "f.xlsx!Sheet1!2"


def test_a_late_one_and_its_later_fate(tmp_path):
    with crediting(tmp_path, SALES) as context:
        given(context)
        close(context, "2026-01")
        adjust(context, ("A1", "王芳", "2026-01", "500"))
        assert said(context, "2026-02")[0] == {("王芳", "trial", "A1", "5E+2", "late")}
        (run,) = close(context, "2026-02")
        edit(context, "adjustment", "A1", ["amount=420"])
        assert said(context, "2026-03")[0] == {("王芳", "trial", "A1", "-8E+1", "changed")}
        remove_record(context, "adjustment", "A1")
        assert said(context, "2026-03")[0] == {("王芳", "trial", "A1", "-5E+2", "removed")}
        assert verify_run(context, run).is_same


def test_undoing_the_batch_that_a_closed_run_used_leaves_the_run_and_posts_the_difference(tmp_path):
    with crediting(tmp_path, SALES) as context:
        given(context)
        cells = ["number=A1", "person=王芳", "month=2026-01", "amount=500", "reason=补"]
        done = add_record(context, "adjustment", cells)
        (run,) = close(context, "2026-01")
        assert done.batch is not None
        undo(context, done.batch)
        assert said(context, "2026-02")[0] == {("王芳", "trial", "A1", "-5E+2", "removed")}
        assert verify_run(context, run).is_same


def test_what_is_written_for_a_closed_month_says_what_it_posts(tmp_path):
    with crediting(tmp_path, SALES) as context:
        given(context)
        close(context, "2026-01")
        cells = ["number=A1", "person=王芳", "month=2026-01", "amount=500", "reason=补"]
        (note,) = add_record(context, "adjustment", cells).problems
        assert note.name == "closed-months-moved"
        assert note.values["postings"] == ["王芳 +500.00"]


def test_the_month_of_a_promotion_is_the_new_plan_s_unless_it_names_the_old(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        load(context.store, "assignment", [seat("王芳", "2026-03-16", "高级")], feed="promoted")
        given(context, ("A1", "王芳", "2026-03", "500"), ("A2", "王芳", "2026-02", "50"))
        cells = ["number=A3", "person=王芳", "plan=trial", "month=2026-03", "amount=5", "reason=补"]
        add_record(context, "adjustment", cells)
        lines = {(plan, key) for _, plan, key, _, _ in said(context, "2026-03")[0]}
        assert lines == {("trial-高级", "A1"), ("trial", "A2"), ("trial", "A3")}


@pytest.mark.parametrize(
    "cells, name",
    [
        (["plan=no-such"], "adjustment-other-plan"),
        (["currency=USD"], "adjustment-other-currency"),
    ],
)
def test_what_nobody_takes_is_said(tmp_path, cells, name):
    with crediting(tmp_path, SALES) as context:
        given(context)
        rest = ["number=A1", "person=王芳", "month=2026-01", "amount=5", "reason=补"]
        add_record(context, "adjustment", [*rest, *cells])
        assert said(context, "2026-01") == (set(), [name])


@pytest.mark.parametrize("cells", [["plan=no-such"], ["currency=USD"]])
def test_what_was_posted_and_nobody_takes_any_more_is_said_to_be_taken_back(tmp_path, cells):
    with crediting(tmp_path, SALES) as context:
        given(context, ("A1", "王芳", "2026-01", "500"))
        close(context, "2026-01")
        edit(context, "adjustment", "A1", cells)
        (found,) = [one for one in computed(context, "2026-02").problems if one.name.startswith("adjustment")]
        assert found.values["fate"].en == "what closed months posted of it is taken back"
        assert said(context, "2026-02")[0] == {("王芳", "trial", "A1", "-5E+2", "removed")}


def test_somebody_on_no_plan_is_said_and_paid_once_there_is_one(tmp_path):
    with crediting(tmp_path, SALES) as context:
        load(context.store, "person", [{"number": "9", "name": "周九", "joined": "2026-01-01"}], feed="more")
        given(context, ("A1", "周九", "2026-01", "500"))
        assert said(context, "2026-01") == (set(), ["adjustment-without-plan"])
        close(context, "2026-01")
        load(context.store, "assignment", [seat("周九", "2026-02-01")], feed="late")
        assert said(context, "2026-02")[0] == {("周九", "trial", "A1", "5E+2", "late")}


def test_a_closed_run_is_computed_again_with_the_plans_that_took_them(tmp_path):
    """A quarterly plan is not kept with a run that it does not pay in, and takes its adjustments all the same."""
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        path = context.workspace.config / "plans" / "trial-高级.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("pay: monthly", "pay: quarterly"), encoding="utf-8")
        load(context.store, "assignment", [seat("王芳", "2026-02-01", "高级")], feed="promoted")
        given(context, ("A1", "王芳", "2026-02", "500"))
        runs = close(context, "2026-01", "2026-02")
        assert said(context, "2026-03")[0] == {("王芳", "trial-高级", "A1", "5E+2", "")}
        runs += close(context, "2026-03")
        assert all(verify_run(context, run).is_same for run in runs)


def quarterly(context, name="trial-高级"):
    path = context.workspace.config / "plans" / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("pay: monthly", "pay: quarterly"), encoding="utf-8")


def through_march(context, *months):
    """Return (month, plan, amount) of every line that the months post, each closed after."""
    found = []
    for month in months:
        lines, problems = said(context, month)
        assert not problems
        found += [(month, plan, amount) for _, plan, _, amount, _ in sorted(lines)]
        close(context, month)
    return found


MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09")


@pytest.mark.parametrize("named", ["", "trial-高级"])
def test_who_moves_from_a_quarterly_plan_that_ends_is_paid_once(tmp_path, named):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        quarterly(context)
        path = context.workspace.config / "plans" / "trial-高级.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("2026-12-31", "2026-03-31"), encoding="utf-8")
        seats = [seat("王芳", "2026-01-01", "高级"), seat("王芳", "2026-03-01")]
        load(context.store, "assignment", seats, feed="moved")
        given(context)
        cells = ["number=A1", "person=王芳", f"plan={named}", "month=2026-02", "amount=500", "reason=补"]
        add_record(context, "adjustment", cells)
        assert through_march(context, *MONTHS) == [("2026-03", "trial-高级", "5E+2")]


def test_who_turns_out_to_be_on_another_plan_keeps_what_a_closed_month_gave(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        quarterly(context)
        load(context.store, "assignment", [seat("王芳", "2026-02-01", "高级")], feed="moved")
        given(context, ("A1", "王芳", "2026-02", "500"))
        assert through_march(context, *MONTHS[:4]) == [("2026-03", "trial-高级", "5E+2")]
        back = [seat("王芳", "2026-02-15"), seat("王芳", "2026-03-01", "高级")]
        load(context.store, "assignment", back, feed="back")
        assert through_march(context, *MONTHS[4:]) == []


def test_a_plan_that_ended_and_paid_nobody_takes_nothing(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        path = context.workspace.config / "plans" / "trial-高级.yaml"
        text = path.read_text(encoding="utf-8").replace("2026-12-31", "2025-12-31").replace("2026-01-01", "2025-01-01")
        path.write_text(text, encoding="utf-8")
        load(context.store, "person", [{"number": "9", "name": "周九", "joined": "2025-01-01"}], feed="more")
        load(context.store, "assignment", [seat("周九", "2025-01-01", "高级")], feed="moved")
        given(context, ("A1", "周九", "2026-01", "500"))
        assert said(context, "2026-01") == (set(), ["adjustment-without-plan"])


# An adjustment that was posted, and whose record then names another plan.


def renamed(context, month, plan):
    """Let the record name a plan, and return what a month says of it, which is closed then."""
    edit(context, "adjustment", "A1", [f"plan={plan}"])
    lines, problems = said(context, month)
    close(context, month)
    return {(plan, amount) for _, plan, _, amount, _ in lines}, problems


def test_one_that_a_plan_cannot_take_back_stays_with_it(tmp_path):
    """王芳 has left the plan that posted it: there is no pay there to take it back from."""
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        seats = [seat("王芳", "2026-01-01"), seat("王芳", "2026-03-01", "高级")]
        load(context.store, "assignment", seats, feed="moved")
        given(context, ("A1", "王芳", "2026-02", "500"))
        close(context, "2026-01", "2026-02")
        assert renamed(context, "2026-03", "trial-高级") == (set(), ["adjustment-stays"])
        (note,) = [one for one in computed(context, "2026-04").problems if one.name == "adjustment-stays"]
        assert (note.values["plan"], note.values["kept"]) == ("trial-高级", "trial")
        edit(context, "adjustment", "A1", ["amount=620"])
        assert said(context, "2026-04")[0] == {("王芳", "trial", "A1", "1.2E+2", "changed")}
        assert all(verify_run(context, run).is_same for run in close(context, "2026-04", "2026-05"))


def test_one_moves_in_a_run_in_which_both_plans_pay_and_it_nets(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        beside(context)
        given(context, ("A1", "王芳", "2026-01", "500"))
        adjust(context, ("A2", "王芳", "2026-03", "460"), feed="second")
        edit(context, "adjustment", "A1", ["plan=trial"])
        close(context, "2026-01", "2026-02")
        load(context.store, "receipt", [{"number": "R2", "date": "2026-03-10", "contract": "C1", "amount": "4000"}])
        edit(context, "adjustment", "A2", ["plan=trial"])
        moved = {("trial", "-5E+2"), ("trial-高级", "5E+2"), ("trial", "4.6E+2")}
        assert renamed(context, "2026-03", "trial-高级") == (moved, []), "400 and 460 less 500 in one, 400 and 500"
        assert renamed(context, "2026-04", "trial") == (set(), ["adjustment-stays"]), "nothing is earned in April"
        runs = close(context, "2026-05")
        assert all(verify_run(context, run).is_same for run in runs)


def test_one_that_is_taken_back_in_a_plan_needs_pay_there(tmp_path):
    """Two are named otherwise, and there is pay to take back one of them."""
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        beside(context)
        given(context, ("A1", "王芳", "2026-01", "50"), ("A2", "王芳", "2026-01", "60"))
        for key in ("A1", "A2"):
            edit(context, "adjustment", key, ["plan=trial"])
        close(context, "2026-01")
        load(context.store, "receipt", [{"number": "R2", "date": "2026-02-10", "contract": "C1", "amount": "1000"}])
        edit(context, "adjustment", "A2", ["plan=trial-高级"])
        moved = {("trial", "-5E+1"), ("trial-高级", "5E+1")}
        assert renamed(context, "2026-02", "trial-高级") == (moved, ["adjustment-stays"])


@pytest.mark.parametrize("first", ["trial", "trial-高级"])
def test_one_moves_between_a_monthly_and_a_quarterly_plan_when_both_pay(tmp_path, first):
    other = {"trial": "trial-高级", "trial-高级": "trial"}[first]
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        quarterly(context)
        beside(context)
        given(context, ("A1", "王芳", "2026-03", "500"))
        edit(context, "adjustment", "A1", [f"plan={first}"])
        close(context, "2026-01", "2026-02", "2026-03")
        rows = [{"number": f"R{n}", "date": f"2026-0{n}-10", "contract": "C1", "amount": "8000"} for n in (4, 6)]
        load(context.store, "receipt", rows, feed="more")
        for month in ("2026-04", "2026-05"):
            assert renamed(context, month, other) == (set(), ["adjustment-stays"])
        assert renamed(context, "2026-06", other) == ({(first, "-5E+2"), (other, "5E+2")}, [])


def test_one_that_a_quarterly_plan_has_yet_to_post_goes_where_it_is_named(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),)) as context:
        quarterly(context)
        beside(context)
        given(context, ("A1", "王芳", "2026-01", "500"))
        edit(context, "adjustment", "A1", ["plan=trial-高级"])
        close(context, "2026-01")
        assert renamed(context, "2026-02", "trial") == ({("trial", "5E+2")}, [])
        assert renamed(context, "2026-03", "trial") == (set(), [])


def beside(context):
    """Let the second plan be for 王芳 too, beside the first."""
    path = context.workspace.config / "plans" / "trial-高级.yaml"
    text = path.read_text(encoding="utf-8").replace("for: {role: 高级}", "for: {people: [王芳]}\nbeside: trial", 1)
    path.write_text(text, encoding="utf-8")
