"""`commission pay PERIOD`: the payroll file of a closed month, a table per legal entity, its columns as YAML says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.commission.result import PayeeResult
from salescli.core.money import CONTEXT, from_e4, total
from salescli.core.periods import Period
from salescli.core.records.model import Field, RecordType
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.errors import ProblemsFound, Refused, problem
from salescli.policy.layers import policy_files
from salescli.reports.commission.columns import differences_of
from salescli.reports.commission.payroll import PayrollLine, PayrollTable, build_payroll, build_tables
from salescli.services.commission.approving import approvals
from salescli.services.commission.paid import state_of_run
from salescli.services.commission.payees import Hierarchy, fetch_seats
from salescli.services.commission.posted import KIND
from salescli.services.commission.running import check_month
from salescli.services.commission.stored import StoredPayee, head_of, knowing, load_payees, load_plans
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.runs import Run, closed_runs
from salescli.store.state import fetch_images_of

if TYPE_CHECKING:
    from salescli.policy.payroll import PayrollColumn, PayrollShape

FIGURES: Mapping[str, Callable[[PayeeResult], Decimal]] = {
    "own": lambda one: total(each.own for each in one.components),
    "differences": lambda one: total(differences_of(each) for each in one.components),
    "earned": lambda one: one.earned,
    "adjustments": lambda one: one.by_hand,
    "holdback": lambda one: one.kept_change,
    "carried_in": lambda one: one.carried_in,
    "draw": lambda one: CONTEXT.add(one.balance.adjusted, one.balance.deducted) if one.balance else Decimal(0),
    "deducted": lambda one: one.balance.deducted if one.balance else Decimal(0),
    "moved": lambda one: one.moved,
    "carried": lambda one: carried_through(one),
    "payable": lambda one: one.payable,
    "carried_out": lambda one: one.carried_out,
    "listed": lambda one: one.listed,
}
"""earned + adjustments − holdback + draw − deducted + carried = payable."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')


def carried_through(one: PayeeResult) -> Decimal:
    """Return what comes of balances below zero: brought from before and from other plans, less what is left to come."""
    return CONTEXT.subtract(total((one.carried_in, one.moved)), total((one.carried_out, one.listed)))


@dataclass(frozen=True)
class Payroll:
    """The payroll file of a closed month: as one report, and a table per legal entity."""

    run: Run
    report: Report
    tables: tuple[PayrollTable, ...]

    def file_of(self, one: PayrollTable, language: Language) -> tuple[str, Report]:
        """Return the name (without suffix) and the report of one legal entity's own file."""
        name = _NOT_IN_NAMES.sub("_", f"{self.run.period}-{one.called.text(language)}").strip(" .")
        return name, self._of_table(one.table, one.table.rows, language)

    def as_one_table(self, language: Language) -> Report:
        """Return everybody in one table, for a file that can hold only one."""
        rows = tuple(row for one in self.tables for row in one.table.rows)
        return self._of_table(self.tables[0].table, rows, language) if self.tables else self.report

    def _of_table(self, table: Table, rows: tuple[tuple[Value, ...], ...], language: Language) -> Report:
        """Its headings are the titles that the workspace gave, in machine formats too: whoever pays set them."""
        columns = tuple(replace(each, key=each.title.text(language)) for each in table.columns)
        return replace(self.report, blocks=(replace(table, columns=columns, rows=rows, title=None),), next=())


def build_payroll_file(context: Context, period: Period) -> Payroll:
    """Build the payroll file of a closed month.

    Raises:
        Refused: the month is not closed.
        ProblemsFound: `config/payroll.yaml` has errors.
    """
    run = closed_run(context, period)
    shape = load_shape(context)
    payees = load_payees(context, run)
    with knowing(context, run):
        head = head_of(context, run)
    head = replace(head, state=state_of_run(context, run))
    lines = _Lines(context, run, payees).build(shape)
    shown = [one for one in lines if one.payable or shape.zero == "listed"]
    columns = [_column(context.store.registry["person"], each, at) for at, each in enumerate(shape.columns)]
    tables = build_tables(shown, columns)
    following = (
        f"salescli commission pay {period} -o payroll-{period}.xlsx",
        f"salescli commission pay {period} --from {'实发' if context.language == 'zh' else 'paid'}.xlsx",
    )
    report = build_payroll(head, shown, tables, len(lines) - len(shown), following)
    return Payroll(run, report, tuple(tables))


def closed_run(context: Context, period: Period) -> Run:
    """Return the closed run of a month.

    Raises:
        Refused: there is none.
    """
    check_month(period)
    run = closed_runs(context.store, KIND).get(period.label)
    if run is None:
        raise Refused(problem("pay-not-closed", period=period.label))
    return run


def load_shape(context: Context) -> PayrollShape:
    """Return the columns that the workspace, else the program, says.

    Raises:
        ProblemsFound: the file has errors.
    """
    from salescli.policy.payroll import read_payroll

    path = policy_files(context.workspace.config, "payroll")[-1].path
    fields = person_fields(context.store.registry["person"])
    shape, problems = read_payroll(path, fields, context.workspace.relative(path))
    if shape is None:
        raise ProblemsFound(*problems)
    return shape


def person_fields(kind: RecordType) -> list[str]:
    """Return the fields of a person that a payroll file may hold."""
    return [each.name for each in kind.fields if each.is_stored and not each.ref]


def _column(kind: RecordType, column: PayrollColumn, at: int) -> Column:
    source = column.from_ or ""
    key = (source or f"value_{at + 1}").replace("person.", "")
    if source in FIGURES:
        return Column(key, column.title, "money", give_way="" if source == "payable" else "empty")
    is_said_above = source in ("person.legal_entity", "period")
    shown = Column(key, column.title, "id" if source.startswith("person.") else "text")
    return replace(shown, give_way="narrow" if is_said_above else "empty")


class _Lines:
    """A line per person and currency, of the plans of both together."""

    def __init__(self, context: Context, run: Run, payees: Sequence[StoredPayee]) -> None:
        self._context, self._run = context, run
        self._payees = payees
        self._kind = context.store.registry["person"]
        self._images = fetch_images_of(context.store, self._kind, {one.entity for one in payees})
        self._titles = {name: file.require().title for name, file in load_plans(context, run).items()}
        self._approved = ", ".join(dict.fromkeys(event.by for event in approvals(context, run)))
        last = context.parse_period(run.period).last_day
        hierarchy = Hierarchy(fetch_seats(context.store))
        self._seats = {one.entity: hierarchy.seat(one.entity, last) for one in payees}
        teams = {seat.team for seat in self._seats.values() if seat is not None and seat.team is not None}
        self._teams = labels(context.store, context.store.registry["team"], teams)

    def build(self, shape: PayrollShape) -> list[PayrollLine]:
        """Return the lines, by number and name."""
        found: dict[tuple[int, str], list[StoredPayee]] = {}
        for one in self._payees:
            found.setdefault((one.entity, one.result.currency), []).append(one)
        lines = [self._line(shape, entity, currency, mine) for (entity, currency), mine in found.items()]
        return [line for _, line in sorted(lines, key=lambda pair: pair[0])]

    def _line(
        self, shape: PayrollShape, entity: int, currency: str, mine: Sequence[StoredPayee]
    ) -> tuple[tuple[str, str, str], PayrollLine]:
        cells = tuple(self._cell(each, entity, currency, mine) for each in shape.columns)
        payable = total(one.result.payable for one in mine)
        legal = str(self._images.get(entity, {}).get("legal_entity") or "")
        return (mine[0].result.person, mine[0].name, currency), PayrollLine(legal, currency, cells, payable)

    def _cell(self, column: PayrollColumn, entity: int, currency: str, mine: Sequence[StoredPayee]) -> Value:
        if column.value is not None:
            return column.value
        source = column.from_ or ""
        if source in FIGURES:
            return total(FIGURES[source](one.result) for one in mine)
        if source.startswith("person."):
            return self._field(entity, self._kind[source.removeprefix("person.")])
        seat = self._seats[entity]
        texts = {
            "period": self._run.period,
            "currency": currency,
            "run": str(self._run.id),
            "plan": ", ".join(self._title(one.result.plan) for one in mine),
            "team": self._teams.get(seat.team, "") if seat is not None and seat.team is not None else "",
            "role": (seat.role if seat is not None else "") or "",
            "approved_by": self._approved,
        }
        return texts[source]

    def _title(self, plan: str) -> str:
        return self._titles.get(plan, Title(plan, plan)).text(self._context.language)

    def _field(self, entity: int, field: Field) -> Value:
        """A field as it stands now: the file goes where people are paid today."""
        value: Any = self._images.get(entity, {}).get(field.name)
        if value is None:
            return ""
        return from_e4(value) if field.kind.suffix == "_e4" else str(value)
