"""Records that may be one: evidence for each pair, evidence against, and the groups that follow.

What identifies a record comes first, then equal names, then names that are alike, which is only proposed. Two tax ids
are two companies, whatever else agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from salescli.core.matching.likeness import Likeness, candidate_pairs, likeness

MOST_SHARED = 20  # a value that more records share (a switchboard) identifies none of them
WEIGHTS: Mapping[str, int] = {"tax-id": 100, "email": 95, "phone": 92, "name": 90, "domain": 85, "same-name": 70}
FIRM = 85  # from here on a pair is "same", below "maybe"
Reason = Literal["tax-id", "email", "phone", "domain", "name", "same-name", "alike"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as it is compared: its name's key and words, what identifies it, and the value that tells two apart.

    `is_named_surely` is False where equal names say little (two people may share a name).
    """

    entity: int
    key: str
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: str = ""
    words: str = ""  # for likeness; "" takes no part in it
    is_named_surely: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, how surely they are one (0 to 100), and why: (reason, value)."""

    one: int
    other: int
    score: int
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that may be one, the pairs that tie them, the lowest score among the best ties."""

    entities: tuple[int, ...]
    pairs: tuple[Pair, ...]
    score: int

    @property
    def is_firm(self) -> bool:
        """Tell whether something identifying or an equal name ties them, rather than mere likeness."""
        return self.score >= FIRM


@dataclass(slots=True)
class Duplicates:
    """Groups, surest first; pairs that agree in something but have two tax ids; values that too many share."""

    groups: list[Group] = field(default_factory=list)
    denied: list[Pair] = field(default_factory=list)
    common: list[tuple[str, str, int]] = field(default_factory=list)


def find_duplicates(subjects: Sequence[Subject], near: Likeness | None) -> Duplicates:
    """Return the groups of records that may be one; `near` None leaves mere likeness out."""
    found = Duplicates()
    reasons: dict[tuple[int, int], list[tuple[str, str, int]]] = defaultdict(list)
    _equal_values(subjects, reasons, found)
    if near is not None:
        _alike(subjects, reasons, near)
    only = {one.entity: one.only for one in subjects}
    pairs: list[Pair] = []
    for (one, other), why in reasons.items():
        best = max(score for _, _, score in why)
        score = min(100, best + 2 * (len(why) - 1)) if best >= FIRM else min(FIRM - 1, best + 5 * (len(why) - 1))
        pair = Pair(one, other, score, tuple((reason, value) for reason, value, _ in why))
        is_denied = only[one] and only[other] and only[one] != only[other]
        (found.denied if is_denied else pairs).append(pair)
    found.denied.sort(key=_order)
    firm = _grouped([pair for pair in pairs if pair.score >= FIRM], only)
    tied = {entity: place for place, group in enumerate(firm) for entity in group.entities}
    loose = [  # two members of one sure group need no proposal
        pair for pair in pairs if pair.score < FIRM and tied.get(pair.one, -1) != tied.get(pair.other, -2)
    ]
    found.groups = [*firm, *_grouped(loose, only)]
    return found


def _equal_values(
    subjects: Sequence[Subject], reasons: dict[tuple[int, int], list[tuple[str, str, int]]], found: Duplicates
) -> None:
    shared: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    unsure = {one.entity for one in subjects if not one.is_named_surely}
    for each in subjects:
        for kind, values in each.identifiers.items():
            for value in values:
                shared[kind, value].append(each.entity)
        if each.key:
            shared["name", each.key].append(each.entity)
    for (kind, value), entities in shared.items():
        if len(entities) > MOST_SHARED:
            found.common.append((kind, value, len(entities)))
            continue
        for at, one in enumerate(entities):
            for other in entities[at + 1 :]:
                reason = "same-name" if kind == "name" and {one, other} & unsure else kind
                reasons[min(one, other), max(one, other)].append((reason, value, WEIGHTS[reason]))
    found.common.sort(key=lambda one: (-one[2], one))


def _alike(
    subjects: Sequence[Subject], reasons: dict[tuple[int, int], list[tuple[str, str, int]]], near: Likeness
) -> None:
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for each in subjects:
        if each.words:
            by_key[each.words].append(each.entity)
    keys = sorted(by_key)
    for first, second in candidate_pairs(keys):
        score = likeness(keys[first], keys[second], near)
        if not score or len(by_key[keys[first]]) * len(by_key[keys[second]]) > MOST_SHARED:
            continue
        for one in by_key[keys[first]]:
            for other in by_key[keys[second]]:
                value = f"{score // 10} %"
                reasons[min(one, other), max(one, other)].append(("alike", value, min(FIRM - 1, score // 10 - 15)))


def _grouped(pairs: Sequence[Pair], only: Mapping[int, str]) -> list[Group]:
    """Tie pairs into groups, surest first; a group never holds two tax ids."""
    root: dict[int, int] = {}
    ids: dict[int, str] = {}

    def top(entity: int) -> int:
        while root.setdefault(entity, entity) != entity:
            root[entity] = root[root[entity]]
            entity = root[entity]
        return entity

    used: list[Pair] = []
    for pair in sorted(pairs, key=_order):
        one, other = top(pair.one), top(pair.other)
        first, second = ids.get(one, only[one]), ids.get(other, only[other])
        if first and second and first != second:
            continue
        used.append(pair)
        root[max(one, other)] = min(one, other)
        ids[min(one, other)] = first or second
    by_root: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in used:
        by_root[top(pair.one)].append(pair)
    groups = []
    for ties in by_root.values():
        members = sorted({entity for pair in ties for entity in (pair.one, pair.other)})
        best = [max(pair.score for pair in ties if entity in (pair.one, pair.other)) for entity in members]
        groups.append(Group(tuple(members), tuple(ties), min(best)))
    return sorted(groups, key=lambda group: (-group.score, group.entities))


def _order(pair: Pair) -> tuple[int, int, int]:
    return (-pair.score, pair.one, pair.other)
