"""What each reading of ambiguous dates would break: the range of the plain dates, the order of dates, and today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any, Literal, NamedTuple

from salescli.core.records.kinds import DateOrder
from salescli.core.records.model import RecordType
from salescli.core.records.rules import Ordered
from salescli.importers.proofs.layouts import Unit

# How far a date may lie outside the plain dates: of its own column, and of the other date columns of the sheet.
NEAR = timedelta(days=31)
FAR = timedelta(days=5 * 366)
MOST_READINGS = 3**8

Orders = tuple[DateOrder, ...]


class Break(NamedTuple):
    """What a reading breaks: in how many rows, where first, and what is needed to say it."""

    kind: Literal["unreadable", "outside", "future", "disordered"]
    rows: int
    position: int
    unit: Unit
    said: tuple[str, ...]  # the text, or the headers of the dates out of order; then the range


@dataclass(slots=True)
class Evidence:
    """What speaks against the orders of single units (`alone`) and against two of them together (`joint`)."""

    units: Sequence[Unit]
    alone: dict[tuple[int, DateOrder], list[Break]] = field(default_factory=dict)
    joint: dict[tuple[int, DateOrder, int, DateOrder], Break] = field(default_factory=dict)
    linked: set[tuple[int, int]] = field(default_factory=set)

    def groups(self) -> list[list[int]]:
        """Return the units that are judged together: those that a rule joins."""
        group_of = {index: {index} for index in range(len(self.units))}
        for first, last in self.linked:
            merged = group_of[first] | group_of[last]
            for index in merged:
                group_of[index] = merged
        seen: dict[int, list[int]] = {min(group): sorted(group) for group in group_of.values()}
        return [seen[index] for index in sorted(seen)]

    def readings(self, group: Sequence[int], fixed: Mapping[int, DateOrder]) -> list[tuple[Orders, list[Break]]]:
        """Return every reading of a group with what it breaks, the best first; [] where there are too many."""
        choices = [(fixed[index],) if index in fixed else self.units[index].fitting for index in group]
        if prod(map(len, choices)) > MOST_READINGS:
            return []
        found = [(orders, self._broken(group, orders)) for orders in product(*choices)]
        return sorted(found, key=lambda one: sum(each.rows for each in one[1]))

    def _broken(self, group: Sequence[int], orders: Orders) -> list[Break]:
        chosen = list(zip(group, orders, strict=True))
        found = [each for key in chosen for each in self.alone.get(key, ())]
        for one in chosen:
            found += [self.joint[*one, *other] for other in chosen if (*one, *other) in self.joint]
        return found


def gather(
    record_type: RecordType,
    units: Sequence[Unit],
    columns: Mapping[str, list[Any]],
    today: date | None,
    unclear: Sequence[Unit] = (),
) -> Evidence:
    """Hold every order of every unit against the settled dates of the sheet.

    Args:
        record_type: whose rules of order hold.
        units: what is not settled.
        columns: the date columns by field, None where a cell is not settled.
        today: fields of the past cannot lie after it; None: not known.
        unclear: cells of an unclear width; whatever their order, their days narrow no range.
    """
    evidence = Evidence(units)
    ranges = {
        name: _bounds(values, [unit for unit in unclear if unit.plan.field.name == name])
        for name, values in columns.items()
    }
    for index, unit in enumerate(units):
        for order in unit.fitting:
            evidence.alone[index, order] = [
                *_outside(unit, order, _range(unit.plan.field.name, ranges)),
                *(_future(unit, order, today) if unit.plan.field.past and today else ()),
            ]
    for rule in record_type.rules:
        if isinstance(rule, Ordered) and rule.first in columns and rule.last in columns:
            _hold_in_order(rule, columns, evidence)
    return evidence


def _bounds(values: Sequence[Any], unclear: Sequence[Unit]) -> tuple[date, date] | None:
    days = {value for value in set(values) if value is not None}
    if not days:
        return None
    days.update(day for unit in unclear for order in unit.orders for day in unit.meant(order).values())
    return _as_day(min(days)), _as_day(max(days))


def _as_day(stored: str) -> date:
    return date.fromisoformat(stored[:10] if len(stored) > 7 else stored + "-01")


def _range(name: str, ranges: Mapping[str, tuple[date, date] | None]) -> tuple[str, str] | None:
    """Return between which days a column's dates are believed; None where nothing is known."""
    own = ranges[name]
    if own is not None:
        return _widened(*own, NEAR)
    others = [each for each in ranges.values() if each is not None]
    return _widened(min(each[0] for each in others), max(each[1] for each in others), FAR) if others else None


def _widened(first: date, last: date, by: timedelta) -> tuple[str, str]:
    first = first - by if first - date.min > by else date.min
    return first.isoformat(), (last + by if date.max - last > by else date.max).isoformat()


def _outside(unit: Unit, order: DateOrder, bounds: tuple[str, str] | None) -> list[Break]:
    if bounds is None:
        return []
    texts = [text for text, day in unit.meant(order).items() if not bounds[0] <= day <= bounds[1]]
    return _broken_texts("outside", unit, texts, bounds)


def _future(unit: Unit, order: DateOrder, today: date) -> list[Break]:
    texts = [text for text, day in unit.meant(order).items() if day > today.isoformat()]
    return _broken_texts("future", unit, texts, (today.isoformat(),))


def _broken_texts(
    kind: Literal["outside", "future"], unit: Unit, texts: Sequence[str], said: tuple[str, ...]
) -> list[Break]:
    if not texts:
        return []
    count, position = unit.counted(texts)
    text = min(texts, key=lambda each: unit.rows[each][0])
    return [Break(kind, count, position, unit, (text, *said))]


def _hold_in_order(rule: Ordered, columns: Mapping[str, list[Any]], evidence: Evidence) -> None:
    """Count the rows whose last date lies before the first, for every pair of orders."""
    first, last = (_owners(evidence.units, name) for name in (rule.first, rule.last))
    pairs: dict[tuple[int, int], dict[tuple[str, str], list[int]]] = {}
    for position in sorted(first.keys() | last.keys()):
        begun = first.get(position) or (-1, columns[rule.first][position])
        ended = last.get(position) or (-1, columns[rule.last][position])
        if begun[1] is not None and ended[1] is not None:
            pairs.setdefault((begun[0], ended[0]), {}).setdefault((begun[1], ended[1]), []).append(position)
    for (one, other), texts in pairs.items():
        if one >= 0 and other >= 0:
            evidence.linked.add((one, other))
        for one_order in evidence.units[one].fitting if one >= 0 else ("",):
            for other_order in evidence.units[other].fitting if other >= 0 else ("",):
                begun_days = evidence.units[one].meant(one_order) if one >= 0 else None
                ended_days = evidence.units[other].meant(other_order) if other >= 0 else None
                rows = _disordered(texts, begun_days, ended_days)
                if rows:
                    unit = evidence.units[other if other >= 0 else one]
                    found = Break("disordered", len(rows), min(rows), unit, (rule.first, rule.last))
                    if one >= 0 and other >= 0:
                        evidence.joint[one, one_order, other, other_order] = found
                    else:
                        key = (one, one_order) if one >= 0 else (other, other_order)
                        evidence.alone[key].append(found)


def _owners(units: Sequence[Unit], name: str) -> dict[int, tuple[int, str]]:
    return {
        position: (index, text)
        for index, unit in enumerate(units)
        if unit.plan.field.name == name
        for text, rows in unit.rows.items()
        for position in rows
    }


def _disordered(
    texts: Mapping[tuple[str, str], list[int]], begun: Mapping[str, str] | None, ended: Mapping[str, str] | None
) -> list[int]:
    rows: list[int] = []
    for (one, other), positions in texts.items():
        first = one[:10] if begun is None else begun.get(one, "")
        last = other[:10] if ended is None else ended.get(other, "")
        if first and last and last < first:
            rows += positions
    return rows
