"""The facts of an import's report, from its outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salescli.core.records.staged import Staged
from salescli.core.table import Report, Value
from salescli.core.title import Title
from salescli.reports.importing import GoneFacts, ImportFacts, SheetFacts, build_import_report
from salescli.services.context import Context
from salescli.services.importing.counting import add_sums, count_rows, without_rejected
from salescli.services.importing.files import ImportOutcome, SheetImport
from salescli.services.knowledge import record_labels
from salescli.store.entities import labels

CELLS_SHOWN = 200


def report_import(
    context: Context,
    outcome: ImportOutcome,
    rejects: Sequence[Path] = (),
    next: Sequence[str] = (),
    *,
    is_whole: bool = False,
) -> Report:
    """Build the report of an import; `is_whole` lists every month and every changed cell."""
    registry = context.store.registry
    introduced = tuple(
        (registry[name].titles, len(texts), tuple(texts)) for name, texts in sorted(outcome.introduced.items())
    )
    every = sum(len(result.cells) for result in outcome.results) if outcome.is_dry else 0
    cells = _cells(context, outcome, every if is_whole else CELLS_SHOWN) if every else ()
    facts = ImportFacts(
        outcome.batch,
        outcome.is_dry,
        tuple(_sheet(context, sheet) for sheet in outcome.sheets),
        introduced,
        cells,
        tuple(context.workspace.relative(path) for path in rejects),
        tuple(next),
        _gone(outcome),
        every - len(cells),
        _profiles(context, outcome),
        tuple((one.path, one.decisions) for one in outcome.remembered),
        is_whole,
        context.currency,
    )
    return build_import_report(facts)


def _sheet(context: Context, done: SheetImport) -> SheetFacts:
    report, result = done.reading.report, done.result
    return SheetFacts(
        file=Path(report.file).name,
        sheet=report.sheet,
        type=context.store.registry[report.type].titles if report.type else None,
        header_row=report.header_row,
        counts=count_rows(report, len(done.rejected)),
        new=result.new if result else 0,
        changed=result.changed if result else 0,
        unchanged=result.unchanged if result else 0,
        gone=sum(one.fate == "ended" for one in done.gone),
        sums=without_rejected(add_sums(report), done.reading.staged, result.rejected if result else (), report.mapped),
    )


def _profiles(context: Context, outcome: ImportOutcome) -> tuple[tuple[str, str, int], ...]:
    """The profiles that files were read by, each with its path (none where it is shipped) and how many files."""
    from salescli.policy.layers import shipped_folder

    shipped = str(shipped_folder())
    counts = Counter((one.name, one.path) for one in outcome.profiles.values())
    return tuple(
        (name, "" if not path or path.startswith(shipped) else context.workspace.relative(Path(path)), count)
        for (name, path), count in counts.items()
    )


def _gone(outcome: ImportOutcome) -> tuple[GoneFacts, ...]:
    fates = {"ended": Title("结束", "ended"), "unsure": Title("保留(有被拒的行)", "kept: a row is rejected")}
    said = Title("按文件所写终止", "ended, as the sheet says")
    return tuple(
        GoneFacts(
            done.result.type.titles,
            one.key,
            one.day,
            one.amount_e4,
            one.currency,
            (said if one.is_said else fates.get(one.fate))
            or Title(f"保留(批次 {one.batch} 改过)", f"kept: changed by batch {one.batch}"),
            str(one.where) if one.where.file else "",
        )
        for done in outcome.sheets
        if done.result is not None
        for one in done.gone
    )


def _cells(context: Context, outcome: ImportOutcome, most: int) -> tuple[tuple[str, Any, Value, Value, str], ...]:
    """The changed cells with the names of records and references; the dry run has been rolled back by now."""
    found: list[tuple[str, Any, Value, Value, str]] = []
    for sheet in outcome.sheets:
        result, staged = sheet.result, sheet.reading.staged
        if result is None or staged is None:
            continue
        kind = result.type
        shown = result.cells[: most - len(found)]
        names = record_labels(context, kind, [cell.entity for cell in shown])
        for cell in shown:
            each = kind[cell.field]
            values = [_value(context, each, value) for value in (cell.before, cell.after)]
            letters = cell.letters or staged.source.letters.get(cell.field, "")
            place = f"{staged.source.file}!{staged.source.sheet}!{letters}{cell.row or ''}"
            found.append(
                (names.get(cell.entity) or _row_name(staged, cell.row), each.title, values[0], values[1], place)
            )
    return tuple(found)


def _row_name(staged: Staged, row: int) -> str:
    """Name a record that the rolled back transaction had made, by its name or key in the row."""
    index = staged.rows.index(row) if row in staged.rows else -1
    for name in (staged.type.name_field, *staged.type.key):
        column = staged.columns.get(name or "")
        if column and index >= 0 and column[index] is not None:
            return str(column[index])
    return ""


def _value(context: Context, each: Any, value: Any) -> Value:
    if value is None:
        return None
    if each.ref:
        return labels(context.store, context.store.registry[each.ref], [value]).get(value, f"#{value}")
    shown = each.kind.to_python(value)
    return str(shown)
