"""The facts of an import's report, from its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salescli.core.table import Report, Value
from salescli.core.title import Title
from salescli.reports.importing import GoneFacts, ImportFacts, SheetFacts, build_import_report
from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome, SheetImport
from salescli.store.entities import labels

CELLS_SHOWN = 200


def report_import(
    context: Context, outcome: ImportOutcome, rejects: Sequence[Path] = (), next: Sequence[str] = ()
) -> Report:
    """Build the report of an import."""
    registry = context.store.registry
    introduced = tuple(
        (registry[name].titles, len(texts), tuple(texts)) for name, texts in sorted(outcome.introduced.items())
    )
    cells = _cells(context, outcome) if outcome.is_dry else ()
    facts = ImportFacts(
        outcome.batch,
        outcome.is_dry,
        tuple(_sheet(context, sheet) for sheet in outcome.sheets),
        introduced,
        cells,
        tuple(context.workspace.relative(path) for path in rejects),
        tuple(next),
        _gone(outcome),
    )
    return build_import_report(facts)


def _sheet(context: Context, done: SheetImport) -> SheetFacts:
    report, result = done.reading.report, done.result
    stated = {total.field: total.stated_e4 for total in report.totals if total.is_whole}
    totals = tuple((one.header, one.total_e4, stated.get(one.field), one.currency) for one in report.control)
    months = tuple((one.header, month, value, one.currency) for one in report.control for month, value in one.by_month)
    return SheetFacts(
        file=Path(report.file).name,
        sheet=report.sheet,
        type=context.store.registry[report.type].titles if report.type else None,
        header_row=report.header_row,
        rows=report.rows_below_header,
        new=result.new if result else 0,
        changed=result.changed if result else 0,
        unchanged=result.unchanged if result else 0,
        rejected=len(done.rejected),
        skipped=report.skipped,
        totals=totals,
        months=months,
    )


def _gone(outcome: ImportOutcome) -> tuple[GoneFacts, ...]:
    fates = {"ended": Title("结束", "ended"), "unsure": Title("保留(有被拒的行)", "kept: a row is rejected")}
    return tuple(
        GoneFacts(
            done.result.type.titles,
            one.key,
            one.day,
            one.amount_e4,
            one.currency,
            fates.get(one.fate) or Title(f"保留(批次 {one.batch} 改过)", f"kept: changed by batch {one.batch}"),
            str(one.where) if one.where.file else "",
        )
        for done in outcome.sheets
        if done.result is not None
        for one in done.gone
    )


def _cells(context: Context, outcome: ImportOutcome) -> tuple[tuple[str, Any, Value, Value, str], ...]:
    """The changed cells with the names of records and references; the dry run has been rolled back by now."""
    found: list[tuple[str, Any, Value, Value, str]] = []
    for sheet in outcome.sheets:
        result, staged = sheet.result, sheet.reading.staged
        if result is None or staged is None:
            continue
        kind = result.type
        shown = result.cells[: CELLS_SHOWN - len(found)]
        names = labels(context.store, kind, [cell.entity for cell in shown])
        for cell in shown:
            each = kind[cell.field]
            values = [_value(context, each, value) for value in (cell.before, cell.after)]
            place = f"{staged.source.file}!{staged.source.sheet}!{staged.source.cell(cell.row, cell.field)}"
            found.append((names.get(cell.entity, ""), each.title, values[0], values[1], place))
    return tuple(found)


def _value(context: Context, each: Any, value: Any) -> Value:
    if value is None:
        return None
    if each.ref:
        return labels(context.store, context.store.registry[each.ref], [value]).get(value, f"#{value}")
    shown = each.kind.to_python(value)
    return str(shown)
