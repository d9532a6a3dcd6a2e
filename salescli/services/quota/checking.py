"""`quota check`: figures and findings about targets, each with its place; and with statistics where there is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import to_decimal
from salescli.core.quotas.doubts import Doubt, find_doubts, shorten_months
from salescli.core.quotas.fairness import Fairness
from salescli.core.quotas.reach import Reach
from salescli.core.quotas.sanity import Asked, Coverage
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.reports.quota import LEVELS, Names
from salescli.reports.quota_check import build_quota_check
from salescli.reports.quota_judged import Judged
from salescli.services.context import Context
from salescli.services.quota.check_facts import (
    gather_cover,
    gather_fairness,
    gather_growth,
    gather_reach,
    gather_seating,
)
from salescli.services.quota.check_subject import Subject, find_subjects
from salescli.services.quota.held import amount_text, fetch_origins, is_cell, names_of, parents_of

COMPANY = Title("公司", "the company")
VERDICTS = {"too-high": "quota-too-high", "too-low": "quota-too-low"}
MOST_EDITED = 20
"""So many edited holders are named one by one; the report lists them all."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The figures as a report, and every finding."""

    report: Report
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one subject was judged with."""

    growth: list[Asked]
    cover: list[Coverage]
    doubts: list[Doubt]
    reach: dict[str, Reach] = field(default_factory=dict)
    fairness: Fairness | None = None


def check_quota(context: Context, name: str = "", run: int = 0, statistics: bool = False, seed: int = 1) -> Checked:
    """Judge the targets of a policy, of a draft, or of everything there is.

    Raises:
        UsageError: there is no such policy or run.
        Refused: there is neither a policy nor a target.
    """
    judged: list[Judged] = []
    found: list[Problem] = []
    for subject in find_subjects(context, name, run):
        names = names_of(context, subject.directory)
        growth, window, unknown = gather_growth(context, subject)
        doubts = find_doubts(subject.held, gather_seating(context, subject), parents_of(subject.directory))
        facts = _Facts(growth, gather_cover(context, subject), doubts)
        if statistics:
            reach = gather_reach(context, subject, seed)
            facts = _Facts(growth, facts.cover, doubts, reach, gather_fairness(context, subject, growth))
        found += [*subject.problems, *find_problems(context, subject, facts, names)]
        known = context.catalogue.metrics.get(subject.metric.name)
        title = known.title if known else Title(subject.metric.name, subject.metric.name)
        judged.append(
            Judged(
                title,
                str(subject.year),
                subject.metric.currency,
                subject.judged,
                str(window),
                shorten_months(unknown),
                tuple(growth),
                tuple(facts.cover),
                subject.fresh.years if subject.fresh else (),
                subject.differences,
                facts.reach,
                facts.fairness,
                names,
                seed if statistics else None,
            )
        )
    return Checked(build_quota_check(judged), tuple(found))


def find_problems(context: Context, subject: Subject, facts: _Facts, names: Names) -> list[Problem]:
    """Return everything that was found about one subject, with its place."""
    records = {record for doubt in facts.doubts for record in doubt.records[:1] if record}
    edited = [each for each in subject.differences if each.why == "edited"][:MOST_EDITED]
    records |= {each.records[0] for each in edited if each.records}
    places = _places(context, records)
    return [
        *(_doubt(subject, doubt, places, names) for doubt in facts.doubts),
        *_growth(subject, facts.growth, names),
        *_cover(subject, facts.cover, names),
        *_differences(subject, places, names),
        *_reached(subject, facts.reach, names),
    ]


def _places(context: Context, records: Collection[int]) -> dict[int, Where]:
    """The cells that records were read from; an accepted run has none, and the policy is the place."""
    return {record: origin.where for record, origin in fetch_origins(context, records).items() if is_cell(origin)}


def _policy(subject: Subject, *path: str) -> Where:
    return subject.document.where(*path) if subject.document else Where()


def _doubt(subject: Subject, doubt: Doubt, places: dict[int, Where], names: Names) -> Problem:
    path = ("levels",) if doubt.name == "quota-levels" else ("teams",) if not doubt.holder else ("people",)
    place = next((places[record] for record in doubt.records if record in places), _policy(subject, *path))
    values = dict(doubt.values)
    if "level" in values:
        values["level"] = LEVELS[str(values["level"])]
    person = names.members.get(doubt.holder, doubt.holder)
    values |= {
        "metric": subject.metric.name,
        "person": person,
        "holder": person or _team(doubt.team, names),
        "team": _team(doubt.team, names),
        "months": shorten_months(doubt.months),
    }
    return problem(doubt.name, place, severity=doubt.severity, **values)


def _team(key: str, names: Names) -> Title:
    return Title(names.team(key), names.team(key)) if key else COMPANY


def _growth(subject: Subject, rows: Iterable[Asked], names: Names) -> Iterator[Problem]:
    for row in rows:
        growth = row.growth.exact() if row.growth else None
        if row.is_outside and growth is not None and row.median is not None:
            yield problem(
                "quota-outside-team",
                _policy(subject, "people"),
                severity="warning",
                person=names.members.get(row.key, row.key),
                team=names.team(row.team),
                growth=_percent(growth),
                median=_percent(row.median),
            )


def _cover(subject: Subject, rows: Iterable[Coverage], names: Names) -> Iterator[Problem]:
    """The company where it is short: its teams are in the report. Else the teams that are."""
    short, code = [row for row in rows if row.is_short], subject.metric.currency
    for row in [row for row in short if not row.team] or short:
        if row.needed is not None:
            yield problem(
                "quota-coverage-short",
                _policy(subject, "teams" if row.team else "amount"),
                severity="warning",
                team=_team(row.team, names),
                gap=amount_text(row.gap, code),
                needed=amount_text(row.needed, code),
                rate=f"{row.won}/{row.closed}",
                pipeline=amount_text(row.pipeline, code),
            )


def _differences(subject: Subject, places: dict[int, Where], names: Names) -> Iterator[Problem]:
    counts = Counter(each.why for each in subject.differences)
    run = subject.accepted.id if subject.accepted else 0
    if counts["policy"] and run:
        yield problem("quota-policy-edited", _policy(subject, "targets"), severity="warning", run=run,
                      count=counts["policy"])  # fmt: skip
    if counts["facts"]:
        yield problem("quota-facts-moved", _policy(subject, "targets"), severity="warning", run=run,
                      count=counts["facts"])  # fmt: skip
    for each in [one for one in subject.differences if one.why == "edited"][:MOST_EDITED]:
        place = next((places[record] for record in each.records if record in places), _policy(subject, "targets"))
        own = names.members.get(each.key, each.key)
        yield problem(
            "quota-edited",
            place,
            severity="warning",
            holder=own or _team(each.team, names),
            found=_amount(each.in_force, subject.metric.currency),
            said=_amount(each.said, subject.metric.currency),
        )


def _reached(subject: Subject, reach: dict[str, Reach], names: Names) -> Iterator[Problem]:
    for person, one in reach.items():
        if one.verdict in VERDICTS:
            yield problem(
                VERDICTS[one.verdict],
                _policy(subject, "people"),
                severity="warning",
                person=names.members.get(person, person),
                hits=one.hits,
                draws=one.draws,
                months=one.months,
            )


def _amount(amount: Decimal | None, currency: str) -> str | Title:
    return Title("无", "nothing") if amount is None else amount_text(amount, currency)


def _percent(share: Fraction) -> str:
    return f"{to_decimal(share * 100, 1):+.1f} %"
