"""Laws of commission that hold for every plan: of tables, refunds, late facts, the order in which facts come."""

import copy
import json
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from salescli.core.scales import MICRO, Band, Scale
from tests.properties.commission_cases import cases
from tests.properties.test_commission_reference import runs_of

LIGHT = settings(max_examples=max(10, settings.default.max_examples // 3))  # each example is a year of runs


@st.composite
def rising(draw):
    """A table of rates from zero on, none below the one before it."""
    starts = sorted(draw(st.sets(st.integers(1, 1_000_000), max_size=4)))
    rates = sorted(draw(st.lists(st.integers(0, 30), min_size=len(starts) + 1, max_size=len(starts) + 1)))
    pairs = zip([0, *starts], rates, strict=True)
    return Scale(
        [Band(Fraction(start), Fraction(rate, 100), draw(st.booleans()) or not start) for start, rate in pairs]
    )


POSITIONS = st.integers(0, 2_000_000).map(lambda cents: cents * MICRO // 100)


@given(rising(), POSITIONS, st.integers(1, 500_000).map(lambda cents: cents * MICRO // 100))
def test_pay_by_slices_is_convex_where_rates_rise(scale, low, step):
    first, middle, high = (scale.marginal(low + step * number) for number in range(3))
    assert middle - first <= high - middle


@given(rising(), POSITIONS)
def test_everything_at_the_rate_reached_is_never_less_than_slices_where_rates_rise(scale, position):
    assert Fraction(position, MICRO) * scale.rate(position) >= scale.marginal(position)


def total_of(results):
    """What was paid, listed and is carried in all."""
    paid = sum((one.payable + one.listed for one in results), Decimal(0))
    return paid + results[-1].carried_out


def refunding_everything(case):
    """The case with a refund for whatever is left of every receipt, all of it known in the last run."""
    (last,) = case["expect"]
    left = {}
    rows = [one for one in case["given"]["credits"] if one.get("known_in", one["date"][:7]) <= last]
    for row in rows:
        home = row.get("undoes") or row["key"]
        contract = row.get("contract", "")  # a receipt may be of two
        own = {**row, "key": f"X{home}{contract}", "undoes": home, "amount": 0}
        rest = left.setdefault((home, contract), own)
        rest["amount"] += Decimal(row["amount"]) * (Decimal("0.5") if "share" in row else 1)
    for one in left.values():
        one.pop("known_in", None)
        one.pop("share", None)
    back = [{**one, "amount": str(-one["amount"]), "date": f"{last}-28"} for one in left.values()]
    return {**case, "given": {**case["given"], "credits": [*rows, *back]}}


@LIGHT
@given(cases())
def test_refunding_everything_brings_pay_back_to_what_is_guaranteed(case):
    case = copy.deepcopy(case)
    for component in case["plan"]["components"].values():
        assume(component["type"] != "per-unit")
        if "refunds" in component:
            component["refunds"] = "recompute"
    note(json.dumps(refunding_everything(case)))
    nothing = {**case, "given": {**case["given"], "credits": []}}
    assert total_of(runs_of(refunding_everything(case))) == total_of(runs_of(nothing))


@LIGHT
@given(cases())
def test_of_what_gates_lose_nothing_is_left(case):
    case = copy.deepcopy(case)
    case["plan"]["through"] = "2026-09-30"
    case["given"].pop("opening", None)
    for reading in case["given"]["readings"]:
        reading |= {"numerator": "0", "denominator": "100"}
    of_all = {"metric": "collected", "of": "own", "over": "year", "at_least": "50%", "looked_at": "window-end"}
    for component in case["plan"]["components"].values():
        component.pop("at_least", None)
        component["needs"] = [{**of_all, "meanwhile": "pay", "if_missed": "lost", "if_undefined": "fail"}]
    note(json.dumps(case))
    assert sum(one.earned for one in runs_of(case)) == 0


@LIGHT
@given(cases())
def test_when_a_fact_becomes_known_does_not_change_what_is_paid_in_all(case):
    timely = copy.deepcopy(case)
    for kind in ("credits", "quotas"):
        for row in timely["given"][kind]:
            row.pop("known_in", None)
    note(json.dumps(case))
    (last,) = case["expect"]
    assume(all(one.get("known_in", last) <= last for kind in ("credits", "quotas") for one in case["given"][kind]))
    assert total_of(runs_of(case)) == total_of(runs_of(timely))


@LIGHT
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(case, random):
    shuffled = copy.deepcopy(case)
    for kind in ("credits", "grades", "readings", "contracts"):
        random.shuffle(shuffled["given"][kind])
    assert [one.to_json() for one in runs_of(shuffled)] == [one.to_json() for one in runs_of(case)]


@LIGHT
@given(cases())
def test_lines_of_a_statement_add_up_to_its_total(case):
    for result in runs_of(case):
        for one in result.components:
            assert not one.lines or sum(line.amount for line in one.lines) == one.own
            assert one.own + sum(each.amount for each in one.differences) == one.earned
        assert result.earned == sum(one.earned for one in result.components)
        adjusted = result.balance.adjusted if result.balance is not None else 0
        due = result.earned - result.kept_change + result.carried_in + adjusted
        assert due == result.payable + result.carried_out + result.listed
