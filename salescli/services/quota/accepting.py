"""Accept a revision: its months as a new version of the targets, in one undoable batch; the past keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from salescli.core.periods import months_in
from salescli.core.quotas.result import Leaf, Line, SplitResult
from salescli.core.quotas.versions import version_in_force
from salescli.errors import Refused, problem
from salescli.services.context import Context
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.revising import check_closed
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.services.quota.versions import leaves_of, newest_versions
from salescli.services.quota.writing import AcceptOutcome, stage_lines, write_targets
from salescli.services.touched import known_at
from salescli.store.runs import Run


def accept_revision(context: Context, run: Run, result: SplitResult) -> AcceptOutcome:
    """Write a revision's leaves as the version from its month on.

    Whoever had a target in these months and has none any more has it withdrawn. Versions that began later are ended:
    the newest revision of a month is the one that counts.

    Raises:
        Refused: since the draft was made, commission of one of the months has been closed, or the months before it
            have other targets: the year would not add up.
    """
    revises = run.manifest["revises"]
    month, year = revises["from"], context.parse_period(run.period)
    check_closed(context, year, month, revises["correct"])
    directory = open_directory(context)
    _check_past(context, directory, run, result, [each.label for each in months_in(year) if each.label < month])
    versions = fetch_versions(context, directory, set(result.months), result.metric)
    gone = withdrawn_by(versions, result, month)
    later = [one.entity for line in versions.values() for one in line if one.since > month]
    more = {"effective_from": month, "note": revises["reason"]}
    withdrawn = replace(result, lines=tuple(_line(leaf) for leaf in gone))
    blocks = [
        stage_lines(context, run, result, {**more, "withdrawn": 0}),
        stage_lines(context, run, withdrawn, {**more, "withdrawn": 1}),
    ]
    title = f" from {month}: {revises['reason']}"
    return write_targets(context, run, blocks[: 1 + bool(gone)], lambda _: later, title, {"revises": revises})


def _check_past(context: Context, directory: Directory, run: Run, result: SplitResult, past: Sequence[str]) -> None:
    """A draft splits what the past left of the year: where the company's past is another now, it is outdated."""
    if not past:
        return
    now = _company(context, directory, result, past)
    with known_at(context, run.known):
        then = _company(context, directory, result, past)
    if now != then:
        months = tuple(sorted({place[1] for place in now.keys() | then.keys() if now.get(place) != then.get(place)}))
        raise Refused(problem("revision-outdated", run=run.id, months=months, month=run.manifest["revises"]["from"]))


def _company(
    context: Context, directory: Directory, result: SplitResult, months: Sequence[str]
) -> dict[tuple[str, str], Decimal]:
    """The company's targets of some months, by level and month."""
    leaves = leaves_of(newest_versions(context, directory, months, result.metric), result.currency)
    return {(leaf.level, leaf.month): leaf.amount for leaf in leaves if leaf.holder == "company"}


def withdrawn_by(versions: dict[tuple[str, ...], list[TargetVersion]], result: SplitResult, month: str) -> list[Leaf]:
    """Return the targets that a revision takes away: in force without it, and not among its own."""
    have = {(leaf.metric, leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month) for leaf in result.leaves}
    found = []
    for place, line in sorted(versions.items()):
        until = [(one.since, one) for one in line if one.since <= month]
        one = version_in_force(until, place[-1], place[-1])
        is_other = bool(result.currency) and one is not None and one.currency != result.currency
        if place not in have and one is not None and not one.withdrawn and not is_other:
            found.append(one.leaf)
    return found


def _line(leaf: Leaf) -> Line:
    """A month that is withdrawn, as a line: the amount of what is none."""
    return Line(leaf.level, leaf.holder, leaf.team, leaf.holder_key, (leaf.month,), (Decimal(0),))
