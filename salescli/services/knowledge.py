"""The state of knowledge that a report is made from, as its footer says it; moments in the workspace's own time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.workspace import Workspace
from salescli.store.batches import latest_batch
from salescli.store.entities import fetch_keys, labels
from salescli.store.lineage import fetch_data_through


def known_batch(ctx: Context) -> int:
    """Return the batch whose state is read."""
    return ctx.store.known if ctx.store.known is not None else latest_batch(ctx.store)


def known_line(ctx: Context, kinds: Sequence[RecordType] = ()) -> Title:
    """Return `data through 2026-03-22 · batch 57`; the day is the last one of these records, up to today."""
    batch = known_batch(ctx)
    today = ctx.today.isoformat()
    days = [found[1] for kind in kinds if (found := fetch_data_through(ctx.store, kind, upto=today))]
    zh, en = f"批次 {batch}", f"batch {batch}"
    if not days:
        return Title(zh, en)
    return Title(f"数据截至 {max(days)} · {zh}", f"data through {max(days)} · {en}")


def local_moment(workspace: Workspace, at: str) -> datetime:
    """Return a moment of the log (UTC) as a clock on the wall of the workspace shows it."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    return moment.astimezone(_zone(workspace)).replace(tzinfo=None)


def _zone(workspace: Workspace) -> tzinfo | None:
    name = workspace.settings.time_zone
    if not name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC if name == "UTC" else None


def record_labels(ctx: Context, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    """Return what people call records; a key of several parts is spelled with the names of what it refers to."""
    wanted = list(ids)
    known = labels(ctx.store, kind, wanted)
    if len(kind.key) == 1:
        return known
    return {one: _spelled(ctx, kind, text) for one, text in known.items()}


def record_keys(ctx: Context, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    """Return the keys of records as they can be typed."""
    known = fetch_keys(ctx.store, kind, ids)
    return known if len(kind.key) == 1 else {one: _spelled(ctx, kind, text) for one, text in known.items()}


def _spelled(ctx: Context, kind: RecordType, key: str) -> str:
    parts = key.split("|")
    if len(parts) != len(kind.key):
        return key
    shown = []
    for name, part in zip(kind.key, parts, strict=True):
        ref = kind[name].ref
        if ref and part.startswith("#"):
            part = labels(ctx.store, ctx.store.registry[ref], [int(part[1:])]).get(int(part[1:]), part)
        shown.append(part)
    return "|".join(shown)
