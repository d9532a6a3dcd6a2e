"""The kinds there are, by name. A new kind is one line here, beside its parsing in a module of its subject."""

from __future__ import annotations

from typing import Any

from salescli.core.records.date_kinds import DATE, MOMENT, MONTH, PERIOD, read_moment
from salescli.core.records.kind import PLAIN, Bad, DateOrder, Kind, Reading, parse_column
from salescli.core.records.number_kinds import DECIMAL, MONEY, QUANTITY, RATE, SHARE, WHOLE, parse_number
from salescli.core.records.text_kinds import ID, REFERENCE, TEXT, clean_text, parse_text, parse_text_column, text_of

__all__ = [
    "ANY", "DATE", "DECIMAL", "ENUM", "FLAG", "ID", "KINDS", "MOMENT", "MONEY", "MONTH", "PERIOD", "PLAIN", "QUANTITY",
    "RATE", "REFERENCE", "SHARE", "TEXT", "WHOLE", "Bad", "DateOrder", "Kind", "Reading", "clean_text", "parse_column",
    "parse_number", "read_moment",
]  # fmt: skip

_YES = frozenset({"1", "yes", "y", "true", "是", "有", "✓", "√", "对"})
_NO = frozenset({"0", "no", "n", "false", "否", "无", "x", "×", "错"})


def _parse_flag(cell: Any, _reading: Reading) -> Any:
    text = text_of(cell)
    if text is None or isinstance(text, Bad):
        return text
    folded = text.casefold()
    return 1 if folded in _YES else 0 if folded in _NO else Bad("bad-flag", text)


FLAG = Kind(
    "flag", "INTEGER", _parse_flag, to_python=lambda stored: None if stored is None else bool(stored), shown_as="flag"
)
ENUM = Kind("enum", "TEXT", parse_text, parse_column=parse_text_column)
ANY = Kind("any", "ANY", lambda cell, _reading: cell)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        TEXT,
        ID,
        REFERENCE,
        MONEY,
        QUANTITY,
        WHOLE,
        RATE,
        DECIMAL,
        SHARE,
        DATE,
        MOMENT,
        MONTH,
        PERIOD,
        FLAG,
        ENUM,
        ANY,
    )
}
