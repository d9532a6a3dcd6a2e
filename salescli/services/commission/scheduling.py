"""`commission schedule`: what runs earned on each contract, capitalised and written off over the contract's term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.commission.capitalised import Incurred, Term, build_schedule, term_between
from salescli.core.money import CONTEXT, smallest_amount
from salescli.core.periods import Period
from salescli.core.records import kinds
from salescli.core.table import Report
from salescli.errors import Refused, UsageError, problem
from salescli.reports.commission.schedule import ContractSchedule, ScheduleHead, build_schedule_report
from salescli.services.commission.cost_lines import CostLines
from salescli.services.commission.places import Places
from salescli.services.commission.posted import KIND
from salescli.services.commission.stored import find_run, knowing
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.runs import Run, fetch_runs
from salescli.store.state import fetch_images


@dataclass(frozen=True)
class ScheduleAsked:
    """Through which months, in which fields a term begins and ends, its months where there is none, the expedient."""

    period: Period
    begins: str = "signed"
    ends: str = ""
    months: int = 0
    expedient: bool = False


def show_schedule(context: Context, asked: ScheduleAsked) -> Report:
    """Return what each contract's commission was written off by to the end of a period.

    Raises:
        UsageError: a field is no day of a contract, or nothing says how long contracts run.
        Refused: no month up to there was run.
    """
    _check(context, asked)
    incurred, runs = _incurred(context, asked.period)
    if not runs:
        raise Refused(problem("cost-no-run", period=asked.period.label))
    terms = _terms(context, asked)
    found = []
    for (currency, contract), costs in sorted(incurred.items()):
        ordered = [Incurred(month, amount) for month, amount in sorted(costs.items()) if amount]
        if ordered:
            unit = smallest_amount(currency)
            schedule = build_schedule(terms.get(contract), ordered, expedient=asked.expedient, unit=unit)
            found.append(ContractSchedule(contract, currency, schedule))
    labels = tuple((run.period, run.id, run.state) for run in runs)
    known = known_line(context, [context.store.registry["contract"]])
    head = ScheduleHead(asked.period, labels, asked.begins, asked.ends, asked.months, asked.expedient, known)
    return build_schedule_report(head, found, context.calendar)


def _check(context: Context, asked: ScheduleAsked) -> None:
    kind = context.store.registry["contract"]
    days = tuple(one.name for one in kind.fields if one.kind is kinds.DATE)
    wrong = [one for one in (asked.begins, asked.ends) if one and one not in days]
    if wrong:
        raise UsageError(*(problem("schedule-field", text=one, choices=days) for one in wrong))
    if not asked.ends and asked.months < 1:
        raise UsageError(problem("schedule-no-term"))


def _incurred(context: Context, period: Period) -> tuple[dict[tuple[str, str], dict[date, Decimal]], list[Run]]:
    """Return what each run up to a period's end earned on each contract; what is of none has the contract ""."""
    months = sorted({run.period for run in fetch_runs(context.store, KIND)})
    found: dict[tuple[str, str], dict[date, Decimal]] = {}
    runs, lines_of = [], CostLines(context)
    for label in months:
        month = context.parse_period(label)
        run = find_run(context, month)
        if run is None or month.start >= period.end:
            continue
        runs.append(run)
        with knowing(context, run):
            _, everybody = lines_of.open(run)
        for _, lines in everybody:
            for line in lines:
                by_month = found.setdefault((line.currency, line.contract), {})
                by_month[month.start] = CONTEXT.add(by_month.get(month.start, Decimal(0)), line.amount)
    return found, runs


def _terms(context: Context, asked: ScheduleAsked) -> Mapping[str, Term]:
    """Return the terms of the contracts that have one, by their numbers."""
    places = Places(context)
    found = {}
    for entity, image in fetch_images(context.store, context.store.registry["contract"]).items():
        term = _term(image, asked)
        if term is not None:
            found[places.label("contract", entity)] = term
    return found


def _term(image: Mapping[str, Any], asked: ScheduleAsked) -> Term | None:
    start = image.get(asked.begins)
    if not start:
        return None
    first = date.fromisoformat(str(start)[:10])
    end = image.get(asked.ends) if asked.ends else None
    if end:
        return term_between(first, date.fromisoformat(str(end)[:10]))
    return Term(first.replace(day=1), asked.months) if asked.months > 0 else None
