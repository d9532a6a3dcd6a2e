"""Away from a plan and back: an account manager is acting manager for three months, under the plan of that role."""

from decimal import Decimal

import pytest

from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.credit_totals import total_credits
from salescli.services.commission.explaining import Asked, explain_period
from salescli.services.commission.keeping import Keep, keep_case
from salescli.services.commission.running import read_plans, run_commission
from salescli.services.commission.testing import run_cases
from salescli.store.runs import closed_runs
from tests.unit.services.crediting import computed, crediting, earned, seat
from tests.unit.store_support import load

OWN = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 10%
      - from 1,000: 20%
    refunds: recompute
    at_most: 350
"""
ACTING = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 1%, refunds: recompute}\n"
PLAIN = "payout: {below_zero: carry, round_to: 0.01}\n"
DRAW = (
    "draw: {tops_up_to: 100, for_months: 3, recover: 50% of pay above the draw, recover_from_month: 4, "
    "at_plan_end: owed}, "
)
AWAY = seat("王芳", "2026-03-01", "经理")
BACK = seat("王芳", "2026-06-01", "销售")
RECEIPTS = [
    ("2026-01-10", "600"),
    ("2026-02-28", "300"),
    ("2026-03-01", "5000"),
    ("2026-05-31", "7000"),
    ("2026-06-01", "200"),
    ("2026-06-20", "100"),
    ("2026-07-10", "3000"),
]


def receive(context, rows=RECEIPTS, feed="first"):
    load(
        context.store, "receipt",
        [{"number": f"{feed}{n}", "date": day, "owner": "王芳", "amount": each} for n, (day, each) in enumerate(rows)],
        feed=feed,
    )  # fmt: skip


def acting(folder, *, payout=PLAIN, own=OWN):
    return crediting(folder, own, others=(("经理", ACTING),), payout=payout)


def of(context, month, plan="trial"):
    return next(one for one in computed(context, month).computed if (one.plan.name, one.payee.name) == (plan, "王芳"))


def test_each_plan_pays_its_own_days_and_the_position_goes_on(tmp_path):
    with acting(tmp_path) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        assert earned(context, "2026-02") == {"王芳": "30.00"}
        assert earned(context, "2026-03") == earned(context, "2026-05") == {}
        assert earned(context, "2026-06") == {"王芳": "50.00"}  # 100 to the mark of 1,000, then 200 at 20%
        assert earned(context, "2026-07") == {"王芳": "210.00"}  # capped: 60 + 30 + 50 came before
        for month, amount in (("2026-03", "50.00"), ("2026-05", "70.00")):
            assert earned(context, month, "trial-经理") == {"王芳": amount}
        assert earned(context, "2026-06", "trial-经理") == earned(context, "2026-02", "trial-经理") == {}


def test_a_run_is_not_refused_and_the_totals_see_everything_paid_once(tmp_path):
    with acting(tmp_path) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        whole = context.parse_period("2026-01-01..2026-07-31")
        (found,) = total_credits(context, read_plans(context), whole)
        assert (found.whole, found.paid, found.several) == (Decimal(16200), Decimal(16200), Decimal(0))
        assert (found.house, found.no_plan, found.no_component) == (0, 0, 0)
        for month in ("2026-01", "2026-03", "2026-06"):
            assert run_commission(context, context.parse_period(month)).run is not None


def test_every_receipt_is_paid_under_one_plan(tmp_path):
    with acting(tmp_path) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        by_receipt: dict[str, list[tuple[str, Decimal]]] = {}
        for plan in ("trial", "trial-经理"):
            one = of(context, "2026-07", plan)
            for line in one.inputs.lines:
                if one.payee.is_on(line.date):
                    by_receipt.setdefault(line.key, []).append((plan, line.pay_credit))
        assert sorted(found for many in by_receipt.values() for found in many) == sorted(
            ("trial-经理" if "2026-03" <= day < "2026-06" else "trial", Decimal(amount)) for day, amount in RECEIPTS
        )
        assert all(len(many) == 1 for many in by_receipt.values())


def test_on_no_seat_is_on_no_plan(tmp_path):
    """Gone from the end of February, and hired again in June: what came in between is nobody's under a plan."""
    with acting(tmp_path) as context:
        load(context.store, "assignment", [{**AWAY, "role": "休假"}, BACK], feed="moves")
        receive(context)
        (found,) = total_credits(context, read_plans(context), context.parse_period("2026-01-01..2026-07-31"))
        assert (found.no_plan, found.paid) == (Decimal(12000), Decimal(4200))
        assert earned(context, "2026-04") == {}


def test_months_away_have_no_draw(tmp_path):
    payout = f"payout: {{{DRAW}below_zero: carry, round_to: 0.01}}\n"
    with acting(tmp_path, payout=payout, own=OWN.replace("    at_most: 350\n", "")) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        said = {}
        for month in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"):
            balance = of(context, month).result.balance
            said[month[-2:]] = tuple(int(one) for one in (balance.topped_up, balance.recovered, balance.owed))
        assert said == {
            "01": (40, 0, 40),
            "02": (70, 0, 110),
            "03": (0, 0, 110),
            "04": (0, 0, 110),
            "05": (0, 0, 110),
            "06": (50, 0, 160),  # the third month on the plan
            "07": (0, 160, 0),  # the fourth: 50% of what is above 100 of 600, at most what is owed
        }


def posted(context, months, arriving):
    """Close month by month; return what each plan has paid and still carries in all, by plan."""
    found: dict[str, Decimal] = {}
    last = {}
    for month in months:
        for load_it in arriving.get(month, ()):
            load_it(context)
        close_period(context, context.parse_period(month))
        for one in computed(context, month).computed:
            if one.payee.name == "王芳":
                last[one.plan.name] = one.result
                found[one.plan.name] = found.get(one.plan.name, Decimal(0)) + one.result.payable
    return {name: amount + last[name].carried_out for name, amount in found.items()}


@pytest.mark.parametrize("open_windows", ["end-on-last-day", "forfeit"])
@pytest.mark.parametrize("known", ["2026-03", "2026-06", "2026-07", "2026-08"])
def test_a_return_that_is_known_late_is_a_difference_and_closed_months_verify(tmp_path, known, open_windows):
    leavers = (
        "leavers: {receipts_after_last_day: {own_share: 50%, for_days: 200, rest_to: house}, "
        f"open_windows: {open_windows}, held_money: on-its-date, owed_to_company: list}}\n"
    )
    months = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08")
    with acting(tmp_path) as context:
        file = context.workspace.config / "plans" / "trial.yaml"
        file.write_text(file.read_text(encoding="utf-8") + leavers, encoding="utf-8")

        def back(context):
            load(context.store, "assignment", [BACK], feed="back")

        arriving = {"2026-03": [lambda context: load(context.store, "assignment", [AWAY], feed="away"), receive]}
        arriving.setdefault(known, []).append(back)
        paid = posted(context, months, arriving)
        assert paid == {"trial": Decimal(350), "trial-经理": Decimal(120)}
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())


def test_explanations_and_statements_say_when_somebody_was_away(tmp_path):
    with acting(tmp_path) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        result = of(context, "2026-07").result.component("sales")
        assert [(one.name, dict(one.parts)["amount"]) for one in result.notes] == [("credit-while-away", 12000)]
        context.language = "en"
        told = explained(context, "2026-03", Asked("", "", "first2"))
        assert any("trial" in text and "2026-03-01 is not among their days on the plan" in text for text in told)
        told = explained(context, "2026-03", Asked("王芳", why_zero=True))
        assert any("not on the plan from 2026-03-01 through 2026-05-31" in text for text in told)


def explained(context, month, asked):
    report = explain_period(context, context.parse_period(month), asked).report
    return [str(line) for block in report.blocks for line in getattr(block, "lines", ())]


def test_days_on_no_plan_inside_a_month_are_told_apart_in_the_totals(tmp_path):
    with acting(tmp_path) as context:
        load(
            context.store, "assignment", [seat("王芳", "2026-03-10", "休假"), seat("王芳", "2026-03-20")], feed="moves"
        )
        receive(context, [("2026-03-09", "100"), ("2026-03-10", "20"), ("2026-03-19", "4"), ("2026-03-20", "700")])
        (found,) = total_credits(context, read_plans(context), context.parse_period("2026-03"))
        assert (found.paid, found.no_plan, found.no_component) == (Decimal(800), Decimal(24), Decimal(0))
        assert earned(context, "2026-03") == {"王芳": "80.00"}


POT = """  pot:
    type: pool
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: gross}
    adds_up_over: quarter
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 2%]
    refunds: recompute
    shares: [{manager: 20%}, {members: 80%}]
    members: {roles: 销售, on: days-in-seat}
    members_by: MEMBERS_BY
    nobody_to_share: back-to-company
"""


@pytest.mark.parametrize(
    ("members_by", "wanted"),
    [
        ("contribution", {"李娜": "8.00", "王芳": "16.00", "赵磊": "16.00"}),
        ("equal", {"李娜": "8.00", "王芳": "21.33", "赵磊": "10.67"}),  # 62 days in January and March, 31 of them
    ],
)
def test_a_pot_leaves_out_the_days_that_its_manager_is_away(tmp_path, members_by, wanted):
    with crediting(tmp_path, ACTING, others=(("经理", POT.replace("MEMBERS_BY", members_by)),)) as context:
        seats = [seat("王芳", "2025-06-01", manager="李娜"), seat("李娜", "2025-06-01", "经理")]
        seats += [seat("李娜", "2026-02-01", "总监"), seat("李娜", "2026-03-01", "经理")]
        load(context.store, "assignment", [*seats, seat("赵磊", "2026-02-10", manager="李娜")], feed="moves")
        rows = [("王芳", "2026-01-10", "1000"), ("赵磊", "2026-02-10", "5000"), ("赵磊", "2026-03-10", "1000")]
        paid = [{"number": day, "date": day, "owner": name, "amount": amount} for name, day, amount in rows]
        load(context.store, "receipt", paid)
        assert earned(context, "2026-03", "trial-经理") == wanted


def test_a_statement_is_kept_as_a_case_with_the_days_away(tmp_path):
    with acting(tmp_path) as context:
        load(context.store, "assignment", [AWAY, BACK], feed="moves")
        receive(context)
        for month in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"):
            close_period(context, context.parse_period(month))
        keep = Keep(context.parse_period("2026-06"), "王芳", "", "back")
        written = [context.workspace.config.parent / one for one in keep_case(context, keep).written]
        texts = [one.read_text(encoding="utf-8") for one in written]
        assert any("on_plan: {away: [{from: 2026-03-01, through: 2026-05-31}]}" in text for text in texts)
        assert not run_cases(context)[1]
