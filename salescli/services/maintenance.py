"""The store itself: status, backup, proofs, migration, and read-only SQL."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from salescli.core.table import Report
from salescli.errors import Problem, Refused, problem
from salescli.reports.store import StoreState, TypeLine, build_migrated, build_selected, build_status, build_verify
from salescli.services.context import Context, registry_of
from salescli.services.knowledge import known_line, local_moment
from salescli.services.workspace import Workspace
from salescli.store.batches import fetch_batches, in_force
from salescli.store.connection import backup as copy_store
from salescli.store.connection import open_store
from salescli.store.entities import is_mastered
from salescli.store.lineage import fetch_data_through
from salescli.store.query import run_select
from salescli.store.runs import closed_runs
from salescli.store.schema import MIGRATIONS, applied
from salescli.store.state import count_records
from salescli.store.verify import check_file, check_store

COMMISSION, SCORECARD = "commission", "scorecard"  # the kinds of their runs


def build_status_report(ctx: Context) -> Report:
    """Return what is in the store: schema, batches, records per type, size, and types only mentioned so far."""
    batches = fetch_batches(ctx.store)
    live = in_force(ctx.store)
    path = ctx.store.path
    sizes = [Path(f"{path}{suffix}") for suffix in ("", "-wal")]
    state = StoreState(
        ctx.workspace.relative(path),
        sum(one.stat().st_size for one in sizes if one.exists()),
        (applied(ctx.store.db) or [""])[-1],
        len(batches),
        len(live),
        local_moment(ctx.workspace, batches[-1].at) if batches else None,
        local_moment(ctx.workspace, batches[0].at) if batches else None,
        ctx.store.meta("base_currency"),
        ctx.store.is_readonly,
    )
    types = []
    for kind in ctx.store.registry.types:
        if kind.internal or not (count := count_records(ctx.store, kind)):
            continue
        days = fetch_data_through(ctx.store, kind, upto=ctx.today.isoformat())
        provisional = kind.introduces and not is_mastered(ctx.store, kind, live)
        types.append(TypeLine(kind.name, kind.titles, count, days[1] if days else "", provisional))
    return build_status(state, types, known_line(ctx), ctx.language)


def back_up(ctx: Context, target: Path | None) -> Path:
    """Copy the store, consistent while others write, and prove the copy; without a name it goes beside the store.

    Raises:
        Refused: something stands at the target, or it cannot be written.
    """
    path = target or _free_name(ctx.store.path, ctx.today)
    if path.exists():
        raise Refused(problem("backup-exists", path=str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(problem("cannot-write", path=str(path), reason=error.strerror or str(error))) from error
    copy_store(ctx.store, path)
    with contextlib.suppress(OSError):
        path.chmod(0o600)
    with contextlib.closing(open_store(path, ctx.store.registry, readonly=True)) as copy:
        if found := check_file(copy).problems:
            raise Refused(*found)
    return path


def _free_name(store: Path, today: date) -> Path:
    number = 1
    while True:
        tail = f"-{number}" if number > 1 else ""
        path = store.with_name(f"{store.stem}-{today}{tail}.backup{store.suffix}")
        if not path.exists():
            return path
        number += 1


def verify_store(
    ctx: Context, step: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Report, list[Problem]]:
    """Run all proofs; return what was examined, and every fault found."""
    checks = check_store(ctx.store, step)
    rows = [(one.name, one.examined, one.found) for one in checks]
    problems = [found for one in checks for found in one.problems]
    is_whole = not any(found for name, _, found in rows if name != "references")
    if is_whole and (runs := closed_runs(ctx.store, COMMISSION)):
        from salescli.services.commission.closing import verify_shown

        _, differing = verify_shown(ctx)
        rows.append(("runs", len(runs), sum(each.severity == "error" for each in differing)))
        problems += differing
    if is_whole and closed_runs(ctx.store, SCORECARD):
        from salescli.services.scorecard.verifying import verify_scorecards

        count, differing = verify_scorecards(ctx)
        rows.append(("scorecards", count, sum(each.severity == "error" for each in differing)))
        problems += differing
    return build_verify(rows, known_line(ctx), ctx.language), problems


def migrate_store(workspace: Workspace) -> Report:
    """Bring the store's schema up to date; a backup is taken first where anything is to be done."""
    registry = registry_of(workspace)
    with contextlib.closing(open_store(workspace.store_path, registry, readonly=True)) as store:
        before = applied(store.db)
    waiting = [name for name, _ in MIGRATIONS if name not in before]
    with contextlib.closing(open_store(workspace.store_path, registry)) as store:
        after = applied(store.db)
    backup = f"{workspace.store_path.name}.before-{MIGRATIONS[-1][0]}" if waiting else ""
    return build_migrated(before, after, backup)


def build_sql_report(ctx: Context, sql: str) -> Report:
    """Run one SELECT over the state; nothing can be written by it."""
    selected = run_select(ctx.store, sql)
    return build_selected(selected.names, selected.rows, known_line(ctx))
