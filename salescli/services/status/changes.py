"""What changed since yesterday: the batches, and the state of knowledge before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescli.core.periods import ONE_DAY
from salescli.reports.batches import BatchLine
from salescli.services.batches import lines_since
from salescli.services.context import Context


@dataclass(frozen=True, slots=True)
class Changes:
    """Batches since the beginning of yesterday, newest first; `before` is the last one before them, if any."""

    since: date
    batches: tuple[BatchLine, ...]
    before: int | None


def find_changes(context: Context) -> Changes:
    """Return what was written since the beginning of yesterday."""
    since = context.today - ONE_DAY
    lines = tuple(lines_since(context, since))
    first = min((line.id for line in lines), default=0)
    return Changes(since, lines, first - 1 if first > 1 else None)
