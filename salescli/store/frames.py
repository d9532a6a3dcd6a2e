"""Frames of the state that SQL joins: seats of people, credit splits, allocations, kinds of stages.

They are temp tables, derived from the state as the store's `known` has it and dropped when it changes. Intervals are
half-open here, `[start, end)`; in files and records the last day counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from salescli.core.money import MILLION
from salescli.store.connection import Store
from salescli.store.state import condition, state_of

FIRST, NEVER = "0001-01-01", "9999-12-31"


def prepare(store: Store, *names: str) -> None:
    """Build the frames named, unless they stand already."""
    for name in names:
        if name not in store._prepared:
            _BUILDERS[name](store)
            store._prepared.add(name)


def prepare_frame(store: Store, name: str, columns: str, fetch: Callable[[], Iterable[tuple[object, ...]]]) -> None:
    """Build a frame that belongs to one metric or one day, unless it stands already."""
    if name not in store._prepared:
        _rebuild(store, name, columns, fetch())
        store._prepared.add(name)


def _rebuild(store: Store, name: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    store.db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    store.db.execute(f"CREATE TEMP TABLE {name} ({columns})")
    held = list(rows)
    if held:
        store.db.executemany(f"INSERT INTO temp.{name} VALUES ({', '.join('?' * len(held[0]))})", held)


def _build_seats(store: Store) -> None:
    """Who sits where by day: an assignment holds until the next begins, its own last day, or the person leaves."""
    rows = store.db.execute(
        f"""SELECT a.person_id, a."from", a.through, a.role, a.team_id, a.manager_id, p."left"
            FROM {state_of(store, "assignment")} AS a LEFT JOIN {state_of(store, "person")} AS p ON p.id = a.person_id
            ORDER BY a.person_id, a."from" """
    ).fetchall()
    seats = []
    for place, (person, start, through, role, team, manager, left) in enumerate(rows):
        following = rows[place + 1] if place + 1 < len(rows) and rows[place + 1][0] == person else None
        ends = [_after(through), _after(left), following[1] if following else NEVER]
        end = min(ends)
        if start < end:
            seats.append((person, start, end, role, team, manager))
    # Not called `seat`: a temp table would hide the table of that record type.
    columns = 'person INTEGER, start TEXT, "end" TEXT, role TEXT, team INTEGER, manager INTEGER'
    _rebuild(store, "sitting", columns, seats)
    store.db.execute("CREATE INDEX temp.sitting_person ON sitting (person, start)")


def _after(day: str | None) -> str:
    if day is None or day >= NEVER:
        return NEVER
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _build_splits(store: Store) -> None:
    """Shares as cumulative intervals in declared order; what is missing to the whole is the house's (person NULL)."""
    rows = store.db.execute(
        f"""SELECT coalesce(contract_id, deal_id, receipt_id), person_id, share_m FROM {state_of(store, "credit-split")}
            WHERE kind = 'own' ORDER BY 1, id"""
    )
    sets: dict[int, list[tuple[int, int]]] = {}
    for subject, person, share in rows:
        sets.setdefault(subject, []).append((person, share or 0))
    intervals: list[tuple[object, ...]] = []
    for subject, shares in sets.items():
        reached = 0
        for person, share in shares:
            intervals.append((subject, person, reached, reached + share))
            reached += share
        if reached < MILLION:
            intervals.append((subject, None, reached, MILLION))
    _rebuild(store, "split", "subject INTEGER, person INTEGER, share_from INTEGER, share_to INTEGER", intervals)
    store.db.execute("CREATE INDEX temp.split_subject ON split (subject)")


def _build_overlays(store: Store) -> None:
    """Shares that are declared besides, above the whole: each by itself."""
    rows = store.db.execute(
        f"""SELECT coalesce(contract_id, deal_id, receipt_id), person_id, 0, coalesce(share_m, 0)
            FROM {state_of(store, "credit-split")} WHERE kind = 'overlay' ORDER BY 1, id"""
    ).fetchall()
    _rebuild(store, "overlay", "subject INTEGER, person INTEGER, share_from INTEGER, share_to INTEGER", rows)
    store.db.execute("CREATE INDEX temp.overlay_subject ON overlay (subject)")


def has_overlays(store: Store) -> bool:
    """Tell whether any share is declared besides."""
    prepare(store, "overlay")
    return store.db.execute("SELECT 1 FROM temp.overlay LIMIT 1").fetchone() is not None


def _build_parts(store: Store) -> None:
    """Receipts spread over the contracts they are allocated to; the rest keeps the receipt's own contract."""
    rows = store.db.execute(
        f"""SELECT r.id, r.amount_e4, r.net_amount_e4, r.contract_id, a.contract_id, sum(a.amount_e4)
            FROM {state_of(store, "allocation")} AS a JOIN {state_of(store, "receipt")} AS r ON r.id = a.receipt_id
            GROUP BY r.id, a.contract_id ORDER BY r.id, a.contract_id"""
    )
    receipts: dict[int, tuple[int, int, int | None, list[tuple[int | None, int]]]] = {}
    for receipt, amount, net, own, contract, allocated in rows:
        receipts.setdefault(receipt, (amount, net, own, []))[3].append((contract, allocated))
    parts: list[tuple[object, ...]] = []
    for receipt, (amount, net, own, allocations) in receipts.items():
        rest = amount - sum(allocated for _, allocated in allocations)
        reached = 0
        for contract, allocated in [*allocations, *([(own, rest)] if rest else [])]:
            before, reached = reached, reached + allocated
            parts.append((receipt, contract, allocated, _cut(net, reached, amount) - _cut(net, before, amount)))
    _rebuild(store, "receipt_part", "record INTEGER, contract INTEGER, amount_e4 INTEGER, net_amount_e4 INTEGER", parts)
    store.db.execute("CREATE INDEX temp.receipt_part_record ON receipt_part (record)")


def _cut(net: int, reached: int, amount: int) -> int:
    """What of the net amount belongs to the first `reached` of the gross: cumulative, so that parts add up."""
    if amount == 0:
        return 0
    value = abs(net) * abs(reached) // abs(amount)
    return -value if (net < 0) ^ (reached < 0) ^ (amount < 0) else value


def _build_dated(store: Store) -> None:
    rows = store.db.execute(
        f'SELECT subject, field, "from", value FROM "dated_value" WHERE {condition(store.known)}'
    ).fetchall()
    _rebuild(
        store,
        "dated",
        'subject INTEGER, field TEXT, "from" TEXT, value ANY, PRIMARY KEY (subject, field, "from")',
        rows,
    )


def _build_teams(store: Store) -> None:
    """Each team with all teams above it, itself included, by the days on which the hierarchy was so."""
    own = dict(store.db.execute(f"SELECT id, parent_id FROM {state_of(store, 'team')}").fetchall())
    later: dict[str, dict[int, int]] = {}
    rows = store.db.execute(
        f"""SELECT subject, "from", value FROM "dated_value"
            WHERE {condition(store.known)} AND field = 'parent' AND value IS NOT NULL ORDER BY "from" """
    )
    for team, day, parent in rows:
        if team in own:
            later.setdefault(day, {})[team] = parent
    starts = [FIRST, *(day for day in later if day > FIRST)]
    pairs, parents = [], own | later.get(FIRST, {})
    for start, end in zip(starts, [*starts[1:], NEVER], strict=True):
        parents = parents | later.get(start, {})
        pairs += [(team, above, start, end) for team in parents for above in _teams_above(parents, team)]
    _rebuild(store, "team_above", 'team INTEGER, above INTEGER, start TEXT, "end" TEXT', pairs)


def _teams_above(parents: Mapping[int, int | None], team: int) -> list[int]:
    found: list[int] = []
    above: int | None = team
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def has_teams_above(store: Store) -> bool:
    """Tell whether any team was ever below another."""
    prepare(store, "team_above")
    return bool(store.db.execute("SELECT 1 FROM temp.team_above WHERE team <> above LIMIT 1").fetchone())


def save_stages(store: Store, stages: Mapping[str, tuple[str, str, int]]) -> None:
    """Give the meaning of stage texts: text -> (stage, kind, order). Comes from the process policy."""
    if store._scanned.get("stages") != stages:  # sums that were read with other meanings
        store._scanned.clear()
        store._scanned["stages"] = dict(stages)
    rows = ((text, *meaning) for text, meaning in stages.items())
    _rebuild(store, "stage_meaning", "text TEXT PRIMARY KEY, stage TEXT, kind TEXT, place INTEGER", rows)


def has_dated(store: Store, type_name: str, field: str) -> bool:
    """Tell whether any record of a type has changed a dated field."""
    return bool(
        store.db.execute(
            'SELECT 1 FROM "dated_value" AS d JOIN entity AS e ON e.id = d.subject '
            "WHERE d.field = ? AND e.type = ? LIMIT 1",
            (field, type_name),
        ).fetchone()
    )


def fetch_stage_texts(store: Store) -> list[str]:
    """Return every text that a deal or a stage change has for its stage."""
    tables = " UNION ".join(f"SELECT stage FROM {state_of(store, kind)}" for kind in ("deal", "stage-change"))
    return [text for (text,) in store.db.execute(tables) if text]


_BUILDERS = {
    "seat": _build_seats,
    "split": _build_splits,
    "overlay": _build_overlays,
    "receipt_part": _build_parts,
    "dated": _build_dated,
    "team_above": _build_teams,
}
