"""Records by the source that gave them, for files that say what is no longer there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salescli.core.records.model import RecordType
from salescli.store.connection import Store
from salescli.store.schema import table_of

CHUNK = 500


def fetch_of_feed(store: Store, kind: RecordType, feed: str, months: Iterable[str] | None = None) -> set[int]:
    """Return the present records of which a feed ever gave a version; of some months, by the crediting date."""
    table = table_of(kind)
    where, values = "", [feed]
    if months is not None:
        wanted = sorted(months)
        where = f' AND substr(t."{kind[kind.date].column}", 1, 7) IN ({",".join("?" * len(wanted))})'
        values += wanted
    rows = store.db.execute(
        f"""SELECT t.id FROM "{table}" AS t WHERE t.until_batch IS NULL AND t.id IN (
                SELECT v.id FROM "{table}" AS v JOIN source AS s ON s.id = v.source_id WHERE s.feed = ?){where}""",
        values,
    )
    return {entity for (entity,) in rows}


def fetch_days(store: Store, kind: RecordType, ids: Sequence[int]) -> list[str]:
    """Return the crediting dates of present records."""
    column, days = kind[kind.date].column, []
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        rows = store.db.execute(
            f'SELECT "{column}" FROM "{table_of(kind)}" WHERE until_batch IS NULL AND "{column}" IS NOT NULL '
            f"AND id IN ({marks})",
            chunk,
        )
        days += [str(day) for (day,) in rows]
    return days
