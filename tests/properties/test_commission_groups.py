"""Laws of what a group shares: nothing is lost, nothing is made, and order does not matter."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.budget import Budget
from salescli.core.commission.components.pool import PoolComponent
from salescli.core.commission.groups.budgets import spend
from salescli.core.commission.groups.pots import Member, Roster, SheetRow, cut_pot
from salescli.core.commission.groups.ranks import Candidate, award
from salescli.core.shape_reading import read_shape
from salescli.policy.plans import load_plan
from tests.errors.group_plans import COMPONENT, POOL
from tests.unit.commission.plans import SMALL

CENT = Decimal("0.01")
NAMES = st.lists(st.sampled_from("ABCDEFGH"), unique=True, max_size=6)
WEIGHTS = st.fractions(min_value=-3, max_value=1000, max_denominator=7)
DAYS = st.integers(0, 40).map(lambda number: date(2026, 5, 1) + timedelta(days=number))
ENTRIES = st.lists(st.tuples(DAYS, st.integers(0, 30).map(str), st.sampled_from("ABC"), st.integers(0, 2),
                             st.integers(-500, 900)), max_size=20, unique_by=lambda one: one[1])  # fmt: skip


def pool(**changes: str) -> PoolComponent:
    text = POOL
    for key, value in changes.items():
        old = next(line for line in text.splitlines() if line.strip().startswith(f"{key}:"))
        text = text.replace(old, f"    {key}: {value}")
    found = load_plan(SMALL.replace(COMPONENT, text)).require().components["sales"]
    assert isinstance(found, PoolComponent)
    return found


EQUAL, SHEET = pool(), pool(members_by="manager-sheet")
BACK = pool(nobody_to_share="back-to-company")


@given(st.integers(-50_000, 5_000_000), NAMES, st.data(), st.booleans(), st.sampled_from([EQUAL, BACK]))
def test_a_pot_is_shared_to_the_cent(
    pot: int, names: list[str], data: st.DataObject, forfeited: bool, component: PoolComponent
) -> None:
    members = tuple(Member(name, name, data.draw(WEIGHTS)) for name in names)
    cut = cut_pot(component, pot, CENT, Roster(members), forfeited=forfeited)
    assert cut.manager + sum(part for _, part in cut.members) + cut.rest == pot
    assert {name for name, _ in cut.members} == {one.person for one in members if one.weight > 0}
    turned = cut_pot(component, pot, CENT, Roster(tuple(reversed(members))), forfeited=forfeited)
    assert turned == cut


@given(st.integers(1, 100_000), NAMES.filter(bool), st.data())
def test_a_sheet_spends_the_members_part_or_nothing_is_paid(pot: int, names: list[str], data: st.DataObject) -> None:
    part = cut_pot(EQUAL, pot, CENT, Roster(tuple(Member(name, name, Fraction(1)) for name in names)))
    whole = sum(units for _, units in part.members)
    amounts = [data.draw(st.integers(0, 50_000)) for _ in names]
    rows = tuple(SheetRow(name, name, units * CENT, None) for name, units in zip(names, amounts, strict=True))
    members = tuple(Member(name, name, Fraction(1)) for name in names)
    cut = cut_pot(SHEET, pot, CENT, Roster(members, rows))
    if sum(amounts) == whole or not whole:
        assert cut.fault is None
    else:
        assert cut.fault is not None and (cut.manager, cut.members, cut.rest) == (0, (), 0)


@given(st.integers(-100_000, 100_000).filter(bool), st.lists(st.integers(-50_000, 50_000), min_size=1, max_size=4))
def test_a_sheet_gives_nobody_more_than_the_pot(pot: int, units: list[int]) -> None:
    """Of a pot above zero no share is below it, and the other way round; so none is larger than the pot."""
    names = [f"P{number}" for number in range(len(units) + 1)]
    members = tuple(Member(name, name, Fraction(1)) for name in names)
    whole = sum(part for _, part in cut_pot(EQUAL, pot, CENT, Roster(members)).members)
    amounts = [*units, whole - sum(units)]
    rows = tuple(SheetRow(name, name, each * CENT, None) for name, each in zip(names, amounts, strict=True))
    cut = cut_pot(SHEET, pot, CENT, Roster(members, rows))
    against = [name for name, each in zip(names, amounts, strict=True) if each * whole < 0]
    if against:
        assert cut.fault == ("pool-sheet-negative", (("people", against), ("amount", whole * CENT)))
        assert (cut.manager, cut.members, cut.rest) == (0, (), 0)
    else:
        assert whole == 0 or (cut.fault is None and all(abs(part) <= abs(whole) for _, part in cut.members))


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(1, 9), min_size=1, max_size=4),
       st.sampled_from(["share", "same", "by-date"]), st.randoms())  # fmt: skip
def test_prizes_go_to_the_first_and_never_to_more(figures, sizes, ties, random) -> None:
    prizes = [Decimal(size * 1000) for size in sorted(sizes, reverse=True)]
    candidates = [
        Candidate(f"P{n}", "", Fraction(figure), reached=date(2026, 3, 1 + n)) for n, figure in enumerate(figures)
    ]
    placed = award(candidates, prizes, ties)
    paid = sum(one.prize for one in placed)
    if ties == "same":
        assert all(one.prize == (prizes[one.rank - 1] if one.rank <= len(prizes) else 0) for one in placed)
    else:
        assert paid == sum(prizes[: len(figures)])
    in_order = [one.candidate.figure for one in placed]
    assert in_order == sorted(in_order, reverse=True)
    for one, other in pairwise(placed):
        assert one.prize >= other.prize
    random.shuffle(candidates)
    assert award(candidates, prizes, ties) == placed


@given(ENTRIES, st.integers(1, 4000), st.sampled_from(["first-come", "scale-all"]), st.randoms())
def test_a_budget_is_never_exceeded_and_order_does_not_matter(entries, whole, how, random) -> None:
    budget = read_shape(Budget, {"amount": "1", "when_spent": how})
    paid = spend(budget, entries, whole)
    total = sum(one[4] for one in entries)
    spent = sum(sum(one.values()) for one in paid.values())
    assert spent == min(total, whole)
    if total <= whole and how == "scale-all":
        assert {person: sum(one.values()) for person, one in paid.items()} == {
            person: sum(one[4] for one in entries if one[2] == person) for person in paid
        }
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert spend(budget, shuffled, whole) == paid


def test_sixty_prizes_of_500_in_a_budget_of_25_000() -> None:
    entries = [(date(2026, 5, 1), f"D{n:02}", f"P{n:02}", 0, 50_000) for n in range(60)]
    budget = read_shape(Budget, {"amount": "25,000", "when_spent": "scale-all"})
    paid = [sum(one.values()) for one in spend(budget, entries, 2_500_000).values()]
    assert sorted(set(paid)) == [41_666, 41_667] and sum(paid) == 2_500_000
    first = spend(read_shape(Budget, {"amount": "25,000", "when_spent": "first-come"}), entries, 2_500_000)
    assert [sum(one.values()) for one in first.values()] == [50_000] * 50 + [0] * 10
