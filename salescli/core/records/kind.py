"""What a kind of field is: how a cell becomes a stored value, and what that value is in SQL, Excel and on paper.

Stored values are SQLite's own: INTEGER ten-thousandths for money and quantity, INTEGER millionths for shares, TEXT for
the rest, ISO dates. A cell arrives as the reader gives it (str, float, int, bool, date, datetime, None); a kind turns
a whole column at once on the fast path and single cells exactly where that fails. What cannot be read is a `Bad`
value with the name of its problem, never an exception and never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from salescli.core.table import ColumnKind

SqlType = Literal["TEXT", "INTEGER", "ANY"]
DateOrder = Literal["", "ymd", "dmy", "mdy"]


class Bad(NamedTuple):
    """A cell that could not be read: the problem's name and why."""

    name: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is to be read: its unit (万元: 10,000), layout of dates, and whether finer amounts are rounded."""

    multiplier: int = 1
    date_order: DateOrder = ""
    round_finer: bool = False
    percent: Literal["", "fraction", "percent"] = ""


PLAIN = Reading()
ParseCell = Callable[[Any, Reading], Any]
ParseColumn = Callable[[Sequence[Any], Reading], "list[Any] | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are parsed, stored and shown."""

    name: str
    sql: SqlType
    parse_cell: ParseCell
    suffix: str = ""
    parse_column: ParseColumn | None = None
    to_python: Callable[[Any], Any] = lambda stored: stored
    excel_format: str = "General"
    shown_as: ColumnKind = "text"


def parse_column(kind: Kind, cells: Sequence[Any], reading: Reading = PLAIN) -> list[Any]:
    """Turn a column of cells into stored values; a cell that cannot be read becomes a `Bad`, a blank None."""
    if kind.parse_column is not None and (fast := kind.parse_column(cells, reading)) is not None:
        return fast
    parse = kind.parse_cell
    seen: dict[Any, Any] = {}
    values = []
    for cell in cells:
        mark = (cell.__class__, cell)  # 1, 1.0 and True are one dict key but not one cell
        if mark not in seen:
            seen[mark] = parse(cell, reading)
        values.append(seen[mark])
    return values
