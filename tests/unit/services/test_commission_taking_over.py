"""Balances of plans that have ended: they stay in sight, and go on under the plan that takes them over."""

from decimal import Decimal

import pytest

from salescli.errors import ProblemsFound
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.running import run_commission
from salescli.services.commission.showing import run_period
from salescli.services.commission.statements import show_statement
from tests.unit.services.crediting import computed, crediting, seat
from tests.unit.store_support import load

RATE = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: at-refund-date}\n"
DRAW = (
    "draw: {tops_up_to: 100, for_months: 2, recover: 50% of pay above the draw, recover_from_month: 3, "
    "at_plan_end: owed}, deductions: {at_most: 50% of pay}, "
)
PLAIN = "payout: {below_zero: carry, round_to: 0.01}\n"
PAYOUT = f"payout: {{{DRAW}below_zero: carry, round_to: 0.01}}\n"


def plan_of(context, name, **changes):
    file = context.workspace.config / "plans" / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(OLD[old], new)
    file.write_text(text, encoding="utf-8")


OLD = {"payout": "below_zero: carry", "through": "2026-12-31", "start": "2026-01-01"}


def given(context, *receipts, moves="2026-03-01"):
    load(context.store, "assignment", [seat("王芳", moves, "高级")], feed="promoted")
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    add(context, *receipts)


def add(context, *receipts, feed="first"):
    rows = [
        {"number": f"{feed}{n}", "date": day, "contract": "C1", "amount": amount}
        for n, (day, amount) in enumerate(receipts, 1)
    ]
    load(context.store, "receipt", [row for row in rows if not row["amount"].startswith("-")], feed=feed)
    back = [{**row, "amount": row["amount"][1:]} for row in rows if row["amount"].startswith("-")]
    if back:
        load(context.store, "refund", back, feed=f"{feed}-back")


def close(context, *months):
    for month in months:
        run = close_period(context, context.parse_period(month))
        assert verify_run(context, run).is_same
    return run


def of(context, month, name="王芳"):
    found = computed(context, month).computed
    return {one.plan.name: one.result for one in found if one.payee.name == name}


def takes(context):
    plan_of(context, "trial-高级", payout="takes_over: trial, below_zero: carry")


def said(result):
    """Owed, waiting, carried, payable after a run."""
    balance = result.balance
    owed, waiting = (balance.owed, balance.waiting) if balance else (Decimal(0), Decimal(0))
    return tuple(str(int(one)) for one in (owed, waiting, result.carried_out, result.payable))


def test_what_is_left_goes_on(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        takes(context)
        deduction = {"number": "K1", "person": "王芳", "date": "2026-02-10", "amount": "80", "reason": "样机"}
        given(context, ("2026-01-10", "400"), ("2026-03-10", "3000"), ("2026-05-10", "5000"))
        load(context.store, "deduction", [deduction])
        close(context, "2026-01")
        assert said(of(context, "2026-02")["trial"]) == ("160", "30", "0", "50"), "60 and 100 topped up, 50 of 80 taken"
        close(context, "2026-02")
        both = of(context, "2026-03")
        assert said(both["trial"]) == ("0", "0", "0", "0")
        (gone,), (came,) = both["trial"].transfers, both["trial-高级"].transfers
        assert (gone.plan, gone.is_taken, gone.owed, gone.waiting) == ("trial-高级", False, -160, -30)
        assert (came.plan, came.is_taken, came.owed, came.waiting) == ("trial", True, 160, 30)
        assert said(both["trial-高级"]) == ("160", "0", "0", "270"), "the new draw recovers from its third month"
        close(context, "2026-03", "2026-04")
        both = of(context, "2026-05")
        assert (said(both["trial"]), said(both["trial-高级"])) == (("0", "0", "0", "0"), ("60", "0", "0", "300"))
        assert str(both["trial-高级"].balance.recovered) == "200.00", (
            "half of 400 above the draw, of 160 and April's 100"
        )
        assert not both["trial"].transfers


def test_what_is_carried_below_zero_goes_on_and_both_together_pay_what_was_earned(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PLAIN) as context:
        takes(context)
        given(context, ("2026-02-10", "1000"), ("2026-02-20", "-4000"), ("2026-03-10", "1000"), ("2026-04-10", "9000"))
        close(context, "2026-01", "2026-02")
        both = of(context, "2026-03")
        assert [str(both[one].moved) for one in ("trial", "trial-高级")] == ["300.00", "-300.00"]
        assert [said(both[one]) for one in ("trial", "trial-高级")] == [("0", "0", "0", "0"), ("0", "0", "-200", "0")]
        close(context, "2026-03")
        assert said(of(context, "2026-04")["trial-高级"]) == ("0", "0", "0", "700")


def test_a_clawback_of_closed_months_that_comes_later_goes_on_too(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PLAIN) as context:
        takes(context)
        given(context, ("2026-02-10", "9000"), ("2026-03-10", "1000"))
        close(context, "2026-01", "2026-02", "2026-03")
        add(context, ("2026-02-25", "-3000"), ("2026-04-10", "2000"), feed="late")
        both = of(context, "2026-04")
        assert [str(both[one].moved) for one in ("trial", "trial-高级")] == ["300.00", "-300.00"]
        assert said(both["trial-高级"]) == ("0", "0", "-100", "0")


def test_what_was_handed_over_wrongly_is_given_back(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PLAIN) as context:
        takes(context)
        given(context, ("2026-02-20", "-4000"), ("2026-03-10", "1000"))
        close(context, "2026-01", "2026-02", "2026-03")
        add(context, ("2026-02-25", "3000"), feed="late")
        both = of(context, "2026-04")
        assert [str(both[one].moved) for one in ("trial", "trial-高级")] == ["-300.00", "300.00"]
        assert [said(both[one]) for one in ("trial", "trial-高级")] == [("0", "0", "0", "0"), ("0", "0", "0", "0")]
        close(context, "2026-04")
        assert [said(one) for one in of(context, "2026-05").values()] == [("0", "0", "0", "0")] * 2


def test_without_it_the_balance_stays_and_stays_in_sight(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        for name, changes in (("trial", {"through": "2026-02-28"}), ("trial-高级", {"start": "2026-03-01"})):
            plan_of(context, name, **changes)
        given(context, ("2026-01-10", "400"), ("2026-03-10", "3000"))
        close(context, "2026-01", "2026-02", "2026-03", "2026-04")
        both = of(context, "2026-05")
        assert said(both["trial"]) == ("160", "0", "0", "0")
        assert both["trial"].earned == 0
        people = {one.payee.name for one in computed(context, "2026-05").computed if one.plan.name == "trial"}
        assert people == {"王芳"} | {"赵磊", "李娜"}, "the others were topped up and owe 200 each"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ({}, {"payout": "takes_over: trail, below_zero: carry"}, "takes-over-unknown-plan"),
        ({"payout": "takes_over: trial-高级, below_zero: carry"}, {"payout": "takes_over: trial, below_zero: carry"},
         "takes-over-in-a-circle"),
        ({"payout": DRAW + "below_zero: carry"}, {"payout": "takes_over: trial, below_zero: carry"},
         "takes-over-without"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_refused(tmp_path, old, new, name):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PLAIN) as context:
        plan_of(context, "trial", **old)
        plan_of(context, "trial-高级", **new)
        with pytest.raises(ProblemsFound) as found:
            run_commission(context, context.parse_period("2026-03"))
        assert {one.name for one in found.value.problems} == {name}
        assert all(one.where.line for one in found.value.problems)


def test_what_stays_under_an_ended_plan_is_said_everywhere(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        for name, changes in (("trial", {"through": "2026-02-28"}), ("trial-高级", {"start": "2026-03-01"})):
            plan_of(context, name, **changes)
        given(context, ("2026-01-10", "400"), ("2026-03-10", "3000"))
        close(context, "2026-01", "2026-02", "2026-03", "2026-04")
        context.language = "en"
        may = context.parse_period("2026-05")
        shown = told(run_period(context, may).report)
        assert "trial has ended for 王芳, 赵磊, 李娜; still open under it: owed of the draw 560.00" in shown
        assert "trial has ended; still open under it: owed of the draw 160.00" in told(
            show_statement(context, may, "王芳").report
        )
        listed = told(check_period(context, may).report)
        assert "trial has ended; still open under it: owed of the draw 160.00" in listed


def test_a_transfer_is_told_on_both_statements_and_explained(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        takes(context)
        given(context, ("2026-01-10", "400"), ("2026-02-20", "-4000"), ("2026-03-10", "3000"))
        close(context, "2026-01", "2026-02")
        context.language = "en"
        march = context.parse_period("2026-03")
        run_period(context, march)
        said = told(show_statement(context, march, "王芳").report)
        assert "handed over to trial-高级: owed of the draw 160.00, carried below zero 300.00" in said
        assert "taken over from trial: owed of the draw 160.00, carried below zero 300.00" in said


def told(report):
    """All texts of a report, one a line."""
    found = []
    for block in report.blocks:
        for row in getattr(block, "rows", ()):
            found += [str(each) for each in row if isinstance(each, str)]
        for line in getattr(block, "lines", ()):
            found.append(line[0])
    return "\n".join(found)


def test_what_a_leaver_owes_is_listed_for_as_long_as_it_is_owed(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        add(context, ("2026-01-10", "400"))
        load(context.store, "person", [{"number": "1", "name": "王芳", "left": "2026-02-28"}], feed="left")
        close(context, "2026-01", "2026-02", "2026-03", "2026-04")
        context.language = "en"
        may = context.parse_period("2026-05")
        run_period(context, may)
        said = told(show_statement(context, may, "王芳").report)
        assert "has left; still open under trial: owed of the draw 160.00" in said
        assert "has left; still open under trial: owed of the draw 160.00" in told(check_period(context, may).report)


@pytest.mark.parametrize("known", ["2026-03", "2026-05", "2026-07"])
@pytest.mark.parametrize("taker", ["trial-高级", "trial"])
def test_who_comes_back_owes_and_carries_once_whenever_it_becomes_known(tmp_path, known, taker):
    """Under the other plan from March through May, and back: all paid, carried and owed is all earned."""
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        taken = "trial" if taker == "trial-高级" else "trial-高级"
        plan_of(context, taker, payout=f"takes_over: {taken}, below_zero: carry")
        receipts = [("2026-01-10", "400"), ("2026-03-10", "3000"), ("2026-05-10", "5000"), ("2026-08-10", "9000")]
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        add(context, *receipts, ("2026-02-10", "-7000"), ("2026-05-20", "-7000"))
        paid = earned = Decimal(0)
        for month in (f"2026-{number:02}" for number in range(1, 9)):
            if month == "2026-03":
                load(context.store, "assignment", [seat("王芳", "2026-03-01", "高级")], feed="away")
            if month == known:
                load(context.store, "assignment", [seat("王芳", "2026-06-01")], feed="back")
            close(context, month)
            last = of(context, month)
            paid += sum((one.payable for one in last.values()), Decimal(0))
            earned += sum((one.earned for one in last.values()), Decimal(0))
        left = sum((one.carried_out - one.balance.owed for one in last.values()), Decimal(0))
        assert (paid + left, earned) == (earned, Decimal(340))


def under_two_plans(context, month):
    table = check_period(context, context.parse_period(month)).report.blocks[0]
    keys = [column.key for column in table.columns]
    names = ("People under two plans", "在两个方案内的人")
    (row,) = [one for one in table.rows if str(one[keys.index("check")]) in names]
    return row[keys.index("count")]


def test_who_changed_plans_is_under_two_in_that_month_alone(tmp_path):
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PLAIN) as context:
        takes(context)
        given(context, ("2026-02-10", "1000"), ("2026-03-10", "1000"), moves="2026-03-15")
        assert under_two_plans(context, "2026-03") == 1
        close(context, "2026-01", "2026-02", "2026-03")
        add(context, ("2026-02-20", "500"), feed="late")
        assert set(of(context, "2026-04")) == {"trial", "trial-高级"}, "the old plan posts a difference"
        assert under_two_plans(context, "2026-04") == 0


def paid_in_all(context, known, *late):
    """Close eight months, with rows of assignments that are late; return what was paid in all, and the last results."""
    paid = Decimal(0)
    for month in (f"2026-{number:02}" for number in range(1, 9)):
        if month == known:
            load(context.store, "assignment", list(late), feed="late")
        last = of(context, month)
        moved = [each for one in last.values() for each in one.transfers]
        for figure in ("carried", "owed", "waiting"):
            assert sum(getattr(one, figure) for one in moved) == 0
        close(context, month)
        paid += sum((one.payable for one in last.values()), Decimal(0))
    return paid, last


BACK = (seat("王芳", "2026-06-01"),)  # June: back on the old plan
UNDONE = (seat("王芳", "2026-03-01"),)  # never promoted
OTHER = (seat("王芳", "2026-03-01", "总监"),)  # promoted to another plan, which takes over the same
DIRECTORS = (("高级", RATE), ("总监", RATE))


@pytest.mark.parametrize("known", ["2026-01", "2026-04", "2026-05", "2026-06"])
@pytest.mark.parametrize(
    ("late", "rows", "payout", "wanted", "owed"),
    [
        (BACK, (("2026-03-10", "500"), ("2026-06-10", "9000")), PLAIN, 550, 0),
        (UNDONE, (("2026-03-10", "500"), ("2026-06-10", "9000")), PLAIN, 550, 0),
        (OTHER, (("2026-03-10", "1500"), ("2026-04-10", "2500"), ("2026-06-10", "19000")), PLAIN, 1900, 0),
        (OTHER, (("2026-03-10", "1500"), ("2026-04-10", "2500"), ("2026-06-10", "19000")), PAYOUT, 1820, 0),
        (BACK, (("2026-03-10", "500"), ("2026-06-10", "90000")), PAYOUT, 8720, 150),
    ],
)  # fmt: skip
def test_what_was_handed_over_comes_back_when_the_seat_was_another(tmp_path, known, late, rows, payout, wanted, owed):
    """All is paid as if the seat had been known from the start; no plan keeps a debt of the one that handed it over."""
    with crediting(tmp_path, RATE, others=DIRECTORS, payout=payout) as context:
        for name in ("trial-高级", "trial-总监"):
            plan_of(context, name, payout="takes_over: trial, below_zero: carry")
        given(context, ("2026-02-10", "1000"), ("2026-02-20", "-5000"), *rows)
        load(context.store, "deduction", [{"number": "K1", "person": "王芳", "date": "2026-02-10", "amount": "80",
                                           "reason": "样机"}])  # fmt: skip
        paid, last = paid_in_all(context, known, *late)
        assert paid == wanted
        assert not any(one.carried_out or one.transfers for one in last.values())
        assert sum(one.balance.owed for one in last.values() if one.balance) == owed
        assert not any(one.balance.waiting for one in last.values() if one.balance)


def test_what_was_handed_over_stays_so_when_the_plan_takes_over_no_more(tmp_path):
    """From May on nothing is handed over; what comes late of before changes what is owed there, on both sides."""
    with crediting(tmp_path, RATE, others=(("高级", RATE),), payout=PAYOUT) as context:
        takes(context)
        given(context, ("2026-01-10", "400"), ("2026-03-10", "500"))
        close(context, "2026-01", "2026-02", "2026-03", "2026-04")
        file = context.workspace.config / "plans" / "trial-高级.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("takes_over: trial, ", ""), encoding="utf-8")
        add(context, ("2026-01-11", "300"), feed="late")
        both = of(context, "2026-05")
        (gone,), (came,) = both["trial"].transfers, both["trial-高级"].transfers
        assert (gone.is_taken, gone.owed, came.is_taken, came.owed) == (False, 30, True, -30)
        assert both["trial"].balance.owed == 0
        close(context, "2026-05")
        assert not any(one.transfers for one in of(context, "2026-06").values())


def test_what_comes_back_is_told_on_both_statements(tmp_path):
    with crediting(tmp_path, RATE, others=DIRECTORS, payout=PAYOUT) as context:
        takes(context)
        plan_of(context, "trial-总监", payout="takes_over: trial, below_zero: carry")
        given(context, ("2026-02-10", "1000"), ("2026-02-20", "-5000"), ("2026-03-10", "500"))
        close(context, "2026-01", "2026-02", "2026-03")
        load(context.store, "assignment", [*OTHER], feed="late")
        context.language = "en"
        april = context.parse_period("2026-04")
        run_period(context, april)
        said = told(show_statement(context, april, "王芳").report)
        assert "set right with trial-高级: owed of the draw 200.00, carried below zero 300.00" in said
        assert "set right with trial: owed of the draw 200.00, carried below zero 300.00" in said
        assert "handed over to trial-总监: owed of the draw 200.00, carried below zero 300.00" in said
        assert "taken over from trial: owed of the draw 200.00, carried below zero 300.00" in said
