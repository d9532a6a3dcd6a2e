"""What undo means for imports, edits and undos in any order: files through the service, as the command gives them.

Histories hold what an import can do to records beside adding them: rows that are gone, files that replace others,
owners that change from a day or were always so, names that are accepted, blanks that clear, and edits between them.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.errors import SalesCliError
from salescli.importers.result import SheetReading
from salescli.services.batches import undo
from salescli.services.context import Context
from salescli.services.importing.files import import_files
from salescli.services.importing.request import build_request
from salescli.services.record.editing import edit, remove_record
from salescli.store.batches import fetch_batches, in_force
from salescli.store.schema import table_of
from salescli.store.state import dump_state
from salescli.store.verify import check_store
from tests.unit.services.importing import KEY, RECEIPTS, write_rows
from tests.unit.services.workspaces import workspace_context

DEALS = ("商机编号", "商机名称", "负责人", "金额", "阶段")
ACTIVITIES = ("活动时间", "活动类型", "负责人", "活动内容")
PEOPLE = ("工号", "姓名", "岗位")
OWNERS = ("王芳", "赵磊", "王方")

receipt = st.tuples(
    st.sampled_from(["2026-01-05", "2026-02-03"]),
    st.sampled_from(["甲", "乙"]),
    st.sampled_from([100, 200]),
    st.sampled_from(OWNERS),
    st.sampled_from([None, "x", "y"]),
)
deal = st.tuples(
    st.sampled_from(["D1", "D2", "D3"]),
    st.sampled_from(["项目", None]),
    st.sampled_from(OWNERS),
    st.sampled_from([10, 20, None]),
    st.sampled_from(["赢单", "谈判", None]),
)
activity = st.tuples(
    st.sampled_from(["2026-01-05", "2026-02-03"]),
    st.just("电话"),
    st.sampled_from(OWNERS),
    st.sampled_from(["报价", "回访"]),
)
person = st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["王芳", "赵磊"]), st.sampled_from(["销售", "经理"]))
answers = st.sampled_from(["", "correct", "2026-02-01", "2026-03-01"])

deals = st.lists(deal, min_size=2, max_size=3, unique_by=lambda row: row[0])
people = st.lists(person, min_size=1, max_size=2, unique_by=lambda row: row[0])
edits = st.sampled_from(["owner=王芳", "owner=赵磊", "amount=77", "stage="])
step = st.one_of(
    st.tuples(st.just("回款"), st.lists(receipt, min_size=2, max_size=6), answers, st.booleans()),
    st.tuples(st.just("商机"), deals, answers, st.booleans()),
    st.tuples(st.just("商机"), deals, answers, st.booleans()),
    st.tuples(st.just("拜访"), st.lists(activity, min_size=1, max_size=3), st.just(""), st.booleans()),
    st.tuples(st.just("花名册"), people, answers, st.booleans()),
    st.tuples(st.just("edit"), edits, answers, st.integers(0, 9)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("undo"), st.integers(0, 30)),
)
BASE: list[Any] = [
    ("花名册", [("1", "王芳", "销售"), ("2", "赵磊", "销售")], "", False),
    ("商机", [("D1", "项目", "王芳", 10, "谈判"), ("D2", None, "赵磊", None, "谈判")], "", False),
]
histories = st.lists(step, min_size=1, max_size=7).map(lambda steps: [*BASE, *steps])
some = settings(max_examples=max(25, settings.default.max_examples // 4), deadline=None)


def play(context: Context, steps: list[Any]) -> None:
    """Do what a history says; what is refused, or asks a person, changes nothing."""
    for number, (what, *said) in enumerate(steps):
        before, batches = dump_state(context.store), len(fetch_batches(context.store))
        try:
            _do(context, number, what, said)
        except SalesCliError:
            assert dump_state(context.store) == before
            assert len(fetch_batches(context.store)) == batches


def _do(context: Context, number: int, what: str, said: list[Any]) -> None:
    if what == "undo":
        batches = [one.id for one in fetch_batches(context.store)]
        if batches:
            undo(context, batches[said[0] % len(batches)])
    elif what in ("edit", "remove"):
        keys = [key for (key,) in context.store.db.execute("SELECT key FROM entity WHERE type = 'deal' ORDER BY id")]
        if keys and what == "remove":
            remove_record(context, "deal", keys[said[0] % len(keys)])
        elif keys:
            edit(context, "deal", keys[said[2] % len(keys)], [said[0]], dated=said[1])
    else:
        _give(context, number, what, *said)


def _give(context: Context, number: int, what: str, rows: list[Any], dated: str, flag: bool) -> None:
    header = {"回款": RECEIPTS, "商机": DEALS, "拜访": ACTIVITIES, "花名册": PEOPLE}[what]
    path = write_rows(context.workspace.folder / f"{what}{number}.csv", rows, header)
    request = build_request(
        context,
        [str(path)],
        dated=dated,
        key=KEY if what == "回款" else "",
        as_type={"拜访": "activity", "商机": "deal"}.get(what, ""),
        again=("replaces" if flag else "adds") if what == "拜访" else "",
        complete="month" if what == "回款" and flag else "",
        accept_gone=True,
        aliases=["person:王方=王芳"] if flag else [],
        remember=False,
    )
    if what == "商机" and flag:  # as a profile says it: a blank cell clears
        names = frozenset({"name", "amount", "stage"})
        request = replace(request, merge=replace(request.merge, blank_clears=names))
    outcome = import_files(context, request)
    for sheet in outcome.sheets:
        assert sheet.result is not None and isinstance(sheet.reading, SheetReading)
        done = sheet.result.new + sheet.result.changed + sheet.result.unchanged + len(sheet.rejected)
        assert done + sheet.reading.report.skipped == sheet.reading.report.rows_below_header


def contents(context: Context) -> list[int]:
    """Return the imports and edits in force."""
    live = in_force(context.store)
    return sorted(one.id for one in fetch_batches(context.store) if one.undoes is None and one.id in live)


def touched(context: Context, batch: int, sign: str) -> set[tuple[str, int]]:
    """Return the records that a batch, or every later one, gave or ended."""
    return {
        (kind.name, entity)
        for kind in context.store.registry.types
        for (entity,) in context.store.db.execute(
            f'SELECT id FROM "{table_of(kind)}" WHERE since_batch {sign} ? AND (given OR ended)', (batch,)
        )
    }


def by_record(state: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(name, row["id"]): row for name, rows in state.items() for row in rows}


@some
@given(histories, st.randoms(use_true_random=False))
def test_undoing_everything_in_any_order_empties_the_store(steps: list[Any], random: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder) / "w", is_filled=False) as context:
        play(context, steps)
        order = contents(context)
        random.shuffle(order)
        for batch in order:
            undo(context, batch)
        assert not any(dump_state(context.store).values())
        assert not [each for one in check_store(context.store) for each in one.problems if each.severity == "error"]


@some
@given(histories, st.integers(0, 30))
def test_undoing_one_batch_restores_what_nobody_touched_since(steps: list[Any], which: int) -> None:
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder) / "w", is_filled=False) as context:
        play(context, steps)
        choices = contents(context)
        if not choices:
            return
        target = choices[which % len(choices)]
        before, now = by_record(dump_state(context.store, target - 1)), by_record(dump_state(context.store))
        own, later = touched(context, target, "="), touched(context, target, ">")
        is_quiet = not any(one.undoes is not None and one.id > target for one in fetch_batches(context.store))
        undo(context, target)
        after = by_record(dump_state(context.store))
        assert {record: row for record, row in after.items() if record not in own} == {
            record: row for record, row in now.items() if record not in own
        }
        if is_quiet:
            for record in own - later:
                assert after.get(record) == before.get(record)


@some
@given(histories)
def test_the_last_file_again_changes_nothing(steps: list[Any]) -> None:
    """Whatever went before, a file that has just gone in goes in again without a trace."""
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder) / "w", is_filled=False) as context:
        play(context, steps)
        files = [one for one in steps if one[0] in ("回款", "商机", "拜访", "花名册")]
        if not files:
            return
        what, *said = files[-1]
        with suppress(SalesCliError):
            _give(context, 99, what, *said)
            before = dump_state(context.store)
            count = len(fetch_batches(context.store))
            _give(context, 99, what, *said)
            assert dump_state(context.store) == before
            assert len(fetch_batches(context.store)) == count
