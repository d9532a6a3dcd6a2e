"""Plans that pay more than they say are refused where they are run; what a closed run kept stays computable."""

import pytest

from salescli.policy.plans import load_plan
from tests.unit.commission.plans import SMALL

METRICS = ("receipts", "collection-rate")
GATE = """    needs:
      - {metric: collection-rate, of: own, over: year, at_least: 70%, looked_at: each-run, meanwhile: pay,
         if_missed: lowest-tier, if_undefined: pass}
"""
WHOLE = SMALL.replace("slice-by-slice", "all-at-rate-reached").replace("refunds: recompute", "refunds: original-rate")
BY_AGE = WHOLE.replace("original-rate", "{by-age: [from 0 days: 100%]}")
ADDING = WHOLE.replace("all-at-rate-reached", "amounts-add-up").replace("3%", "300").replace("5%", "500")
STATED = WHOLE.replace("all-at-rate-reached", "as-stated").replace("3%", "3% on the slice").replace(
    "5%", "5% on everything"
)  # fmt: skip
LATE = SMALL.replace("from 0: 3%", "from 1,000: 3%").replace("payout:", f"{GATE}payout:")
FALLING = SMALL.replace("3%", "6%").replace("payout:", f"{GATE}payout:")


def named(text, metrics=METRICS):
    return [one.name for one in load_plan(text, metrics=metrics).problems]


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        (WHOLE, "caught-up-twice", "refunds: original-rate"),
        (BY_AGE, "caught-up-twice", "refunds: {by-age"),
        (ADDING, "caught-up-twice", "refunds: original-rate"),
        (STATED, "caught-up-twice", "refunds: original-rate"),
        (LATE, "lowest-tier-begins-late", "if_missed: lowest-tier"),
        (FALLING, "first-tier-not-lowest", "if_missed: lowest-tier"),
    ],
)
def test_it_is_refused_at_its_place(text, name, line):
    (found,) = load_plan(text, metrics=METRICS).problems
    assert found.name == name
    assert line in text.splitlines()[found.where.line - 1]
    assert load_plan(text).plan is not None, "what a closed run kept is computed as it was"


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("original-rate", "recompute"),
        WHOLE.replace("all-at-rate-reached", "new-at-rate-reached"),
        WHOLE.replace("over: year", "over: each-transaction"),
        WHOLE.replace("      - from 500,000: 5%\n", ""),
        STATED.replace("on everything", "on the slice"),
        SMALL.replace("payout:", f"{GATE}payout:"),
        LATE.replace("lowest-tier", "lost"),
        FALLING.replace("lowest-tier", "lost"),
    ],
)
def test_what_cannot_pay_too_much_is_not(text):
    assert named(text) == []
