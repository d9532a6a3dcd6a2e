"""`quota reconcile`: children against parents in the targets in force, and which records the odd ones are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from salescli.core.metrics.model import BaseMetric, RatioMetric
from salescli.core.metrics.query import Measured, Query, compute_figures
from salescli.core.money import smallest_amount, to_decimal
from salescli.core.periods import Period
from salescli.core.quotas.doubts import shorten_months
from salescli.core.quotas.reconcile import Held, MonthSum, Street, SumLine, compute_sums
from salescli.core.quotas.reconcile_ratio import RatioLine, compute_ratios
from salescli.core.table import Ratio, Report
from salescli.core.title import Title
from salescli.errors import Problem, Refused, UsageError, Where, problem
from salescli.reports.quota import LEVELS, Names
from salescli.reports.quota_reconcile import CHILDREN, Allowed, OddRecord, build_reconcile_report
from salescli.services.context import Context
from salescli.services.quota.held import (
    amount_text,
    fetch_held,
    fetch_origins,
    is_cell,
    names_of,
    parents_of,
    trailing_window,
)
from salescli.services.quota.inputs import Directory, open_directory, target_year
from salescli.store.lineage import Origin, fetch_last_batches
from salescli.store.metric_sql import fetch_measured

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.policy.reader import Document

MOST_ODD = 40
"""So many records are named at most; the months that differ are all listed."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The report, a problem for everything that does not add up, and the lines behind both."""

    report: Report
    problems: tuple[Problem, ...]
    lines: tuple[SumLine, ...]


def reconcile_quota(context: Context, period: Period, metric: str = "") -> Reconciled:
    """Compare the children of every parent with it, in every month of a period.

    Raises:
        Refused: there is no target in the period.
        UsageError: there is none of the metric.
    """
    directory = open_directory(context)
    held = fetch_held(context, directory, period)
    metrics = sorted({one.leaf.metric for one in held})
    if not held:
        raise Refused(problem("no-targets", period=str(period)))
    if metric and metric not in metrics:
        raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
    chosen = [one for one in held if metric in ("", one.leaf.metric)]
    names = names_of(context, directory)
    documents = policies_of(context, {one.leaf.metric for one in chosen}, period)
    lines = sums_of(context, directory, chosen, documents)
    window = trailing_window(period, context.on)
    ratios = ratios_of(context, directory, chosen, window)
    odd = _odd_records(context, chosen, lines)
    allowed = [_allowed(name, document) for name, document in documents.items()]
    report = build_reconcile_report(lines, ratios, odd, allowed, names, str(period), str(window))
    found = [
        *(_sum_problem(line, documents, odd, names) for line in lines if line.state in ("short", "over")),
        *(_ratio_problem(context, line, chosen, names) for line in ratios if not line.is_right),
    ]
    return Reconciled(report, tuple(found), tuple(lines))


def sums_of(
    context: Context, directory: Directory, held: Iterable[Held], documents: dict[str, Document[TargetsPolicy]]
) -> list[SumLine]:
    """Compare children with parents for the metrics that add up; a metric nobody defines is taken as one that does."""
    added = [one for one in held if _adds_up(context, one.leaf.metric)]
    streets = {name: _street(document.require()) for name, document in documents.items()}
    smallest = {one.currency: smallest_amount(one.currency) for one in added if one.currency}
    return compute_sums(added, parents_of(directory), streets, smallest)


def policies_of(context: Context, metrics: Iterable[str], period: Period) -> dict[str, Document[TargetsPolicy]]:
    """Return the one policy of each metric whose year the period touches; where several say it, none does.

    A policy that cannot be read is left out here: `salescli check` says what is wrong with it.
    """
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    found: dict[str, list[Document[TargetsPolicy]]] = {}
    for file in policy_files(context.workspace.config, "targets"):
        document = read_targets(file.path, context.workspace.relative(file.path))
        if document.value is None or document.value.metric not in metrics:
            continue
        year = target_year(document.value, context.calendar)
        if year.start < period.end and period.start < year.end:
            found.setdefault(document.value.metric, []).append(document)
    return {name: documents[0] for name, documents in sorted(found.items()) if len(documents) == 1}


def ratios_of(context: Context, directory: Directory, held: Iterable[Held], window: Period) -> list[RatioLine]:
    """Compare ratio targets with their children, weighted by the denominators of the trailing 12 months."""
    mine = [one for one in held if not _adds_up(context, one.leaf.metric)]
    teams: dict[tuple[str, str], Fraction] = {}
    people: dict[tuple[str, str], Fraction] = {}
    for name in sorted({one.leaf.metric for one in mine}):
        metric = context.catalogue.get(name)
        if isinstance(metric, RatioMetric):
            for by, known, key, into in (
                ("team", directory.teams, directory.team_key, teams),
                ("person", directory.people, directory.person_key, people),
            ):
                for entity, weight in _denominators(context, metric.denominator, by, window).items():
                    if entity in known:
                        into[name, key(entity)] = weight
    return compute_ratios(mine, parents_of(directory), teams, people)


def _denominators(context: Context, metric: str, by: str, window: Period) -> dict[Any, Fraction]:
    """The figures of a denominator by team or person, in the base currency where it is money."""
    context.prepare_stages()
    found: dict[Any, Fraction] = {}
    on = context.on.isoformat()

    def fetch(base: BaseMetric, query: Query) -> list[Measured]:
        return fetch_measured(context.store, base, query, context.calendar, on)

    for figure in compute_figures(context.catalogue, Query(metric, (by,), window), fetch):
        value = figure.value.exact() if isinstance(figure.value, Ratio) else figure.value
        if value is not None and value > 0 and figure.currency in ("", context.currency):
            found[figure.group[0]] = Fraction(value)
    return found


def _adds_up(context: Context, metric: str) -> bool:
    return metric not in context.catalogue or context.catalogue.is_additive(metric)


def _street(policy: TargetsPolicy) -> Street:
    return Street(Fraction(policy.teams.street_above), Fraction(policy.people.street_above), Fraction(policy.band))


def _allowed(metric: str, document: Document[TargetsPolicy]) -> Allowed:
    policy = document.require()
    return Allowed(metric, _street(policy), str(document.where("people", "street_above")))


def _odd_records(context: Context, held: Sequence[Held], lines: Sequence[SumLine]) -> list[OddRecord]:
    """Name the records of wrong months that another batch wrote than most; where all are alike, the parent's."""
    wrong = [(line, month) for line in lines for month in line.wrong if month.records]
    by_record = {one.record: one for one in held}
    batches = fetch_last_batches(context.store, context.store.registry["target"])
    named: dict[int, tuple[SumLine, MonthSum]] = {}
    for line, month in wrong:
        usual = Counter(batches.get(record, 0) for record in month.records).most_common(1)[0][0]
        odd = [record for record in month.records if batches.get(record, 0) != usual]
        for record in odd or month.records[:1]:
            named.setdefault(record, (line, month))
    origins = fetch_origins(context, list(named)[:MOST_ODD])
    return [_odd_record(named[record][0], by_record[record], origins[record]) for record in origins]


def _odd_record(line: SumLine, held: Held, origin: Origin) -> OddRecord:
    return OddRecord(line.team, held.leaf, held.currency, origin.where, origin.batch, is_cell(origin))


def _sum_problem(
    line: SumLine, documents: dict[str, Document[TargetsPolicy]], odd: Sequence[OddRecord], names: Names
) -> Problem:
    """Where somebody's file said the odd figure its cell is the place, else the policy's line."""
    months = tuple(month.month for month in line.wrong)
    mine = [one.where for one in odd if one.team == line.team and one.leaf.month in months and one.is_cell]
    document = documents.get(line.metric)
    policy = document.where("people" if line.kind == "people" else "teams", "street_above") if document else Where()
    return problem(
        "quota-not-adding-up",
        mine[0] if mine else policy,
        parent=_parent(line.team, names),
        children=_inside(CHILDREN[line.kind]),
        level=_inside(LEVELS.get(line.level, Title(line.level, line.level))),
        metric=line.metric,
        found=amount_text(line.children, line.currency),
        due=amount_text(line.due, line.currency),
        difference=amount_text(Fraction(line.children) - line.due, line.currency),
        months=shorten_months(months),
    )


def _ratio_problem(context: Context, line: RatioLine, held: Sequence[Held], names: Names) -> Problem:
    assert line.mean is not None
    wanted = (line.metric, line.level, "team" if line.team else "company", line.team, line.months[0])
    own = [
        one.record
        for one in held
        if (one.leaf.metric, one.leaf.level, one.leaf.holder, one.leaf.team, one.leaf.month) == wanted
    ]
    places = [origin.where for origin in fetch_origins(context, own).values() if is_cell(origin)]
    return problem(
        "quota-ratio-off",
        places[0] if places else Where(),
        parent=_parent(line.team, names),
        children=_inside(CHILDREN[line.kind]),
        metric=line.metric,
        target=f"{line.target:f}",
        mean=f"{to_decimal(line.mean, 4):f}",
        months=shorten_months(line.months),
    )


def _inside(title: Title) -> Title:
    """A title inside of a sentence."""
    return Title(title.zh, title.en.lower())


def _parent(team: str, names: Names) -> Title:
    return Title(names.team(team), names.team(team)) if team else Title("公司", "the company")
