"""Which record type a sheet holds, and which column is which field: exact names only, closeness is proposed.

A header means a field where its normalised text is one of the field's names. What decides between types is how much
of the sheet each explains, whether its required fields are there, and the sheet's and the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.importers.names import Called, Header, Vocabulary, folded, parse_header
from salescli.importers.own_headers import SAYS_NOTHING, has_own_header, is_own
from salescli.importers.wide.layout import is_wide

EVIDENCE = 3.0  # what the name of the sheet or file is worth, in mapped columns
MARGIN = 0.75
_PERSON_NUMBERS = frozenset({"工号", "员工编号", "员工号", "employeeid", "employeenumber", "employeeno", "staffid"})


@dataclass(slots=True)
class Match:
    """A record type held against a header: field → column index, the required fields that lack, and the score."""

    type: RecordType
    columns: dict[str, int] = field(default_factory=dict)
    missing: tuple[Field, ...] = ()
    score: float = 0.0
    evidence: float = 0.0
    unexplained: int = 0
    beside: dict[str, int] = field(default_factory=dict)  # reference by number → the column that names the person
    is_wide: bool = False  # its figures stand under a column per month

    @property
    def makes_key(self) -> bool:
        """Tell whether only key fields lack, so that a key can be made of other columns."""
        return all(each.name in self.type.key and not each.ref for each in self.missing)


def match_columns(
    record_type: RecordType, headers: Sequence[Header], vocabulary: Vocabulary, maps: Mapping[str, str]
) -> dict[str, int]:
    """Assign columns to fields: stated ones first, then exact names; a column is one field's, a field one column's."""
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for index, header in enumerate(headers):
        stated = maps.get(header.text, maps.get(header.name))
        if stated and stated in record_type and stated not in columns:
            columns[stated] = index
            taken.add(index)
    wishes: dict[str, list[tuple[int, int]]] = {}
    for index, header in enumerate(headers):
        if index not in taken and header.name and not header.text.startswith("_"):  # those are only for people
            for called in vocabulary.fields(record_type.name, header.name):
                wishes.setdefault(called.field.name, []).append((called.rank, index))
    numbered = {index for index, header in enumerate(headers) if header.name in _PERSON_NUMBERS}
    for name, wanted in wishes.items():
        if record_type[name].ref == "person" and len(wanted) > 1:  # people are told apart by 工号, whatever names them
            wishes[name] = [wish for wish in wanted if wish[1] in numbered and wish[1] not in taken] or wanted
    _assign(record_type, wishes, columns, taken)
    return columns


def name_columns(
    record_type: RecordType, headers: Sequence[Header], vocabulary: Vocabulary, columns: Mapping[str, int]
) -> dict[str, int]:
    """Return, of references by 工号, the column beside them that names the person."""
    taken = set(columns.values())
    found: dict[str, int] = {}
    for name, at in columns.items():
        if record_type[name].ref == "person" and headers[at].name in _PERSON_NUMBERS:
            wishes = sorted(
                (called.rank, index)
                for index, header in enumerate(headers)
                if index not in taken and not header.text.startswith("_")
                for called in vocabulary.fields(record_type.name, header.name)
                if called.field.name == name
            )
            if wishes:
                found[name] = wishes[0][1]
                taken.add(wishes[0][1])
    return found


def _assign(
    record_type: RecordType, wishes: dict[str, list[tuple[int, int]]], columns: dict[str, int], taken: set[int]
) -> None:
    """Give each field its column: references leave a mere name to its own field where a number column is there."""
    naming = {each.names: each.name for each in record_type.given if each.names}
    order = sorted(wishes, key=lambda name: (bool(record_type[name].names), min(wishes[name])[0]))
    for name in order:
        if name in columns:
            continue
        free = [wish for wish in sorted(wishes[name]) if wish[1] not in taken]
        if not free:
            continue
        names_field = naming.get(name)
        if names_field and len(free) > 1:
            as_name = {index for _, index in wishes.get(names_field, ())}
            free = [wish for wish in free if wish[1] not in as_name] or free
        columns[name] = free[0][1]
        taken.add(free[0][1])


def match_type(
    record_type: RecordType,
    headers: Sequence[Header],
    vocabulary: Vocabulary,
    maps: Mapping[str, str] | None = None,
    given: Sequence[str] = (),
) -> Match:
    """Hold a type against a header; `given` are fields that need no column, being the same in every row."""
    match = Match(record_type, match_columns(record_type, headers, vocabulary, maps or {}))
    match.beside = name_columns(record_type, headers, vocabulary, match.columns)
    match.is_wide = is_wide(record_type, headers, match.columns)
    if match.is_wide:
        given = (*given, *record_type.wide)
    held = {*match.columns, *given, *(record_type[name].part_of for name in match.columns)}
    match.missing = tuple(
        each for each in record_type.required_fields() if each.name not in held and each.default is None
    )
    mapped = {*match.columns.values(), *match.beside.values()}
    match.unexplained = sum(
        1
        for index, header in enumerate(headers)
        if header.name not in SAYS_NOTHING
        and header.text[:1] != "_"
        and index not in mapped
        and vocabulary.is_known(header.name)
    )
    weight = 2.0 * len(record_type.wide) if match.is_wide else 0.0
    weight += sum(2.0 if record_type[name].required or name in record_type.key else 1.0 for name in match.columns)
    lacking = sum(0.5 if each.name in record_type.key and not each.ref else 2.5 for each in match.missing)
    match.score = weight - lacking - 0.5 * match.unexplained
    return match


def name_evidence(vocabulary: Vocabulary, *texts: str) -> dict[str, float]:
    """Return what the names of sheet and file say for each type; the longest name that is found counts."""
    found: dict[str, float] = {}
    for text, worth in zip(texts, (EVIDENCE, EVIDENCE * 0.75), strict=False):
        for type_name in _named_types(vocabulary, text):
            found[type_name] = max(found.get(type_name, 0.0), worth)
    return found


def _named_types(vocabulary: Vocabulary, text: str) -> set[str]:
    """Find the types a text names: `回款计划` names the payment plan, not the receipt inside it."""
    words = f" {re.sub(r'[^a-z]+', ' ', text.casefold())} "
    body = folded(text)
    spans: list[tuple[int, int, str, str]] = []
    for each in vocabulary.types:
        for name in {each.name, *each.titles, *each.aliases}:
            plain = folded(name)
            if plain.isascii():
                phrase = re.sub(r"[^a-z]+", " ", name.casefold()).strip()
                start = words.find(f" {phrase} ") if phrase else -1
                spans += [(start, start + len(phrase), "en", each.name)] if start >= 0 else []
            elif (start := body.find(plain)) >= 0:
                spans.append((start, start + len(plain), "zh", each.name))
    return {
        type_name
        for start, end, kind, type_name in spans
        if not any(
            other == kind and (first <= start and end <= last) and (last - first) > (end - start)
            for first, last, other, _ in spans
        )
    }


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a sheet is: the winner, or the types that are too close to tell, or neither."""

    match: Match | None
    unclear: tuple[str, ...] = ()


def recognise(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    sheet: str,
    stem: str,
    maps: Mapping[str, str],
    given: Sequence[str] = (),
) -> Recognised:
    """Return the type whose fields explain a header best, where one clearly does."""
    headers = [parse_header(text) for text in texts]
    evidence = name_evidence(vocabulary, sheet, stem)
    matches, silent = [], []
    for each in vocabulary.types:
        match = match_type(each, headers, vocabulary, maps, given)
        match.evidence = evidence.get(each.name, 0.0)
        if (
            match.columns
            and (match.evidence or is_own(match, headers, vocabulary))
            and is_possible(match, headers, vocabulary)
        ):
            match.score += match.evidence
            matches.append(match)
        elif match.columns and not match.missing:
            silent.append(match)
    matches.sort(key=lambda match: -match.score)
    if not matches or matches[0].score < 2:
        return Recognised(None)
    best = matches[0]
    rivals = [each for each in matches[1:] if best.score - each.score < MARGIN]
    if rivals:
        speaking = [each for each in (best, *rivals) if has_own_header(each, headers, vocabulary)]
        if len(speaking) == 1 and not any(each.type.pays for each in (best, *rivals)):
            return Recognised(speaking[0])  # 看房时间 is said of activities only
        return Recognised(None, (best.type.name, *(each.type.name for each in rivals)))
    excused = 1 if has_own_header(best, headers, vocabulary) else 0
    if best.missing and not best.evidence and best.unexplained > excused:
        # Without its key, without a name that speaks for it, and with columns it cannot explain: not enough.
        return Recognised(None, (best.type.name,))
    if not best.evidence and not has_own_header(best, headers, vocabulary, with_numbers=False):
        more = [each.type.name for each in silent if _explains_more(each, best)]
        if more:
            return Recognised(None, (best.type.name, *more))
    if not best.evidence and not best.type.pays:
        paying = _paying_types(best, headers, vocabulary)
        if paying:
            return Recognised(None, (best.type.name, *paying))
    return Recognised(best)


def _paying_types(best: Match, headers: Sequence[Header], vocabulary: Vocabulary) -> list[str]:
    """Return the types that pay and that alone know an amount which a type that does not pay leaves unread.

    客户名称 回款金额 业务员 without a date is no list of customers: what is paid on must not be lost with a remark.
    """
    mapped = {*best.columns.values(), *best.beside.values()}
    found: dict[str, None] = {}
    for index, header in enumerate(headers):
        knowing = vocabulary.known.get(header.name, set()) if index not in mapped else set()
        types = [each for each in vocabulary.types if each.name in knowing]
        fields = [called.field for each in types for called in vocabulary.fields(each.name, header.name)]
        if fields and all(each.pays for each in types) and all(each.kind is kinds.MONEY for each in fields):
            found |= dict.fromkeys(each.name for each in types)
    return [*found]


def _explains_more(silent: Match, best: Match) -> bool:
    """Tell whether a type that nothing speaks for fits clearly better than the one that was found.

    姓名 电话 邮箱 公司 may be our own people, but contacts would explain more of it; 回款编号 合同编号 金额 is hardly a
    contract. Of what pays a column more is not enough: receipts have their own.
    """
    if best.type.pays:
        return silent.score - best.score >= 2
    return len(silent.columns) > len(best.columns)


def is_possible(match: Match, headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """A type must have what it requires, or lack only its key; where its name speaks for it, more may lack."""
    if not match.missing:
        return True
    own = sum(1 for name in match.columns if match.type[name].required)
    if match.makes_key:
        return own >= 1 or bool(match.evidence) or has_own_header(match, headers, vocabulary)
    return bool(match.evidence) and len(match.columns) >= 2


def fields_by_name(record_type: RecordType, vocabulary: Vocabulary) -> dict[str, Field]:
    """Return every normalised name of a type's fields, for proposals."""
    return {name: _first(called) for name, called in vocabulary.by_type[record_type.name].items()}


def _first(called: list[Called]) -> Field:
    return min(called, key=lambda each: each.rank).field
