"""Record types that the store keeps for itself: values by day, and other names of a record.

They are declared like every other type, so that batches, undo and lineage hold for them too.
"""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import day, field, ident
from salescli.core.records.model import RecordType
from salescli.core.title import Title

# From `from` on, the field `field` of the record `subject` has this value; before the first one, its own column counts.
DATED_VALUE = RecordType(
    name="dated-value",
    titles=Title("按日期的值", "Value by day"),
    key=("subject", "field", "from"),
    internal=True,
    fields=(
        field(kinds.WHOLE, "subject", "记录", "Record", required=True),
        ident("field", "字段", "Field", required=True),
        day("from", "生效日期", "From", required=True),
        field(kinds.ANY, "value", "值", "Value"),
    ),
)

# Another name by which a record may be called.
ALIAS = RecordType(
    name="alias",
    titles=Title("别名", "Alias"),
    key=("type", "alias"),
    internal=True,
    fields=(
        ident("type", "类型", "Type", required=True),
        ident("alias", "别名", "Alias", required=True),
        field(kinds.WHOLE, "target", "记录", "Record", required=True),
        field(kinds.WHOLE, "merged", "并入的记录", "Merged record"),  # whom it meant before it was merged into `target`
    ),
)
