"""What leaves the company says no folder of anybody's disk: a file outside the workspace is named without it."""

from __future__ import annotations

import re
from dataclasses import replace

from salescli.core.table import Block, Line, Prose, Report, Table, Trace

_ABSOLUTE = re.compile(r"^(?:/|[A-Za-z]:[\\/]|\\\\)")


def without_folders(report: Report) -> Report:
    """Return a report whose sources are inside the workspace, or the name of a file."""
    return replace(report, blocks=tuple(_block(block) for block in report.blocks))


def file_alone(source: str) -> str:
    r"""Return an address without the folders of an absolute path; one inside the workspace stays.

    >>> file_alone("/home/li/回款.xlsx!回款!17"), file_alone(r"C:\Users\li\a.csv!6"), file_alone("inbox/a.csv!6")
    ('回款.xlsx!回款!17', 'a.csv!6', 'inbox/a.csv!6')
    """
    if not _ABSOLUTE.match(source):
        return source
    path, mark, cell = source.partition("!")
    return re.split(r"[\\/]", path)[-1] + mark + cell


def _block(block: Block) -> Block:
    if isinstance(block, Table):
        at = [place for place, column in enumerate(block.columns) if column.key == "source"]
        rows = tuple(
            tuple(file_alone(cell) if place in at and isinstance(cell, str) else cell for place, cell in enumerate(row))
            for row in block.rows
        )
        return replace(block, rows=rows) if at else block
    if isinstance(block, Trace):
        return replace(block, lines=tuple(_line(line) for line in block.lines))
    if isinstance(block, Prose):
        return replace(block, lines=tuple((text, file_alone(source)) for text, source in block.lines))
    return block


def _line(line: Line) -> Line:
    return replace(line, source=file_alone(line.source), children=tuple(_line(child) for child in line.children))
