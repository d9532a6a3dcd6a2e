"""Numbers of contracts in free text: `付HT-2026-0012第二期` names one, and not HT-2026-001.

A number counts where it stands whole: width and case do not matter, what adjoins it does. Numbers too short to tell
anything (`12`, `2026`) are never looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_TOKEN = re.compile(r"[0-9a-z]+(?:[-_./#][0-9a-z]+)*")
_LISTED = re.compile(r"[/#]")
_SHORTEST, _SHORTEST_FIGURES = 4, 6


def plain(text: str) -> str:
    """Return a text as numbers are compared: width, case and kinds of dashes do not count.

    >>> plain("ＨＴ－２０２６–001")
    'ht-2026-001'
    """
    return unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().strip()


def is_telling(number: str) -> bool:
    """Tell whether a number, plain, is long enough that a text does not hold it by chance.

    >>> is_telling("ht01"), is_telling("2026"), is_telling("202603"), is_telling("合同")
    (True, False, True, False)
    """
    signs = [sign for sign in number if sign.isalnum()]
    if not any(sign.isdigit() for sign in signs):
        return False
    return len(signs) >= (_SHORTEST_FIGURES if all(sign.isdigit() for sign in signs) else _SHORTEST)


class NumberIndex:
    """The numbers of all contracts, ready to be found in texts."""

    def __init__(self, numbers: Mapping[int, str]) -> None:
        """Index numbers by contract."""
        self._whole: dict[str, set[int]] = {}
        self._inside: dict[str, list[tuple[str, int]]] = {}  # other writing in it: by its longest token
        for contract, written in numbers.items():
            number = plain(written)
            if not is_telling(number):
                continue
            if _TOKEN.fullmatch(number):
                self._whole.setdefault(number, set()).add(contract)
            elif tokens := _TOKEN.findall(number):
                self._inside.setdefault(max(tokens, key=len), []).append((number, contract))

    def find(self, texts: Iterable[str]) -> list[int]:
        """Return the contracts that texts name, in the order of their ids.

        >>> index = NumberIndex({1: "HT-2026-001", 2: "HT-2026-0012", 3: "合(2026)15号"})
        >>> index.find(["货款ht-2026-0012"]), index.find(["HT-2026-001/HT-2026-0012"])
        ([2], [1, 2])
        >>> index.find(["付合（2026）15号款"])
        [3]
        """
        found: set[int] = set()
        for written in texts:
            if written:
                found |= self._find_in(plain(written))
        return sorted(found)

    def _find_in(self, text: str) -> set[int]:
        tokens = list(dict.fromkeys(_TOKEN.findall(text)))
        found: set[int] = set()
        for token in tokens:
            whole = self._whole.get(token)
            for part in [token] if whole else _LISTED.split(token):
                found |= self._whole.get(part) or self._whole.get(part.removeprefix("no."), set())
        spans = [
            (start, start + len(number), contract)
            for token in tokens
            for number, contract in self._inside.get(token, ())
            for start in _places(text, number)
        ]
        return found | {one for start, end, one in spans if not _is_within(start, end, spans)}


def _places(text: str, number: str) -> Iterable[int]:
    """Yield where a number stands with nothing adjoining that would make it another number."""
    start = text.find(number)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(number) :]
        if not (_adjoins(before) and _adjoins(number[:1])) and not _goes_on(number[-1], after):
            yield start
        start = text.find(number, start + 1)


def _adjoins(sign: str) -> bool:
    return bool(sign) and sign.isascii() and (sign.isalnum() or sign in "-_.")


def _goes_on(last: str, after: str) -> bool:
    if re.match(r"[-_./#]?[0-9a-z]", after) is None:
        return False
    return last.isascii() or re.match(r"[-_./#]", after) is not None


def _is_within(start: int, end: int, spans: list[tuple[int, int, int]]) -> bool:
    return any(first <= start and end <= last and last - first > end - start for first, last, _ in spans)
