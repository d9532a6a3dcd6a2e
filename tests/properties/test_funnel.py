"""Laws of the funnel, over random ways through a process."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.funnel.cohort import Policy, compute_funnel, compute_stock
from salescli.core.funnel.flow import compute_flow
from salescli.core.funnel.history import trace_history
from salescli.core.funnel.model import Change, DealFacts
from salescli.core.funnel.rates import compute_win_rates
from salescli.core.periods import Period
from tests.unit.funnel.build import DAY, LATE, PROCESS

ends = st.integers(0, len(PROCESS.stages) - 1)
moves = st.lists(st.tuples(ends, st.integers(0, 200), st.one_of(st.none(), st.integers(0, 10**9))), max_size=7)
deals = st.lists(
    st.tuples(moves, st.one_of(st.none(), st.integers(0, 200)), st.one_of(st.none(), ends), st.integers(0, 200)),
    max_size=12,
)
POLICIES = [
    Policy(mode, skips, regress)
    for mode in ("reached", "strict")
    for skips in ("backfill", "exclude", "as-is")
    for regress in ("all", "first", "last")
]  # type: ignore[arg-type]


def histories(drawn, on=LATE):
    found = []
    for number, (changes, created, stage, closed) in enumerate(drawn):
        day = None if created is None else DAY + timedelta(days=created)
        facts = DealFacts(number, day, DAY + timedelta(days=closed), stage, 1000, "CNY")
        rows = [Change(place, DAY + timedelta(days=at), "", amount) for place, at, amount in changes]
        if (one := trace_history(facts, rows, PROCESS, on)) is not None:
            found.append(one)
    return found


@given(deals, st.sampled_from(POLICIES))
def test_every_deal_is_won_lost_or_open_and_counted_or_left_out(drawn, policy):
    cohort = histories(drawn)
    funnel = compute_funnel(cohort, PROCESS, policy)
    assert funnel.count + len(funnel.left_out) == len(cohort)
    won = sum(path.history.outcome == "won" for path in funnel.paths)
    assert won + funnel.lost_count + funnel.open_count == funnel.count
    assert sum(leak.count for leak in funnel.leaks) == funnel.lost_count


@given(deals, st.sampled_from(["backfill", "exclude"]), st.sampled_from(["all", "first", "last"]))
def test_what_reaches_a_stage_goes_on_or_is_lost_or_open_there(drawn, skips, regress):
    funnel = compute_funnel(histories(drawn), PROCESS, Policy("reached", skips, regress))
    unplaced = sum(path.is_unplaced for path in funnel.paths)
    following = [*(line.count for line in funnel.lines[1:]), funnel.won.count]
    for at, (line, after) in enumerate(zip(funnel.lines, following, strict=True)):
        nowhere = unplaced if at == 0 else 0
        assert line.count == after + len(line.lost) + len(line.still_open) + nowhere


@given(deals)
def test_strict_is_within_reached_and_as_they_are_within_back_filled(drawn):
    cohort = histories(drawn)
    reached = compute_funnel(cohort, PROCESS, Policy())
    for narrower in (Policy("strict"), Policy("reached", "as-is"), Policy("reached", "exclude")):
        within = compute_funnel(cohort, PROCESS, narrower)
        for few, many in zip(within.lines, reached.lines, strict=True):
            assert {each.path.history.deal for each in few.entries} <= {each.path.history.deal for each in many.entries}


@given(deals)
def test_strict_lines_account_for_everybody(drawn):
    funnel = compute_funnel(histories(drawn), PROCESS, Policy("strict"))
    following = [*(line.count for line in funnel.lines[1:]), funnel.won.count]
    for line, after in zip(funnel.lines, following, strict=True):
        assert line.count == after + len(line.lost) + len(line.still_open) + line.gone_on


@given(deals, st.integers(1, 3))
def test_groups_add_up(drawn, size):
    cohort = histories(drawn)
    whole = compute_funnel(cohort, PROCESS, Policy())
    parts = [
        compute_funnel([one for one in cohort if one.deal % size == rest], PROCESS, Policy()) for rest in range(size)
    ]
    for at, line in enumerate(whole.lines):
        assert line.count == sum(part.lines[at].count for part in parts)
        assert line.amounts.get("CNY", 0) == sum(part.lines[at].amounts.get("CNY", 0) for part in parts)


@given(deals)
def test_rates_share_one_numerator_and_wider_denominators(drawn):
    funnel = compute_funnel(histories(drawn), PROCESS, Policy())
    closed, engaged, every = compute_win_rates(funnel.paths, PROCESS, LATE)
    assert closed.won == engaged.won == every.won <= closed.cases <= engaged.cases <= every.cases == funnel.count


@given(deals, st.integers(0, 220))
def test_a_stock_counts_each_deal_once_and_yesterday_does_not_know_today(drawn, number):
    on = DAY + timedelta(days=number)
    cohort = histories(drawn, on)
    assert sum(line.count for line in compute_stock(cohort, PROCESS)) == len(cohort)
    for one in cohort:
        assert one.begun is None or one.begun <= on
        assert all(visit.entered is None or visit.entered <= on for visit in one.visits)
        assert one.ended is None or one.ended <= on


@given(deals, st.integers(0, 150), st.integers(1, 60), st.integers(1, 60))
def test_a_flow_adds_up_and_goes_on_where_it_ended(drawn, first, days, more):
    start, middle = DAY + timedelta(days=first), DAY + timedelta(days=first + days)
    cohort = histories(drawn)
    one = compute_flow(cohort, PROCESS, Period(start, middle))
    two = compute_flow(cohort, PROCESS, Period(middle, middle + timedelta(days=more)))
    both = compute_flow(cohort, PROCESS, Period(start, middle + timedelta(days=more)))
    for early, late, whole in zip(one.lines, two.lines, both.lines, strict=True):
        for line in (early, late, whole):
            assert line.at_start + line.came_in == line.went_on + line.went_back + line.lost + line.at_end
        assert early.at_end == late.at_start
        assert early.came_in + late.came_in == whole.came_in
        assert early.went_on + late.went_on == whole.went_on
    assert one.deals + len(one.undated) == len(cohort)
