"""Quota runs: a split as a stored draft with its manifest, and back again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.quotas.result import BridgeStep, Line, Note, SplitResult, YearRow
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.quota.inputs import Gathered
from salescli.store.batches import latest_batch
from salescli.store.runs import Run, canonical, fetch_results, save_document, save_run

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.policy.reader import Document

KIND = "quota"
CALCULATION = 2
"""Raised whenever the same inputs would give other amounts."""


def save_result(
    context: Context,
    document: Document[TargetsPolicy],
    policy: TargetsPolicy,
    gathered: Gathered,
    result: SplitResult,
) -> Run:
    """Keep a split as a draft run; the same inputs and result are the same run."""
    digest = save_document(context.store, document.file, document.text)
    known = context.store.known if context.store.known is not None else latest_batch(context.store)
    manifest = {
        "policy": {"file": document.file, "sha256": digest},
        "calculation": CALCULATION,
        "known": known,
        "on": context.on.isoformat(),
        "window": [gathered.window.start.isoformat(), gathered.window.last_day.isoformat()],
        "working_days": {month.label: month.working_days for month in gathered.inputs.months},
        "smallest": str(gathered.inputs.smallest),
        **gathered.kept,
    }
    return save_run(context.store, KIND, policy.targets, policy.for_year, known, manifest, _stored(result))


def _stored(result: SplitResult) -> dict[str, str]:
    """The result as canonical JSON by item; amounts as text."""
    head = {
        "metric": result.metric,
        "currency": result.currency,
        "levels": result.levels,
        "months": result.months,
    }
    years = [
        [r.level, r.holder, r.team, r.holder_key, r.name] + [str(each) for each in _amounts(r)] for r in result.years
    ]
    bridge = [[s.name, s.title, str(s.change), str(s.after), s.level, s.team] for s in result.bridge]
    items: dict[str, object] = {
        "head": head,
        "leaves": [
            [line.level, line.holder, line.team, line.holder_key, _cells(line, result.months)] for line in result.lines
        ],
        "years": years,
        "bridge": bridge,
        "notes": [[note.name, note.title] for note in result.notes],
    }
    return {item: canonical(value) for item, value in items.items()}


def _cells(line: Line, months: tuple[str, ...]) -> list[str] | dict[str, str]:
    """The amounts of a line; with their months only where some are not there."""
    amounts = list(map(str, line.amounts))
    return amounts if line.months == months else dict(zip(line.months, amounts, strict=True))


def _read_line(row: list[Any], months: tuple[str, ...]) -> Line:
    level, holder, team, key, cells = row
    if isinstance(cells, dict):
        months, cells = tuple(cells), cells.values()
    return Line(level, holder, team, key, months, tuple(map(Decimal, cells)))


def _amounts(row: YearRow) -> tuple[Decimal, ...]:
    """The amounts of a year row in the order that it takes them."""
    steps = (row.share, row.limits, row.fixed, row.rounding, row.relief)
    return (*steps, row.amount, row.inherited, row.colleagues)


def load_targets(context: Context, run: Run) -> SplitResult:
    """Read the targets of a stored run, without how they came about."""
    texts = fetch_results(context.store, run.id)
    head = json.loads(texts["head"])
    months = tuple(head["months"])
    lines = tuple(_read_line(row, months) for row in json.loads(texts["leaves"]))
    return SplitResult(head["metric"], head["currency"], tuple(head["levels"]), months, lines, (), (), ())


def load_result(context: Context, run: Run) -> SplitResult:
    """Read a stored run back into the result it was."""
    stored = {item: json.loads(text) for item, text in fetch_results(context.store, run.id).items()}
    head = stored["head"]
    months = tuple(head["months"])
    return SplitResult(
        head["metric"],
        head["currency"],
        tuple(head["levels"]),
        months,
        tuple(_read_line(row, months) for row in stored["leaves"]),
        tuple(YearRow(*row[:5], *map(Decimal, row[5:])) for row in stored["years"]),
        tuple(
            BridgeStep(row[0], Title(*row[1]), Decimal(row[2]), Decimal(row[3]), row[4], row[5])
            for row in stored["bridge"]
        ),
        tuple(Note(row[0], Title(*row[1])) for row in stored["notes"]),
    )
