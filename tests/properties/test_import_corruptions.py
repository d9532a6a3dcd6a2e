"""Laws of importing corrupted sheets: every row is somewhere, what goes in is true, the rest comes in corrected."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from salescli.errors import ProblemsFound
from salescli.importers.writing.rejects import EXTRA
from salescli.services.batches import undo
from salescli.services.context import Context, open_context
from salescli.services.importing.files import ImportOutcome, import_files
from salescli.services.importing.rejecting import write_rejects
from salescli.services.importing.request import build_request
from salescli.services.workspace import create_workspace, find_workspace
from salescli.store.batches import latest_batch
from salescli.store.entities import fetch_keys
from salescli.store.state import dump_state
from tests.properties.corrupting import (
    CONTRACTS,
    CUSTOMERS,
    PEOPLE,
    Cells,
    Corrupted,
    SheetKind,
    build,
    clean_row,
    corrupted_sheets,
)

TODAY = date(2026, 3, 31)
few = settings(max_examples=max(10, settings.default.max_examples // 2))  # each example is half a dozen imports


@cache
def _masters() -> tempfile.TemporaryDirectory[str]:
    """A workspace with people, customers and contracts; made once, copied by every example."""
    kept = tempfile.TemporaryDirectory()
    folder = Path(kept.name) / "w"
    workspace = create_workspace(folder, "w", "CNY", "zh")
    lists = {
        "人员名单.csv": "工号,姓名\n" + "".join(f"{number},{name}\n" for number, name in PEOPLE),
        "客户名单.csv": "客户编号,客户名称\n" + "".join(f"{number},{name}\n" for number, name in CUSTOMERS),
        "合同名单.csv": "合同编号,合同名称\n" + "".join(f"{number},项目{number}\n" for number in CONTRACTS),
    }
    for name, text in lists.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_context(workspace, today=TODAY, create=True) as ctx:
        import_files(ctx, build_request(ctx, [str(folder / name) for name in lists]))
    return kept


@contextmanager
def workspace() -> Iterator[Context]:
    """A copy of the workspace with the masters."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(Path(_masters().name) / "w", Path(folder) / "w"))
        with open_context(find_workspace(copy), today=TODAY) as ctx:
            yield ctx


def put(ctx: Context, sheet: Corrupted, content: bytes) -> Path:
    path = ctx.workspace.folder / f"{sheet.kind.name}.{sheet.format}"
    path.write_bytes(content)
    return path


def run(ctx: Context, path: Path, kind: SheetKind, **more: Any) -> ImportOutcome:
    return import_files(ctx, build_request(ctx, [str(path)], as_type=kind.type, key=",".join(kind.key), **more))


def known(ctx: Context) -> dict[str, list[dict[str, Any]]]:
    """The whole state with references by key, so that two stores can be compared."""
    dump = dump_state(ctx.store)
    keys = {
        kind.name: fetch_keys(ctx.store, kind, [row["id"] for row in dump[kind.name]])
        for kind in ctx.store.registry.types
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in ctx.store.registry.types:
        refs = {each.name: each.ref for each in kind.references}
        rows = [
            {
                name: keys[refs[name]].get(value) if name in refs else value
                for name, value in row.items()
                if name != "id"
            }
            for row in dump[kind.name]
        ]
        found[kind.name] = sorted(rows, key=lambda row: [str(row[name]) for name in row])
    return found


def uncounted(state: dict[str, Any], kind: SheetKind) -> dict[str, Any]:
    """A state in which equal rows of a made key are in no order: which is the first of them means nothing."""
    if not kind.key:
        return state
    rows = [{**row, "number": row["number"].rpartition("|")[0]} for row in state[kind.type]]
    assert len({row["number"] for row in state[kind.type]}) == len(rows)
    return {**state, kind.type: sorted(rows, key=lambda row: [str(row[name]) for name in row])}


def stored(kind: SheetKind, cells: Cells) -> tuple[Any, ...]:
    """A record as the store must hold it."""
    return tuple(_stored(each.sort, cells[each.field]) for each in kind.columns)


def _stored(sort: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value * 10_000) if sort in ("money", "share") else f"{(value / 100).normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def records(ctx: Context, kind: SheetKind, before: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The records of a type that were not there before."""
    names = [each.field for each in kind.columns]
    rows = [row for row in known(ctx)[kind.type] if row not in before[kind.type]]
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def corrected(path: Path, sheet: Corrupted, first_row: int) -> None:
    """Put the right cells back into a workbook of rejected rows, each by the number of its row."""
    book = load_workbook(path)
    page = book.worksheets[0]
    headers = [cell.value for cell in page[1]]
    assert [each for each in headers if each.startswith("_")] == [*EXTRA, *(["_key"] if sheet.kind.key else [])]
    place = headers.index("_row")
    for number in range(2, page.max_row + 1):
        line = sheet.lines[int(page.cell(number, place + 1).value) - first_row]
        assert not isinstance(line, str)
        for column, value in enumerate(clean_row(sheet, line.record), 1):
            cell = page.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


def expected(kind: SheetKind, truth: list[Cells]) -> list[tuple[Any, ...]]:
    return sorted((stored(kind, cells) for cells in truth), key=str)


@few
@given(corrupted_sheets())
def test_what_goes_in_is_true_and_every_row_is_somewhere(sheet: Corrupted) -> None:
    with workspace() as ctx:
        before = known(ctx)
        path = put(ctx, sheet, build(sheet))
        dry = run(ctx, path, sheet.kind, dry_run=True) if sheet.rows else None
        assert known(ctx) == before
        done = run(ctx, path, sheet.kind)
        (one,) = done.sheets
        assert one.result is not None and dry is not None
        report, counted = one.reading.report, (one.result.new, one.result.changed, one.result.unchanged)
        assert report.rows_below_header == sum(counted) + len(one.rejected) + report.skipped
        assert (dry.results[0].new, len(dry.rejected)) == (one.result.new, len(one.rejected))
        assert sorted(each.row for each in one.rejected) == sorted(_numbers(sheet))
        assert report.skipped == sheet.skipped() + sheet.repeated()
        assert counted == (len(sheet.accepted()), 0, 0)
        assert records(ctx, sheet.kind, before) == expected(sheet.kind, sheet.accepted())
        if sheet.kind.money:
            _sums_agree(ctx, sheet, before, done)


def _sums_agree(ctx: Context, sheet: Corrupted, before: dict[str, Any], done: ImportOutcome) -> None:
    assert sheet.kind.money
    name = sheet.kind.money.field
    went_in = sum(int((cells[name] or 0) * 10_000) for cells in sheet.accepted())
    kept = sum(row[name] or 0 for row in known(ctx)[sheet.kind.type] if row not in before[sheet.kind.type])
    assert kept == went_in
    totals = [each for each in done.sheets[0].reading.report.totals if each.field == name]
    assert [each.agrees for each in totals] == ([sheet.total == "right"] if sheet.total else [])
    assert any(each.name.startswith("totals-differ") for each in done.problems) == (sheet.total == "wrong")


def _numbers(sheet: Corrupted) -> list[int]:
    """The row numbers of the rows that must be rejected."""
    out = sheet.rejected()
    return [at for at, each in enumerate(sheet.lines, sheet.titles + 2) if any(each is one for one in out)]


@few
@given(corrupted_sheets())
def test_corrected_rejects_complete_the_import_and_undo_takes_all_back(sheet: Corrupted) -> None:
    with workspace() as ctx, workspace() as other:
        clean = put(other, sheet, build(sheet, is_clean=True))
        run(other, clean, sheet.kind)
        truth, before = known(other), known(ctx)
        first = latest_batch(ctx.store)
        done = run(ctx, put(ctx, sheet, build(sheet)), sheet.kind)
        rejects = write_rejects(ctx, done)
        assert bool(rejects) == bool(done.rejected)
        for path in rejects:
            corrected(path, sheet, sheet.titles + 2)
            again = run(ctx, path, sheet.kind)
            assert not again.rejected, again.problems
            assert run(ctx, path, sheet.kind).batch is None
        assert uncounted(known(ctx), sheet.kind) == uncounted(truth, sheet.kind)
        assert run(ctx, put(ctx, sheet, build(sheet, is_clean=True)), sheet.kind).batch is None
        while latest_batch(ctx.store) and _undo(ctx, first):
            pass
        assert known(ctx) == before


def _undo(ctx: Context, first: int) -> bool:
    """Undo the newest batch in force after the first ones."""
    from salescli.store.batches import CONTENT_KINDS, fetch_batches, in_force

    live = in_force(ctx.store)
    batch = next((one.id for one in fetch_batches(ctx.store) if one.id in live and one.kind in CONTENT_KINDS), 0)
    if batch <= first:
        return False
    undo(ctx, batch)
    return True


@few
@given(corrupted_sheets())
def test_abort_takes_all_or_nothing(sheet: Corrupted) -> None:
    with workspace() as ctx:
        before, newest = known(ctx), latest_batch(ctx.store)
        path = put(ctx, sheet, build(sheet))
        if sheet.rejected():
            with pytest.raises(ProblemsFound):
                run(ctx, path, sheet.kind, all_or_nothing=True)
            assert (known(ctx), latest_batch(ctx.store)) == (before, newest)
        else:
            run(ctx, path, sheet.kind, all_or_nothing=True)
            assert records(ctx, sheet.kind, before) == expected(sheet.kind, sheet.truth)
