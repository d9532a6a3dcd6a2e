"""Laws of quotas: every level adds up in every month, parts stay within a unit, equals are equal, order is nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.carry import carry_units
from salescli.core.quotas.fill import LimitsImpossible, compute_shares
from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.grid import round_years, spread_years
from salescli.core.quotas.inputs import MemberInput, SplitInputs, TeamInput
from salescli.core.quotas.split import compute_split
from tests.unit.quotas.build import by_month, months, policy

WEIGHT = st.integers(0, 50).map(Fraction)
IMPOSSIBLE = {"team-weights-sum-to-zero", "limits-impossible", "fixed-above-total"}
RATE = st.sampled_from(["0%", "3%", "5%", "12.5%", "0.7%"])


@st.composite
def people(draw, team):
    """Members of a team: plain, with or without history, joining, leaving, in ramp, and vacant seats."""
    count = draw(st.integers(1, 6))
    plain = draw(st.booleans())
    found = []
    for number in range(count):
        history = draw(st.none() | st.integers(0, 900_000))
        start, end, hired = date(1, 1, 1), date(9999, 12, 31), None
        if not plain and number:
            start = draw(st.just(start) | st.integers(0, 300).map(lambda days: date(2026, 1, 1) + timedelta(days)))
            end = draw(st.just(end) | st.integers(301, 364).map(lambda days: date(2026, 1, 1) + timedelta(days)))
            hired = start if start.year == 2026 else None
        figures = {} if history is None else {"2025-01": Decimal(history)}
        seat = draw(st.booleans()) if number == 3 else False
        role = draw(st.sampled_from("ab")) if number else "b"
        found.append(MemberInput(f"{team}{number}", "", role, start, end, hired, figures, seat))
    return tuple(found)


LIMITS = st.sampled_from(["", ", at_least: 60% of own last year", ", at_most: 900% of own last year, at_least: 1_000"])


@st.composite
def fixed(draw, teams):
    """No fixed figure, or one for the first member of the first team, who is there all year."""
    if not draw(st.booleans()):
        return ""
    period, amount = draw(st.sampled_from(["2026-Q1", "2026-05", "2026"])), draw(st.integers(0, 200_000))
    rest = draw(st.sampled_from(["team", "own-year"]))
    return f", fixed: [{{person: {teams[0].key}0, period: {period}, amount: {amount}, rest: {rest}}}]"


@st.composite
def worlds(draw):
    """A policy and inputs: any tree, unit, levels and street, a currency with or without decimals."""
    names = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=4, unique=True))
    teams = tuple(TeamInput(name, name, draw(people(name))) for name in names)
    smallest = draw(st.sampled_from([Decimal("0.01"), Decimal(1)]))
    unit = draw(st.sampled_from(["", "round_to: 1_000\n", "round_to: 100\n", "round_to: 7\n"]))
    amount = draw(st.integers(0, 9_999)) * 10_000 + draw(st.integers(1, 9_999))
    levels = draw(st.sampled_from(["", "levels: {base: 100%, stretch: 110%, challenge: 125%}\n"]))
    method = draw(st.sampled_from(["equal", "{history: 70%, equal: 30%}"]))
    seasons = [
        "split_by: equal",
        "split_by: weights, weights: {1: 3, 2: 1, 5: 4, 11: 2}",
        "split_by: seasonal, history: [2025]",
    ]
    found = policy(
        str(amount),
        teams=f"split_by: equal, street_above: {draw(RATE)}",
        people=f"split_by: {method}, without_history: team-median, street_above: {draw(RATE)}, "
        f"ramp: {{a: [0%, 25%, 50%, 75%]}}, ramp_gap: open{draw(LIMITS)}{draw(fixed(teams))}",
        months=draw(st.sampled_from(seasons)),
        more=unit + levels,
    )
    season = {f"2025-{number:02d}": Decimal(draw(st.integers(1, 500))) for number in range(1, 13)}
    return found, SplitInputs(months(), teams, season=season, smallest=smallest)


def split(world):
    """Split, or None where the random world cannot be split: no history at all, limits or fixed figures too large."""
    try:
        return compute_split(*world)
    except CannotSplit as cannot:
        assert {finding.name for finding in cannot.findings} <= IMPOSSIBLE
        return None


@given(worlds())
def test_every_level_adds_up_in_every_month(world):
    found, given_inputs = world
    result = split(world)
    if result is None:
        return
    for level in result.levels:
        company = by_month(result, level, holder="company")
        teams = by_month(result, level, holder="team")
        assert_scaled(company, teams, found.teams.street_above, given_inputs.smallest)
        rate = found.levels[level]
        assert abs(sum(company.values()) - found.amount * rate) <= given_inputs.smallest / 2
        for team in given_inputs.teams:
            target = by_month(result, level, team=team.key, holder="team")
            everyone = by_month(result, level, team=team.key)
            below = {month: everyone[month] - target[month] for month in target}
            assert_scaled(target, below, found.people.street_above, given_inputs.smallest)
    assert all(leaf.amount >= 0 for leaf in result.leaves)
    assert all(Fraction(leaf.amount) % Fraction(given_inputs.smallest) == 0 for leaf in result.leaves)


def assert_scaled(above, below, rate, smallest):
    """Every month, and every running total: above × (1 + rate) to the smallest amount; exactly where it is whole."""
    running = Decimal(0), Decimal(0)
    for month, amount in above.items():
        exact = amount * (1 + rate)
        running = running[0] + exact, running[1] + below[month]
        assert abs(running[0] - running[1]) <= smallest / 2
        if all(Fraction(value * (1 + rate)) % Fraction(smallest) == 0 for value in above.values()):
            assert below[month] == exact


@given(worlds())
def test_years_are_the_steps_that_led_to_them(world):
    result = split(world)
    for row in result.years if result else ():
        assert row.share + row.limits + row.fixed + row.rounding + row.relief == row.amount
        mine = by_month(result, row.level, holder=row.holder, team=row.team, holder_key=row.holder_key)
        assert sum(mine.values()) == row.amount


@given(worlds(), st.randoms(use_true_random=False))
def test_splitting_again_or_in_another_order_gives_the_same(world, random):
    found, given_inputs = world
    result = split(world)
    shuffled = []
    for team in given_inputs.teams:
        members = list(team.members)
        random.shuffle(members)
        shuffled.append(TeamInput(team.key, team.name, tuple(members), team.history))
    random.shuffle(shuffled)
    again = SplitInputs(months(), tuple(shuffled), season=given_inputs.season, smallest=given_inputs.smallest)
    assert split((found, again)) == result == split(world)


@given(st.integers(1, 9), st.integers(0, 10**9), st.sampled_from(["", "round_to: 1_000\n", "round_to: 7\n"]), RATE)
def test_equal_people_get_equal_years(count, amount, unit, street):
    """Equal to within one unit, and to the rest where that is all there is."""
    members = tuple(MemberInput(f"P{number}") for number in range(count))
    found = policy(str(amount + 1), people=f"split_by: equal, street_above: {street}", more=unit)
    result = compute_split(found, SplitInputs(months(), (TeamInput("A", "A", members),)))
    years = [row.amount for row in result.years if row.holder == "person"]
    assert max(years) - min(years) <= (found.round_to or Decimal("0.01"))


@given(st.lists(WEIGHT, min_size=1, max_size=8).filter(any), st.integers(0, 10**7), st.integers(1, 999))
def test_rounded_years_are_within_a_unit_of_their_share(weights, whole, unit):
    exact = [whole * weight / sum(weights) for weight in weights]
    years = round_years(exact, unit)
    assert sum(years.parts) == whole
    assert all(abs(part - share) < max(years.unit, 1) for part, share in zip(years.parts, exact, strict=True))
    others = [part for index, part in enumerate(years.parts) if index != years.keeper]
    assert all(part % years.unit == 0 for part in others)


@given(st.lists(WEIGHT, min_size=1, max_size=6).filter(any), st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_months_are_within_a_unit_of_their_share(weights, columns):
    whole, unit = sum(columns), 10
    exact = [whole * weight / sum(weights) for weight in weights]
    years = round_years(exact, unit)
    grid = spread_years(years.parts, columns, years.unit, years.keeper)
    assert [sum(row) for row in grid.cells] == list(years.parts)
    assert [sum(column) for column in zip(*grid.cells, strict=True)] == columns
    for year, row in zip(years.parts, grid.cells, strict=True):
        for column, cell in zip(columns, row, strict=True):
            assert cell >= 0
            assert not whole or abs(cell - Fraction(year * column, whole)) < grid.unit


@given(
    st.integers(1, 7).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=9)
    ),
    st.integers(1, 17),
)
def test_a_table_is_rounded_with_rows_and_columns_kept(table, denominator):
    """Any table of fractions whose columns are whole; the last row takes what makes them so."""
    filler = [-sum(column) % denominator for column in zip(*table, strict=True)]
    table = [*table, filler]
    columns = [sum(column) // denominator for column in zip(*table, strict=True)]
    cells = carry_units(table, denominator, columns)
    assert [sum(column) for column in zip(*cells, strict=True)] == columns
    for row, line in zip(table, cells, strict=True):
        assert sum(row) // denominator <= sum(line) <= -(-sum(row) // denominator)
        for value, cell in zip(row, line, strict=True):
            assert value // denominator <= cell <= -(-value // denominator)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=4),
    st.integers(0, 20),
)
def test_water_filling_is_the_proportional_share_within_limits(rows, whole):
    """Against its definition: everybody stands at one level, or at the limit that keeps them from it."""
    weights = [Fraction(weight) for weight, _, _ in rows]
    floors = [Fraction(low) for _, low, _ in rows]
    ceilings = [Fraction(low + more) for _, low, more in rows]
    if not any(weights):
        return
    reach = [floor if not weight else ceiling for weight, floor, ceiling in zip(weights, floors, ceilings, strict=True)]
    try:
        shares = compute_shares(Fraction(whole), weights, floors, ceilings)
    except LimitsImpossible as impossible:
        assert sum(floors) > whole if impossible.side == "floor" else sum(reach) < whole
        return
    assert sum(shares) == whole
    inside = []
    for share, weight, floor, ceiling in zip(shares, weights, floors, ceilings, strict=True):
        assert floor <= share <= ceiling
        if weight and floor < share < ceiling:
            inside.append(share / weight)
    assert len(set(inside)) <= 1
    for level, (share, weight, floor, ceiling) in product(inside, zip(shares, weights, floors, ceilings, strict=True)):
        assert share == min(max(level * weight, floor), ceiling)


@given(st.lists(WEIGHT, min_size=2, max_size=5).filter(any), st.integers(0, 1000), st.integers(0, 1000))
def test_exact_shares_are_monotone_in_the_total(weights, whole, more):
    low = compute_shares(Fraction(whole), weights)
    high = compute_shares(Fraction(whole + more), weights)
    assert all(before <= after for before, after in zip(low, high, strict=True))


@given(worlds())
def test_fixed_figures_stand(world):
    found, _ = world
    result = split(world)
    for each in found.people.fixed if result else ():
        mine = by_month(result, holder_key=each.person)
        inside = {"2026": mine, "2026-05": ["2026-05"], "2026-Q1": ["2026-01", "2026-02", "2026-03"]}[each.period]
        assert sum(mine[month] for month in inside) == each.amount
