"""How wide columns must be: a Chinese character counts two, and every number fits, or Excel would show ####."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from heapq import nlargest

from salescli.core.table import Value
from salescli.render.cells import cell_width
from salescli.render.sheets import Cell

WIDEST, NARROWEST = 60, 6
_CANDIDATES = 200


def heading_width(heading: str) -> int:
    """Return the width of a heading, with room for the filter's button."""
    return cell_width(heading) + 3


def cell_widths(rows: Iterable[Sequence[Cell]], count: int) -> list[int]:
    """Return what rows of cells need, column by column."""
    widths = [0] * count
    for row in rows:
        for index, cell in enumerate(row):
            if cell.spills:
                continue
            widths[index] = max(widths[index], shown_width(cell) + cell.indent + 2)
    return widths


def longest_texts(texts: Iterable[str]) -> list[str]:
    """Return the few texts among which the widest is, without measuring each: by bytes, of which Chinese has more."""
    distinct = set(texts)
    if len(distinct) <= _CANDIDATES:
        return list(distinct)
    return nlargest(_CANDIDATES, distinct, key=lambda text: len(text) if text.isascii() else 2 * len(text))


def extremes(values: Sequence[Value]) -> list[Value]:
    """Return the values of a column among which the widest is."""
    numbers = [value for value in values if type(value) in (Decimal, int)]
    texts = [value for value in values if type(value) is str]
    others = next((value for value in values if type(value) is date), None)
    moment = next((value for value in values if type(value) is datetime), None)
    ends: list[Value] = [min(numbers), max(numbers)] if numbers else []  # type: ignore[type-var]
    return [*ends, *longest_texts(texts), *(one for one in (others, moment) if one is not None)]


def shown_width(cell: Cell) -> int:
    """Return how many characters a cell takes as Excel shows it."""
    if cell.is_bar:
        return 18
    if isinstance(cell.value, str):
        return max((cell_width(line) for line in cell.value[:200].split("\n")), default=0)
    if isinstance(cell.value, datetime):
        return 16
    if isinstance(cell.value, (int, Decimal)) and not isinstance(cell.value, bool):
        places = len(cell.number_format.partition(".")[2].rstrip("%"))
        if cell.number_format.endswith("%"):
            return len(f"{int(cell.value * 100)}") + places + 3
        digits = len(f"{int(cell.value):,d}") if "," in cell.number_format else len(str(cell.value))
        return digits + (places + 1 if places else 0) + (1 if cell.value < 0 and int(cell.value) == 0 else 0)
    return len(str(cell.value)) if cell.value is not None else 0


def within_bounds(widths: Iterable[int], widest: int = WIDEST) -> list[int]:
    """Return widths that are neither endless nor too thin to see."""
    return [min(max(width, NARROWEST), widest) for width in widths]
