"""Components whose credits are looked at one by one, because each counts in its own way: sums are made of the lines.

Credit factors read each transaction's record; a thing that several people share counts for each as the plan says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.components.per_unit import PerUnitComponent, unit_of
from salescli.core.commission.credit_factors import factors_on, fields_read, pay_credit_of
from salescli.core.commission.inputs import CreditLine, CreditSum
from salescli.core.metrics.model import BaseMetric
from salescli.core.money import CONTEXT
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound
from salescli.services.commission.record_fields import RecordFields
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.metric_lines import Line

NUMBERS = ("money", "quantity", "decimal", "rate", "share", "whole")
Shares = Mapping[int, Sequence[tuple[int, Decimal]]]
"""Record → its people with their shares, in the order of the split."""


def is_by_line(component: CreditedShape) -> bool:
    """Tell whether the credits of a component differ line by line from what the records add up to."""
    return bool(component.credit_factors) or shares_units(component)


def shares_units(component: CreditedShape) -> bool:
    """Tell whether a shared thing counts otherwise than by the shares; a team has it once, by its people's shares."""
    return isinstance(component, PerUnitComponent) and component.shared_unit != "divide" and component.credit == "own"


@dataclass
class LineByLine:
    """What makes of a record's credit the credit of one component."""

    context: Context
    plan: str
    name: str
    component: CreditedShape
    fields: RecordFields = field(init=False)

    def __post_init__(self) -> None:
        self.fields = RecordFields(self.context)

    def check(self, metrics: Sequence[BaseMetric]) -> None:
        """Hold the fields of the factors against the records.

        Raises:
            ProblemsFound: a path leads to no number, or to no date.
        """
        wrong: list[Problem] = []
        for metric in metrics:
            for path, is_date in fields_read(self.component.credit_factors):
                if metric.of == "refund":
                    continue  # it has what its receipt has
                found = self.fields.field_at(metric.of, path)
                if found is None or found.kind.name not in (("date",) if is_date else NUMBERS):
                    wanted = Title("日期", "date") if is_date else Title("数字", "number")
                    kind = self.context.store.registry[metric.of].titles
                    said = {"plan": self.plan, "component": self.name, "field": path, "wanted": wanted, "type": kind}
                    wrong.append(Problem("no-field-of-factor", values=said))
        if wrong:
            raise ProblemsFound(*wrong)

    def change(self, line: CreditLine, row: Line, of: str, shares: Shares) -> CreditLine:
        """Return a line as the component counts it; `of` is the type of the record."""
        if shares_units(self.component):
            return self._shared(line, row, shares)
        return self._factored(line, row, of)

    def _shared(self, line: CreditLine, row: Line, shares: Shares) -> CreditLine:
        people = shares.get(row.entity, ())
        seat = next((place for place, (person, _) in enumerate(people) if person == row.person), None)
        if seat is None or row.share_to is None:
            return line
        assert isinstance(self.component, PerUnitComponent)
        part = unit_of(self.component.shared_unit, [share for _, share in people], seat)
        units = CONTEXT.multiply(line.amount, part)
        return replace(
            line, units=units, pay_credit=units, quota_credit=units, shares=tuple(s for _, s in people), seat=seat
        )

    def _factored(self, line: CreditLine, row: Line, of: str) -> CreditLine:
        day = line.date
        if of == "refund" and row.undoes is not None:
            received = self.fields.read("receipt", row.undoes, "date")
            day = received if isinstance(received, date) else day
        readings = [self._read(row, of, path) for path, _ in fields_read(self.component.credit_factors)]
        factors = factors_on(self.component.credit_factors, readings, day)
        return replace(line, pay_credit=pay_credit_of(line.quota_credit, factors), factors=factors)

    def _read(self, row: Line, of: str, path: str) -> Decimal | date | None:
        first, _, rest = path.partition(".")
        if first == "contract" and rest:  # of the part of a receipt that is the contract's
            return self.fields.read("contract", row.contract, rest)
        if of == "refund":
            return self.fields.read("receipt", row.undoes, path)
        return self.fields.read(of, row.entity, path)


def line_by_line(context: Context, plan: str, name: str, component: CreditedShape) -> LineByLine | None:
    """Return what changes the lines of a component, or None where they are what the records say.

    Raises:
        ProblemsFound: a credit factor reads what no record has.
    """
    if not is_by_line(component):
        return None
    found = LineByLine(context, plan, name, component)
    found.check([metric for metric, _ in context.catalogue.base_parts(component.pays_on)])
    return found


def shares_of(rows: Sequence[Line]) -> dict[int, list[tuple[int, Decimal]]]:
    """Return who shares each record, and by how much, in the order of the split; the house has no seat."""
    found: dict[int, list[tuple[int, Decimal]]] = {}
    for row in sorted(rows, key=lambda one: (one.entity, one.share_from or 0)):
        if row.share_to is not None and row.share_from is not None and row.person is not None:
            seat = (row.person, Decimal(row.share_to - row.share_from).scaleb(-6))
            if seat not in found.setdefault(row.entity, []):  # once, of a receipt that is in parts
                found[row.entity].append(seat)
    return found


def sharers(context: Context, rows: Sequence[Line]) -> dict[tuple[int, int | None], str]:
    """Return who else shares each record, by record and person."""
    sets: dict[int, dict[int, None]] = {}  # each once, of a receipt that is in parts too
    for row in rows:
        if row.share_to is not None and row.person is not None:
            sets.setdefault(row.entity, {})[row.person] = None
    people = {person for found in sets.values() for person in found}
    names = labels(context.store, context.store.registry["person"], people)
    return {
        (entity, person): "、".join(names[other] for other in found if other != person)
        for entity, found in sets.items()
        for person in found
        if len(found) > 1
    }


def sums_of(lines: Sequence[CreditLine]) -> list[CreditSum]:
    """Add lines up by day, refunds apart: what one day brings is weighed by itself."""
    held: dict[tuple[date, bool, str, date], list[Decimal]] = {}
    for line in lines:
        sums = held.setdefault(_stretch_of(line), [Decimal(0)] * 3)
        for place, figure in enumerate((line.pay_credit, line.quota_credit, line.units)):
            sums[place] = CONTEXT.add(sums[place], figure)
    name = lines[0].component if lines else ""
    return [
        CreditSum(name, day.replace(day=1), pay, quota, units, day, is_refund, key, None if priced == day else priced)
        for (day, is_refund, key, priced), (pay, quota, units) in sorted(held.items())
    ]


def _stretch_of(line: CreditLine) -> tuple[date, bool, str, date]:
    return line.date, line.kind == "refund", line.rate_key, line.priced or line.date
