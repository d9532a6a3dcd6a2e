"""The answer of `report data-quality`: what is counted of the records of each type and owner, and those that fail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from salescli.core.quality.checks import Check, checks_of, needed_fields
from salescli.core.quality.score import Tally
from salescli.core.records.model import Field, RecordType
from salescli.reports.declaration import QualityNeed
from salescli.reports.quality_facts import FailingRow, FieldFact, Finding, OwnerFact, QualityFacts, TypeFact
from salescli.services.context import Context
from salescli.services.knowledge import local_moment, record_keys, record_labels
from salescli.store.batches import fetch_batches
from salescli.store.quality import Counted, count_quality, counted_fields, fetch_failing
from salescli.store.state import count_records

ROWS_PER_CHECK = 200


def measure_quality(ctx: Context, need: QualityNeed) -> QualityFacts:
    """Count what is sound in the records, by type and by owner."""
    ctx.prepare_stages()
    wanted = (
        [ctx.store.registry[need.type]] if need.type else [one for one in ctx.store.registry.types if not one.internal]
    )
    moments = {one.id: local_moment(ctx.workspace, one.at).date() for one in fetch_batches(ctx.store)}
    types, findings, rows = [], [], []
    owners: dict[int | None, Tally] = {}
    for kind in wanted:
        if not count_records(ctx.store, kind):
            continue
        checks = checks_of(kind)
        groups = count_quality(ctx.store, kind, checks, ctx.on.isoformat())
        used = _used(kind, groups)
        tallies = {one.owner: _tally(ctx, checks, one, used, {} if kind.date else moments) for one in groups}
        whole = sum(tallies.values(), Tally())
        types.append(TypeFact(kind.name, kind.titles, whole, _fields(kind, checks, groups)))
        findings += _findings(kind, checks, groups)
        for owner, tally in tallies.items():
            owners[owner] = owners.get(owner, Tally()) + tally
        if need.with_rows:
            rows += _failing(ctx, kind, checks)
    return QualityFacts(tuple(types), _owners(ctx, owners), tuple(findings), tuple(rows), ROWS_PER_CHECK)


def _tally(
    ctx: Context, checks: tuple[Check, ...], one: Counted, used: list[int], moments: Mapping[int, date]
) -> Tally:
    cells = [one.filled[place] for place in used]
    parts = {"validity": (0, 0), "uniqueness": (0, 0)}
    for check, failed, looked in zip(checks, one.failed, one.looked, strict=True):
        if check.part in parts:
            sound, of = parts[check.part]
            parts[check.part] = sound + looked - failed, of + looked
    has_rules = any(check.part == "consistency" for check in checks)
    last = date.fromisoformat(f"{one.last}-01"[:10]) if one.last else moments.get(one.batch)
    return Tally(
        one.rows,
        (sum(cells), one.rows * len(cells)),
        parts["validity"],
        parts["uniqueness"],
        (one.rows - one.unsound, one.rows) if has_rules else (0, 0),
        None if last is None else max((ctx.on - last).days, 0),
    )


def _used(kind: RecordType, groups: list[Counted]) -> list[int]:
    """Return the places of the fields in use: any record has a value, or figures cannot do without."""
    needed = {each.name for each in needed_fields(kind)}
    return [
        place
        for place, each in enumerate(counted_fields(kind))
        if each.name in needed or any(one.filled[place] for one in groups)
    ]


def _fields(kind: RecordType, checks: tuple[Check, ...], groups: list[Counted]) -> tuple[FieldFact, ...]:
    """What is counted of each field that is in use: filled, and failing a check of values."""
    rows = sum(one.rows for one in groups)
    found = []
    fields = counted_fields(kind)
    for place in _used(kind, groups):
        each = fields[place]
        filled = sum(one.filled[place] for one in groups)
        invalid = repeated = 0
        for at, check in enumerate(checks):
            if check.fields[0].name == each.name and check.part in ("validity", "uniqueness"):
                failed = sum(one.failed[at] for one in groups)
                invalid += failed if check.part == "validity" else 0
                repeated += failed if check.part == "uniqueness" else 0
        found.append(FieldFact(each.name, each.title, filled, rows, invalid, repeated))
    return tuple(found)


def _findings(kind: RecordType, checks: tuple[Check, ...], groups: list[Counted]) -> list[Finding]:
    found = []
    for place, check in enumerate(checks):
        failed, looked = sum(one.failed[place] for one in groups), sum(one.looked[place] for one in groups)
        if failed:
            found.append(Finding(kind.name, kind.titles, check.fields[0].title, check.name, failed, looked))
    return found


def _owners(ctx: Context, tallies: Mapping[int | None, Tally]) -> tuple[OwnerFact, ...]:
    kind = ctx.store.registry["person"]
    ids = [owner for owner in tallies if owner is not None]
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    found = [
        OwnerFact(
            None if owner is None else keys.get(owner, f"#{owner}"),
            "" if owner is None else names.get(owner, f"#{owner}"),
            tally,
        )
        for owner, tally in tallies.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.key is None, one.key or "")))


def _failing(ctx: Context, kind: RecordType, checks: tuple[Check, ...]) -> list[FailingRow]:
    """List the records that fail, each check up to a limit."""
    found = []
    person = ctx.store.registry["person"]
    for check in checks:
        rows = fetch_failing(ctx.store, kind, check, ROWS_PER_CHECK)
        keys = record_keys(ctx, kind, [row[0] for row in rows])
        names = record_labels(ctx, kind, [row[0] for row in rows])
        owners = record_labels(ctx, person, {row[1] for row in rows if row[1] is not None})
        values = _shown(ctx, check.fields[0], [row[2] for row in rows])
        for (entity, owner, _), value in zip(rows, values, strict=True):
            key, name = keys.get(entity, f"#{entity}"), names.get(entity, "")
            field, title = check.fields[0].title, kind.titles
            found.append(
                FailingRow(
                    title,
                    key,
                    "" if name == key else name,
                    "" if owner is None else owners.get(owner, ""),
                    field,
                    check.name,
                    value,
                )
            )
    return found


def _shown(ctx: Context, each: Field, values: list[Any]) -> list[str]:
    if each.ref:
        ids = [value for value in values if value is not None]
        names = record_labels(ctx, ctx.store.registry[each.ref], ids)
        return ["" if value is None else names.get(value, f"#{value}") for value in values]
    return ["" if value is None else str(each.kind.to_python(value)) for value in values]
