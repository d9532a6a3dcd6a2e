"""`commission open`: the first month that salescli pays, and what people bring into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from salescli.core.commission.inputs import HeldFor, WaitingFor
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import plain
from salescli.core.money import CONTEXT, total
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.errors import Problem, ProblemsFound, Refused, problem
from salescli.importers.figures import FigureRow, FiguresRead, Wanted, read_figures
from salescli.reports.commission.opening import OpeningFigures, OpeningLine, build_opening, build_template
from salescli.services.commission.opening_held import held_lines, held_row, read_held
from salescli.services.commission.opening_implied import Implied, imply
from salescli.services.commission.opening_waiting import (
    can_wait,
    check_undeducted,
    read_waiting,
    undeducted_row,
    waiting_row,
)
from salescli.services.commission.payees import fetch_seats, payees_of
from salescli.services.commission.posted import KIND, OPENING, SUBJECT, item_of
from salescli.services.commission.running import check_month, read_plans
from salescli.services.commission.sheet_people import NAME, NUMBER, SheetPeople
from salescli.services.commission.showing import counted_components
from salescli.services.context import Context
from salescli.services.knowledge import known_batch, known_line
from salescli.store.runs import add_event, canonical, closed_runs, fetch_runs, save_run

WANTED = (
    NUMBER,
    NAME,
    Wanted("plan", ("方案", "plan"), "text"),
    Wanted("component", ("组件", "component"), "text"),
    Wanted("position", ("累计业绩", "累计", "position")),
    Wanted("earned", ("已计提", "已计", "earned")),
    Wanted("held", ("留存", "held", "holdback")),
    Wanted("owed", ("欠款", "owed")),
    Wanted("carried", ("结转", "carried")),
    Wanted("waiting", ("门槛暂存", "暂存", "waiting", "held by gates")),
    Wanted("undeducted", ("待扣款", "undeducted", "deductions waiting")),
    Wanted("of_month", ("暂存月份", "of month"), "text"),
    Wanted("contract", ("合同", "合同编号", "合同号", "contract"), "text"),
    Wanted("held_until", ("留存至", "留存到期", "held until"), "text"),
)
AMOUNTS = ("position", "earned", "held", "owed", "carried", "undeducted")
REQUIRED = [("number", "name"), (*AMOUNTS, "waiting")]


@dataclass
class Opened:
    """What was taken over."""

    report: Report
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """One component of one person, who may bring something."""

    entity: int
    plan: Plan
    line: OpeningLine
    waiting: tuple[WaitingFor, ...] = ()  # held by gates or factors, as the sheet says
    held_for: tuple[HeldFor, ...] = ()


def opening_template(context: Context, period: Period) -> Report:
    """Return the sheet to fill in: everyone on a plan in the first month paid, by component."""
    check_month(period)
    return build_template(period.label, [one.line for one in _lines(context, period)])


def open_month(context: Context, period: Period, file: Path | None) -> Opened:
    """Name the first month that salescli pays; take over the balances of a sheet, where there is one.

    Raises:
        Refused: a month is closed already: what was paid cannot have another beginning.
        ProblemsFound: the sheet has errors; nothing is stored.
    """
    check_month(period)
    closed = closed_runs(context.store, KIND)
    if closed:
        raise Refused(problem("open-after-close", period=period.label, other=max(closed), first=min(closed)))
    lines = _lines(context, period)
    problems: list[Problem] = []
    source = ""
    if file is not None:
        read = read_figures(file, WANTED, REQUIRED, name=file.as_posix())
        problems += read.problems
        lines, wrong = _filled(context, read, lines)
        problems += wrong
        source = read.file
    if any(each.severity == "error" for each in problems):
        raise ProblemsFound(*problems)
    left = [one for one in lines if one.line.said is not None and one.line.implied.waiting and not one.waiting]
    if left:
        names = list(dict.fromkeys(one.line.name for one in left))
        amount = f"{total(one.line.implied.waiting or Decimal(0) for one in left):,}"
        problems.append(problem("held-not-opened", severity="warning", people=names, amount=amount))
    number = _save(context, period, lines, source)
    known = known_line(context, [context.store.registry["receipt"]])
    shown = [one.line for one in lines if file is None or one.line.said is not None]
    return Opened(build_opening(period.label, shown, number, known, context.language), problems)


def _lines(context: Context, period: Period) -> list[_Line]:
    """Return everyone's components with what the store's history implies up to the month before."""
    before = month_of(period.start - ONE_DAY)
    plans = [file for file in read_plans(context) if file.require().start < period.end <= file.require().end]
    implied = imply(context, plans, before)
    counted = counted_components(context, plans)
    seats = fetch_seats(context.store)
    found = []
    for file in plans:
        plan = file.require()
        for payee in payees_of(context.store, plan, seats):
            if payee.start >= period.end or payee.end <= period.start:
                continue
            for name in plan.components:
                known = implied.get(item_of(file.name, payee.entity), {}).get(name, Implied())
                title, is_counted = plan.component_title(name), (file.name, name) in counted
                waiting = tuple((one.month, one.amount) for one in known.waiting) if can_wait(plan, name) else ()
                line = OpeningLine(
                    payee.key, payee.name, file.name, name, title, None, known.figures, is_counted, known.held, waiting
                )
                found.append(_Line(payee.entity, plan, line))
    return found


def _filled(context: Context, read: FiguresRead, lines: Sequence[_Line]) -> tuple[list[_Line], list[Problem]]:
    """Put the sheet's figures to the lines; whom or what it names wrongly is a problem."""
    people = SheetPeople(context, read)
    filled = list(lines)
    problems: list[Problem] = []
    for row in read.rows:
        called = row.text("number") or row.text("name")
        person = people.find(row)
        if person is None or isinstance(person, Problem):
            problems += [person] if person is not None else []
            continue
        where = read.where(row, "number" if row.text("number") else "name")
        fitting = [
            place
            for place, one in enumerate(lines)
            if one.entity == person
            and row.text("plan") in ("", one.line.plan)
            and row.text("component") in ("", one.line.component, *one.line.title)
        ]
        if len(fitting) != 1:
            problems.append(
                _no_fit(read, row, [lines[place] for place in fitting], [one for one in lines if one.entity == person])
            )
            continue
        one = filled[fitting[0]]
        waiting, wrong = read_waiting(read, row, one.plan, one.line.component)
        problems += wrong + check_undeducted(read, row, one.plan)
        filled[fitting[0]] = one = replace(one, waiting=(*one.waiting, *waiting))
        if row.text("of_month"):
            continue
        if row.text("contract") or row.text("held_until"):
            held, wrong = read_held(context, read, row)
            problems += wrong
            filled[fitting[0]] = replace(one, held_for=(*one.held_for, *held))
            continue
        if one.line.said is not None:
            problems.append(problem("opening-twice", where, text=f"{called} {one.line.component}"))
            continue
        said = OpeningFigures(**{name: row.cells.get(name) for name in AMOUNTS})
        filled[fitting[0]] = replace(one, line=replace(one.line, said=said))
    return [_with_held(one) for one in filled], problems


def _with_held(one: _Line) -> _Line:
    """Return a line whose held figures are all that is held, by contracts and of months."""
    if one.waiting:
        said = replace(one.line.said or OpeningFigures(), waiting=total(each.amount for each in one.waiting))
        one = replace(one, line=replace(one.line, said=said))
    if not one.held_for:
        return one
    said = one.line.said or OpeningFigures()
    held = total([said.held or Decimal(0), *(each.amount for each in one.held_for)])
    lines = held_lines(one.held_for, one.line.held)
    return replace(one, line=replace(one.line, said=replace(said, held=held), held=lines))


def _no_fit(read: FiguresRead, row: FigureRow, fitting: Sequence[_Line], known: Sequence[_Line]) -> Problem:
    name = "component" if "component" in read.letters else "number" if "number" in read.letters else "name"
    choices = [f"{one.line.plan} {one.line.component}" for one in (fitting or known)]
    text = " ".join(
        part for part in (row.text("name") or row.text("number"), row.text("plan"), row.text("component")) if part
    )
    return problem("opening-unclear" if choices else "not-on-a-plan", read.where(row, name), text=text, choices=choices)


def _save(context: Context, period: Period, lines: Sequence[_Line], source: str) -> int:
    """Keep the opening as a closed run of its own kind; an earlier one is replaced, and stays in the history."""
    results: dict[str, dict[str, object]] = {}
    for one in lines:
        said = one.line.said
        if said is None:
            continue
        item = results.setdefault(item_of(one.line.plan, one.entity), {"rows": [], "owed": "0", "carried": "0"})
        item["owed"] = plain(CONTEXT.add(Decimal(str(item["owed"])), said.owed or Decimal(0)))
        item["carried"] = plain(CONTEXT.add(Decimal(str(item["carried"])), said.carried or Decimal(0)))
        item |= undeducted_row(said.undeducted or Decimal(0))
        rows = item["rows"]
        assert isinstance(rows, list)
        row = _row(one.line, said, source) | held_row(one.held_for, said.held or Decimal(0))
        rows.append(row | waiting_row(one.waiting))
    texts = {item: canonical(value) for item, value in results.items()}
    with context.store.transaction(f"commission open {period}"):
        for old in fetch_runs(context.store, OPENING):
            if old.state == "closed":
                add_event(context.store, old.id, "reopened", f"commission open {period}")
        manifest = {"period": period.label, "source": source}
        run = save_run(context.store, OPENING, SUBJECT, period.label, known_batch(context), manifest, texts)
        add_event(context.store, run.id, "closed")
    return run.id


def _row(line: OpeningLine, said: OpeningFigures, source: str) -> dict[str, object]:
    position = said.position or Decimal(0)
    return {
        "component": line.component,
        "position": plain(position),
        "units": plain(position if line.is_counted else Decimal(0)),
        "earned": None if said.earned is None else plain(said.earned),
        "held": plain(said.held or Decimal(0)),
        "month": None,
        "source": source,
    }
