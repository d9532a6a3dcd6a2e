"""The proof of percentages: what the bare figures of a rate column mean, so that nothing is wrong by a hundred.

A reading says for the figures above one, of one, and below one whether they are percents (50 is 50 %) or fractions
(0.5 is 50 %). What no field could hold drops out; then the shares of each declared whole must sum to 100 % under one
reading alone. A figure with its sign, a cell formatted as a percentage, and 0 need no proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from salescli.core.money import CONTEXT
from salescli.core.records import kinds
from salescli.core.records.kinds import Bad, Reading
from salescli.core.records.model import RecordType
from salescli.core.records.profile import PercentMeaning
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan, Converted, Place, problem_of

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

Size = Literal["above", "one", "below"]


class Meaning(NamedTuple):
    """A reading of a column: what figures above one, of one, and below one are."""

    above: PercentMeaning
    one: PercentMeaning
    below: PercentMeaning

    def of(self, size: Size) -> PercentMeaning:
        """Return what figures of a size are."""
        return {"above": self.above, "one": self.one, "below": self.below}[size]


PERCENT = Meaning("percent", "percent", "percent")
FRACTION = Meaning("fraction", "fraction", "fraction")
ONE_IS_ALL = Meaning("percent", "fraction", "percent")  # 50, and 1 for 100 %
BELOW_IS_FRACTION = Meaning("percent", "percent", "fraction")
BOTH_KINDS = Meaning("percent", "fraction", "fraction")


def prove_percents(
    context: Context,
    record_type: RecordType,
    plans: Sequence[ColumnPlan],
    body: Body,
    converted: Converted,
    place: Place,
) -> None:
    """Settle the bare figures of the rate columns, or ask; what stays open gives no value."""
    for plan in plans:
        positions = converted.open.get(plan.field.name, [])
        if plan.index is not None and positions and plan.field.kind in (kinds.RATE, kinds.SHARE):
            cells = body.columns[plan.index]
            column = _Column(record_type, plan, cells, positions, converted, place)
            column.measure()
            if column.settle():
                converted.open[plan.field.name] = []
                if plan.said_by == "option" and len(column.possible) > 1:
                    context.reading.decided.percents[plan.header] = plan.reading.percent


@dataclass(slots=True)
class _Column:
    """The bare figures of one column, and what they may mean."""

    type: RecordType
    plan: ColumnPlan
    cells: Sequence[Any]
    positions: Sequence[int]
    converted: Converted
    place: Place
    figures: dict[int, Decimal] = field(default_factory=dict)  # by position
    sizes: dict[Size, list[int]] = field(default_factory=dict)  # positions

    def measure(self) -> None:
        """Read each distinct figure once, and sort the positions by its size."""
        known: dict[tuple[type, Any], Decimal] = {}
        for position in self.positions:
            cell = self.cells[position]
            mark = (cell.__class__, cell)
            if mark not in known:
                known[mark] = Decimal(kinds.RATE.parse_cell(cell, Reading(percent="fraction")))
            figure = self.figures[position] = known[mark]
            size: Size = "above" if abs(figure) > 1 else "one" if abs(figure) == 1 else "below"
            self.sizes.setdefault(size, []).append(position)

    def settle(self) -> bool:
        """Give the figures their values, or ask what they mean."""
        stated = {"percent": PERCENT, "fraction": FRACTION}.get(self.plan.reading.percent)
        found = self.proved
        if stated is not None:
            if found is not None and self._differ(stated, found):
                self._ask("percent-contradicted", stated=self.plan.reading.percent)
                return False
            self._apply(stated)
            return True
        if found is None:
            self._ask("percent-unproved")
            return False
        self._apply(found)
        return True

    @property
    def possible(self) -> list[Meaning]:
        """The readings that the field could hold, each different on these figures."""
        sizes = self.sizes
        readings = [PERCENT, FRACTION, ONE_IS_ALL]
        if "above" in sizes and "below" in sizes:
            readings += [BELOW_IS_FRACTION, BOTH_KINDS]
        most = self.plan.field.at_most
        readings = [
            each
            for each in readings
            if not most or not (("above" in sizes and each.above == "fraction") or self._one_is_too_much(each, sizes))
        ]
        distinct: dict[tuple[PercentMeaning, ...], Meaning] = {}
        for each in readings:
            distinct.setdefault(tuple(each.of(size) for size in sizes), each)
        return list(distinct.values())

    def _one_is_too_much(self, meaning: Meaning, sizes: Mapping[Size, list[int]]) -> bool:
        """A tax of 100 % is none: there, 1 is 1 %."""
        return "one" in sizes and meaning.one == "fraction" and self.plan.field.at_most < 1

    @property
    def proved(self) -> Meaning | None:
        """The one reading that remains, or the one under which all wholes are whole."""
        possible = self.possible
        if len(possible) == 1 and not self._one_among_small(possible[0]):
            return possible[0]
        whole = self.type.whole
        if whole is not None and whole.share == self.plan.field.name:
            full = [each for each in possible if _is_full(self.sums(each))]
            return full[0] if len(full) == 1 else None
        if self._one_joins_the_others(possible):
            return PERCENT
        return None

    def _one_among_small(self, meaning: Meaning) -> bool:
        """Beside 0.06 and 0.13, a 1 that can be no 100 % makes no 0.06 % of them: it proves nothing."""
        return meaning == PERCENT and "below" in self.sizes and "above" not in self.sizes

    def _one_joins_the_others(self, possible: Sequence[Meaning]) -> bool:
        """Beside 20 and 50, a 1 is 1 %: all are of one layout, unless some cells are formatted as percentages."""
        return set(possible) <= {PERCENT, ONE_IS_ALL} and "above" in self.sizes and not self.plan.formatted

    def sums(self, meaning: Meaning) -> list[Decimal]:
        """Return the sums of the wholes, each without rows that could not be read; 1 is whole."""
        whole = self.type.whole
        if whole is None or whole.share != self.plan.field.name:
            return []
        columns = self.converted.columns
        shares: dict[tuple[Any, ...], dict[tuple[Any, ...], Decimal]] = {}
        spoilt: set[tuple[Any, ...]] = set()
        sizes = {position: size for size, positions in self.sizes.items() for position in positions}
        for position in range(len(self.place.rows)):
            if not self._counts(whole.only, position):
                continue
            key = tuple(columns[name][position] if name in columns else None for name in whole.of)
            share = self._share(position, sizes.get(position), meaning)
            if share is None:
                spoilt.add(key)
                continue
            row = tuple(columns[name][position] if name in columns else None for name in self.type.key)
            shares.setdefault(key, {})[row] = share
        zero = Decimal(0)
        sums = []
        for key, parts in shares.items():
            if key not in spoilt:
                total = zero
                for part in parts.values():
                    total = CONTEXT.add(total, part)
                sums.append(total)
        return sums

    def _counts(self, only: Mapping[str, str], position: int) -> bool:
        columns = self.converted.columns
        return all(
            (columns[name][position] if name in columns else None) in (value, None) for name, value in only.items()
        )

    def _share(self, position: int, size: Size | None, meaning: Meaning) -> Decimal | None:
        if size is None:
            value = self.converted.columns[self.plan.field.name][position]
            if value is None:
                return None
            stored = Decimal(value)
            return stored.scaleb(-6, CONTEXT) if self.plan.field.kind is kinds.SHARE else stored
        figure = self.figures[position]
        return figure.scaleb(-2, CONTEXT) if meaning.of(size) == "percent" else figure

    def _differ(self, one: Meaning, other: Meaning) -> bool:
        return any(one.of(size) != other.of(size) for size in self.sizes)

    def _apply(self, meaning: Meaning) -> None:
        values = self.converted.columns[self.plan.field.name]
        for size, positions in self.sizes.items():
            given = [self.cells[position] for position in positions]
            read = kinds.parse_column(self.plan.field.kind, given, Reading(percent=meaning.of(size)))
            for position, value in zip(positions, read, strict=True):
                if value.__class__ is not Bad and self._is_too_much(size, meaning):
                    value = Bad("bad-rate", str(self.cells[position]))
                if isinstance(value, Bad):
                    self.converted.reject(position, problem_of(value, self.place.at(position, self.plan.letters)))
                else:
                    values[position] = value

    def _is_too_much(self, size: Size, meaning: Meaning) -> bool:
        """A stated fraction above one in a field that ends at 100 %: the row is kept out, not read otherwise."""
        return bool(self.plan.field.at_most) and size == "above" and meaning.above == "fraction"

    def _ask(self, name: str, **more: object) -> None:
        examples = list(dict.fromkeys(str(self.cells[position]).strip() for position in self.positions))[:3]
        values: dict[str, object] = {
            "header": self.plan.header,
            "field": self.plan.field.title,
            "count": len(self.positions),
            "examples": examples,
            "evidence": tuple(self._line(each) for each in self.possible),
            **more,
        }
        self.converted.decisions.append(Problem(name, self.place.column(self.plan.letters), values))

    def _line(self, meaning: Meaning) -> Title:
        """Say a reading: what the first figure of each size would be, and how many wholes are whole."""
        parts = []
        for size, positions in self.sizes.items():
            cell = str(self.cells[positions[0]]).strip()
            figure = self.figures[positions[0]]
            percents = figure if meaning.of(size) == "percent" else figure.scaleb(2, CONTEXT)
            parts.append((f"{cell} = {_plain(percents)} %", len(positions)))
        sums = self.sums(meaning)
        said_zh = "、".join(f"{text}({count} 个)" for text, count in parts)
        said_en = ", ".join(f"{text} ({count})" for text, count in parts)
        if not sums:
            return Title(said_zh, said_en)
        full = sum(1 for each in sums if each == 1)
        return Title(
            f"{said_zh}:{len(sums)} 组中 {full} 组合计为 100%",
            f"{said_en}: {full} of {len(sums)} sets add up to 100 %",
        )


def _is_full(sums: Sequence[Decimal]) -> bool:
    return bool(sums) and all(each == 1 for each in sums)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
