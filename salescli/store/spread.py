"""A block of a sheet with a column per month: merged column by column, so that every record keeps its own cell."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.records.model import RecordType
from salescli.errors import Problem
from salescli.store.block import MergeResult


def join_results(kind: RecordType, results: Sequence[tuple[int, MergeResult]]) -> MergeResult:
    """Return what became of all rows; each result comes with the number of its rows, in the order of the blocks."""
    joined = MergeResult(kind)
    start = 0
    for count, result in results:
        joined.new += result.new
        joined.changed += result.changed
        joined.unchanged += result.unchanged
        joined.dated += result.dated
        joined.beside += result.beside
        joined.source_id = joined.source_id or result.source_id
        joined.has_content_keys |= result.has_content_keys
        joined.rejected.update({start + index: found for index, found in result.rejected.items()})
        joined.other_names.update({start + index: former for index, former in result.other_names.items()})
        joined.fresh += [start + index for index in result.fresh]
        joined.entities += result.entities
        joined.cells += result.cells
        joined.held.update(result.held)
        joined.unsure |= result.unsure
        for name, texts in result.introduced.items():
            joined.introduced.setdefault(name, []).extend(texts)
        joined.decisions += _unsaid(joined.decisions, result.decisions)
        joined.notes += _unsaid(joined.notes, result.notes)
        start += count
    _say_once(joined)
    return joined


def _say_once(joined: MergeResult) -> None:
    """What is wrong with a row is found under each of its months: it is said with the first."""
    said: set[str] = set()
    for index, problems in sorted(joined.rejected.items()):
        fresh = [each for each in problems if repr(each) not in said]
        said |= {repr(each) for each in fresh}
        joined.rejected[index] = fresh


def _unsaid(have: Sequence[Problem], more: Sequence[Problem]) -> list[Problem]:
    return [each for each in more if each not in have]
