"""Every circle of plans, metrics and people is refused by name, at its place; nothing is written."""

import pytest

from salescli.errors import ProblemsFound
from salescli.policy.plans import load_plan
from salescli.services.commission.running import run_commission
from salescli.store.runs import fetch_runs
from tests.errors.policy_files import REPRODUCERS
from tests.unit.commission.plans import SMALL
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    continues: {old}.sales
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 3%, from 1000: 5%]
    refunds: recompute
"""
RATE = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
BELOW = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: counted, base: less-commission-below}
    rate: 5%
    refunds: recompute
"""


def refused(context, month="2026-03"):
    with pytest.raises(ProblemsFound) as found:
        run_commission(context, context.parse_period(month))
    assert not fetch_runs(context.store, "commission"), "nothing is written"
    for one in found.value.problems:
        assert one.where.file.startswith("config/plans/") and one.where.line, one
    return {one.name for one in found.value.problems}


def test_plans_that_continue_each_other_by_way_of_a_third(tmp_path):
    others = (("b", TIERS.format(old="trial")), ("c", TIERS.format(old="trial-b")))
    with crediting(tmp_path, TIERS.format(old="trial-c"), others=others) as context:
        assert refused(context) == {"continues-in-a-circle"}


def test_plans_that_take_each_other_over_by_way_of_a_third(tmp_path):
    with crediting(tmp_path, RATE, others=(("b", RATE), ("c", RATE))) as context:
        for name, old in (("trial", "trial-c"), ("trial-b", "trial"), ("trial-c", "trial-b")):
            file = context.workspace.config / "plans" / f"{name}.yaml"
            text = file.read_text(encoding="utf-8").replace("{below_zero", f"{{takes_over: {old}, below_zero")
            file.write_text(text, encoding="utf-8")
        assert refused(context) == {"takes-over-in-a-circle"}


def test_people_who_are_above_and_below_each_other(tmp_path):
    with crediting(tmp_path, BELOW) as context:
        seats = [seat("王芳", "2025-06-01", manager="赵磊"), seat("赵磊", "2025-06-01", manager="王芳")]
        load(context.store, "assignment", seats, feed="moves")
        days = (("R1", "2026-03-05", "王芳"), ("R2", "2026-03-06", "赵磊"))
        rows = [{"number": key, "date": day, "amount": "1000", "owner": name} for key, day, name in days]
        load(context.store, "receipt", rows)
        assert refused(context) == {"levels-circle"}


@pytest.mark.parametrize("name", ["metric-cycle", "continues-itself"])
def test_what_is_made_of_itself_in_one_file(name):
    assert name in [one.name for one in REPRODUCERS[name].read()]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("payout: {", "payout: {takes_over: small, ", "takes-over-itself"),
        ("from: 2026", "beside: small\nfrom: 2026", "beside-itself"),
    ],
)
def test_a_plan_that_names_itself(old, new, name):
    (found,) = load_plan(SMALL.replace(old, new, 1)).problems
    assert found.name == name and found.where.line


def test_a_factor_over_what_the_component_itself_is_paid_is_no_metric(tmp_path):
    """Factors and gates read metrics, and no metric reads pay; the attainment of an attainment is none either."""
    factor = (
        "    times:\n      - {{metric: {metric}, of: own, over: year, looked_at: each-run, until_known: 1.0, "
        "once_known: true-up, if_undefined: 1.0, table: [from 0%: 1.0]}}\n"
    )
    for metric in ("sales", "commission", "receipts-gross-attainment-attainment"):
        plan = TIERS.replace("    continues: {old}.sales\n", "") + factor.format(metric=metric)
        with crediting(tmp_path / metric, RATE) as context:
            file = context.workspace.config / "plans" / "trial.yaml"
            file.write_text(file.read_text(encoding="utf-8").replace(RATE, plan), encoding="utf-8")
            assert refused(context) == {"unknown-metric-in-plan"}
