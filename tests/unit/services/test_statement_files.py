"""Statements in files: whoever has one that the run does not compute again is told of, not left out in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salescli.errors import ProblemsFound
from salescli.services.commission.stored import choose_run
from salescli.services.context import Context
from salescli.services.export.statements import export_statement, export_statements
from tests.unit.services.closing import close, paying_context
from tests.unit.store_support import load


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Two people are paid in January, which is closed."""
    with paying_context(tmp_path / "w") as context:
        rows = [{"number": name, "owner": name, "date": "2026-01-05", "amount": "1000"} for name in ("王芳", "赵磊")]
        load(context.store, "receipt", rows)
        close(context, "2026-01")
        yield context


def stored_of(context: Context, name: str) -> tuple[int, str]:
    """Return the run of January, and under what it keeps a person."""
    run = choose_run(context, context.parse_period("2026-01"))
    (entity,) = context.store.db.execute("SELECT id FROM entity WHERE type = 'person' AND key = ?", (name,)).fetchone()
    return run.id, f"tenth|#{entity}"


def files(context: Context) -> tuple[list[str], list[object]]:
    done = export_statements(context, context.parse_period("2026-01"), "html")
    return [one.name for one in done.files], [each.values["people"] for each in done.problems]


def test_statements_of_a_run_that_reproduces(context: Context) -> None:
    assert files(context) == (["1-王芳.html", "2-赵磊.html"], [])


def keep_for_somebody_else(context: Context) -> None:
    """Let the run keep a result of somebody who is on no plan."""
    load(context.store, "person", [{"number": "9", "name": "周九", "joined": "2026-01-01"}], feed="more")
    run, item = stored_of(context, "1")
    with context.store.transaction("test"):
        context.store.db.execute(
            "INSERT INTO run_result SELECT run, ?, result FROM run_result WHERE run = ? AND item = ?",
            (stored_of(context, "9")[1], run, item),
        )


def test_who_is_not_computed_again_is_told_of(context: Context) -> None:
    keep_for_somebody_else(context)
    assert files(context) == (["1-王芳.html", "2-赵磊.html"], [["周九"]])


def test_who_is_computed_and_was_not_kept_is_told_of(context: Context) -> None:
    run, item = stored_of(context, "1")
    with context.store.transaction("test"):
        context.store.db.execute("DELETE FROM run_result WHERE run = ? AND item = ?", (run, item))
    assert files(context) == (["2-赵磊.html"], [["王芳"]])


def test_one_person_who_is_not_computed_again_is_refused(context: Context) -> None:
    keep_for_somebody_else(context)
    with pytest.raises(ProblemsFound) as caught:
        export_statement(context, context.parse_period("2026-01"), "周九", "html")
    assert [each.name for each in caught.value.problems] == ["explained-differs"]
