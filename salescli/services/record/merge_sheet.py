"""The workbook of `record dedupe`: groups with a drop-down per record, and the merges that it says when filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, UsageError, Where, problem
from salescli.reports.duplicates import REASONS, MergedSet, build_merged_sets
from salescli.services.batches import DryRun
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.services.record.dedupe import describe_all
from salescli.services.record.editing import Edited
from salescli.services.record.finding import find_record, find_type
from salescli.services.record.merging import ask_moved, check_absorbed, check_paid, counts_of
from salescli.store.absorbing import absorb
from salescli.store.batches import begin_batch, summarise_batch

_GROUP, _NUMBER, _MERGE = Title("组", "Group"), Title("编号", "Number"), Title("合并", "Merge")
_KEEP, _YES, _NO = Title("保留", "keep"), Title("是", "yes"), Title("否", "no")


class MergeSet(NamedTuple):
    """A record that stays and those that are merged into it."""

    keep: int
    gone: tuple[int, ...]


def build_merge_sheet(ctx: Context, word: str) -> bytes:
    """Return the workbook of all candidates of a type; the first record of each group is proposed to stay."""
    from salescli.importers.writing.form_book import FormColumn, FormPage, build_forms

    kind = find_type(ctx, word)
    choices = tuple(each.text(ctx.language) for each in (_YES, _NO, _KEEP))
    columns = (
        FormColumn(_GROUP.text(ctx.language), "key", width=8),
        FormColumn(_NUMBER.text(ctx.language), "key", "@", 18),
        FormColumn(Title("名称", "Name").text(ctx.language), "info", "@", 34),
        FormColumn(Title("区域", "Region").text(ctx.language), "info", "@", 12),
        FormColumn(Title("负责人", "Owner").text(ctx.language), "info", "@", 12),
        FormColumn(Title("被引用", "Referred to").text(ctx.language), "info", "#,##0", 10),
        FormColumn(Title("已回款", "Received").text(ctx.language), "info", "#,##0.00", 16),
        FormColumn(Title("依据", "Why").text(ctx.language), "info", "@", 40),
        FormColumn(_MERGE.text(ctx.language), "fill", "@", 10, choices),
    )
    rows: list[tuple[Any, ...]] = []
    for place, group in enumerate(describe_all(ctx, kind), 1):
        why = "; ".join(f"{REASONS[reason].text(ctx.language)} {value}" for reason, value in group.reasons)
        for at, one in enumerate(group.records):
            first = _KEEP.text(ctx.language) if at == 0 else None
            rows.append((place, one.key, one.name, one.region, one.owner, one.references, one.received, why, first))
            why = ""
    title = Title(
        "每组一条「保留」,要并入它的写「是」;留空或「否」不合并。",
        "One record of each group stays (keep); `yes` merges another into it; blank or `no` leaves it alone.",
    )
    page = FormPage(kind.titles.text(ctx.language), title.text(ctx.language), columns, tuple(rows), ())
    return build_forms([page], ctx.language)


def merge_from_sheet(ctx: Context, word: str, path: str, *, is_accepted: bool = False, is_dry: bool = False) -> Edited:
    """Do what a filled-in workbook says, in one batch.

    Raises:
        UsageError: it is no such workbook.
        ProblemsFound: all that is wrong in it, together; nothing changed.
    """
    kind = find_type(ctx, word)
    sets = _read_sets(ctx, kind, path)
    check_paid(ctx, kind, [one for each in sets for one in each.gone])
    entities = [one for each in sets for one in (each.keep, *each.gone)]
    keys, names = record_keys(ctx, kind, entities), record_labels(ctx, kind, entities)
    batch: int | None = None
    lines: list[MergedSet] = []
    counts: dict[str, dict[str, int]] = {}
    try:
        with ctx.store.transaction(f"merge {kind.name}"):
            number = begin_batch(ctx.store, "edit", f"merge {kind.name}: {Path(path).name}")
            for each in sets:
                done = absorb(ctx.store, number, kind, each.keep, each.gone)
                check_absorbed(ctx, kind, done, is_accepted or is_dry)
                for name, said in counts_of(kind, done, len(each.gone)).items():
                    own = counts.setdefault(name, {})
                    own.update({what: own.get(what, 0) + count for what, count in said.items()})
                others = ", ".join(keys[one] for one in each.gone)
                lines.append(MergedSet(keys[each.keep], names[each.keep], others, sum(done.moved.values())))
            moved = ask_moved(ctx, number, is_accepted or is_dry)
            summarise_batch(ctx.store, number, {"types": counts})
            if is_dry or not sets:
                raise DryRun
            batch = number
    except DryRun:
        ctx.store.forget()
    return Edited(build_merged_sets(kind.titles, lines, batch, is_dry), moved, batch)


def _read_sets(ctx: Context, kind: RecordType, path: str) -> list[MergeSet]:
    rows = _rows(kind, path)
    wrong: list[Problem] = []
    groups: dict[str, dict[str, list[int]]] = {}
    for where, group, number, said in rows:
        word = next((each.en for each in (_KEEP, _YES, _NO) if said.casefold() in each), "" if said else "no")
        if not word:
            wrong.append(problem("merge-word", where, text=said))
            continue
        try:
            entity = find_record(ctx, kind, number) if word != "no" else 0
        except UsageError as error:
            wrong += [Problem(each.name, where, each.values) for each in error.problems]
            continue
        groups.setdefault(group, {}).setdefault(word, []).append(entity)
    sets = []
    for group, said_of in groups.items():
        stays, gone = said_of.get("keep", []), said_of.get("yes", [])
        if gone and len(stays) != 1:
            wrong.append(problem("merge-keeps-one", Where(file=path), group=group, count=len(stays)))
        elif gone:
            sets.append(MergeSet(stays[0], tuple(dict.fromkeys(gone))))
    wrong += _torn(ctx, kind, path, sets)
    if wrong:
        raise ProblemsFound(*wrong)
    return sets


def _torn(ctx: Context, kind: RecordType, path: str, sets: Sequence[MergeSet]) -> list[Problem]:
    """A record that is merged into another has no other part, in its own group or in another one."""
    parts = Counter(one for each in sets for one in (each.keep, *each.gone))
    torn = list(dict.fromkeys(one for each in sets for one in each.gone if parts[one] > 1))
    keys = record_keys(ctx, kind, torn)
    return [problem("merge-torn", Where(file=path), record=keys[one]) for one in torn]


def _rows(kind: RecordType, path: str) -> list[tuple[Where, str, str, str]]:
    """Return the rows of the workbook as (place, group, number, what was chosen)."""
    from salescli.importers.names import text_of_cell
    from salescli.importers.opening.book import open_book

    book = open_book(path)
    if book.problems:
        raise ProblemsFound(*book.problems)
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:10]):
            head = [text_of_cell(cell) for cell in row]
            places = [
                next((head.index(word) for word in each if word in head), -1) for each in (_GROUP, _NUMBER, _MERGE)
            ]
            if -1 in places:
                continue
            return [
                (Where(file=path, sheet=sheet.name, cell=str(sheet.row_number(at + 1 + below))), *_cells(cells, places))
                for below, cells in enumerate(sheet.rows[at + 1 :])
                if any(cell is not None for cell in cells)
            ]
    raise UsageError(problem("not-a-merge-sheet", path=path, type=kind.name))


def _cells(row: Sequence[Any], places: Sequence[int]) -> tuple[str, str, str]:
    from salescli.importers.names import text_of_cell

    group, number, said = (text_of_cell(row[at]).strip() if at < len(row) else "" for at in places)
    return group, number, said
