"""Import: files to staged rows, staged rows into the store, in one batch and one transaction.

Masters go first. What was read wrongly blocks; what only a person can decide stops with exit 3; a bad row stays out and
the rest goes in. A run that changes nothing writes no batch.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from salescli.core.records.staged import Staged
from salescli.errors import DecisionNeeded, Problem, ProblemsFound
from salescli.importers.opening.book import STDIN
from salescli.importers.reading import no_collection, read_files
from salescli.importers.result import FilesRead, RejectedRow, SheetReading
from salescli.services.claims.accepting import settle_claims
from salescli.services.claims.overdrawn import note_overdrawn
from salescli.services.claims.payers import keep_payers
from salescli.services.context import Context
from salescli.services.importing.aliases import accept_aliases, name_types
from salescli.services.importing.alike import note_alike
from salescli.services.importing.closed_months import check_answer, note_late, note_moved, tell_answers
from salescli.services.importing.closing import settle_closing
from salescli.services.importing.contradictions import note_contradictions
from salescli.services.importing.ending import end_figures
from salescli.services.importing.gone import end_gone
from salescli.services.importing.outcome import ImportOutcome, ImportRequest, SheetImport
from salescli.services.importing.remembering import remember_decisions
from salescli.services.importing.roster import open_roster, write_roster
from salescli.services.importing.seat_corrections import take_back_seats
from salescli.services.importing.seating import seat_staged
from salescli.services.importing.targets import settle_targets
from salescli.store.batches import add_to_summary, begin_batch, summarise_batch
from salescli.store.merge import MergeOptions, MergeResult, merge_staged

__all__ = ["ImportOutcome", "ImportRequest", "SheetImport", "import_files"]


# New ones of these say something about facts that were there before.
_BACKWARDS = frozenset(
    {
        "allocation", "assignment", "credit-split", "person-terms", "special-rate", "rating", "refund", "target",
        "fx-rate", "contract",
    }
)  # fmt: skip


class _RolledBack(Exception):
    """Ends the transaction of a dry run, or of an import that changes nothing."""


@no_collection()
def import_files(context: Context, request: ImportRequest) -> ImportOutcome:
    """Import files into the store of a workspace.

    Raises:
        ProblemsFound: a file, sheet or header is bad, or a row is and all or nothing was asked; nothing changed.
        DecisionNeeded: only a person can decide; nothing changed.
    """
    request = replace(request, read=name_types(context, request.read))
    read = read_files(request.paths, request.read, context.store.registry)
    if read.blocking:
        raise ProblemsFound(*read.blocking)
    if read.decisions:
        raise DecisionNeeded(*read.decisions)
    outcome = ImportOutcome(is_dry=request.dry_run, notes=[*request.notes, *read.notes])
    outcome.profiles = {path: used for path in request.paths if (used := request.read.of_file(path).profile)}
    for staged in read.staged:
        staged.name_file(_shown_path(context, staged.source.file))
        settle_closing(context, staged)
    for reading in read.sheets:
        outcome.notes += settle_targets(context, reading, prefer_file=request.merge.prefer_file)
    try:
        with context.store.transaction("import " + ", ".join(request.paths)):
            batch = begin_batch(context.store, "import", request.title or _title(request.paths))
            _merge_asked(context, batch, read, request, outcome)
            accepted = accept_aliases(context, batch, request.read.aliases)
            _settle_claims(context, batch, read, request, outcome)
            _collect(outcome)
            if _may_move(outcome):
                outcome.notes += note_moved(context, batch)
            outcome.notes += note_alike(context, outcome.introduced)
            if request.all_or_nothing and outcome.rejected:
                raise ProblemsFound(*outcome.problems)
            if request.dry_run or not (outcome.is_changing or accepted):
                raise _RolledBack
            summarise_batch(context.store, batch, _summary(outcome))
            outcome.batch = batch
    except _RolledBack:
        pass
    if request.remember and not request.dry_run:
        outcome.remembered, notes = remember_decisions(context, request, read)
        outcome.notes += notes
        if outcome.batch is not None and outcome.remembered:
            said = [[one.path, *title] for one in outcome.remembered for title in one.decisions]
            add_to_summary(context.store, outcome.batch, "remembered", said)
    return outcome


def _may_move(outcome: ImportOutcome) -> bool:
    """Tell whether commission may differ for days gone by: new facts of their own day are said by what they are."""
    changed = any(one.changed or one.beside or (one.new and one.type.name in _BACKWARDS) for one in outcome.results)
    return changed or bool(outcome.claimed) or any(sheet.ended for sheet in outcome.sheets)


def _settle_claims(
    context: Context, batch: int, read: FilesRead, request: ImportRequest, outcome: ImportOutcome
) -> None:
    """Payers that were filled in are known from now on; single matches are taken where that was asked."""
    staged = read.staged
    outcome.notes += keep_payers(context, batch, staged)
    settled = settle_claims(context, batch, staged, accept=request.accept_claims)
    outcome.notes += settled.notes
    outcome.claimed = settled.new
    gone = [one.entity for sheet in outcome.sheets for one in sheet.gone if one.fate == "ended"]
    outcome.notes += note_overdrawn(context, outcome.results, gone)


def _merge_asked(context: Context, batch: int, read: FilesRead, request: ImportRequest, outcome: ImportOutcome) -> None:
    """Merge; where dated cells are a question, or the answer moves closed months, say what that would post and stop."""

    def merge(answer: str) -> int:
        tried = ImportOutcome()
        with contextlib.suppress(DecisionNeeded):  # what else is asked is the same under every answer
            _merge_all(context, batch, read, request, tried, answer)
        return sum(one.dated for one in tried.results)

    said = (request.merge.dated, *(one.entry.changes_from for one in read.sheets), _first_day(request.roster_month))
    answer = next((each for each in said if each), "")
    if not request.accept_posting and (asked := check_answer(context, merge, answer)):
        raise DecisionNeeded(*asked)
    try:
        with context.store.transaction("merging"):
            _merge_all(context, batch, read, request, outcome)
    except DecisionNeeded as needed:
        if not any(each.name == "change-or-correction" for each in needed.problems):
            raise
        raise DecisionNeeded(*needed.problems, *tell_answers(context, merge)) from None
    outcome.notes += note_late(context, outcome.sheets)


def _first_day(month: str) -> str:
    return f"{month}-01" if month else ""


def _merge_all(
    context: Context, batch: int, read: FilesRead, request: ImportRequest, outcome: ImportOutcome,
    answer: str | None = None,
) -> None:  # fmt: skip
    """Merge every block, masters first; collect all questions before stopping.

    `answer` tries one about dated cells in place of what was said.
    """
    order = {name: place for place, name in enumerate(kind.name for kind in context.store.registry.types)}
    sheets = sorted(read.sheets, key=lambda one: order.get(one.report.type, -1))
    questions: list[Problem] = []
    for reading in sheets:
        done = SheetImport(reading, rejected=list(reading.report.rejected))
        outcome.sheets.append(done)
        if reading.staged is None:
            continue
        is_told = request.accept_roster or request.dry_run
        roster = open_roster(context, reading, request.roster_month, is_told, questions, outcome.notes)
        options = _options(reading, request.merge, answer)
        if roster is not None and not roster.is_first and answer is None:
            options = replace(options, dated=options.dated or roster.first)
        staged = reading.staged if roster is None else roster.staged
        done.result = _merge_one(context, batch, staged, options, questions)
        if roster is not None and answer != "":
            write_roster(context, batch, roster, done.result)
            done.result.dated += roster.is_news
        done.result.unchanged += reading.untouched
        end_figures(context, batch, done)
        _reject(done, reading)
    questions += end_gone(context, batch, outcome.sheets, request)
    if questions:
        raise DecisionNeeded(*questions)
    for done in outcome.sheets:
        if done.result is not None and done.reading.staged is not None:
            note_contradictions(context, done.reading.staged, done.result)


def _options(reading: SheetReading, asked: MergeOptions, answer: str | None) -> MergeOptions:
    """Add what the sheet's profile says of the merge: an option typed stands before it."""
    entry, staged = reading.entry, reading.staged
    clears: frozenset[str] = frozenset()
    if entry.blank == "clear" and staged is not None:
        kind = staged.type
        optional = (name for name in reading.report.mapped if not kind[name].required and name not in kind.key)
        clears = frozenset(optional)
    dated = (asked.dated or entry.changes_from) if answer is None else answer
    prefer_file = asked.prefer_file or reading.is_own
    return replace(asked, dated=dated, blank_clears=asked.blank_clears | clears, prefer_file=prefer_file)


def _merge_one(
    context: Context, batch: int, staged: Staged, options: MergeOptions, questions: list[Problem]
) -> MergeResult:
    result = merge_staged(context.store, batch, staged, options)
    questions += result.decisions
    take_back_seats(context.store, batch, staged, result.entities, result, options)
    seats = seat_staged(context.store, staged, result, options)
    if seats is not None:
        questions += seats.questions
        if seats.staged is not None:
            own = MergeOptions(dated="correct", prefer_file=True, own_list=True)
            more = merge_staged(context.store, batch, seats.staged, own)
            for name, texts in more.introduced.items():
                result.introduced.setdefault(name, []).extend(texts)
            result.dated += more.new + more.changed if options.dated else 0
            result.notes += [each for problems in more.rejected.values() for each in problems]
            if not result.new:
                already = {cell.row for cell in result.cells}  # a row that changed twice is one row
                moved = sum(row not in already for row in seats.staged.rows)
                moved = min(moved, more.new + more.changed, result.unchanged)
                result.changed += moved
                result.unchanged -= moved
    return result


def _reject(done: SheetImport, reading: SheetReading) -> None:
    assert done.result is not None and reading.staged is not None
    for index, problems in sorted(done.result.rejected.items()):
        row = reading.staged.rows[index]
        cells = reading.cells_at(row) if reading.cells_at else ()
        key = reading.staged.columns[reading.report.made_key][index] if reading.report.made_key else ""
        done.rejected.append(RejectedRow(row, cells, tuple(problems), key))
    done.rejected.sort(key=lambda one: one.row)


def _collect(outcome: ImportOutcome) -> None:
    """Bring all problems and notes of all sheets together."""
    for sheet in outcome.sheets:
        outcome.problems += sheet.reading.problems
        outcome.problems += [each for row in sheet.rejected for each in row.problems]
        if sheet.result is not None:
            outcome.notes += sheet.result.notes
            outcome.introduced.pop(sheet.result.type.name, None)  # the list of what was mentioned before has come
            for name, texts in sheet.result.introduced.items():
                outcome.introduced.setdefault(name, []).extend(texts)


def _summary(outcome: ImportOutcome) -> dict[str, Any]:
    types: dict[str, dict[str, int]] = {}
    for sheet in outcome.sheets:
        if sheet.result is None:
            continue
        counts = types.setdefault(sheet.result.type.name, {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0})
        counts["new"] += sheet.result.new
        counts["changed"] += sheet.result.changed + sheet.result.beside
        counts["unchanged"] += sheet.result.unchanged
        counts["rejected"] += len(sheet.rejected)
        if sheet.ended:
            counts["ended"] = counts.get("ended", 0) + sheet.ended
    if outcome.claimed:
        counts = types.setdefault("allocation", {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0})
        counts["new"] += outcome.claimed
    files = list(dict.fromkeys(sheet.reading.report.file for sheet in outcome.sheets))
    introduced = {name: len(texts) for name, texts in outcome.introduced.items()}
    return {"types": types, "files": files, "introduced": introduced}


def _shown_path(context: Context, file: str) -> str:
    """Name a file as the workspace sees it, so that a trace reads the same wherever the command was typed."""
    return file if file == STDIN else context.workspace.relative(Path(file))


def _title(paths: Sequence[str]) -> str:
    names = [path.replace("\\", "/").rsplit("/", 1)[-1] for path in paths]
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"
