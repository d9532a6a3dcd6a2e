"""The log and undo: what was done, from which cells, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.reports.batches import BatchLine, SourceLine, build_batch, build_log
from salescli.reports.undo import Kept, UndoFacts, build_undo
from salescli.services.context import Context
from salescli.services.knowledge import local_moment, record_keys, record_labels
from salescli.services.touched import changed_cells, field_titles, known_at, touched_lines
from salescli.store.batches import CONTENT_KINDS, Batch, fetch_batch, fetch_batches, in_force, summarise_batch
from salescli.store.lineage import fetch_batch_sources, fetch_later_words, fetch_touched
from salescli.store.runs import closed_runs
from salescli.store.versions import UndoResult, undo_batch

FIRST_KEPT = 20
Counts = dict[str, dict[str, int]]


class DryRun(Exception):
    """Ends a transaction whose work was only to be shown."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did, or would do (`batch` None)."""

    batch: int | None
    report: Report


def build_log_report(ctx: Context, limit: int = 0) -> Report:
    """Return the log, newest first; `limit` 0 is all of it."""
    batches = _known(ctx, fetch_batches(ctx.store))
    undone = _undone_by(batches, in_force(ctx.store, ctx.store.known))
    shown = batches[:limit] if limit else batches
    return build_log([_line(ctx, batch, undone) for batch in shown], ctx.language)


def lines_since(ctx: Context, day: date) -> list[BatchLine]:
    """Return the batches since a day by the clock on the wall, newest first."""
    batches = _known(ctx, fetch_batches(ctx.store))
    undone = _undone_by(batches, in_force(ctx.store, ctx.store.known))
    recent = [batch for batch in batches if local_moment(ctx.workspace, batch.at).date() >= day]
    return [_line(ctx, batch, undone) for batch in recent]


def build_batch_report(ctx: Context, number: int, *, with_rows: bool = False) -> Report:
    """Return one batch with its sources; with its rows, every record it touched."""
    batch = fetch_batch(ctx.store, number)
    undone = _undone_by(fetch_batches(ctx.store), in_force(ctx.store))
    sources = [
        SourceLine(
            use.source.file,
            use.source.sha256,
            use.source.sheet,
            ctx.store.registry[use.type].titles.text(ctx.language),
            use.rows,
        )
        for use in fetch_batch_sources(ctx.store, number)
    ]
    titles = {kind.name: kind.titles for kind in ctx.store.registry.types}
    touched = touched_lines(ctx, batch) if with_rows else None
    cells = changed_cells(ctx, batch) if with_rows else ()
    remembered = [(path, Title(zh, en)) for path, zh, en in batch.summary.get("remembered", ())]
    return build_batch(_line(ctx, batch, undone), titles, sources, touched, cells, remembered, ctx.language)


def undo(ctx: Context, number: int | None, *, is_dry: bool = False) -> Undone:
    """Take a batch out of force: the one named, else the newest import or edit in force.

    Raises:
        Refused: it is undone already, or there is none to undo.
    """
    batches = fetch_batches(ctx.store)
    live = in_force(ctx.store)
    undone = _undone_by(batches, live)
    target = _target(ctx, number, batches, live, undone)
    try:
        with ctx.store.transaction(f"undo {target.id}"):
            result = undo_batch(ctx.store, target.id, target.title)
            counts = _undo_counts(result)
            summarise_batch(ctx.store, result.batch, {"types": counts, "kept": result.kept})
            kept = _first_kept(ctx, result)
            if is_dry:
                raise DryRun
    except DryRun:
        pass
    line = _line(ctx, next(one for one in batches if one.id == result.target), undone)
    number_made = None if is_dry else result.batch
    stays = [*_closed_runs_using(ctx, result.target), *_profiles_that_stay(ctx, result.target)]
    titles = {kind.name: kind.titles for kind in ctx.store.registry.types}
    facts = UndoFacts(number_made, line, counts, titles, kept, _is_redo(target, batches), stays)
    return Undone(number_made, build_undo(facts, ctx.language))


def _closed_runs_using(ctx: Context, batch: int) -> list[Title]:
    """Say which closed months knew a batch: they stay, and what differs is posted later."""
    used = [period for period, run in closed_runs(ctx.store, "commission").items() if run.known >= batch]
    if not used:
        return []
    months = "、".join(used), ", ".join(used)
    return [
        Title(
            f"已关账的 {months[0]} 用过它:不变;差额将计入下一个未关账的月份",
            f"used by the closed {months[1]}: unchanged; the difference will be posted in the next open month",
        )
    ]


def _profiles_that_stay(ctx: Context, batch: int) -> list[Title]:
    """Say which profiles remember what was decided with a batch: a file of policy is no record, and stays."""
    paths = dict.fromkeys(path for path, *_ in fetch_batch(ctx.store, batch).summary.get("remembered", ()))
    return [Title(f"{path} 记住的决定不变", f"what {path} remembers stays") for path in paths]


def _target(ctx: Context, number: int | None, batches: list[Batch], live: set[int], undone: Mapping[int, int]) -> Batch:
    if number is None:
        found = next((one for one in batches if one.id in live and one.kind in CONTENT_KINDS), None)
        if found is None:
            raise Refused(problem("nothing-to-undo"))
        return found
    target = fetch_batch(ctx.store, number)
    if target.id not in live:
        raise Refused(problem("already-undone", batch=number, by=undone.get(number, "")))
    return target


def _is_redo(target: Batch, batches: Iterable[Batch]) -> bool:
    """Tell whether taking this batch back puts something into force again, as it does for an undo."""
    by_id = {one.id: one for one in batches}
    depth, one = 0, target
    while one.undoes is not None:
        depth, one = depth + 1, by_id[one.undoes]
    return depth % 2 == 1


def _known(ctx: Context, batches: list[Batch]) -> list[Batch]:
    return batches if ctx.store.known is None else [one for one in batches if one.id <= ctx.store.known]


def _undone_by(batches: Iterable[Batch], live: set[int]) -> dict[int, int]:
    return {one.undoes: one.id for one in batches if one.undoes is not None and one.id in live}


def _line(ctx: Context, batch: Batch, undone: Mapping[int, int]) -> BatchLine:
    summary: dict[str, Any] = batch.summary
    return BatchLine(
        batch.id,
        local_moment(ctx.workspace, batch.at),
        batch.by,
        batch.kind,
        batch.title,
        batch.undoes,
        undone.get(batch.id),
        summary["types"] if "types" in summary else _counted(ctx, batch),
        summary.get("introduced", {}),
    )


def _counted(ctx: Context, batch: Batch) -> Counts:
    """Count what a batch that kept no summary did."""
    counts: Counts = {}
    for kind in ctx.store.registry.types:
        for one in fetch_touched(ctx.store, kind, batch.id):
            by_what = counts.setdefault(kind.name, {})
            by_what[one.what] = by_what.get(one.what, 0) + 1
    return counts


def _undo_counts(result: UndoResult) -> Counts:
    counts: Counts = {}
    for what, by_type in (("gone", result.gone), ("restated", result.restated)):
        for name, count in by_type.items():
            counts.setdefault(name, {})[what] = count
    for name, entities in result.kept.items():
        counts.setdefault(name, {})["kept"] = len(entities)
    return counts


def _first_kept(ctx: Context, result: UndoResult) -> list[Kept]:
    """Name the first records that stay as later batches have them; of each the newest batch that gave cells of it."""
    by = {one.id: one.by for one in fetch_batches(ctx.store)}
    found: list[Kept] = []
    for name, entities in result.kept.items():
        kind = ctx.store.registry[name]
        first = entities[: FIRST_KEPT - len(found)]
        later = fetch_later_words(ctx.store, kind, first, result.target)
        with known_at(ctx, result.batch - 1):  # the undo may have taken the name itself
            keys, names = record_keys(ctx, kind, later), record_labels(ctx, kind, later)
        for entity, words in later.items():
            batch, fields = next((word for word in words if word[0] != result.batch), words[0])
            titles = field_titles(kind, fields)
            found.append(Kept(kind.titles, keys[entity], names.get(entity, ""), titles, batch, by.get(batch, "")))
    return found
