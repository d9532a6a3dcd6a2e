"""Rounding a table of exact shares to whole units, so that rows and columns both add up.

Rows are people, columns are months. Every cell becomes the floor or the ceiling of its exact share; every column
adds up to its total; every row adds up to its exact total, or to the floor or ceiling of it where that is no whole
number. Month by month, whoever has been given least of what is due gets the next unit; where that leaves a row
off at the end, units change hands inside a month along the shortest chain. Such a rounding always exists
(the table is a flow network with whole capacities). Everything is an integer; ties go to the earlier row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class _Board:
    """The table while it is rounded: floors, what is over them, who got an extra unit when.

    `over` and `due` (what has come over the floors so far) are numerators; `given` counts extra units.
    """

    floors: list[list[int]]
    over: list[list[int]]
    extra: list[list[bool]]
    due: list[int]
    given: list[int]
    least: list[int]
    most: list[int]


def carry_units(numerators: Sequence[Sequence[int]], denominator: int, columns: Sequence[int]) -> list[list[int]]:
    """Round `numerators[row][column] / denominator` to whole units.

    Args:
        numerators: exact shares in units, times the denominator; each column sums to its total times it.
        denominator: what all of them are divided by, above zero.
        columns: the whole units of each column.

    >>> carry_units([[100, 100], [100, 100], [100, 100]], 300, [1, 1])
    [[1, 0], [0, 1], [0, 0]]
    """
    board = _open_board(numerators, denominator)
    for column, total in enumerate(columns):
        _give(board, denominator, column, total - sum(row[column] for row in board.floors))
    _settle(board)
    return [
        [floor + taken for floor, taken in zip(floors, extra, strict=True)]
        for floors, extra in zip(board.floors, board.extra, strict=True)
    ]


def _open_board(numerators: Sequence[Sequence[int]], denominator: int) -> _Board:
    cut = [[divmod(value, denominator) for value in row] for row in numerators]
    floors = [[floor for floor, _ in row] for row in cut]
    over = [[rest for _, rest in row] for row in cut]
    totals = [sum(row) for row in over]
    return _Board(
        floors,
        over,
        [[False] * len(row) for row in over],
        [0] * len(over),
        [0] * len(over),
        [total // denominator for total in totals],
        [-(-total // denominator) for total in totals],
    )


def _give(board: _Board, denominator: int, column: int, units: int) -> None:
    """Hand out the units of a column that the floors leave, at most one to a row."""
    ahead: list[tuple[int, int]] = []
    for row, over in enumerate(board.over):
        part = over[column]
        if part:
            board.due[row] += part
            ahead.append((board.given[row] * denominator - board.due[row], row))
    ahead.sort()
    for _, row in ahead[:units]:
        board.extra[row][column] = True
        board.given[row] += 1


def _settle(board: _Board) -> None:
    """Move units until every row ends at its total."""
    for row in range(len(board.given)):
        while board.given[row] > board.most[row]:
            _pass_on(board, row, giving=True)
        while board.given[row] < board.least[row]:
            _pass_on(board, row, giving=False)


def _pass_on(board: _Board, start: int, giving: bool) -> None:
    """Pass one unit from a row that has too many (or to one that has too few) along the shortest chain of months."""
    came: dict[int, tuple[int, int]] = {start: (start, -1)}
    seen: set[int] = set()
    queue = deque([start])
    while queue:
        row = queue.popleft()
        for column in range(len(board.over[row])):
            if column in seen or not _can(board, row, column, giving):
                continue
            seen.add(column)
            for other in range(len(board.over)):
                if other in came or not _can(board, other, column, not giving):
                    continue
                came[other] = (row, column)
                if _has_room(board, other, giving):
                    _swap(board, came, other, giving)
                    return
                queue.append(other)
    raise AssertionError("a table of exact shares can always be rounded")


def _can(board: _Board, row: int, column: int, giving: bool) -> bool:
    """Tell whether a row can give (or take) a unit in a column."""
    return board.extra[row][column] if giving else board.over[row][column] > 0 and not board.extra[row][column]


def _has_room(board: _Board, row: int, giving: bool) -> bool:
    return board.given[row] < board.most[row] if giving else board.given[row] > board.least[row]


def _swap(board: _Board, came: dict[int, tuple[int, int]], end: int, giving: bool) -> None:
    row = end
    while came[row][1] >= 0:
        before, column = came[row]
        board.extra[row][column] = giving
        board.extra[before][column] = not giving
        board.given[row] += 1 if giving else -1
        board.given[before] -= 1 if giving else -1
        row = before
