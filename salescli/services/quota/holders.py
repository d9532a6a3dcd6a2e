"""Who is measured: the company, teams in their tree, people and those who lead; their targets beside their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.quotas.ratios import Figure
from salescli.core.quotas.result import Leaf
from salescli.core.table import Ratio
from salescli.core.title import Title
from salescli.reports.quota import COMPANY
from salescli.services.quota.actuals import add_figures, fetch_actuals
from salescli.services.quota.basis import Basis
from salescli.services.quota.inputs import Directory
from salescli.services.quota.leaders import find_leaders, teams_in_order
from salescli.store.frames import has_teams_above
from salescli.store.seats import fetch_seats

NOBODY = Title("(无)", "(none)")
OWN = Title("个人", "own")
ByMonth = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Holder:
    """One line of attainment before it is measured: targets of every level, the figure, and those of its months."""

    key: str
    name: str
    leaves: tuple[Leaf, ...]
    actual: Figure
    months: ByMonth = field(default_factory=dict)
    team: str = ""
    team_key: str = ""
    depth: int = 0
    own: Figure = None  # of a team without those below it
    is_summed: bool = False  # the target is that of the teams below, added up
    measured_on: Title | None = None

    def of_level(self, level: str) -> list[Leaf]:
        """Return the months of a level; of a mover, who has a month in two teams, the sum."""
        by_month: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.level == level:
                by_month.setdefault(leaf.month, []).append(leaf)
        return [replace(each[0], amount=total(leaf.amount for leaf in each)) for each in by_month.values()]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where holders are found: the targets of a metric, its figures, and the months that a trend shows."""

    basis: Basis
    directory: Directory
    leaves: tuple[Leaf, ...]
    trend: Period | None = None

    def company(self) -> Holder:
        """Return the company with its own target."""
        leaves = tuple(leaf for leaf in self.leaves if leaf.holder == "company")
        whole = fetch_actuals(self.basis.context, self.basis.metric, (), self.basis.counted).get((), self.nothing)
        months = self._months((), {(): ""}, below=False).get("", {})
        return Holder("", COMPANY.text(self.basis.context.language), leaves, whole, months)

    def teams(self) -> list[Holder]:
        """Return the teams that have a target or a figure of their own, then what reaches none.

        A team above others is measured with all below it where it has a target: that holds theirs.
        """
        held, own = self._held("team"), self._actuals("team")
        below = self._below(own)
        months = self._by_month("team", below=True)
        names, found = self.directory.team_names(), []
        for key in [*sorted(held), *sorted(own.keys() - held.keys())]:
            leaves = tuple(held.get(key, ()))
            actual = (below if leaves and key else own).get(key, self.nothing)
            name = names.get(key, key) or NOBODY.text(self.basis.context.language)
            found.append(Holder(key, name, leaves, actual, months.get(key, {}), own=own.get(key, self.nothing)))
        return found

    def tree(self) -> list[Holder]:
        """Return the teams in their tree, each above those below it and with all of theirs."""
        plain = {one.key: one for one in self.teams()}
        order, below = teams_in_order(self.directory), self._below(self._actuals("team"))
        months, names = self._by_month("team", below=True), self.directory.team_names()
        found: dict[str, Holder] = {}
        for key in reversed(order):  # those below come first
            depth, children = order[key]
            under = [found[child] for child in children if child in found]
            one = plain.get(key)
            if one is None and not under:
                continue
            own = one.actual if one and not under else below.get(key, self.nothing)
            leaves, is_summed = self._leaves_of(one, under)
            line = one or Holder(key, names.get(key, key), (), self.nothing)
            found[key] = replace(
                line, actual=own, leaves=leaves, is_summed=is_summed, depth=depth, months=months.get(key, {})
            )
        shown = [found[key] for key in order if key in found]
        return [*shown, *(one for key, one in plain.items() if key not in found)]

    def people(self, *, with_leaders: bool = False) -> list[Holder]:
        """Return everybody with a target or a figure; leaders, where asked for, on the targets of their teams."""
        held, actuals, months = self._held("person"), self._actuals("person"), self._by_month("person")
        names, teams, found = self.directory.member_names(), self.directory.team_names(), []
        leading = self._leading(held) if with_leaders else []
        led = {one.key for one in leading}
        keys = [*sorted(held), *sorted(actuals.keys() - held.keys() - led)]
        said = {key: max(leaves, key=lambda leaf: leaf.month).team for key, leaves in held.items()}
        sat = self._sat_in() if any(key and not said.get(key) for key in keys) else {}
        for key in keys:
            leaves = tuple(held.get(key, ()))
            team = said.get(key) or sat.get(key, "")
            actual = actuals.get(key, self.nothing)
            name = names.get(key, key) or NOBODY.text(self.basis.context.language)
            on = OWN if leading and leaves else None
            line = Holder(key, name, leaves, actual, months.get(key, {}), teams.get(team, team), team, measured_on=on)
            found.append(line)
        place = {key: number for number, key in enumerate(teams_in_order(self.directory))} if with_leaders else {}
        return sorted(
            [*leading, *found], key=lambda one: (one.key == "", not one.leaves, place.get(one.team_key, len(place)))
        )

    def _sat_in(self) -> dict[str, str]:
        """The team of the last seat of each person in the period: theirs where no target says one."""
        period, directory = self.basis.clock.period, self.directory
        return {
            directory.person_key(seat.person): directory.team_key(seat.team)
            for seat in fetch_seats(self.basis.context.store, period.start, period.end)
            if seat.person in directory.people and seat.team in directory.teams and seat.team is not None
        }

    @property
    def nothing(self) -> Figure:
        """What nobody has."""
        return Decimal(0) if self.basis.metric.is_additive else None

    def _leading(self, held: Mapping[str, Sequence[Leaf]]) -> list[Holder]:
        """Those who lead a team with a target and have none of their own."""
        leaders = find_leaders(self.basis.context, self.directory, self.basis.clock.period.last_day)
        teams = {one.key: one for one in self.tree()} if leaders else {}
        names, metric, found = self.directory.member_names(), self.basis.metric, []
        for key, led in leaders.items():
            theirs = [teams[team] for team in led if team in teams and teams[team].leaves]
            if key in held or not theirs or (not metric.is_additive and len(theirs) > 1):
                continue
            labels = {label: None for one in theirs for label in one.months}
            months = {label: add_figures(metric, [one.months.get(label, self.nothing) for one in theirs])
                      for label in labels}  # fmt: skip
            leaves = tuple(replace(leaf, team="") for one in theirs for leaf in one.leaves)
            zh, en = "、".join(one.name for one in theirs), ", ".join(one.name for one in theirs)
            actual, first = add_figures(metric, [one.actual for one in theirs]), theirs[0]
            on = Title(f"团队 {zh}", f"team {en}")
            line = Holder(key, names.get(key, key), leaves, actual, months, first.name, first.key, measured_on=on)
            found.append(line)
        return found

    def _leaves_of(self, one: Holder | None, under: Sequence[Holder]) -> tuple[tuple[Leaf, ...], bool]:
        """A team's own targets; of a level where it has none those of the teams below, added up.

        Where one below has a figure and no target, their sum is not what the figure of all is measured on.
        """
        own = one.leaves if one else ()
        have = {leaf.level for leaf in own}
        if not self.basis.metric.is_additive:
            return own, False
        levels = [{leaf.level for leaf in each.leaves} for each in under if each.leaves or each.actual]
        common = set.intersection(*levels) - have if levels else set()
        summed = tuple(leaf for each in under for leaf in each.leaves if leaf.level in common)
        return (*own, *summed), bool(summed)

    def _held(self, holder: str) -> dict[str, list[Leaf]]:
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.holder == holder:
                found.setdefault(leaf.team if holder == "team" else leaf.holder_key, []).append(leaf)
        return found

    def _actuals(self, by: str, *, below: bool = False) -> dict[str, Figure]:
        """Figures by key; "" is what reaches nobody."""
        context, metric = self.basis.context, self.basis.metric
        keys = self._keys(by)
        found: dict[str, Figure] = {}
        for (entity,), value in fetch_actuals(context, metric, (by,), self.basis.counted, below=below).items():
            key = keys.get(entity, "")
            is_nothing = not value or (isinstance(value, Ratio) and not value.denominator)
            if key or not is_nothing:
                found[key] = add_figures(metric, [found[key], value]) if key in found else value
        return found

    def _below(self, own: dict[str, Figure]) -> dict[str, Figure]:
        """Figures of teams with all below them."""
        return self._actuals("team", below=True) if has_teams_above(self.basis.context.store) else own

    def _by_month(self, by: str, *, below: bool = False) -> dict[str, dict[str, Figure]]:
        below = below and has_teams_above(self.basis.context.store)
        return self._months((by,), {(entity,): key for entity, key in self._keys(by).items()}, below=below)

    def _months(
        self, by: tuple[str, ...], keys: Mapping[tuple[int | None, ...], str], *, below: bool
    ) -> dict[str, dict[str, Figure]]:
        """Figures of the months by key; those before the period are of the trend."""
        if self.trend is None:
            return {}
        context, metric = self.basis.context, self.basis.metric
        found: dict[str, dict[str, Figure]] = {}
        for group, value in fetch_actuals(context, metric, (*by, "month"), self.trend, below=below).items():
            months = found.setdefault(keys.get(group[:-1], ""), {})
            label = str(group[-1])
            months[label] = add_figures(metric, [months[label], value]) if label in months else value
        return found

    def _keys(self, by: str) -> dict[int | None, str]:
        directory = self.directory
        if by == "team":
            return {entity: directory.team_key(entity) for entity in directory.teams}
        return {entity: directory.person_key(entity) for entity in directory.people}
