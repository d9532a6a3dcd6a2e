"""Lines drawn with characters: eight braille dots to a cell, or one sign where a console knows only ASCII."""

from __future__ import annotations

from collections.abc import Iterator

_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of column and row inside a cell
_BRAILLE = 0x2800


class Canvas:
    """A grid of cells; dots are counted from its lower left corner."""

    def __init__(self, width: int, height: int, ascii_signs: bool) -> None:
        self.width, self.height, self._ascii = width, height, ascii_signs
        self.dots_across, self.dots_up = (width, height) if ascii_signs else (2 * width, 4 * height)
        self._bits: dict[tuple[int, int], int] = {}
        self._signs: dict[tuple[int, int], str] = {}

    def cell(self, x: int, y: int) -> tuple[int, int]:
        """Return the row (from the top) and the column of the cell that holds a dot."""
        across, up = (1, 1) if self._ascii else (2, 4)
        return self.height - 1 - y // up, x // across

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw from one dot to another, without a gap."""
        for x, y in _between(start, end):
            across, up = (0, 0) if self._ascii else (x % 2, 3 - y % 4)
            cell = self.cell(x, y)
            self._bits[cell] = self._bits.get(cell, 0) | _BITS[across][up]

    def put(self, dot: tuple[int, int], sign: str) -> None:
        """Put a sign over whatever the cell of a dot shows."""
        self._signs[self.cell(*dot)] = sign

    def rows(self) -> list[list[str]]:
        """Return the cells, from the top, a space where nothing is."""
        return [[self._shown((row, column)) for column in range(self.width)] for row in range(self.height)]

    def _shown(self, cell: tuple[int, int]) -> str:
        if cell in self._signs:
            return self._signs[cell]
        bits = self._bits.get(cell)
        return " " if bits is None else "." if self._ascii else chr(_BRAILLE + bits)


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Every dot of a line: each is beside or above the one before it."""
    (x, y), (last_x, last_y) = start, end
    steps = max(abs(last_x - x), abs(last_y - y))
    for step in range(steps + 1):
        yield x + _nearest((last_x - x) * step, steps), y + _nearest((last_y - y) * step, steps)


def _nearest(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below) if below else 0
