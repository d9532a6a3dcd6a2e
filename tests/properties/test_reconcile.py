"""Whatever a split gives adds up for `quota reconcile`; a single amount that is changed does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.reconcile import Held, Street, compute_sums
from salescli.core.quotas.split import compute_split
from tests.properties.test_quotas import worlds


@given(worlds(), st.data())
def test_a_split_adds_up_and_a_changed_amount_does_not(world, data):
    found, inputs = world
    try:
        result = compute_split(found, inputs)
    except CannotSplit:
        return
    street = Street(Fraction(found.teams.street_above), Fraction(found.people.street_above))
    parents = {team.key: team.parent for team in inputs.teams if team.parent}

    def compare(leaves):
        held = [Held(leaf, result.currency, number) for number, leaf in enumerate(leaves)]
        return compute_sums(held, parents, {found.metric: street}, {result.currency: inputs.smallest})

    leaves = list(result.leaves)
    lines = compare(leaves)
    assert {line.state for line in lines} <= {"adds-up"}
    assert sum(line.team == "" for line in lines) == len(found.levels)
    members = [at for at, leaf in enumerate(leaves) if leaf.holder in ("person", "seat")]
    if not members:
        return
    at = data.draw(st.sampled_from(members))
    leaf = leaves[at]
    by = inputs.smallest * data.draw(st.integers(1, 10**6)) * data.draw(st.sampled_from([2, -2]))
    leaves[at] = replace(leaf, amount=leaf.amount + Decimal(by))
    (wrong,) = [line for line in compare(leaves) if line.state != "adds-up"]
    assert (wrong.kind, wrong.team, wrong.level) == ("people", leaf.team, leaf.level)
    assert [month.month for month in wrong.wrong] == [leaf.month]
    assert at in wrong.wrong[0].records
