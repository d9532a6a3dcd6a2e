"""Write targets: lines of a run as records, in one undoable batch; nothing at all where they say so already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salescli.core.money import to_e4
from salescli.core.quotas.result import SplitResult
from salescli.core.records.staged import Source, Staged
from salescli.errors import ProblemsFound
from salescli.services.context import Context
from salescli.services.quota.targets import targets_to_end
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.merge import MergeOptions, merge_staged
from salescli.store.runs import Run, add_event
from salescli.store.versions import write_cells


@dataclass(frozen=True, slots=True)
class AcceptOutcome:
    """What accepting a run did; `batch` is None where every target already says the same."""

    batch: int | None
    new: int
    changed: int
    unchanged: int
    ended: int


class _NothingChanged(Exception):
    """Ends the transaction of an acceptance that says nothing new, so that it leaves no batch."""

    def __init__(self, unchanged: int) -> None:
        super().__init__()
        self.unchanged = unchanged


def write_split(context: Context, run: Run, result: SplitResult) -> AcceptOutcome:
    """Write a whole split; targets of its metric and months that it does not have are ended."""
    staged = stage_lines(context, run, result)
    return write_targets(context, run, [staged], lambda entities: targets_to_end(context, result, entities))


def write_targets(
    context: Context,
    run: Run,
    blocks: Sequence[Staged],
    to_end: Callable[[Sequence[int | None]], Sequence[int]],
    title: str = "",
    said: Mapping[str, Any] | None = None,
) -> AcceptOutcome:
    """Write rows of targets in one batch, and end others; `title` and `said` are added to what the batch says.

    Raises:
        ProblemsFound: the store rejects rows; nothing is written.
    """
    try:
        return _write(context, run, blocks, to_end, title, said or {})
    except _NothingChanged as nothing:
        return AcceptOutcome(None, 0, 0, nothing.unchanged, 0)


def _write(
    context: Context,
    run: Run,
    blocks: Sequence[Staged],
    to_end: Callable[[Sequence[int | None]], Sequence[int]],
    title: str,
    said: Mapping[str, Any],
) -> AcceptOutcome:
    store = context.store
    with store.transaction("quota accept"):
        batch = begin_batch(store, "edit", f"quota accept {run.id} ({run.subject}){title}")
        merged = [merge_staged(store, batch, staged, MergeOptions(prefer_file=True)) for staged in blocks]
        if rejected := [each for one in merged for found in one.rejected.values() for each in found]:
            raise ProblemsFound(*rejected)
        gone = to_end([entity for one in merged for entity in one.entities])
        write_cells(store, batch, store.registry["target"], dict.fromkeys(gone))
        new, changed, unchanged = (
            sum(getattr(one, name) for one in merged) for name in ("new", "changed", "unchanged")
        )
        if not (new or changed or gone):
            raise _NothingChanged(unchanged)
        counts = {"new": new, "changed": changed, "unchanged": unchanged, "ended": len(gone)}
        summarise_batch(store, batch, {"types": {"target": counts}, "files": [], "run": run.id, **said})
        add_event(store, run.id, "accepted")
    return AcceptOutcome(batch, new, changed, unchanged, len(gone))


def stage_lines(context: Context, run: Run, result: SplitResult, more: Mapping[str, object] | None = None) -> Staged:
    """Return the lines as rows of target records, as an importer would stage them; `more` is in every row."""
    level: list[Any] = []
    team: list[Any] = []
    person: list[Any] = []
    seat: list[Any] = []
    month: list[Any] = []
    amounts: list[Decimal] = []
    for line in result.lines:
        count, of_person = len(line.months), line.holder == "person"
        level += [line.level] * count
        team += [line.team or None] * count
        person += [line.holder_key if of_person else None] * count
        seat += [None if of_person else line.holder_key or None] * count
        month += line.months
        amounts += line.amounts
    stored = {amount: to_e4(amount) for amount in set(amounts)}
    columns = {
        "metric": [result.metric] * len(month),
        "level": level,
        "team": team,
        "person": person,
        "seat": seat,
        "month": month,
        "amount": [stored[amount] for amount in amounts],
        "currency": [result.currency or None] * len(month),
        **{name: [value] * len(month) for name, value in (more or {}).items()},
    }
    source = Source(f"quota run {run.id}", run.sha256, feed=f"quota:{run.subject}")
    return Staged(context.store.registry["target"], source, list(range(1, len(month) + 1)), columns)
