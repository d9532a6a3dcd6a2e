"""Children against their parent, at every level and in every month: do the targets in force still add up?

Teams stand against the company, sub-teams (and the part of a parent team's own people) against their team, people,
vacant seats, the open ramp gap and months without anybody against their team. What should be there is the parent ×
(1 + street above); the running totals of that are rounded, so a month is right within less than one smallest amount.
Amounts in another currency are another comparison, never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from salescli.core.money import CENT, CONTEXT, total
from salescli.core.quotas.result import Leaf
from salescli.core.table import Ratio

Kind = Literal["teams", "sub-teams", "people"]
State = Literal["adds-up", "short", "over", "above"]
DIRECT = "direct"


class Held(NamedTuple):
    """A target in force: what it says, its currency ("" where it is no money) and the record that says it."""

    leaf: Leaf
    currency: str
    record: int = 0


class Street(NamedTuple):
    """What a policy puts above the target among teams and among people, and how far off a sum may be (a share)."""

    teams: Fraction = Fraction(0)
    people: Fraction = Fraction(0)
    band: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One month of a comparison. Without a parent's target nothing is due, and a sum of children has no home."""

    month: str
    parent: Decimal | None
    due: Fraction | None
    children: Decimal
    is_right: bool
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SumLine:
    """One parent (`team`; "" is the company) and its children. `street` is None where no policy says one.

    `above` is more than the parent where no policy says what is allowed: printed, and not held against anybody.
    """

    metric: str
    level: str
    currency: str
    kind: Kind
    team: str
    street: Fraction | None
    band: Fraction
    months: tuple[MonthSum, ...]
    state: State

    @property
    def parent(self) -> Decimal:
        """The parent's own target."""
        return total(month.parent for month in self.months if month.parent is not None)

    @property
    def children(self) -> Decimal:
        """The sum of the children."""
        return total(month.children for month in self.months)

    @property
    def due(self) -> Fraction:
        """What the children should add up to."""
        return sum((month.due for month in self.months if month.due is not None), Fraction(0))

    @property
    def over(self) -> Ratio | None:
        """How much more the children have than the parent, as a share of it."""
        return Ratio(CONTEXT.subtract(self.children, self.parent), self.parent) if self.parent else None

    @property
    def wrong(self) -> tuple[MonthSum, ...]:
        """The months that do not add up."""
        return tuple(month for month in self.months if not month.is_right)


def compute_sums(
    held: Iterable[Held],
    parents: Mapping[str, str],
    streets: Mapping[str, Street],
    smallest: Mapping[str, Decimal],
) -> list[SumLine]:
    """Compare every parent that has a target and children with targets.

    Args:
        held: targets in force of metrics that add up; a person's names the team it counts in.
        parents: the team above each team.
        streets: by metric, what its policy says; a metric without a policy is left out.
        smallest: by currency, its smallest amount.
    """
    groups: dict[tuple[str, str, str], list[Held]] = {}
    for one in held:
        groups.setdefault((one.leaf.metric, one.leaf.level, one.currency), []).append(one)
    lines: list[SumLine] = []
    for (metric, level, currency), members in sorted(groups.items(), key=lambda pair: _order(pair[0])):
        street, unit = streets.get(metric), Fraction(smallest.get(currency, CENT))
        for kind, team, above, below in _families(members, parents):
            lines.append(_line((metric, level, currency), kind, team, above, below, street, unit))
    return lines


def _order(key: tuple[str, str, str]) -> tuple[str, int, str]:
    levels = ("base", "stretch", "challenge")
    return key[0], levels.index(key[1]) if key[1] in levels else len(levels), key[2]


Family = tuple[Kind, str, list[Held], list[Held]]


def _families(members: Sequence[Held], parents: Mapping[str, str]) -> list[Family]:
    """Find each parent with its children: the company, then teams by key."""
    company = [one for one in members if one.leaf.holder == "company"]
    teams: dict[str, list[Held]] = {}
    direct: dict[str, list[Held]] = {}
    people: dict[str, list[Held]] = {}
    for one in members:
        if one.leaf.holder == "company":
            continue
        place = direct if is_direct(one.leaf) else teams if one.leaf.holder == "team" else people
        place.setdefault(one.leaf.team, []).append(one)
    below: dict[str, list[Held]] = {}
    for team, rows in teams.items():
        below.setdefault(nearest_above(team, parents, teams), []).extend(rows)
    found: list[Family] = []
    if company and below.get(""):
        found.append(("teams", "", company, below[""]))
    for team in sorted(teams):
        if below.get(team):
            found.append(("sub-teams", team, teams[team], [*below[team], *direct.get(team, ())]))
        above = direct.get(team, []) if below.get(team) else teams[team]
        if above and people.get(team):
            found.append(("people", team, above, people[team]))
    return found


def is_direct(leaf: Leaf) -> bool:
    """Tell whether a target is the part of a parent team's own people."""
    return DIRECT in (leaf.holder, leaf.holder_key) and leaf.holder != "person"


def nearest_above(team: str, parents: Mapping[str, str], among: Iterable[str]) -> str:
    """Return the nearest team above a team among those given; "" where there is none.

    >>> nearest_above("c", {"c": "b", "b": "a"}, ["a", "c"])
    'a'
    """
    known, seen, above = set(among), {team}, parents.get(team, "")
    while above and above not in seen:
        if above in known:
            return above
        seen.add(above)
        above = parents.get(above, "")
    return ""


def _line(
    group: tuple[str, str, str],
    kind: Kind,
    team: str,
    above: Sequence[Held],
    below: Sequence[Held],
    said: Street | None,
    unit: Fraction,
) -> SumLine:
    street = None if said is None else {"teams": said.teams, "people": said.people}.get(kind, Fraction(0))
    band = said.band if said else Fraction(0)
    labels = sorted({one.leaf.month for one in (*above, *below)})
    months = tuple(_month(label, above, below, street, band, unit) for label in labels)
    due = sum((month.due for month in months if month.due is not None), Fraction(0))
    sums = sum((Fraction(month.children) for month in months), Fraction(0))
    state: State = "adds-up"
    if not all(month.is_right for month in months) or not _is_near(sums, due, street, band, unit):
        short = any(not m.is_right and m.due is not None and m.children < m.due for m in months) or sums < due
        state = "short" if short else "over"
    elif street is None and sums > due:
        state = "above"
    return SumLine(*group, kind, team, street, band, months, state)


def _month(
    label: str, above: Sequence[Held], below: Sequence[Held], street: Fraction | None, band: Fraction, unit: Fraction
) -> MonthSum:
    parents = [one for one in above if one.leaf.month == label]
    children = [one for one in below if one.leaf.month == label]
    parent = total(one.leaf.amount for one in parents) if parents else None
    amount = total(one.leaf.amount for one in children)
    due = None if parent is None else Fraction(parent) * (1 + (street or 0))
    right = _is_near(Fraction(amount), due, street, band, unit) if due is not None else not amount
    return MonthSum(label, parent, due, amount, right, tuple(one.record for one in (*parents, *children)))


def _is_near(found: Fraction, due: Fraction, street: Fraction | None, band: Fraction, unit: Fraction) -> bool:
    """Within the band, or less than one smallest amount off; without a policy only less than the parent is wrong."""
    if street is None and found > due:
        return True
    return abs(found - due) < unit or abs(found - due) <= band * abs(due)
