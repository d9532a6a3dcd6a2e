"""The proof of dates: each layout within a column is proved, stated, remembered, proposed, or asked for; never guessed.

A layout that one order alone can read is proved. Of the others every reading of the sheet is held against the plain
dates, the declared order of dates, and today: where exactly one breaks nothing it is a proposal, taken with
`accept_dates` and remembered by the profile. Columns that a rule joins are judged together. A statement that the cells
disprove is never followed for some of them and dropped for others: it stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.records import kinds
from salescli.core.records.kinds import Bad, DateOrder, Reading
from salescli.core.records.model import RecordType
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan, Converted, Place, problem_of
from salescli.importers.proofs.asking import DateQuestions
from salescli.importers.proofs.evidence import Evidence, gather
from salescli.importers.proofs.layouts import Unit, split_layouts

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

ENOUGH = 5  # real dates, and texts, before chance is ruled out
_DATES = (kinds.DATE, kinds.MOMENT, kinds.MONTH)


def prove_dates(
    context: Context,
    record_type: RecordType,
    plans: Sequence[ColumnPlan],
    body: Body,
    converted: Converted,
    place: Place,
) -> None:
    """Settle the open cells of the date columns, or ask; what stays open gives no value."""
    dated = [plan for plan in plans if plan.index is not None and plan.field.kind in _DATES]
    if not any(converted.open.get(plan.field.name) for plan in dated):
        return
    proof = _Proof(context, record_type, dated, body, converted, place)
    proof.settle_plain()
    proof.settle_by_evidence()
    proof.settle_followers()
    proof.finish()


class _Proof:
    """The proof of one sheet; each step settles what it can."""

    def __init__(
        self,
        context: Context,
        record_type: RecordType,
        plans: Sequence[ColumnPlan],
        body: Body,
        converted: Converted,
        place: Place,
    ) -> None:
        self.context, self.type, self.plans = context, record_type, plans
        self.body, self.converted, self.place = body, converted, place
        self.asking = DateQuestions(place, {plan.field.name: plan.header for plan in plans})
        self.units: list[Unit] = []
        for plan in plans:
            positions = converted.open.get(plan.field.name, [])
            if positions:
                units, hopeless = split_layouts(plan, self._cells(plan), positions)
                self.units += units
                for position in hopeless:
                    text = str(self._cells(plan)[position]).strip()
                    converted.reject(position, problem_of(Bad("bad-date", text), place.at(position, plan.letters)))

    def _cells(self, plan: ColumnPlan) -> Sequence[Any]:
        return self.body.columns[plan.index] if plan.index is not None else ()

    def settle_plain(self) -> None:
        """Settle what one order alone can read, and what was stated; a statement that the cells disprove is asked."""
        for unit in self.units:
            if not unit.follows or self._stated(unit):
                self._settle_alone(unit)
            if unit.order and unit.origin != "remembered":
                self._apply(unit)

    def _stated(self, unit: Unit) -> DateOrder:
        """What was said for this file, or in general by the profile; a line for the layout stands between both."""
        option, general = self.context.options.date_order, self.context.entry.date_order
        if option in unit.orders:
            return option
        return general if general in unit.orders and unit.layout not in unit.plan.orders else ""

    def _settle_alone(self, unit: Unit) -> None:
        stated, line = self._stated(unit), unit.plan.orders.get(unit.layout, "")
        fitting = unit.fitting
        if stated:
            if fitting and stated not in fitting:
                self.asking.contradicted(unit, stated, by_profile=self.context.options.date_order not in unit.orders)
            else:
                unit.order, unit.origin = stated, "stated"
        elif not fitting:
            self.asking.mixed(unit)
        elif line and line not in fitting:
            self.asking.contradicted(unit, line, by_profile=True)
        elif len(fitting) == 1:
            unit.order, unit.origin = fitting[0], "proved"
        elif line:
            unit.order, unit.origin = line, "remembered"

    def settle_by_evidence(self) -> None:
        """Judge the rest together; what a former month decided is held against this month's dates."""
        asked = self.asking.units
        pending = [
            unit
            for unit in self.units
            if (not unit.order or unit.origin == "remembered") and not unit.follows and unit not in asked
        ]
        if not pending:
            return
        columns = {plan.field.name: self.converted.columns[plan.field.name] for plan in self.plans}
        unclear = [unit for unit in self.units if unit.follows and not unit.order]
        evidence = gather(self.type, pending, columns, self.context.options.today, unclear)
        for group in evidence.groups():
            self._settle_group(evidence, group)

    def _settle_group(self, evidence: Evidence, group: Sequence[int]) -> None:
        units = [evidence.units[index] for index in group]
        known = {index: unit.order for index, unit in zip(group, units, strict=True) if unit.order}
        if known:
            anew = evidence.readings(group, {})
            clean = [orders for orders, broken in anew if not broken]
            former = [known.get(index, order) for index, order in zip(group, clean[0], strict=True)] if clean else []
            if len(clean) == 1 and former != list(clean[0]):
                self.asking.outdated(units, known and dict(zip(group, former, strict=True)), anew)
                return
        readings = evidence.readings(group, known)
        clean = [orders for orders, broken in readings if not broken]
        if len(known) < len(group):
            if len(clean) != 1 or not self.context.options.accept_dates:
                self.asking.several(units, readings, clean)
                return
            for unit, order in zip(units, clean[0], strict=True):
                if not unit.order:
                    unit.order, unit.origin = order, "accepted"
        for unit in units:
            self._apply(unit)

    def settle_followers(self) -> None:
        """Cells of an unclear width are read where both layouts of the column that they may be of are of one order."""
        for unit in self.units:
            if unit.follows and not unit.order and all(each.order for each in unit.follows):
                orders = {each.order for each in unit.follows}
                if len(orders) == 1 and not unit.failed(min(orders)):
                    unit.order, unit.origin = orders.pop(), unit.follows[0].origin
                    self._apply(unit)
                else:
                    self.asking.mixed(unit)

    def _apply(self, unit: Unit) -> None:
        """Give the cells their values; one that the stated order cannot read is a bad cell, not another reading."""
        plan = unit.plan
        values, reading = self.converted.columns[plan.field.name], Reading(date_order=unit.order)
        for text, rows in unit.rows.items():
            value = plan.field.kind.parse_cell(text, reading)
            for position in rows:
                if isinstance(value, Bad):
                    where = self.place.at(position, plan.letters)
                    self.converted.reject(position, self.asking.unreadable(value.text, unit.order, where))
                else:
                    values[position] = value

    def finish(self) -> None:
        """Leave open what waits for a person; remember what a person decided; say what was read how."""
        for plan in self.plans:
            waiting = [
                position
                for unit in self.units
                if unit.plan is plan and (not unit.order or unit in self.asking.units)
                for rows in unit.rows.values()
                for position in rows
            ]
            self.converted.open[plan.field.name] = sorted(waiting)
        for unit in self.units:
            is_said = unit.origin == "stated" and unit.order == self.context.options.date_order
            is_decided = unit.origin == "accepted" or (is_said and len(unit.fitting) > 1)
            if is_decided and not unit.follows and not self.asking.decisions:
                self._remembered().setdefault(unit.plan.header, {})[unit.layout] = unit.order
            if unit.origin in ("proved", "accepted") and not unit.follows:
                self.converted.notes.append(self.asking.read_as(unit))
            if self._is_half_converted(unit):
                self.converted.notes.append(self.asking.half_converted(unit))
        self.converted.decisions += self.asking.decisions

    def _is_half_converted(self, unit: Unit) -> bool:
        """Tell whether a program seems to have turned what it could read into dates, and left the rest as text.

        Opened under the other order, `03/04/2026` becomes a real date, swapped, and `13/04/2026` stays a text: then no
        text could be read otherwise, and no real date has a day above 12.
        """
        if (
            unit.origin != "proved"
            or unit.count < ENOUGH
            or any(
                len([order for order in unit.orders if written.read(order)]) > 1 for written in unit.written.values()
            )
        ):
            return False
        real = [cell for cell in self._cells(unit.plan) if isinstance(cell, date)]
        return len(real) >= ENOUGH and all(cell.day <= 12 for cell in real)

    def _remembered(self) -> dict[str, dict[str, DateOrder]]:
        return self.context.reading.decided.dates
