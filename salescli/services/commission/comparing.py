"""Our figures beside the spreadsheet used until now, per person, with what likely explains each difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.likely import Cause, Side, find_cause
from salescli.core.commission.line_differences import Parted
from salescli.core.commission.plan import Plan
from salescli.core.metrics.query import Query
from salescli.core.money import CONTEXT, from_e4, total
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.errors import Problem, ProblemsFound, problem
from salescli.importers.figures import FigureRow, FiguresRead, Wanted, read_figures
from salescli.policy.plans import PlanFile
from salescli.reports.commission.compared_lines import Person as PartedPerson
from salescli.reports.commission.comparison import ComparedPerson, Comparison, build_comparison
from salescli.services.commission.comparing_currencies import (
    CURRENCY,
    figure_of,
    in_currencies,
    stated_currency,
)
from salescli.services.commission.comparing_currencies import Compared as Key
from salescli.services.commission.comparing_lines import LINES, fill_down, join_rows, line_column, part_lines
from salescli.services.commission.explaining import as_known, head_of_period
from salescli.services.commission.payees import person_keys
from salescli.services.commission.places import Places
from salescli.services.commission.running import Computed, check_month, compute_period, read_plans
from salescli.services.commission.sheet_people import NAME, NUMBER, SheetPeople
from salescli.services.commission.stored import find_run, load_plans, never_run
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.metric_lines import fetch_lines
from salescli.store.runs import Run
from salescli.store.state import fetch_images

PAID = (
    "提成", "提成金额", "本月提成", "应计提成", "提成合计", "应发提成", "佣金", "commission",
    "应发", "实发", "payable", "amount",
)  # fmt: skip
CREDIT = Wanted("credit", ("回款净额", "净回款", "回款额", "回款", "业绩", "计提基数", "credit", "receipts", "base"))
GROSS = {"receipts-net": "receipts-gross", "receipts-net-in": "receipts", "bookings-net": "bookings"}
"""Metrics without tax and costs, and what the same is with them."""


@dataclass
class Compared:
    """The comparison; `differs` is for the exit code."""

    report: Report
    differs: bool
    problems: list[Problem] = field(default_factory=list)


def compare_sheet(context: Context, period: Period, file: Path, column: str = "", figure: str = "earned") -> Compared:
    """Compare a month with a spreadsheet.

    Args:
        context: the open workspace.
        period: the month.
        file: the spreadsheet; a line per person, by number or by name.
        column: the header of its figures, where it is not a usual one.
        figure: which of ours stands beside it: `earned` or `payable`.

    Raises:
        ProblemsFound: the file cannot be read, or lacks the columns.
    """
    check_month(period)
    paid = Wanted("paid", (column,) if column else PAID)
    required = [("number", "name"), ("paid",)]
    read = read_figures(file, [NUMBER, NAME, paid, CREDIT, CURRENCY, *LINES], required, name=_shown(context, file))
    if not read.rows:
        raise ProblemsFound(*(read.problems or [problem("empty-workbook")]))
    column_of_lines = line_column(read)
    if column_of_lines:
        fill_down(read, ("number", "name"))
    run = find_run(context, period)
    with as_known(context, run):
        plans = list(load_plans(context, run).values()) if run is not None else read_plans(context)
        done = compute_period(context, period, with_lines=True, plans=plans, upon=run)
        search = _Causes(context, period, plans, run, done.computed)
        matched, problems = _match(context, read, is_by_line=bool(column_of_lines))
        by_person = in_currencies(matched, done.computed, figure, context.currency)
        people = {person: join_rows(found) for person, found in by_person.items()}
        rows = _rows(context, read, people, done.computed, search, figure)
        parted = {}
        if column_of_lines and figure == "earned":
            parted = _parted(context, read, column_of_lines, by_person, done.computed, search)
        head = head_of_period(context, period, run)
    said = Comparison(file.name, read.headers.get("paid", ""), figure, rows, read.totals.get("paid"))
    problems += read.problems
    report = build_comparison(head, said, context.language, parted)
    return Compared(report, any(row.differs for row in rows), problems)


def _shown(context: Context, file: Path) -> str:
    return context.workspace.relative(file) if file.is_absolute() else file.as_posix()


def _match(
    context: Context, read: FiguresRead, *, is_by_line: bool
) -> tuple[dict[Key, list[FigureRow]], list[Problem]]:
    """Return the lines by person and currency stated.

    Who is unknown, ambiguous, or there twice in a currency without lines to tell, is a problem.
    """
    people = SheetPeople(context, read)
    found: dict[Key, list[FigureRow]] = {}
    problems: list[Problem] = []
    for row in read.rows:
        person = people.find(row)
        if person is None or isinstance(person, Problem):
            problems += [person] if person is not None else []
            continue
        key = (person, stated_currency(row))
        if key in found and not is_by_line:
            name, first = "number" if row.text("number") else "name", found[key][0].row
            problems.append(problem("person-twice", read.where(row, name), text=row.text(name), row=first))
        else:
            found.setdefault(key, []).append(row)
    return found, list(dict.fromkeys(problems)) if is_by_line else problems


def _parted(
    context: Context,
    read: FiguresRead,
    column: str,
    people: Mapping[Key, list[FigureRow]],
    computed: Sequence[Computed],
    search: _Causes,
) -> dict[PartedPerson, Parted]:
    """Return the lines on which the sheet and the run part, by the person's number and name and by currency."""
    names = labels(context.store, context.store.registry["person"], {person for person, _ in people})
    keys = person_keys(context.store, {person for person, _ in people})
    found = {}
    for (person, code), rows in people.items():
        mine = [one for one in computed if (one.payee.entity, one.result.currency) == (person, code)]
        theirs, ours = join_rows(rows).cells.get("paid"), total(one.result.earned for one in mine)
        parted = part_lines(read, column, rows, mine, CONTEXT.subtract(theirs or Decimal(0), ours), search.is_money)
        if parted.lines or parted.rest:
            found[keys.get(person, ""), names.get(person, ""), code] = parted
    return found


def _rows(
    context: Context,
    read: FiguresRead,
    people: Mapping[Key, FigureRow],
    computed: Sequence[Computed],
    search: _Causes,
    figure: str,
) -> list[ComparedPerson]:
    ours: dict[Key, list[Computed]] = {}
    for one in computed:
        ours.setdefault((one.payee.entity, one.result.currency), []).append(one)
    covered = {one.plan.name for key in people for one in ours.get(key, ())}
    everybody = {person for person, _ in (*people, *ours)}
    in_sheet = {person for person, _ in people}
    names = labels(context.store, context.store.registry["person"], everybody)
    keys = person_keys(context.store, everybody)
    rows = []
    for key in (*people, *(one for one in ours if one not in people)):
        person, code = key
        mine = ours.get(key, [])
        row = people.get(key)
        if row is None and not any(
            one.result.earned and (one.plan.name in covered or person in in_sheet) for one in mine
        ):
            continue  # the sheet is of other people's plans
        amounts = [figure_of(one, figure) for one in mine]
        theirs = None if row is None else row.cells.get("paid") or Decimal(0)
        amount = total(amounts) if mine else None
        cause = None
        if row is None:
            cause = Cause("currency-not-in-sheet" if person in in_sheet else "not-in-sheet")
        elif amount is None:
            cause = Cause("not-in-plan") if theirs else None
        elif theirs != amount and theirs is not None and figure == "earned":
            cause = search.find(mine, theirs)
        credit = total(
            each.pay_credit for one in mine for each in one.result.components if search.is_money(one, each.component)
        )
        rows.append(
            ComparedPerson(
                keys.get(person, ""),
                names.get(person, ""),
                None if row is None else row.cells.get("credit"),
                credit if mine else None,
                theirs,
                amount,
                cause,
                "" if row is None else str(read.where(row, "paid")),
                code,
            )
        )
    return rows


class _Causes:
    """Looks for the cause of each difference; what it needs beyond the run is fetched once."""

    def __init__(
        self, context: Context, period: Period, plans: Sequence[PlanFile], run: Run | None, computed: Sequence[Computed]
    ) -> None:
        self._context, self._period, self._plans, self._run = context, period, plans, run
        self._computed = computed
        self._gross: dict[str, PayeeInputs] | None = None
        self._owners: dict[str, int] | None = None
        self._rows: dict[str, list[tuple[int | None, CreditLine]]] = {}

    def is_money(self, one: Computed, component: str) -> bool:
        """Tell whether a component pays on money."""
        shape = one.plan.require().components.get(component)
        return shape is not None and bool(shape.metrics) and self._context.catalogue.unit(shape.pays_on) == "money"

    def find(self, mine: Sequence[Computed], theirs: Decimal) -> Cause | None:
        """Return what explains a person's difference."""
        return find_cause([self._side(one) for one in mine], theirs)

    def _side(self, one: Computed) -> Side:
        plan = one.plan.require()
        upto = self._period if plan.pay == "monthly" else self._context.calendar.window("quarter", self._period.start)
        owned = frozenset(number for number, owner in self._owners_of().items() if owner == one.payee.entity)
        return Side(plan, one.inputs, one.result, upto, self._gross_of(one), owned, tuple(self._others(one, plan)))

    def _owners_of(self) -> dict[str, int]:
        if self._owners is None:
            images = fetch_images(self._context.store, self._context.store.registry["contract"]).values()
            self._owners = {image["number"]: image["owner"] for image in images if image["number"]}
        return self._owners

    def _gross_of(self, one: Computed) -> PayeeInputs | None:
        """Return the inputs of the same plans paid on amounts before tax and costs."""
        if self._gross is None:
            plans = [replace(file, plan=_grossed(file.require())) for file in self._plans]
            # closed months are credited by their own plans; the sheet takes its amounts from the year's first day on
            run = self._run or never_run(self._context, self._period)
            alone = replace(run, manifest={**run.manifest, "closed": [], "restated": {}})
            done = compute_period(self._context, self._period, with_lines=True, plans=plans, upon=alone)
            self._gross = {each.item: each.inputs for each in done.computed}
        return self._gross.get(one.item)

    def _others(self, one: Computed, plan: Plan) -> Iterable[CreditLine]:
        """Yield the month's transactions that are not this person's under their own components."""
        for name, shape in plan.components.items():
            if not shape.metrics or shape.credit != "own" or not self.is_money(one, name):
                continue
            mine = {line.key for line in one.inputs.lines if line.component == name}
            for person, line in self._month_lines(shape):
                if person != one.payee.entity or line.key not in mine:
                    yield replace(line, component=name)

    def _month_lines(self, shape: CreditedShape) -> list[tuple[int | None, CreditLine]]:
        if shape.pays_on not in self._rows:
            context, places = self._context, Places(self._context)
            found = []
            for base, sign in context.catalogue.base_parts(shape.pays_on):
                rows = fetch_lines(context.store, base, Query(base.name, (), self._period), context.on.isoformat())
                people = labels(
                    context.store, context.store.registry["person"], {row.person for row in rows if row.person}
                )
                for row in rows if sign > 0 else ():
                    if row.day is None:
                        continue
                    credit = from_e4(row.credit)
                    line = CreditLine(
                        "", date.fromisoformat(row.day), places.key(row.entity), credit, credit, credit,
                        customer=places.label("customer", row.customer), kind=base.of,
                        source=places.place(row.source, row.source_row, row.edited),
                        with_others=people.get(row.person, "") if row.person else "",
                    )  # fmt: skip
                    found.append((row.person, line))
            self._rows[shape.pays_on] = found
        return self._rows[shape.pays_on]


def _grossed(plan: Plan) -> Plan:
    """Return the plan paid on amounts before tax and costs."""
    components = {
        name: shape.model_copy(update={"pays_on": GROSS[shape.pays_on]})
        if getattr(shape, "pays_on", "") in GROSS
        else shape
        for name, shape in plan.components.items()
    }
    return plan.model_copy(update={"components": components})
