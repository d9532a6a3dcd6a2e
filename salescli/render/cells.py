"""The width of text in terminal cells, and what follows from it: padding, cutting, wrapping.

Chinese characters take two cells, combining marks none. Ambiguous characters (`·`, `—`, `█`) count one, as
today's terminals draw them.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, combining, east_asian_width

CLOSING = "，。、；：？！）》」』】,.;:?!)"  # never at the beginning of a line
_AMOUNT = re.compile(r"(?:^|(?<=[\s(:=(:,、;]))[-+−]?\d[\d,.]*$")


@cache
def _character_width(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def cell_width(text: str) -> int:
    """Return how many terminal cells a printable text takes.

    >>> cell_width("华东 East")
    9
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


def pad(text: str, width: int, align: str = "left") -> str:
    """Fill a text with spaces up to `width` cells; a longer one is returned as it is."""
    missing = " " * (width - cell_width(text))
    return missing + text if align == "right" else text + missing


def cut(text: str, width: int, mark: str = "…", keep: str = "start") -> str:
    """Shorten a text to at most `width` cells, with a mark where something is missing.

    `keep="end"` drops the beginning: of an address such as `inbox/receipts.xlsx!回款!17` the end tells more; "both"
    drops the middle. An amount is never cut: half of one would be another.

    >>> cut("上海港通物流", 8), cut("inbox/r.xlsx!回款!17", 9, keep="end"), cut("Americas plan H2", 11, keep="both")
    ('上海港…', '…!回款!17', 'Ameri…an H2')
    >>> cut("below zero -1,565.17", 16)
    'below zero…'
    """
    if cell_width(text) <= width:
        return text
    room = width - cell_width(mark)
    if room <= 0:
        return mark[: max(width, 0)]
    if keep == "both":
        head, tail = _prefix(text, (room + 1) // 2), _prefix(text[::-1], room // 2)[::-1]
        return head.rstrip() + mark + tail.lstrip()
    if keep == "end":
        return mark + _prefix(text[::-1], room)[::-1].lstrip()
    kept = _prefix(text, room)
    amount = _AMOUNT.search(kept) if text[len(kept)] in "0123456789,." else None
    return (kept[: amount.start()] if amount else kept).rstrip() + mark


def _prefix(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:index]
    return text


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells: at spaces, or between Chinese characters.

    A single word wider than a line is broken, so that no line is ever wider.

    >>> wrap("口径:首次回款满两万", 8)
    ['口径:首', '次回款满', '两万']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if cell_width(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        while cell_width(piece.rstrip()) > width > 1:
            head = _prefix(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
        line = piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """The parts between which a line may end; each carries its trailing spaces and closing punctuation."""
    pieces: list[str] = []
    for character in text:
        if pieces and (character == " " or character in CLOSING or _joins(pieces[-1][-1], character)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _joins(before: str, after: str) -> bool:
    """Two characters stay together inside a word; a space and a wide character let a line end."""
    return before != " " and _character_width(before) != 2 and _character_width(after) != 2
