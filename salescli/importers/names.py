"""Headers as names: normalised text, the unit a header states, and the fields of all types by what people call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from salescli.core.records.model import Field, RecordType
from salescli.core.records.registry import Registry

_SCALES = {
    "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000,
    "k": 1_000, "thousand": 1_000, "thousands": 1_000, "000": 1_000, "'000": 1_000, "000s": 1_000, "w": 10_000,
    "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "": 1,
}  # fmt: skip
_MONEY = r"人民币|美元|美金|欧元|港元|港币|日元|英镑|rmb|cny|usd|eur|hkd|gbp|jpy|us\$|hk\$|[¥$€£]"
_SCALE = "|".join(sorted(filter(None, _SCALES), key=len, reverse=True))
_UNIT = re.compile(rf"(?:in)?(?:{_MONEY})?(?:in)?({_SCALE})?(元)?(?:{_MONEY})?$")
# A currency is no unit: 金额(人民币) under 单位:万元 holds 万元.
_CURRENCY = re.compile(rf"(?:{_MONEY})$")
_NO_MEANING = frozenset(["%", "含税", "必填", "选填", "可选", "required", "optional", *"个件台套天人"])
BRACKETS = re.compile(r"[(\[{【〔<《]([^()\[\]{}【】〔〕<>《》]*)[)\]}】〕>》]")
_TRAILING_UNIT = re.compile(r"[/_,、:;·-]\s*(元|千元|万元|百万元|亿元|%)$")
_NOISE = re.compile(r"[\W_]+")
_SHEET_UNIT = re.compile(
    rf"(?:金额|货币)?单位\s*[:为]?\s*(?P<zh>(?:{_MONEY})?\s*(?:{_SCALE})?\s*(?:元|{_MONEY}))"
    rf"|\bunits?\s*:\s*(?P<en>(?:{_MONEY})?\s*(?:{_SCALE})\b)|\((?P<in>in\s+(?:{_MONEY})?\s*(?:{_SCALE})(?:\s+of\s.*)?)\)"
)


class Header(NamedTuple):
    """A header cell: as written, normalised, and the unit and percent sign it states."""

    text: str
    name: str
    unit: int | None
    is_percent: bool


@lru_cache(maxsize=4096)
def parse_header(text: str) -> Header:
    """Read a header: `金额(万元)` is named `金额` and has the unit 10,000.

    >>> parse_header("回款金额 (万元)*")
    Header(text='回款金额 (万元)*', name='回款金额', unit=10000, is_percent=False)
    """
    body = unicodedata.normalize("NFKC", text).casefold()
    unit: int | None = None
    is_percent = False
    for inner in BRACKETS.findall(body):
        word = inner.replace(" ", "").removeprefix("单位").lstrip(":")
        stated = _unit(word)
        unit = unit if stated is None else stated
        is_percent = is_percent or word == "%"
    body = BRACKETS.sub(_kept, body)
    if match := _TRAILING_UNIT.search(body):
        is_percent = is_percent or match[1] == "%"
        unit = unit if match[1] == "%" else _unit(match[1])
        body = body[: match.start()]
    is_percent = is_percent or body.rstrip(" *").endswith("%")
    return Header(text, _NOISE.sub("", body), unit, is_percent)


def _kept(match: re.Match[str]) -> str:
    """Brackets around a unit say nothing about the field; any other bracket does: 金额(不含税) is not 金额."""
    word = match[1].replace(" ", "").removeprefix("单位").lstrip(":")
    has_no_meaning = not word or word in _NO_MEANING or _CURRENCY.match(word) or _unit(word) is not None
    return "" if has_no_meaning else f" {match[1]} "


def _unit(word: str) -> int | None:
    """Return what a word multiplies by: 万元, 千美元, $k; a currency alone, or another word, is no unit."""
    match = _UNIT.match(word)
    return _SCALES[match[1] or ""] if match and (match[1] or match[2]) else None


def folded(text: str) -> str:
    """Return a name as names compare: width, case, spaces and punctuation do not count."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def sheet_unit(text: str) -> int | None:
    """Return the multiplier that a cell above the table states, `单位:万元`; None where it states none."""
    match = _SHEET_UNIT.search(unicodedata.normalize("NFKC", text).strip().casefold())
    if match is None:
        return None
    word = match["zh"] or match["en"] or match["in"].partition(" of ")[0]
    return _unit(word.replace(" ", ""))


def title_unit(text: str) -> int | None:
    """Return the multiplier that a title ends with, in brackets; a number of people or of thousands is none.

    >>> [title_unit(text) for text in ("2026年目标(万元)", "目标（单位：千元）", "大客户(万人)", "目标(草稿)")]
    [10000, 1000, None, None]
    """
    body = unicodedata.normalize("NFKC", text).casefold().strip()
    words = BRACKETS.findall(body)
    if not words or body[-1].isalnum():
        return None
    word = words[-1].replace(" ", "").removeprefix("单位").lstrip(":")
    return _unit(word) if word.endswith("元") else None


class Called(NamedTuple):
    """A field by one of its names; `rank` is the place among them: aliases as declared, after both titles."""

    field: Field
    rank: int


class Vocabulary:
    """The names of the fields of all types, and which types know a name."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.types = tuple(each for each in registry.types if not each.internal)
        self.by_type: dict[str, dict[str, list[Called]]] = {each.name: _names_of(each) for each in self.types}
        self.known: dict[str, set[str]] = {}
        for type_name, names in self.by_type.items():
            for name in names:
                self.known.setdefault(name, set()).add(type_name)

    def fields(self, type_name: str, name: str) -> list[Called]:
        """Return the fields of a type that a normalised header may mean."""
        return self.by_type[type_name].get(name, [])

    def is_known(self, name: str) -> bool:
        """Tell whether some type has a field of that name."""
        return name in self.known


def _names_of(record_type: RecordType) -> dict[str, list[Called]]:
    names: dict[str, list[Called]] = {}
    for each in record_type.given:
        written = (each.title.zh, each.title.en, each.name, *each.aliases)
        for rank, text in enumerate(dict.fromkeys(map(_header_name, written))):
            if text:
                names.setdefault(text, []).append(Called(each, rank))
    return names


def _header_name(text: str) -> str:
    return parse_header(text).name


def text_of_cell(cell: Any) -> str:
    """Return a header cell as text; a number as Excel shows it, a line break as a space."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def nearest_header(name: str, candidates: Mapping[str, Field]) -> tuple[str, Field] | None:
    """Return the field whose name is closest to a header's, where one is clearly close."""
    if len(name) < 2 or not candidates:
        return None
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(candidates), scorer=fuzz.ratio, score_cutoff=74)
    return (found[0], candidates[found[0]]) if found else None
