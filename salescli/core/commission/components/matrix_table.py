"""The table of a matrix: `- from 80%: {from 0%: 1_000, from 100%: 3_000}`. Shape, checks, and which cell is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from salescli.core.commission.tiers import order_faults
from salescli.core.commission.values import MoneyText, parse_money_text
from salescli.core.scalars import TextRefused, parse_rate
from salescli.core.shape_faults import FaultsFound
from salescli.core.shape_marks import PlainValidator, WithJsonSchema
from salescli.core.shapes import AT_KEY, Fault, StepText, fault, faults, parse_step


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a line or a column begins."""

    threshold: Decimal
    is_rate: bool
    inclusive: bool


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one cell pays, and where its column begins."""

    bound: Bound
    key: str
    rate: Decimal | None
    money: MoneyText | None
    text: str

    @property
    def is_rate(self) -> bool:
        """Whether it pays a rate of the window's credits."""
        return self.rate is not None


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One line of the table: all its columns."""

    bound: Bound
    key: str
    cells: tuple[MatrixCell, ...]


def line_of(bounds: Sequence[Bound], value: Fraction | None, part: Fraction, *, lowest: bool) -> int | None:
    """Return which of ascending bounds an exact reading has reached; None below all of them.

    An undefined reading is in the first where it counts as the lowest. `part` scales bounds that are no percentages.
    """
    if value is None:
        return 0 if lowest else None
    found = None
    for index, bound in enumerate(bounds):
        threshold = Fraction(bound.threshold) * (1 if bound.is_rate else part)
        if value > threshold or (bound.inclusive and value == threshold):
            found = index
    return found


def _read_table(value: object) -> tuple[MatrixLine, ...]:
    if not isinstance(value, list) or not value:
        raise fault("not-a-matrix")
    found: list[Fault] = []
    steps: list[tuple[int, StepText]] = []
    lines: list[MatrixLine] = []
    for index, item in enumerate(value):
        try:
            step, line = _read_line(item)
            steps.append((index, step))
            lines.append(line)
        except FaultsFound as wrong:
            found += [Fault(one.name, (index, *one.path), one.values) for one in wrong.faults]
    found += order_faults(steps)
    for place, line in enumerate(lines[1:], 1):
        if [one.key for one in line.cells] != [one.key for one in lines[0].cells]:
            path = (steps[place][0], line.key)
            found.append(Fault("matrix-line-differs", path, {"key": line.key, "before": lines[0].key}))
    if found:
        raise faults(found)
    return tuple(lines)


def _read_line(item: object) -> tuple[StepText, MatrixLine]:
    if not isinstance(item, dict) or len(item) != 1:
        raise fault("not-a-matrix")
    ((key, cells),) = item.items()
    step = parse_step({key: ""}, ("from", "above"))
    if not isinstance(cells, dict) or not cells:
        raise fault("not-a-matrix", key)
    found: list[Fault] = []
    columns: list[tuple[int, StepText]] = []
    read: list[MatrixCell] = []
    for index, (name, text) in enumerate(cells.items()):
        try:
            column = parse_step({name: text}, ("from", "above"))
            columns.append((index, column))
            read.append(_cell(column))
        except FaultsFound as wrong:
            found += [Fault(one.name, (key, *one.path), one.values) for one in wrong.faults]
        except TextRefused as refused:
            found.append(Fault(refused.name, (key, name), refused.values))
    found += [Fault(one.name, (key, one.path[1], AT_KEY), one.values) for one in order_faults(columns)]
    if found:
        raise faults(found)
    return step, MatrixLine(_bound(step), step.key, tuple(read))


def _cell(step: StepText) -> MatrixCell:
    text = step.text.strip()
    if text.endswith(("%", "％")):
        return MatrixCell(_bound(step), step.key, parse_rate(text), None, text)
    return MatrixCell(_bound(step), step.key, None, parse_money_text(text), text)


def _bound(step: StepText) -> Bound:
    return Bound(step.threshold, step.is_rate, step.word == "from")


def _schema() -> dict[str, Any]:
    key = r"^(from|above) \S.*$"
    cells = {"type": "object", "minProperties": 1, "patternProperties": {key: {"type": ["string", "number"]}}}
    line = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {key: {**cells, "additionalProperties": False}},
        "additionalProperties": False,
    }
    return {"type": "array", "minItems": 1, "items": line}


MatrixTable: TypeAlias = Annotated[tuple[MatrixLine, ...], PlainValidator(_read_table), WithJsonSchema(_schema())]
