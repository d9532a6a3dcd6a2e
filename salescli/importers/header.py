"""Find the header of a sheet, and what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from salescli.importers.names import Vocabulary, parse_header, sheet_unit, text_of_cell

LOOKED_AT = 20


class HeaderFound(NamedTuple):
    """The header: index of its (last) row, its texts, how many filled rows stand above, the unit these state.

    `depth` is 2 where two rows make the header together.
    """

    at: int
    texts: tuple[str, ...]
    title_rows: int
    unit: int | None
    depth: int = 1


def find_header(rows: Sequence[Sequence[Any]], vocabulary: Vocabulary, at: int | None = None) -> HeaderFound | None:
    """Return the header among the first rows, or None where no row looks like one.

    A row scores by the names it holds that some record type knows; text that is distinct and without gaps speaks
    for it, numbers and dates against it. `at` is the index of the row where it was stated.
    """
    head = [list(map(_cell, row)) for row in rows[:LOOKED_AT]] if at is None else None
    if head is None:
        at = at or 0
        head = [list(map(_cell, row)) for row in rows[: at + 1]]
        best = at if at < len(rows) else None
    else:
        scores = [_score(row, vocabulary) for row in head]
        best = max(range(len(head)), key=lambda index: (scores[index], -index), default=None)
        if best is not None and scores[best] <= 0:
            best = None
        if best is not None and best + 1 < len(head) and _continues(head[best], head[best + 1], vocabulary):
            best += 1
    if best is None:
        return None
    return _described(head, best, vocabulary)


def _cell(cell: Any) -> Any:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def _score(row: list[Any], vocabulary: Vocabulary) -> float:
    filled = [cell for cell in row if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
    if not texts:
        return 0
    names = [parse_header(text_of_cell(text)).name for text in texts]
    known = sum(vocabulary.is_known(name) for name in set(names))
    others = len(filled) - len(texts)
    if not known:
        return 0
    return known * 3 + 0.2 * len(set(names)) - (len(names) - len(set(names))) - others * 1.5


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "", 1).lstrip("+-¥$").isdigit()


def _described(head: list[list[Any]], index: int, vocabulary: Vocabulary) -> HeaderFound:
    texts, depth = _texts(head, index, vocabulary)
    above = [row for row in head[: index - depth + 1] if any(cell is not None for cell in row)]
    unit = next(
        (found for row in above for cell in row if isinstance(cell, str) and (found := sheet_unit(cell)) is not None),
        None,
    )
    return HeaderFound(index, texts, len(above), unit, depth)


def _continues(upper: list[Any], lower: list[Any], vocabulary: Vocabulary) -> bool:
    """Tell whether the next row is the second of a two-row header: names under group names, gaps under the others."""
    filled = [cell for cell in lower if cell is not None]
    if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled):
        return False
    known = sum(vocabulary.is_known(parse_header(text_of_cell(cell)).name) for cell in filled)
    has_gaps = any(below is None and above is not None for above, below in zip(upper, lower, strict=False))
    return has_gaps and known >= 2 and known * 2 > len(filled)


def _texts(head: list[list[Any]], index: int, vocabulary: Vocabulary) -> tuple[tuple[str, ...], int]:
    """Take the header's texts; gaps are filled from the row above where that holds header names too."""
    row = [text_of_cell(cell) for cell in head[index]]
    if index == 0:
        return tuple(row), 1
    above = [text_of_cell(cell) for cell in head[index - 1]]
    fills = [
        upper if not lower and upper and vocabulary.is_known(parse_header(upper).name) else ""
        for lower, upper in zip_longest(row, above, fillvalue="")
    ]
    if not any(fills):
        return tuple(row), 1
    return tuple(lower or fill for lower, fill in zip(row, fills, strict=True)), 2
