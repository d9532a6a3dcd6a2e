"""The name that somebody may have meant who wrote another one: proposed to be accepted once, so never a silly one.

Equal but for legal form, spaces and width comes first. Chinese names of people are two or three characters, where any
two of one family are half equal: there only a character of the same sound is a slip. The sound is read off the order of
the national character set, whose common characters stand by their pinyin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from salescli.core.matching.company import company_key, company_words, name_key
from salescli.core.matching.likeness import Likeness, is_apart, parts_of

SAME_SOUND = 12  # characters of one pinyin stand this near each other
_LONG_HAN, _LONG_LATIN = 4, 4
_ENOUGH = 800
_FEW = 30  # names that share most parts are looked at
_COMMON = 2000  # a part that more names have says little


class NameIndex:
    """Names to be found by what is nearly the same; a name that two records share is never proposed."""

    def __init__(self, names: Iterable[str], near: Likeness, *, are_companies: bool = False) -> None:
        counts = Counter(names)
        self._near = near
        self._key = company_key if are_companies else name_key
        self._are_companies = are_companies
        self._names = sorted(name for name, count in counts.items() if count == 1)
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._by_part: defaultdict[str, list[int]] = defaultdict(list)
        self._by_mask: defaultdict[str, list[int]] = defaultdict(list)
        self._spelled: list[tuple[str, ...]] = []
        for place, name in enumerate(self._names):
            self._by_key[self._key(name)].append(name)
            spelled = self._spellings(name)
            self._spelled.append(spelled)
            for part in {part for words in spelled for part in parts_of(words)}:
                self._by_part[part].append(place)
            for mask in _masks(spelled[0]):
                self._by_mask[mask].append(place)

    def _spellings(self, name: str) -> tuple[str, ...]:
        """Return what is compared; the slip may be in the legal form itself, where that is a word of letters."""
        if not self._are_companies:
            return (name_key(name),)
        plain = name_key(name)
        return (company_words(name), plain) if plain.isascii() else (company_words(name),)

    def find(self, text: str) -> str:
        """Return the one name that was probably meant, or "" where there is none, or more than one as near.

        >>> from difflib import SequenceMatcher
        >>> near = lambda one, other: int(1000 * SequenceMatcher(None, one, other).ratio())
        >>> products = NameIndex(["GTX Pro", "GTX Basic", "MG Special"], near)
        >>> products.find("GTXPro"), products.find("GTX Basik"), products.find("ABC")
        ('GTX Pro', 'GTX Basic', '')
        >>> people = NameIndex(["王芳", "王磊", "赵磊"], near)
        >>> people.find("王方"), people.find("王强")
        ('王芳', '')
        """
        equal = self._by_key.get(self._key(text), [])
        if equal:
            return equal[0] if len(equal) == 1 else ""
        found = sorted(self._candidates(self._spellings(text)), key=lambda pair: (-pair[0], pair[1]))
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return ""
        return found[0][1]

    def _candidates(self, spelled: tuple[str, ...]) -> list[tuple[int, str]]:
        """Hold a text against the names that share most of its rarer parts, or all but one of few characters."""
        shared: Counter[int] = Counter()
        for part in {part for words in spelled for part in parts_of(words)}:
            places = self._by_part.get(part, [])
            if len(places) <= _COMMON:
                shared.update(places)
        wanted = {place for place, _ in shared.most_common(_FEW)}
        for mask in _masks(spelled[0]):
            wanted.update(self._by_mask.get(mask, [])[:_COMMON])
        scored = ((self._score(spelled, place), self._names[place]) for place in wanted)
        return [pair for pair in scored if pair[0]]

    def _score(self, spelled: tuple[str, ...], place: int) -> int:
        pairs = zip(spelled, self._spelled[place], strict=False)
        return max(meant(one, other, self._near) for one, other in pairs)


def _masks(words: str) -> list[str]:
    """Return a short Chinese name with each of its characters left out once, its place kept."""
    if words.isascii() or len(words) > _LONG_HAN:
        return []
    return [f"{words[:at]}*{words[at + 1 :]}" for at in range(len(words))]


def meant(one: str, other: str, near: Likeness) -> int:
    """Return how surely somebody who wrote one meant the other in thousandths, 0 where it is not to be proposed."""
    if not one or not other or is_apart(one, other):
        return 0
    is_short = max(len(one), len(other)) <= (_LONG_LATIN - 1 if one.isascii() else _LONG_HAN - 1)
    if is_short or (not one.isascii() and len(one) == len(other) <= _LONG_HAN):
        return _same_sound(one, other)
    score = near(one, other)
    return score if score >= _ENOUGH else 0


def _same_sound(one: str, other: str) -> int:
    """Return some 900 where one character of an otherwise equal Chinese name has the sound of the other's, else 0."""
    if len(one) != len(other) or one.isascii():
        return 0
    differing = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    if len(differing) != 1:
        return 0
    places = [_place(character) for character in differing[0]]
    if -1 in places or abs(places[0] - places[1]) > SAME_SOUND:
        return 0
    return 900 - abs(places[0] - places[1])


def _place(character: str) -> int:
    """Return where a common character stands in the order of pinyin, or -1."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return -1
    if len(code) != 2 or not 0xB0 <= code[0] <= 0xD7:
        return -1
    return (code[0] - 0xB0) * 94 + code[1] - 0xA1
