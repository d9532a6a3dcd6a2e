"""Keys: made of columns where a type that pays has no number column, and rows of one key within a file.

A made key is the text of its columns and a count of equal ones, `2026-03-02|上海港通|120000|1`. A row's place never
enters it: rows of one key are counted in the order of their whole content. These counts are provisional: which of the
records that are there a row is, the store says, by what it last read of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.money import E4
from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.core.records.sets import broken_by
from salescli.errors import problem
from salescli.importers.convert import ColumnPlan, Converted, Place

# Who, as it stands in the bank's statement or on the order: what is filled in or changed later tells nothing apart.
_WHO = ("payer", "customer", "name", "contract")
_AUTOMATIC = ("product", "quantity", "amount")


def lacking_key(record_type: RecordType, columns: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the required fields of a key that a file does not have and that a text can be made for."""
    return tuple(
        name
        for name in record_type.key
        if name not in columns and record_type[name].required and not record_type[name].ref
    )


def automatic_key(record_type: RecordType, columns: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that tell records of a type apart as far as a file can: date, who, amount; () if too few."""
    date = next((name for name in (record_type.date, "date", "ordered", "created", "signed") if name in columns), "")
    who = next((name for name in _WHO if name in columns), "")
    others = [name for name in _AUTOMATIC if name in columns]
    return (date, who, *others) if date and who and "amount" in others else ()


def proposed_key(record_type: RecordType, headers: Mapping[str, str]) -> list[str]:
    """Return the headers to propose for `--key`; `headers` maps the fields that the file has to their headers."""
    names = automatic_key(record_type, headers) or tuple(
        name for name in (record_type.date, *_WHO, *_AUTOMATIC) if name in headers
    )
    return [headers[name] for name in names]


def make_key(
    record_type: RecordType,
    converted: Converted,
    parts: Sequence[Sequence[Any]],
    lacking: Sequence[str],
    taken: Mapping[str, int] | None = None,
) -> None:
    """Fill the key fields a file lacks from the texts of other columns and a count of equal ones.

    `taken` says how many rows of a text went in before: rejected rows that come back are counted after them.
    """
    count = len(parts[0]) if parts else 0
    texts = list(map("|".join, zip(*([_text(value) for value in part] for part in parts), strict=True)))
    numbers = _numbered(texts, converted, count)
    if taken:
        numbers = [number + taken.get(text, 0) for text, number in zip(texts, numbers, strict=True)]
    if len(lacking) == 1:
        converted.columns[lacking[0]] = [f"{text}|{number}" for text, number in zip(texts, numbers, strict=True)]
        return
    for name in lacking[:-1]:
        converted.columns[name] = list(texts)
    converted.columns[lacking[-1]] = [str(number) for number in numbers]


def key_text(values: Sequence[Any], kind: kinds.Kind | None) -> list[Any]:
    """Return a column as it enters a made key: amounts as plain decimals."""
    if kind in (kinds.MONEY, kinds.QUANTITY):
        return [None if value is None else _plain(value) for value in values]
    return list(values)


def _plain(stored: int) -> str:
    whole, rest = divmod(abs(stored), E4)
    sign = "-" if stored < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole}.{rest:04d}".rstrip("0")


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else kinds.clean_text(str(value)).replace("|", "/")


def _numbered(texts: list[str], converted: Converted, count: int) -> list[int]:
    """Count the rows of one text 1, 2, 3: by their content, so that equal rows keep the order of appearance."""
    if len(set(texts)) == count:
        return [1] * count
    groups: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        groups.setdefault(text, []).append(position)
    columns = list(converted.columns.values())
    numbers = [1] * count
    for positions in groups.values():
        if len(positions) > 1:
            ordered = sorted(positions, key=lambda at: [("" if col[at] is None else str(col[at])) for col in columns])
            for number, position in enumerate(ordered, 1):
                numbers[position] = number
    return numbers


def sort_duplicates(
    record_type: RecordType, converted: Converted, place: Place, seen: dict[Any, Any] | None
) -> list[int]:
    """Return the positions of rows that only repeat another; rows of one key that differ are all rejected.

    `seen` carries the keys from sheet to sheet of one file; None where it has only one.
    """
    key = _identity(record_type, converted.columns)
    if key is None:
        return []
    if len(set(key)) == len(key) and (seen is None or seen.keys().isdisjoint(key)):
        if seen is not None:
            seen.update(zip(key, zip(*converted.columns.values(), strict=True), strict=True))
        return []
    seen = {} if seen is None else seen
    rows = list(zip(*converted.columns.values(), strict=True))
    groups: dict[Any, list[int]] = {}
    for position, identity in enumerate(key):
        if identity is not None and position not in converted.bad:
            groups.setdefault(identity, []).append(position)
    repeated: list[int] = []
    for identity, positions in groups.items():
        first = seen.setdefault(identity, rows[positions[0]])
        if all(rows[position] == first for position in positions):
            is_new = first is rows[positions[0]]
            repeated += positions[1:] if is_new else positions
            continue
        others = [place.rows[position] for position in positions]
        for position in positions:
            shown = " ".join(str(part) for part in identity if part is not None)
            found = problem("duplicate-record", place.at(position), key=shown, rows=others)
            converted.reject(position, found)
    return repeated


def _identity(record_type: RecordType, columns: Mapping[str, list[Any]]) -> list[Any] | None:
    """Return what tells each row apart: its key, or its name where the type is known by name too.

    People of one name are told apart by what their type says.
    """
    present = [name for name in record_type.key if name in columns]
    names = columns.get(record_type.name_field) if record_type.name_field else None
    if names is not None and len(present) < 2:
        apart = [columns[name] for name in record_type.apart if name in columns]
        more = list(zip(*apart, strict=True)) if apart else [()] * len(names)
        numbers = columns[present[0]] if present else [None] * len(names)
        return [
            (number,) if number is not None else None if name is None else (*([""] if present else []), name, *said)
            for number, name, said in zip(numbers, names, more, strict=True)
        ]
    if not present:
        return None
    rows = list(zip(*(columns[name] for name in present), strict=True))
    nothing = (None,) * len(present)
    return [None if row == nothing else row for row in rows] if nothing in rows else rows


def reject_broken_sets(
    record_type: RecordType, plans: Sequence[ColumnPlan], converted: Converted, place: Place, repeated: set[int]
) -> None:
    """A set of shares is taken or rejected whole: a bad row keeps the others of its set out."""
    letters = {plan.field.name: plan.letters for plan in plans if plan.index is not None}
    for position, (bad, group) in broken_by(record_type, converted.columns, len(place.rows), converted.bad).items():
        if position not in repeated and record_type.whole is not None:
            where = place.at(position, letters.get(record_type.whole.share, ""))
            record = " ".join(str(part) for part in group if part is not None)
            converted.reject(position, problem("set-rejected", where, record=record, row=place.rows[bad]))
