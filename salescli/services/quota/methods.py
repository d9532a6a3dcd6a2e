"""What the methods `potential` and `pipeline` look at, and what is said and kept of every method of a split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from salescli.core.periods import Period
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import NOTHING, TeamInput
from salescli.core.quotas.methods.registry import METHODS
from salescli.core.quotas.result import Note
from salescli.core.title import Title
from salescli.errors import ProblemsFound, problem
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, add_note, fetch_figures, find_metric

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.services.quota.inputs import Directory

POTENTIAL = "customer-potential"


@dataclass(frozen=True, slots=True)
class Looked:
    """Figures of one method by entity, how they came about, and what a stored run keeps of it beside them."""

    method: str
    how: Title
    people: Mapping[Any, Fraction] = field(default_factory=dict)
    teams: Mapping[Any, Fraction] = field(default_factory=dict)
    kept: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Basis:
    """Teams with what the methods look at, a note for each method used, and what the run's manifest keeps."""

    teams: tuple[TeamInput, ...]
    notes: tuple[Note, ...] = ()
    kept: Mapping[str, object] = field(default_factory=dict)


def weigh_in(
    context: Context,
    policy: TargetsPolicy,
    metric: Metric,
    directory: Directory,
    teams: Sequence[TeamInput],
    window: Period,
    wrong: list[Finding],
) -> Basis:
    """Give teams and members their potential and pipeline, where the policy splits by them."""
    looked = []
    if policy.uses("potential"):
        looked.append(
            _metric_figures(context, policy, metric, "potential", policy.potential or POTENTIAL, window, wrong)
        )
    if policy.uses("pipeline") and policy.pipeline is not None:
        looked.append(_metric_figures(context, policy, metric, "pipeline", policy.pipeline, window, wrong))
    elif policy.uses("pipeline"):
        looked.append(
            _weighted_pipeline(context, metric, "teams" if policy.teams.uses("pipeline") else "people", wrong)
        )
    found = tuple(teams)
    for one in looked:
        found = tuple(_with_figures(team, one, directory) for team in found)
    kept = {one.method: {**one.kept, **_figures_kept(found, one.method)} for one in looked}
    notes = [Note(f"method-{one.method}", one.how) for one in (*_plain_methods(policy, window), *looked)]
    for place, shape in (("teams", policy.teams), ("people", policy.people)):
        if shape.uses("capacity"):
            notes.append(Note("method-capacity", _capacity_title(place, shape.capacity)))
    return Basis(found, tuple(notes), kept)


def _metric_figures(
    context: Context,
    policy: TargetsPolicy,
    target: Metric,
    method: str,
    name: str,
    window: Period,
    wrong: list[Finding],
) -> Looked:
    """Figures of a metric: of the day asked where it is a stock, else of the base window."""
    try:
        metric = find_metric(context, name, target.currency)
    except ProblemsFound as found:
        wrong += [finding(one.name, method, **one.values) for one in found.problems]
        return Looked(method, METHODS[method].titles)
    is_stock = all(base.date is None for base in context.catalogue.bases(name))
    period = None if is_stock else window
    people = {key: Fraction(value) for (key,), value in fetch_figures(context, metric, ("person",), period).items()}
    teams = {key: Fraction(value) for (key,), value in fetch_figures(context, metric, ("team",), period).items()}
    when = Title(f"截至 {context.on}", f"as of {context.on}") if is_stock else Title(str(window), str(window))
    title = context.catalogue.get(name).title
    how = _how(method, Title(f"{title.zh} {name}", f"{title.en} {name}"), when)
    kept: dict[str, object] = {"metric": name}
    kept["on" if is_stock else "window"] = context.on.isoformat() if is_stock else str(window)
    return Looked(method, how, people, teams, kept)


def _weighted_pipeline(context: Context, metric: Metric, place: str, wrong: list[Finding]) -> Looked:
    """Open deals of the day asked × the probability of their stage."""
    from salescli.core.funnel.path import compute_path
    from salescli.core.funnel.probability import compute_chances
    from salescli.services.funnel.histories import gather_deals

    deals = gather_deals(context, context.on, "team")
    chances = compute_chances([compute_path(one, deals.process) for one in deals.histories], deals.process)
    for one in deals.problems:
        add_note(context, replace(one, severity="warning"))
    code = metric.currency or context.currency
    people: dict[Any, Fraction] = {}
    teams: dict[Any, Fraction] = {}
    unknown: set[str] = set()
    for each in deals.histories:
        amount = each.amount_e4
        if each.outcome != "open" or not amount:
            continue
        currency = each.facts.currency or context.currency
        if currency != code:
            values = {"metric": "pipeline", "currency": currency}
            add_note(context, problem("other-currency", severity="warning", **values))
            continue
        chance = chances[each.last.place]
        if chance is None:
            unknown.add(deals.process.stages[each.last.place].title.text(context.language))
            continue
        worth = Fraction(amount, 10_000) * chance.probability
        people[each.facts.owner] = people.get(each.facts.owner, NOTHING) + worth
        teams[each.facts.group] = teams.get(each.facts.group, NOTHING) + worth
    if unknown:
        wrong.append(finding("stage-without-probability", place, "split_by", stages=tuple(sorted(unknown))))
    used = [one for one in chances.values() if one is not None]
    shown = Title(
        "、".join(f"{one.stage.title.zh} {_percent(one.probability)}{_of(one.won, one.closed)}" for one in used),
        ", ".join(f"{one.stage.title.en} {_percent(one.probability)}{_of(one.won, one.closed)}" for one in used),
    )
    what = Title(f"在手商机金额 × 阶段概率({shown.zh})", f"open deals × probability of their stage ({shown.en})")
    kept: dict[str, object] = {
        "on": context.on.isoformat(),
        "probabilities": {one.stage.name: str(one.probability) for one in used},
    }
    when = Title(f"截至 {context.on}", f"as of {context.on}")
    return Looked("pipeline", _how("pipeline", what, when), people, teams, kept)


def _with_figures(team: TeamInput, looked: Looked, directory: Directory) -> TeamInput:
    teams = {directory.team_key(key): value for key, value in looked.teams.items() if key in directory.teams}
    people = {directory.person_key(key): value for key, value in looked.people.items() if key in directory.people}
    if looked.method == "potential":
        return replace(
            team,
            potential=teams.get(team.key, NOTHING),
            members=tuple(
                one if one.is_seat else replace(one, potential=people.get(one.key, NOTHING)) for one in team.members
            ),
        )
    return replace(
        team,
        pipeline=teams.get(team.key, NOTHING),
        members=tuple(
            one if one.is_seat else replace(one, pipeline=people.get(one.key, NOTHING)) for one in team.members
        ),
    )


def _figures_kept(teams: Sequence[TeamInput], method: str) -> dict[str, object]:
    """The exact figures that were split by, by key, so that a stored run can be checked."""
    members = {one.key: getattr(one, method) for team in teams for one in team.members}
    return {
        "teams": {team.key: str(getattr(team, method)) for team in teams if getattr(team, method)},
        "people": {key: str(value) for key, value in sorted(members.items()) if value},
    }


def _plain_methods(policy: TargetsPolicy, window: Period) -> list[Looked]:
    """What needs no figure of its own."""
    if not policy.needs_history:
        return []
    title = Title(policy.metric, policy.metric)
    return [Looked("history", _how("history", title, Title(str(window), str(window))))]


def _how(method: str, what: Title, when: Title) -> Title:
    name = METHODS[method].titles
    return Title(f"方法 {method}({name.zh}):{what.zh},{when.zh}", f"{method} ({name.en}): {what.en}, {when.en}")


def _capacity_title(place: str, ramps: Mapping[str, Sequence[Any]]) -> Title:
    shown = "; ".join(f"{role} {' '.join(_percent(Fraction(rate)) for rate in rates)}" for role, rates in ramps.items())
    return Title(
        f"方法 capacity({place}):目标年度在岗天数 × 入职月序的爬坡系数;{shown};其余角色 100%",
        f"capacity ({place}): days in seat of the year × the ramp of the tenure month; {shown}; other roles 100%",
    )


def _percent(share: Fraction) -> str:
    from salescli.core.money import round_half_away

    rounded = f"{round_half_away(share * 100):f}"
    return f"{rounded.rstrip('0').rstrip('.')}%"


def _of(won: int | None, closed: int | None) -> str:
    return "" if closed is None else f" ({won}/{closed})"
