"""Accept a revision: its months as a new version of the targets, in one undoable batch; the past keeps its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from salescli.core.quotas.result import Leaf, Line, SplitResult
from salescli.core.quotas.versions import version_in_force
from salescli.services.context import Context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.revising import check_closed
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.services.quota.writing import AcceptOutcome, stage_lines, write_targets
from salescli.store.runs import Run


def accept_revision(context: Context, run: Run, result: SplitResult) -> AcceptOutcome:
    """Write a revision's leaves as the version from its month on.

    Whoever had a target in these months and has none any more has it withdrawn. Versions that began later are ended:
    the newest revision of a month is the one that counts.

    Raises:
        Refused: commission of one of the months has been closed since the draft was made.
    """
    revises = run.manifest["revises"]
    month = revises["from"]
    check_closed(context, context.parse_period(run.period), month, revises["correct"])
    versions = fetch_versions(context, open_directory(context), set(result.months), result.metric)
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
