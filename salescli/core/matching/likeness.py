"""Names that are nearly the same: which of many to hold against each other, and what forbids to take two for one.

How near two texts are is asked of a function that the caller gives; here is what nearness may not bridge (another
number, another direction) and how a hundred thousand names are paired without comparing all with all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

Likeness = Callable[[str, str], int]  # in thousandths

NEAR = 840  # of two keys, from here on "maybe"
WITHIN = 600  # where one key holds the other whole
_APART = re.compile(r"[0-9]+|[一二三四五六七八九十百甲乙丙丁东西南北]")
_BRANCH = re.compile(r"分公司|子公司|分行|支行|分部|办事处|门店|分店|工厂|branch|subsidiary")
_BLOCK = 40  # names that share a part; more of them say nothing of each other
_RARE = 4  # the rarest parts of a name are looked at
_NEIGHBOURS = 4
_SHORTEST = 4


def is_apart(one: str, other: str) -> bool:
    """Tell whether two names differ in a number, numeral or direction: 第一机床厂 is not 第二机床厂.

    >>> is_apart("北京第一机床厂", "北京第二机床厂"), is_apart("上海港通", "上海港同")
    (True, False)
    """
    return Counter(_APART.findall(one)) != Counter(_APART.findall(other))


def likeness(one: str, other: str, near: Likeness) -> int:
    """Return how alike two keys are in thousandths, 0 where they may not be taken for one or are too short to tell."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or one == other:
        return 1000 if one == other else 0
    found = near(one, other)
    is_within = long.startswith(short) or long.endswith(short)
    rest = long.replace(short, "", 1) if is_within else ""
    if found < (WITHIN if is_within else NEAR) or _BRANCH.search(rest):
        return 0
    if _APART.sub("", rest).strip() == "" if is_within else is_apart(one, other):
        return 0  # nothing but a number more, or another number
    if short.isascii() and len(short) < 6:
        return 0
    return max(found, 800) if is_within else found


def candidate_pairs(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places whose keys are worth a comparison, each once: they share a rare part, or stand next
    to each other read forwards or backwards. Linear in the number of keys but for sorting.
    """
    seen: set[tuple[int, int]] = set()
    for group in (*_by_rare_parts(keys), *_neighbours(keys)):
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if pair not in seen and keys[one] != keys[other]:
                    seen.add(pair)
                    yield pair


def _by_rare_parts(keys: Sequence[str]) -> Iterator[list[int]]:
    parts = [parts_of(key) for key in keys]
    counts = Counter(part for each in parts for part in each)
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(parts):
        shared = [part for part in each if 1 < counts[part] <= _BLOCK]
        for part in sorted(shared, key=lambda part: (counts[part], part))[:_RARE]:
            blocks[part].append(place)
    return (block for block in blocks.values() if len(block) > 1)


def parts_of(key: str) -> set[str]:
    """Return the parts of a key: pairs of Chinese characters, fours of letters."""
    if key.isascii():
        return {key[at : at + 4] for at in range(max(len(key) - 3, 0))}
    return {key[at : at + 2] for at in range(len(key) - 1)}


def _neighbours(keys: Sequence[str]) -> Iterator[list[int]]:
    for spelled in (list(keys), [key[::-1] for key in keys]):
        order = sorted(range(len(keys)), key=spelled.__getitem__)
        for at in range(len(order) - 1):
            for other in order[at + 1 : at + 1 + _NEIGHBOURS]:
                yield [order[at], other]
