"""Laws of the waterfall: it closes exactly, between two days and between two states of knowledge."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.funnel.history import trace_history
from salescli.core.funnel.model import Change, DealFacts
from salescli.core.funnel.standing import standing_of
from salescli.core.funnel.waterfall import FLOWS, Bar, Standing, compute_waterfall
from salescli.core.periods import Period
from tests.unit.funnel.build import DAY, PROCESS

days = st.integers(0, 120).map(lambda number: DAY + timedelta(days=number))
amounts = st.one_of(st.none(), st.integers(0, 10**9))
standings = st.builds(
    Standing,
    st.sampled_from(["open", "won", "lost"]),
    amounts,
    st.sampled_from(["CNY", "CNY", "USD"]),
    st.one_of(st.none(), days),
    st.sampled_from(["a", "b", "c"]),
)
states = st.dictionaries(st.integers(0, 12), standings, max_size=10)
windows = st.one_of(
    st.none(), st.tuples(days, st.integers(1, 90)).map(lambda one: Period(one[0], one[0] + timedelta(one[1])))
)


def check_closes(before, after, window):
    found = compute_waterfall(before, after, window)
    groups = {group for group, _ in found.bars}
    for currency in found.currencies:
        lines = [found.line(group, currency) for group in groups]
        every = found.line(None, currency)
        for line in [*lines, every]:
            start, end = line.get("start", Bar()).amount_e4, line.get("end", Bar()).amount_e4
            assert start + sum(line.get(step, Bar()).amount_e4 for step in FLOWS) == end
        for step in ("start", "end", *FLOWS):
            moved = sum(line.get(step, Bar()).amount_e4 for line in lines)
            if step not in ("given", "received"):
                assert every.get(step, Bar()).amount_e4 == moved
        assert sum(line.get(step, Bar()).amount_e4 for line in lines for step in ("given", "received")) == 0
    for side, state in (("start", before), ("end", after)):
        standing = {deal: one for deal, one in state.items() if one.stands(window)}
        flows = [each for each in found.flows if each.step == side]
        assert {each.deal: each.amount_e4 for each in flows} == {
            deal: one.amount_e4 or 0 for deal, one in standing.items()
        }
        assert all(each.group == standing[each.deal].group for each in flows)
    return found


@given(states, states, windows)
def test_it_closes_between_two_states(before, after, window):
    found = check_closes(before, after, window)
    by_step = {step: [each for each in found.flows if each.step == step] for step in FLOWS}
    assert all(
        each.amount_e4 >= 0 for step in ("new", "pulled", "reopened", "up", "received") for each in by_step[step]
    )
    assert all(
        each.amount_e4 <= 0 for step in ("down", "pushed", "lost", "won", "removed", "given") for each in by_step[step]
    )


@given(states, windows)
def test_between_equal_states_nothing_flows(state, window):
    assert {each.step for each in compute_waterfall(state, state, window).flows} <= {"start", "end"}


@given(states, states, states, windows)
def test_one_goes_on_where_the_other_ended(first, second, third, window):
    one, two = compute_waterfall(first, second, window), compute_waterfall(second, third, window)
    for key in one.bars.keys() | two.bars.keys():
        assert one.bars.get(key, {}).get("end", Bar()) == two.bars.get(key, {}).get("start", Bar())


ends = st.integers(0, len(PROCESS.stages) - 1)
moves = st.lists(st.tuples(ends, days, amounts), max_size=6)
deals = st.lists(st.tuples(moves, st.one_of(st.none(), days), st.one_of(st.none(), ends), days, amounts), max_size=10)


@given(deals, days, st.integers(0, 60), windows)
def test_it_closes_between_two_days_of_random_histories(drawn, start, more, window):
    sides = []
    for on in (start, start + timedelta(days=more)):
        side = {}
        for number, (changes, created, stage, day, amount) in enumerate(drawn):
            facts = DealFacts(number, created, day, stage, amount, "CNY", day, owner=number % 3)
            rows = [Change(place, at, "", said) for place, at, said in changes]
            history = trace_history(facts, rows, PROCESS, on)
            if history is not None:
                side[number] = standing_of(
                    history, is_restated=any(row.amount_e4 is not None and row.day > on for row in rows)
                )
        sides.append(side)
    found = check_closes(*sides, window)
    assert not [each for each in found.flows if each.step in ("removed", "given", "received")]
