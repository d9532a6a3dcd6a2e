"""Who edited, and when, what a report gives as the number of a batch beside the row that a record was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from salescli.core.table import Block, Line, Prose, Report, Table, Trace
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.knowledge import local_moment
from salescli.store.batches import fetch_batch

_NUMBER = re.compile(r"(?:^|· )#(\d+)$")
TITLE = Title("手工修改", "Edited by hand")


def with_edits(context: Context, report: Report) -> Report:
    """Say at a report's end of each batch among its sources who typed what is in it, and when."""
    numbers = sorted({number for block in report.blocks for number in _numbers(block)})
    if not numbers:
        return report
    lines = tuple(
        (_said(context, number).text(context.language), f"salescli log {number} --rows") for number in numbers
    )
    return replace(report, blocks=(*report.blocks, Prose("edited", lines, TITLE)))


def _said(context: Context, number: int) -> Title:
    batch = fetch_batch(context.store, number)
    at = f"{local_moment(context.workspace, batch.at):%Y-%m-%d %H:%M}"
    return Title(f"#{number} {batch.title}:{batch.by},{at}", f"#{number} {batch.title}: {batch.by}, {at}")


def _numbers(block: Block) -> Iterator[int]:
    for source in _sources(block):
        if found := _NUMBER.search(source):
            yield int(found[1])


def _sources(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        places = [place for place, column in enumerate(block.columns) if column.key == "source"]
        yield from (str(row[place] or "") for row in block.rows for place in places)
    elif isinstance(block, Trace):
        yield from _below(block.lines)
    elif isinstance(block, Prose):
        yield from (source for _, source in block.lines)


def _below(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield line.source
        yield from _below(line.children)
