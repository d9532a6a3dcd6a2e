"""Read-only SQL that a person types: record types stand for their present state, and nothing can be written."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import from_float
from salescli.core.table import Value
from salescli.errors import UsageError, problem
from salescli.store.connection import Store
from salescli.store.schema import columns_of, table_of
from salescli.store.state import condition

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_REFUSED = ("not authorized", "one statement", "cannot modify")


@dataclass(frozen=True, slots=True)
class Selected:
    """What a SELECT returned: names of columns and rows."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def run_select(store: Store, sql: str) -> Selected:
    """Run one SELECT over the state as known.

    `deal` is the present deals; `main.deal` is the table with all versions.

    Raises:
        UsageError: it is not one SELECT, or SQLite does not understand it.
    """
    for kind in store.registry.types:
        _view(
            store,
            table_of(kind),
            ["id", *(field.column for field in columns_of(kind)), "source_id", "source_row", "extra"],
        )
    store.db.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    try:
        cursor = store.db.execute(sql)
        names = tuple(column[0] for column in cursor.description or ())
        rows = tuple(tuple(_value(cell) for cell in row) for row in cursor)
    except (sqlite3.DatabaseError, sqlite3.Warning, sqlite3.ProgrammingError) as error:
        name = "sql-not-a-select" if any(said in str(error) for said in _REFUSED) else "bad-sql"
        tables = tuple(table_of(kind) for kind in store.registry.types) if "no such table" in str(error) else ()
        raise UsageError(problem(name, reason=str(error), tables=tables)) from error
    finally:
        store.db.set_authorizer(None)
    if not names:
        raise UsageError(problem("sql-not-a-select", reason=""))
    return Selected(names, rows)


def _view(store: Store, table: str, columns: list[str]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    store.db.execute(f'DROP VIEW IF EXISTS temp."{table}"')
    store.db.execute(
        f'CREATE TEMP VIEW "{table}" AS SELECT {listed} FROM main."{table}" WHERE {condition(store.known)}'
    )


def _value(cell: object) -> Value:
    if isinstance(cell, float):
        return from_float(cell) if cell - cell == 0 else str(cell)
    if isinstance(cell, bytes):
        return cell.hex()
    return cell if isinstance(cell, (str, int, Decimal)) else None
