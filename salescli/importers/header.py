"""Find the header of a sheet, and what stands above it.

A header may be of several rows: names under group names, and names merged down beside them. A group says nothing where
the name under it stands once; where a name stands under several groups, the text is both, `Q1 金额`, which no field is
called: it is proposed, never assumed. A name that simply stands twice is told apart as `金额 #2`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salescli.importers.names import Vocabulary, parse_header, sheet_unit, text_of_cell, title_unit
from salescli.importers.wide.headers import parse_period_name

LOOKED_AT = 20
LOOKED_FOR = 300  # how far a header is looked for that is then only named
_MOST_ROWS = 3

Merged = tuple[tuple[int, int], tuple[int, int]]


class HeaderFound(NamedTuple):
    """The header: index of its (last) row, its texts, how many filled rows stand above, the unit these state.

    `depth` is how many rows make the header together, `rows` all rows down to its last. `repeats` maps the column of
    a name that stood before to the column where it stood first, `under` the column of a combined text to its name.
    """

    at: int
    texts: tuple[str, ...]
    title_rows: int
    unit: int | None
    depth: int = 1
    rows: Sequence[Sequence[Any]] = ()
    repeats: Mapping[int, int] = {}
    under: Mapping[int, str] = {}


def find_header(
    rows: Sequence[Sequence[Any]], vocabulary: Vocabulary, at: int | None = None, merged: Sequence[Merged] = ()
) -> HeaderFound | None:
    """Return the header among the first rows, or None where no row looks like one.

    A row scores by the names it holds that some record type knows; text that is distinct and without gaps speaks
    for it, numbers and dates against it. `at` is the index of the row where it was stated, `merged` are the merged
    ranges by the same indexes.
    """
    if at is not None:
        if not 0 <= at < len(rows):
            return None
        return _described([list(map(_cell, row)) for row in rows[: at + 1]], at, vocabulary, merged)
    head = [list(map(_cell, row)) for row in rows[:LOOKED_AT]]
    scores = [_score(row, vocabulary) for row in head]
    best = max(range(len(head)), key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] <= 0:
        return None
    return _described(head, _last_row(head, best, vocabulary, merged), vocabulary, merged)


def far_header(rows: Sequence[Sequence[Any]], vocabulary: Vocabulary) -> int | None:
    """Return the index of a row beyond those looked at that holds three names or more."""
    for index, row in enumerate(rows[LOOKED_AT:LOOKED_FOR], LOOKED_AT):
        if len(known_names(row, vocabulary)) >= 3:
            return index
    return None


def known_names(row: Sequence[Any], vocabulary: Vocabulary) -> set[str]:
    """Return the different names in a row that some record type knows."""
    texts = {parse_header(text_of_cell(cell)).name for cell in row if isinstance(cell, str) and len(cell) < 60}
    return {name for name in texts if name and vocabulary.is_known(name)}


def _cell(cell: Any) -> Any:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def _score(row: list[Any], vocabulary: Vocabulary) -> float:
    filled = [cell for cell in row if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
    if not texts:
        return 0
    names = [parse_header(text_of_cell(text)).name for text in texts]
    known = sum(vocabulary.is_known(name) for name in set(names))
    # Twelve first days of months are the header of a plan by month, and no row of dates.
    firsts = {cell for cell in filled if isinstance(cell, date) and cell.day == 1}
    others = len(filled) - len(texts) - (len(firsts) if len(firsts) > 1 else 0)
    if not known:
        return 0
    return known * 3 + 0.2 * len(set(names)) - (len(names) - len(set(names))) - others * 1.5


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "", 1).lstrip("+-¥$").isdigit()


def _last_row(head: list[list[Any]], best: int, vocabulary: Vocabulary, merged: Sequence[Merged]) -> int:
    """Return the last row of the header: where its cells are merged down to, or where names stand in its gaps."""
    down = [bottom for (top, left), (bottom, _) in merged if top == best < bottom < best + _MOST_ROWS]
    if down and max(down) < len(head):
        return max(down)
    for offset in range(1, _MOST_ROWS):
        if best + offset < len(head) and _continues(head[best], head[best + offset], vocabulary):
            return best + offset
        if best + offset >= len(head) or not _is_group_row(head[best], head[best + offset]):
            break
    return best


def _continues(upper: list[Any], lower: list[Any], vocabulary: Vocabulary) -> bool:
    """Tell whether the next row is the second of a two-row header: names under group names, gaps under the others."""
    filled = [cell for cell in lower if cell is not None]
    if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled) or _names_months(upper):
        return False
    known = sum(vocabulary.is_known(parse_header(text_of_cell(cell)).name) for cell in filled)
    has_gaps = any(below is None and above is not None for above, below in zip(upper, lower, strict=False))
    return has_gaps and known >= 2 and known * 2 > len(filled)


def _names_months(row: list[Any]) -> bool:
    """A row of months is the last one of a header: under it stands what a person has not filled in yet."""
    names = (parse_period_name(text_of_cell(cell)) for cell in row if cell is not None)
    return sum(1 for name in names if name and name.span == "month") > 1


def _is_group_row(upper: list[Any], lower: list[Any]) -> bool:
    """Tell whether a row might stand between two rows of a header: text only, and gaps under the names."""
    filled = [cell for cell in lower if cell is not None]
    has_gaps = any(below is None and above is not None for above, below in zip(upper, lower, strict=False))
    return bool(filled) and has_gaps and all(isinstance(cell, str) and not _is_number(cell) for cell in filled)


def _title_unit(row: list[Any]) -> int | None:
    """A title stands alone in its row: `2026年销售目标(万元)`; a name above some columns is not the table's."""
    filled = [cell for cell in row if cell is not None]
    return title_unit(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) else None


def _described(head: list[list[Any]], index: int, vocabulary: Vocabulary, merged: Sequence[Merged]) -> HeaderFound:
    texts, depth = _filled_texts(head, index, vocabulary, merged)
    above = [row for row in head[: index - depth + 1] if any(cell is not None for cell in row)]
    unit = next(
        (found for row in above for cell in row if isinstance(cell, str) and (found := sheet_unit(cell)) is not None),
        None,
    )
    if unit is None:
        unit = next((found for row in above if (found := _title_unit(row)) is not None), None)
    groups = _groups(head, index, texts, merged)
    under = _under_groups(texts, groups)
    for column, group in under.items():
        texts[column], under[column] = f"{group} {texts[column]}", texts[column]
    if under and depth == 1:
        depth, above = 2, [row for row in above if row is not head[index - 1]]
    repeats = _told_apart(texts)
    return HeaderFound(index, tuple(texts), len(above), unit, depth, head[: index + 1], repeats, under)


def _filled_texts(
    head: list[list[Any]], index: int, vocabulary: Vocabulary, merged: Sequence[Merged]
) -> tuple[list[str], int]:
    """Take the header's texts; gaps are filled by names merged down from above, or that stand there."""
    texts, depth = [text_of_cell(cell) for cell in head[index]], 1
    down = {(top, left) for (top, left), (bottom, _) in merged if top < index <= bottom}
    for row in range(index - 1, max(index - _MOST_ROWS, -1), -1):
        is_near = row == index - 1 or depth > 1
        fills = {
            column: text_of_cell(cell)
            for column, cell in enumerate(head[row])
            if cell is not None
            and column < len(texts)
            and not texts[column]
            and ((row, column) in down or (is_near and vocabulary.is_known(parse_header(text_of_cell(cell)).name)))
        }
        if fills:
            depth = index - row + 1
            for column, text in fills.items():
                texts[column] = text
    return texts, depth


def _groups(head: list[list[Any]], index: int, texts: list[str], merged: Sequence[Merged]) -> list[str]:
    """Return what stands above each name, over all rows above that hold groups and no titles."""
    groups = [""] * len(texts)
    for row in range(index - 1, max(index - _MOST_ROWS, -1), -1):
        named = [column for column, text in enumerate(texts) if text]
        spread = _spread(head[row], row, named, merged).items()
        found = {column: text for column, text in spread if text != texts[column]}
        if len({*found.values()}) < 2:
            continue  # a title
        for column, text in found.items():
            if text not in groups[column]:
                groups[column] = f"{text} {groups[column]}".strip()
    return groups


def _spread(row: list[Any], at: int, columns: list[int], merged: Sequence[Merged]) -> dict[int, str]:
    """Spread a row of group names over the columns they are merged over; without merged cells, up to the next."""
    spans = {left: right for (top, left), (_, right) in merged if top == at}
    found: dict[int, str] = {}
    text, until = "", -1
    for column, cell in enumerate(row):
        if cell is not None:
            text = text_of_cell(cell) if isinstance(cell, str) and sheet_unit(cell) is None else ""
            text = "" if ":" in text or "：" in text else text
            until = spans.get(column, column) if merged else len(row)
        if text and column <= until and column in columns:
            found[column] = text
    return found


def _under_groups(texts: list[str], groups: list[str]) -> dict[int, str]:
    """Return the group of each name that stands under several different ones."""
    places: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        if text:
            places.setdefault(parse_header(text).name, []).append(column)
    return {
        column: groups[column]
        for columns in places.values()
        if len({groups[column] for column in columns}) > 1
        for column in columns
        if groups[column]
    }


def _told_apart(texts: list[str]) -> dict[int, int]:
    """Give a name that stood before a number, and return where it stood first."""
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for column, text in enumerate(texts):
        name = parse_header(text).name
        if not name or text.startswith("_"):
            continue
        if name in first:
            counts[name] += 1
            texts[column] = f"{text} #{counts[name]}"
            repeats[column] = first[name]
        else:
            first[name], counts[name] = column, 1
    return repeats
