"""Accept a revision: its months as a new version of the targets, in one undoable batch; the past keeps its own."""

from __future__ import annotations

from typing import Any

from salescli.core.money import to_e4
from salescli.core.quotas.result import Leaf, SplitResult
from salescli.core.quotas.versions import version_in_force
from salescli.core.records.staged import Source, Staged
from salescli.errors import ProblemsFound
from salescli.services.context import Context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.revising import check_closed
from salescli.services.quota.splitting import AcceptOutcome, NothingChanged
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.merge import MergeOptions, merge_staged
from salescli.store.runs import Run, add_event
from salescli.store.versions import write_cells


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
    try:
        return _write(context, run, _staged(context, run, result, gone), later)
    except NothingChanged as nothing:
        return AcceptOutcome(None, 0, 0, nothing.unchanged, 0)


def _write(context: Context, run: Run, staged: Staged, later: list[int]) -> AcceptOutcome:
    store, revises = context.store, run.manifest["revises"]
    with store.transaction("quota accept"):
        title = f"quota accept {run.id} ({run.subject}) from {revises['from']}: {revises['reason']}"
        batch = begin_batch(store, "edit", title)
        merged = merge_staged(store, batch, staged, MergeOptions(prefer_file=True))
        if merged.rejected:
            raise ProblemsFound(*(each for found in merged.rejected.values() for each in found))
        write_cells(store, batch, store.registry["target"], dict.fromkeys(later))
        if not (merged.new or merged.changed or later):
            raise NothingChanged(merged.unchanged)
        counts = {"new": merged.new, "changed": merged.changed, "unchanged": merged.unchanged, "ended": len(later)}
        said = {"types": {"target": counts}, "files": [], "run": run.id, "revises": revises}
        summarise_batch(store, batch, said)
        add_event(store, run.id, "accepted", revises["reason"])
    return AcceptOutcome(batch, **counts)


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


def _staged(context: Context, run: Run, result: SplitResult, gone: list[Leaf]) -> Staged:
    """The new version as rows of target records, as an importer would stage them."""
    mine = list(result.leaves)
    leaves = [*mine, *gone]
    revises: dict[str, Any] = run.manifest["revises"]
    columns: dict[str, list[Any]] = {
        "metric": [leaf.metric for leaf in leaves],
        "level": [leaf.level for leaf in leaves],
        "team": [leaf.team or None for leaf in leaves],
        "person": [leaf.holder_key if leaf.holder == "person" else None for leaf in leaves],
        "seat": [leaf.holder_key or None if leaf.holder != "person" else None for leaf in leaves],
        "month": [leaf.month for leaf in leaves],
        "amount": [to_e4(leaf.amount) for leaf in mine] + [0] * len(gone),
        "currency": [result.currency or None] * len(leaves),
        "effective_from": [revises["from"]] * len(leaves),
        "note": [revises["reason"]] * len(leaves),
        "withdrawn": [0] * len(mine) + [1] * len(gone),
    }
    source = Source(f"quota run {run.id}", run.sha256, feed=f"quota:{run.subject}")
    return Staged(context.store.registry["target"], source, list(range(1, len(leaves) + 1)), columns)
