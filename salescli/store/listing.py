"""Records that a list of their own type has given, as against those that were only mentioned or typed."""

from __future__ import annotations

from salescli.core.records.model import RecordType
from salescli.store.connection import Store
from salescli.store.schema import table_of


def fetch_listed(store: Store, kind: RecordType, live: set[int]) -> set[int]:
    """Return the records that an imported list of their type gave, in batches that are in force."""
    rows = store.db.execute(
        f"""SELECT DISTINCT t.id, t.since_batch FROM "{table_of(kind)}" AS t JOIN source AS s ON s.id = t.source_id
            JOIN batch AS b ON b.id = s.batch WHERE s.type = ? AND b.kind = 'import' AND t.given AND NOT t.ended""",
        (kind.name,),
    )
    return {entity for entity, batch in rows if batch in live}
