"""Many rows with each statement: all of them, in their order, whatever their number."""

from __future__ import annotations

import sqlite3

import pytest

from salescli.store.many_rows import VARIABLES, insert_rows

SEVERAL = VARIABLES // 2


@pytest.mark.parametrize("count", [0, 1, SEVERAL - 1, SEVERAL, SEVERAL + 1, 3 * SEVERAL, 3 * SEVERAL + 7])
def test_all_rows_go_in_in_their_order(count):
    db = sqlite3.connect(":memory:")
    db.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, "order" TEXT)')
    rows = [(2 * number, f"№{number}" if number % 3 else None) for number in range(count)]
    insert_rows(db, "t", ("id", "order"), iter(rows))
    assert db.execute('SELECT id, "order" FROM t ORDER BY rowid').fetchall() == rows


def test_a_table_wider_than_a_statement_takes_rows_one_by_one():
    db = sqlite3.connect(":memory:")
    names = [f"c{number}" for number in range(VARIABLES // 2 + 1)]
    db.execute(f"CREATE TABLE t ({', '.join(names)})")
    rows = [tuple(range(start, start + len(names))) for start in range(3)]
    insert_rows(db, "t", names, rows)
    assert db.execute("SELECT * FROM t ORDER BY rowid").fetchall() == rows


def test_a_row_that_a_rule_forbids_is_an_error():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    with pytest.raises(sqlite3.IntegrityError):
        insert_rows(db, "t", ["id"], ((number % 1000,) for number in range(2000)))
