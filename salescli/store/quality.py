"""What is sound in the stored records of a type, counted by owner in one scan, and the records that are not.

The checks are declared in `core.quality.checks`; here each becomes an expression that is 1 where a record fails it, 0
where it passes, and NULL where there is nothing to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from salescli.core.money import MILLION
from salescli.core.quality.checks import Check, is_counted, owner_field
from salescli.core.records.model import Field, RecordType
from salescli.store.connection import Store
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of

FIRST_YEAR, LAST_YEAR = "1990", "2101"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of the records of one owner (None: nobody's).

    `filled` are records with a value, by field. `failed` and `looked` are records by the place of the check: `unsound`
    those that fail any check of consistency. `last` is the newest day of the type's own date, `batch` the newest batch.
    """

    owner: int | None
    rows: int
    filled: tuple[int, ...]
    failed: tuple[int, ...]
    looked: tuple[int, ...]
    unsound: int
    last: str | None
    batch: int


def counted_fields(kind: RecordType) -> tuple[Field, ...]:
    """Return the fields whose blanks are counted."""
    return tuple(each for each in kind.stored if is_counted(each))


def count_quality(store: Store, kind: RecordType, checks: Sequence[Check], on: str) -> list[Counted]:
    """Count the records of a type by owner; days after `on` are no update yet."""
    fields = counted_fields(kind)
    flags = [flag_sql(store, kind, check) for check in checks]
    inner = [f"{_owner_sql(store, kind)} AS owner", "t.since_batch AS batch"]
    inner.append(f"{_column(kind[kind.date])} AS day" if kind.date in kind else "NULL AS day")
    inner += [f"{_column(each)} IS NOT NULL AS f{place}" for place, each in enumerate(fields)]
    inner += [f"{flag} AS c{place}" for place, flag in enumerate(flags) if checks[place].name != "nobody"]
    consistent = [f"coalesce(c{place}, 0)" for place, check in enumerate(checks) if check.part == "consistency"]
    sums = [f"sum(f{place})" for place in range(len(fields))]
    # whose a record is has been looked up by then: once is enough
    outer = ["(owner IS NULL)" if check.name == "nobody" else f"c{place}" for place, check in enumerate(checks)]
    sums += [f"coalesce(sum({flag}), 0)" for flag in outer]
    sums += [f"count({flag})" for flag in outer]
    unsound = f"sum(max({', '.join(consistent)}, 0))" if consistent else "0"
    rows = store.db.execute(
        f"SELECT owner, count(*), {unsound}, max(CASE WHEN day < ? THEN day END), max(batch)"
        f"{''.join(f', {one}' for one in sums)} FROM (SELECT {', '.join(inner)} FROM {state_of(store, kind)} AS t) "
        "GROUP BY owner ORDER BY owner",
        (f"{on} 99",),
    )
    wide, many = len(fields), len(flags)
    return [
        Counted(
            row[0],
            row[1],
            tuple(row[5 : 5 + wide]),
            tuple(row[5 + wide : 5 + wide + many]),
            tuple(row[5 + wide + many :]),
            row[2],
            row[3][:10] if row[3] else None,
            row[4],
        )
        for row in rows
    ]


def fetch_failing(store: Store, kind: RecordType, check: Check, limit: int) -> list[tuple[int, int | None, Any]]:
    """Return the records that fail a check: entity, owner, and the stored value of the field pointed at."""
    flag = flag_sql(store, kind, check)
    return store.db.execute(
        f"SELECT t.id, {_owner_sql(store, kind)}, {_column(check.fields[0])} FROM {state_of(store, kind)} AS t "
        f"WHERE {flag} ORDER BY {_column(check.fields[0])}, t.id LIMIT ?",
        (limit,),
    ).fetchall()


def flag_sql(store: Store, kind: RecordType, check: Check) -> str:
    """Return the expression of a check over the alias `t`: 1 fails, 0 passes, NULL is not looked at."""
    own = _column(check.fields[0])
    match check.name:
        case "blank":
            return f"{own} IS NULL"
        case "nobody":
            return f"{_owner_sql(store, kind)} IS NULL"
        case "not-in-list":
            stored = ", ".join(_text(key) for key in check.fields[0].choices)
            return f"{own} NOT IN ({stored})"
        case "dangling":
            known = condition(store.known, "o.")
            there = f'SELECT 1 FROM "{table_of(check.fields[0].ref)}" AS o WHERE o.id = {own} AND {known}'
            return f"CASE WHEN {own} IS NOT NULL THEN NOT EXISTS ({there}) END"
        case "unlikely-date":
            return f"NOT ({own} >= '{FIRST_YEAR}' AND {own} < '{LAST_YEAR}')"
        case "no-email":
            return f"{own} NOT LIKE '%_@_%._%'"
        case "short-phone":
            return f"{own} NOT GLOB '*{'[0-9]*' * 7}'"
        case "repeated":
            return _repeated(store, kind, own, own.removeprefix("t."))
        case "look-alike":
            party = f"coalesce({', '.join([*map(_column, check.fields[2:]), 'NULL'])})"
            parts = f"{own} || '|' || {_column(check.fields[1])} || '|' || {party}"
            return _repeated(store, kind, parts, parts.replace("t.", ""))
        case "negative":
            return f"{own} < 0"
        case "out-of-order":
            return f"substr({own}, 1, 10) < substr({_column(check.fields[1])}, 1, 10)"
        case "not-employed":
            return _not_employed(store, own, _column(check.fields[1]))
        case "not-whole":
            return _not_whole(store, kind)
        case "closed-undated":
            return f"CASE WHEN {_stage_is(check, 'won', 'lost')} THEN {own} IS NULL END"
        case "open-at-100":
            is_open = _stage_is(check, "entry", "open")
            return f"CASE WHEN {own} IS NOT NULL THEN CAST({own} AS REAL) >= 1 AND {is_open} END"


def _stage_is(check: Check, *wanted: str) -> str:
    """A stage text of the process means one of these kinds of stages."""
    listed, stage = ", ".join(map(_text, wanted)), _column(check.fields[1])
    return f"EXISTS (SELECT 1 FROM temp.stage_meaning AS m WHERE m.text = {stage} AND m.kind IN ({listed}))"


def _column(each: Field) -> str:
    return f"t.extra ->> '$.\"{each.name}\"'" if each.custom else f't."{each.column}"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _repeated(store: Store, kind: RecordType, own: str, bare: str) -> str:
    several = f"SELECT {bare} FROM {state_of(store, kind)} GROUP BY 1 HAVING count(*) > 1"
    return f"CASE WHEN {own} IS NOT NULL THEN {own} IN ({several}) END"


def _not_employed(store: Store, owner: str, day: str) -> str:
    person = store.registry["person"]
    joined, left = (f'p."{person[name].column}"' for name in ("joined", "left"))
    return (
        f"(SELECT coalesce(substr({day}, 1, 10) < {joined}, 0) OR coalesce(substr({day}, 1, 10) > {left}, 0) "
        f'FROM "person" AS p WHERE p.id = {owner} AND {day} IS NOT NULL AND {condition(store.known, "p.")})'
    )


def _not_whole(store: Store, kind: RecordType) -> str:
    whole = kind.whole
    assert whole is not None
    group = " || '|' || ".join(f"""coalesce("{kind[name].column}", '')""" for name in whole.of)
    only = " AND ".join(f'"{kind[name].column}" = {_text(value)}' for name, value in whole.only.items()) or "1"
    broken = (
        f"SELECT {group} FROM {state_of(store, kind)} WHERE {only} GROUP BY 1 "
        f'HAVING sum("{kind[whole.share].column}") <> {MILLION}'
    )
    own = group.replace('coalesce("', 'coalesce(t."')
    mine = only.replace('"', 't."', 1) if whole.only else "1"
    return f"CASE WHEN {mine} THEN {own} IN ({broken}) END"


def _owner_sql(store: Store, kind: RecordType) -> str:
    """Whose a record is: its own owner, else that of what it belongs to."""
    if "self" in kind.paths.get("person", ()):
        return "t.id"
    found = []
    for path in kind.paths.get("person", ()):
        first, _, rest = path.partition(".")
        if first not in kind or (rest and "." in rest):
            continue
        if not rest:
            found.append(_column(kind[first]))
            continue
        other = store.registry[kind[first].ref]
        if owner_field(other) == rest:
            found.append(
                f'(SELECT o."{other[rest].column}" FROM "{table_of(other)}" AS o '
                f"WHERE o.id = {_column(kind[first])} AND {condition(store.known, 'o.')})"
            )
    return f"coalesce({', '.join([*found, 'NULL'])})" if found else "NULL"
