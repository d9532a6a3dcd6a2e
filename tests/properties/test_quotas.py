"""Laws of quotas: every level adds up in every month, parts stay within a unit, equals are equal, order is nothing."""

from __future__ import annotations

from dataclasses import replace
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
IMPOSSIBLE = {
    "weights-sum-to-zero",
    "sub-team-weights-sum-to-zero",
    "team-weights-sum-to-zero",
    "limits-impossible",
    "fixed-above-total",
}
RATE = st.sampled_from(["0%", "3%", "5%", "12.5%", "0.7%"])


NEW_YEAR = date(2026, 1, 1)
BEGINNING, FOREVER = date(1, 1, 1), date(9999, 12, 31)


@st.composite
def people(draw, team):
    """Members of a team: plain, with or without history, joining, leaving, coming back, in ramp, and vacant seats."""
    count = draw(st.integers(1, 5))
    plain = draw(st.booleans())
    found = []
    for number in range(count):
        history = draw(st.none() | st.integers(0, 900_000))
        start, end, hired = BEGINNING, FOREVER, None
        if not plain and number:
            start = draw(st.just(start) | st.integers(0, 300).map(lambda days: NEW_YEAR + timedelta(days)))
            end = draw(st.just(end) | st.integers(301, 364).map(lambda days: NEW_YEAR + timedelta(days)))
            hired = start if start.year == 2026 else None
        figures = {} if history is None else {"2025-01": Decimal(history)}
        seat = draw(st.booleans()) if number == 3 else False
        role = draw(st.sampled_from("ab")) if number else "b"
        one = MemberInput(f"{team}{number}", "", role, start, end, hired, figures, seat, manager=f"{team}-lead")
        found.append(one)
        if not seat and end < date(2026, 12, 1) and draw(st.booleans()):
            found.append(replace(one, start=end + timedelta(draw(st.integers(1, 20))), end=FOREVER))
    return tuple(found)


LIMITS = st.sampled_from(["", ", at_least: 60% of own last year", ", at_most: 900% of own last year, at_least: 1_000"])
UNIT = st.sampled_from(["", "round_to: 1_000\n", "round_to: 100\n", "round_to: 7\n"])
LEVELS = st.sampled_from(["", "levels: {base: 100%, stretch: 110%, challenge: 125%}\n"])
SEASONS = st.sampled_from(
    [
        "split_by: equal",
        "split_by: weights, weights: {1: 3, 2: 1, 5: 4, 11: 2}",
        "split_by: seasonal, history: [2025]",
    ]
)


@st.composite
def trees(draw):
    """Teams in any tree: each below one before it or at the top; a team with sub-teams may have people of its own."""
    names = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True))
    parents = [draw(st.sampled_from(["", *names[:at]])) for at in range(len(names))]
    found = []
    for name, parent in zip(names, parents, strict=True):
        members = () if name in parents and draw(st.booleans()) else draw(people(name))
        history = {"2025-01": Decimal(draw(st.integers(0, 99)))}
        found.append(TeamInput(name, name, members, history, parent))
    return tuple(found)


@st.composite
def fixed(draw, teams):
    """No fixed figure, or one for the first member of a team, who is there all year."""
    holders = [team.members[0].key for team in teams if team.members]
    if not holders or not draw(st.booleans()):
        return ""
    period, amount = draw(st.sampled_from(["2026-Q1", "2026-05", "2026"])), draw(st.integers(0, 200_000))
    rest = draw(st.sampled_from(["team", "own-year"]))
    return f", fixed: [{{person: {draw(st.sampled_from(holders))}, period: {period}, amount: {amount}, rest: {rest}}}]"


@st.composite
def leavers(draw, teams):
    """Any rule for leavers; successors where it asks for them: the first member of the team, who is there all year."""
    rule = draw(st.sampled_from(["", "team", "manager", "vacant-seat", "successor"]))
    gone = {
        one.key: team.members[0].key
        for team in teams
        for one in team.members[1:]
        if one.end <= date(2026, 12, 31) and not one.is_seat and one.key != team.members[0].key
    }
    named = ", ".join(f"{key}: {heir}" for key, heir in gone.items())
    if rule == "successor" or draw(st.booleans()):
        rule += f", successors: {{{named}}}" if rule else ""
    return f", leavers: {rule}" if rule else ""


@st.composite
def worlds(draw):
    """A policy and inputs: any tree, unit, levels and street, a currency with or without decimals."""
    teams = draw(trees())
    smallest = draw(st.sampled_from([Decimal("0.01"), Decimal(1)]))
    amount = draw(st.integers(0, 9_999)) * 10_000 + draw(st.integers(1, 9_999))
    found = policy(
        str(amount),
        teams=f"split_by: {draw(st.sampled_from(['equal', '{history: 60%, equal: 40%}']))}, street_above: {draw(RATE)}",
        people=f"split_by: {draw(st.sampled_from(['equal', '{history: 70%, equal: 30%}']))}, "
        f"without_history: team-median, street_above: {draw(RATE)}, ramp: {{a: [0%, 25%, 50%, 75%]}}, "
        f"ramp_gap: {draw(st.sampled_from(['open', 'colleagues']))}"
        f"{draw(LIMITS)}{draw(fixed(teams))}{draw(leavers(teams))}",
        months=draw(SEASONS),
        more=draw(UNIT) + draw(LEVELS),
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
    """Sub-teams and own people = team; people, vacant seats, open ramp gap and nobody = that part × (1 + street)."""
    found, given_inputs = world
    result = split(world)
    if result is None:
        return
    for level in result.levels:
        company = by_month(result, level, holder="company")
        top = [team for team in given_inputs.teams if not team.parent]
        assert_scaled(company, targets(result, level, top), found.teams.street_above, given_inputs.smallest)
        rate = found.levels[level]
        assert abs(sum(company.values()) - found.amount * rate) <= given_inputs.smallest / 2
        for team in given_inputs.teams:
            own = target = by_month(result, level, team=team.key, holder="team")
            below = [each for each in given_inputs.teams if each.parent == team.key]
            if below:
                direct = by_month(result, level, team=team.key, holder="direct")
                own = {month: direct.get(month, Decimal(0)) for month in target}
                assert target == summed(own, targets(result, level, below))
            members = [by_month(result, level, team=team.key, holder=each) for each in HOLDERS]
            assert_scaled(own, summed(*members), found.people.street_above, given_inputs.smallest)
    assert all(leaf.amount >= 0 for leaf in result.leaves)
    assert all(Fraction(leaf.amount) % Fraction(given_inputs.smallest) == 0 for leaf in result.leaves)


HOLDERS = ("person", "seat", "ramp-gap", "nobody")
MONTHS = [month.label for month in months()]


def targets(result, level, teams):
    return summed(*(by_month(result, level, team=team.key, holder="team") for team in teams))


def summed(*lines):
    return {month: sum((line.get(month, Decimal(0)) for line in lines), Decimal(0)) for month in MONTHS}


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
        steps = (row.share, row.limits, row.fixed, row.inherited, row.rounding, row.relief, row.colleagues)
        assert sum(steps) == row.amount
        assert row.relief <= 0 <= row.colleagues
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
        shuffled.append(replace(team, members=tuple(members)))
    random.shuffle(shuffled)
    again = SplitInputs(months(), tuple(shuffled), season=given_inputs.season, smallest=given_inputs.smallest)
    assert split((found, again)) == result == split(world)


@given(st.integers(1, 9), st.integers(0, 10**9), UNIT, RATE, st.sampled_from(["", "S"]))
def test_equal_people_get_equal_years(count, amount, unit, street, parent):
    """Equal to within one unit, and to the rest where that is all there is; so do equal teams, and equal sub-teams."""
    members = tuple(MemberInput(f"P{number}") for number in range(count))
    teams = tuple(TeamInput(key, key, (MemberInput(f"{key}1"),), parent=parent) for key in "ABC")
    above = (TeamInput("S", "S"),) if parent else ()
    found = policy(str(amount + 1), people=f"split_by: equal, street_above: {street}", more=unit)
    unit_used = found.round_to or Decimal("0.01")
    result = compute_split(found, SplitInputs(months(), (TeamInput("A", "A", members),)))
    years = [row.amount for row in result.years if row.holder == "person"]
    assert max(years) - min(years) <= unit_used
    result = compute_split(found, SplitInputs(months(), (*above, *teams)))
    years = [row.amount for row in result.years if row.holder == "team" and row.team != "S"]
    assert max(years) - min(years) <= unit_used


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


@given(
    st.lists(st.tuples(WEIGHT, st.integers(0, 90), st.integers(0, 400)), min_size=2, max_size=5),
    st.integers(0, 1000),
    st.integers(0, 1000),
)
def test_exact_shares_are_monotone_in_the_total(rows, whole, more):
    """Within limits too: nobody has less of a larger total."""
    weights, floors = [weight for weight, _, _ in rows], [Fraction(low) for _, low, _ in rows]
    ceilings = [Fraction(low + room) for _, low, room in rows]
    if not any(weights):
        return
    try:
        low = compute_shares(Fraction(whole), weights, floors, ceilings)
        high = compute_shares(Fraction(whole + more), weights, floors, ceilings)
    except LimitsImpossible:
        low, high = compute_shares(Fraction(whole), weights), compute_shares(Fraction(whole + more), weights)
    assert all(before <= after for before, after in zip(low, high, strict=True))


@given(worlds())
def test_every_year_is_within_one_unit_of_its_exact_share(world):
    """Of whoever has the rest below the unit too: less than one unit of it is there."""
    result = split(world)
    unit = world[0].round_to or world[1].smallest
    for row in result.years if result else ():
        assert abs(row.rounding) <= unit + world[1].smallest / 2


@given(worlds())
def test_equal_sub_teams_and_own_people_are_within_one_unit_of_each_other(world):
    """People directly in a team count as one part beside its sub-teams."""
    found, given_inputs = world
    found = found.model_copy(update={"teams": found.teams.model_copy(update={"split_by": (("equal", Decimal(1)),)})})
    result = split((found, given_inputs))
    years = {(row.team, row.holder): row.amount for row in result.years if row.level == "base"} if result else {}
    for team in given_inputs.teams if result else ():
        parts = [years[each.key, "team"] for each in given_inputs.teams if each.parent == team.key]
        if parts and team.members:
            parts.append(years[team.key, "direct"])
        assert all(abs(part - other) <= (found.round_to or given_inputs.smallest) for part in parts for other in parts)


@given(worlds())
def test_fixed_figures_stand_however_often_it_is_split(world):
    """With another amount, what is fixed is still the same."""
    found, given_inputs = world
    for amount in (found.amount, found.amount + 12_345):
        again = found.model_copy(update={"amount": amount})
        result = split((again, given_inputs))
        for each in found.people.fixed if result else ():
            mine = by_month(result, holder="person", holder_key=each.person)
            inside = {"2026": mine, "2026-05": ["2026-05"], "2026-Q1": ["2026-01", "2026-02", "2026-03"]}[each.period]
            assert sum(mine[month] for month in inside) == each.amount


@given(worlds())
def test_colleagues_carry_exactly_what_the_ramp_takes_off(world):
    """Whatever becomes of the gap, full months are the same, and what is open and carried is the same sum."""
    found, given_inputs = world
    gaps = {}
    for word in ("open", "colleagues"):
        people = found.people.model_copy(update={"ramp_gap": word})
        result = split((found.model_copy(update={"people": people}), given_inputs))
        if result is None:
            return
        carried = sum(row.colleagues for row in result.years if row.level == "base")
        relief = [(row.team, row.holder_key, row.relief) for row in result.years if row.holder in ("person", "seat")]
        gaps[word] = (sum(by_month(result, holder="ramp-gap").values()) + carried, relief)
    assert gaps["open"] == gaps["colleagues"]


@given(st.integers(2, 6), st.integers(1, 363), st.sampled_from(["manager", "vacant-seat"]), UNIT, RATE)
def test_whoever_takes_over_leaves_colleagues_as_if_nobody_had_left(count, day, rule, unit, street):
    """The leaver's weight stays in the team's scale: with the heir, everybody else has the year they had before."""
    staying = [MemberInput(f"P{n}", history={"2025-01": Decimal(1000 * n + 1)}, manager="M") for n in range(count)]
    gone = [replace(staying[0], end=NEW_YEAR + timedelta(day)), *staying[1:]]
    text = f"split_by: history, without_history: nothing, street_above: {street}"
    before = compute_split(
        policy(people=text, more=unit), SplitInputs(months(), (TeamInput("A", "A", tuple(staying)),))
    )
    found = policy(people=f"{text}, leavers: {rule}", more=unit)
    after = compute_split(found, SplitInputs(months(), (TeamInput("A", "A", tuple(gone)),)))
    years = [{row.holder_key: row for row in each.years if row.team == "A"} for each in (before, after)]
    step = found.round_to or Decimal("0.01")
    for one in staying[1:]:
        assert abs(years[0][one.key].amount - years[1][one.key].amount) <= 2 * step
    heir = years[1]["M" if rule == "manager" else "seat-of-P0"]
    assert abs(years[1]["P0"].amount + heir.amount - years[0]["P0"].amount) <= 3 * step
    passed = {each.name: each.change for each in after.bridge if each.team == "A"}
    assert passed["taken-over"] == -passed["left"] == heir.inherited


@given(worlds(), st.randoms(use_true_random=False))
def test_new_numbers_for_people_change_nobodys_year_by_more_than_a_unit(world, random):
    """Numbers decide ties and nothing else."""
    found, given_inputs = world
    people = {one.key for team in given_inputs.teams for one in team.members}
    numbers = [f"N{n:02d}" for n in range(len(people))]
    random.shuffle(numbers)
    new = dict(zip(sorted(people), numbers, strict=True))
    teams = tuple(
        replace(team, members=tuple(replace(one, key=new[one.key]) for one in team.members))
        for team in given_inputs.teams
    )
    rules = found.people
    fixed_figures = tuple(each.model_copy(update={"person": new[each.person]}) for each in rules.fixed)
    successors = {new[key]: new[heir] for key, heir in rules.successors.items()}
    renamed = rules.model_copy(update={"fixed": fixed_figures, "successors": successors, "ramp_gap": "open"})
    plain = rules.model_copy(update={"ramp_gap": "open"})
    before = split((found.model_copy(update={"people": plain}), given_inputs))
    after = split((found.model_copy(update={"people": renamed}), replace(given_inputs, teams=teams)))
    assert (before is None) == (after is None)
    if before is None:
        return
    full = {(r.level, r.team, r.holder_key): r.amount - r.relief for r in after.years if r.holder in ("person", "seat")}
    unit = found.round_to or given_inputs.smallest
    for row in before.years:
        if row.holder in ("person", "seat") and row.holder_key in new:
            assert abs(row.amount - row.relief - full[row.level, row.team, new[row.holder_key]]) <= 2 * unit
