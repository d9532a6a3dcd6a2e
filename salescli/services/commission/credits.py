"""Credits of a plan's components, from the store: sums for everyone by one query, lines where lines are needed.

Sums are folded in SQL to (person, month), or to (person, day) where something changes inside a month. Lines come
from the same records by the same rules, so they add up to the sums.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.inputs import CreditLine, CreditSum, QuotaMonth
from salescli.core.commission.needs import cut_days
from salescli.core.metrics.model import BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import Period
from salescli.errors import Problem, problem
from salescli.services.commission.by_line import line_by_line, sharers, shares_of
from salescli.services.commission.by_product import details_of, signing_paths
from salescli.services.commission.exchange import Exchanging, fetch_in_currency
from salescli.services.commission.narrowing import fetch_part_lines, narrowed
from salescli.services.commission.payees import Hierarchy, Payee
from salescli.services.commission.places import Places
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.services.commission.special_rates import Marking

NOBODY: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One component whose credits are wanted, for some people, through a run."""

    context: Context
    plan: Plan
    name: str
    component: CreditedShape
    payees: Mapping[int, Payee]
    run: Period
    hierarchy: Hierarchy
    quotas: Mapping[int, tuple[QuotaMonth, ...]]
    first: date | None = None  # the first day paid, where there is an opening sheet
    opened: frozenset[int] = frozenset()  # who brings figures of this component from before it
    only_in: Period | None = None  # part of the time, where metrics were defined otherwise in the rest
    exchanging: Exchanging | None = None  # where the plan converts other currencies
    special: Marking | None = None  # where people have special rates that a version of the plan takes
    people: tuple[int, ...] = ()  # whose credits alone are asked for
    asked: tuple[int, ...] = ()  # who alone is paid: the credits of others need not be read
    refunds_apart: bool = False  # the rule for refunds has changed: each follows the rule of what it undoes

    @property
    def period(self) -> Period:
        """From the plan's first day through the run, or the part of it that is asked for."""
        return self.only_in or span_of(self.plan, self.run)

    def is_wanted(self, person: int | None, day: date) -> bool:
        """Tell whether anybody is paid for what a person is credited with on a day."""
        return bool(self.receivers(person, day))

    def receivers(self, person: int | None, day: date) -> tuple[int, ...]:
        """Return who is credited with what a person is credited with on a day."""
        if person is None:
            return NOBODY
        if self.component.credit != "team":
            return (person,) if person in self.payees else NOBODY
        team = self.component.team
        assert team is not None
        above = self.hierarchy.above(person, day, everyone=team.depth == "everyone-below")
        if team.own_deals == "counted":
            above = [person, *above]
        return tuple(one for one in dict.fromkeys(above) if one in self.payees)


def span_of(plan: Plan, run: Period) -> Period:
    """Return the days whose credits a run of a plan needs: none after a plan that has ended."""
    return Period(min(plan.start, run.start), run.end if run.start < plan.end else plan.end)


class Part(NamedTuple):
    """One base metric of what is paid on, as it is asked for: sign, more filters, days, and whose credits it gives."""

    metric: BaseMetric
    sign: int
    is_refund: bool
    only: tuple[Filter, ...]
    period: Period
    whom: Literal["everyone", "opened", "others"] = "everyone"

    def is_for(self, task: Task, person: int) -> bool:
        """Tell whether a person has their credits from this part."""
        return self.whom == "everyone" or (self.whom == "opened") == (person in task.opened)


@dataclass(slots=True)
class Credited:
    """What was found: sums and lines by person, credits in a foreign currency, and what is nobody's."""

    sums: dict[int, list[CreditSum]] = field(default_factory=dict)
    lines: dict[int, list[CreditLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def fetch_sums(task: Task, into: Credited) -> None:
    """Add the credit sums of a component."""
    folded: dict[tuple[int, date, date, bool], list[int]] = {}
    others: dict[tuple[int, str], list[int]] = {}
    cuts = _cuts(task)
    is_apart = task.component.takes_back  # the position moves on each day: its refunds stay apart
    is_daily = bool(cuts) or task.component.credit == "team" or is_apart
    days: dict[str, tuple[date, date, date]] = {}
    for measure, metric_name in enumerate(task.component.metrics):
        for part in _parts(task, metric_name):
            query = Query(
                part.metric.name, ("person", "day" if is_daily else "month"), part.period, narrowed(task, part)
            )
            rows = fetch_in_currency(
                task.exchanging, task.context, part.metric, query, task.is_wanted, undoes=_undoes(task, part)
            )
            for row in rows:
                person, label = row.group
                if label not in days:
                    days[label] = _placed(str(label) if is_daily else f"{label}-01", cuts)  # type: ignore[index]
                day, month, start = days[label]  # type: ignore[index]
                start = day if is_apart else start
                for receiver in task.receivers(person, day):  # type: ignore[arg-type]
                    if row.currency and row.currency != task.plan.currency:
                        others.setdefault((receiver, row.currency), []).append(part.sign * row.value)
                    elif part.is_for(task, receiver):
                        held = folded.setdefault((receiver, month, start, part.is_refund), [0, 0])
                        held[measure] += part.sign * row.value
    for (person, month, start, is_refund), (paid, other) in sorted(folded.items()):
        into.sums.setdefault(person, []).append(_credit_sum(task, month, start, is_refund, paid, other))
    for (person, currency), values in sorted(others.items()):
        _refuse_currency(task, task.payees[person], currency, sum(values), into)


def _undoes(task: Task, part: Part) -> bool:
    """Whether a refund is converted as the receipt that it undoes was; on its own day it is a credit of its own."""
    return part.is_refund and task.component.refunds != "at-refund-date"


def _placed(label: str, cuts: Sequence[date]) -> tuple[date, date, date]:
    """Return a day, the first of its month, and the first day of the stretch that is folded with it."""
    day = date.fromisoformat(label)
    month = day.replace(day=1)
    passed = bisect_right(cuts, day)
    return day, month, max(month, cuts[passed - 1]) if passed else month


def _credit_sum(task: Task, month: date, start: date, is_refund: bool, paid: int, other: int) -> CreditSum:
    quota = other if len(task.component.metrics) > 1 else paid
    units = from_e4(paid) if _counts(task) else Decimal(0)
    return CreditSum(task.name, month, from_e4(paid), from_e4(quota), units, start, is_refund)


def _counts(task: Task) -> bool:
    """Whether the component pays on things counted rather than on money."""
    return task.context.catalogue.unit(task.component.pays_on) in ("count", "quantity")


def fetch_credit_lines(task: Task, into: Credited) -> None:
    """Add the lines of a component: one per transaction and receiver, with file, sheet and row."""
    places = Places(task.context)
    by_line = line_by_line(task.context, task.plan.plan, task.name, task.component)
    details = details_of(task.context, task.plan, task.component)
    for metric_name in task.component.metrics[:1]:
        for part in _parts(task, metric_name):
            exchanging, context = task.exchanging, task.context
            paths = () if exchanging is None else exchanging.paths(context, part.metric, undoes=_undoes(task, part))
            also = details.paths(part.metric) if details is not None else ()
            rows = fetch_part_lines(task, part, paths, also)
            shared = sharers(task.context, rows)
            shares = shares_of(rows) if by_line is not None else {}
            for row in rows:
                is_foreign = bool(row.currency) and row.currency != task.plan.currency
                if row.day is None or (is_foreign and exchanging is None):
                    continue
                day = date.fromisoformat(row.day)
                for receiver in task.receivers(row.person, day):
                    if part.is_for(task, receiver):
                        line = _line(task, part, row, day, places, shared.get((row.entity, row.person), ""))
                        line = line if details is None else details.complete(line, row)
                        line = line if by_line is None else by_line.change(line, row, part.metric.of, shares)
                        if exchanging is not None and is_foreign:
                            line = exchanging.convert(line, row.currency, row.rate_day)
                        line = line if task.special is None else task.special.mark(line, row, receiver)
                        into.lines.setdefault(receiver, []).append(line)


def _line(task: Task, part: Part, row: Any, day: date, places: Places, with_others: str) -> CreditLine:
    credit = from_e4(part.sign * row.credit)
    share = Decimal(1) if row.share_to is None else Decimal(row.share_to - row.share_from).scaleb(-6)
    return CreditLine(
        component=task.name,
        date=day,
        key=places.key(row.entity),
        pay_credit=credit,
        quota_credit=credit,
        amount=from_e4(part.sign * row.value),
        share=share,
        units=credit if _counts(task) else Decimal(0),
        customer=places.label("customer", row.customer),
        contract=places.label("contract", row.contract),
        kind="refund" if part.is_refund else task.context.catalogue.base_parts(task.component.pays_on)[0][0].of,
        undoes=places.key(row.undoes) if row.undoes is not None else "",
        happened=date.fromisoformat(row.own_day) if row.own_day else None,
        source=places.place(row.source, row.source_row, row.edited),
        with_others=with_others,
        via=str(row.person),
    )


def _parts(task: Task, metric_name: str) -> Iterator[Part]:
    """Yield the base metrics of what is paid on; under `recompute` a refund is dated as what it undoes.

    An opening sheet holds the months before it as one sum: what is refunded of them later counts on its own day, for
    those who bring such a sum.
    """
    for metric, sign in task.context.catalogue.base_parts(metric_name):
        metric = replace(metric, credit="overlay") if task.component.credit == "overlay" else metric
        if task.component.owner_on == "signing-date":
            metric = replace(metric, owned_on=signing_paths(task.context, metric))
        if metric.of != "refund":
            yield Part(metric, sign, False, _only(task), task.period)
            continue
        only = (*_only(task), Filter("date", "<", (task.run.end.isoformat(),)))  # later ones are not known to this run
        found = replace(metric, finds_receipts=True)
        if task.component.refunds == "recompute":
            yield from _parts_back(task, found, sign, only)
        elif task.refunds_apart:
            yield from _parts_by_rule(task, found, sign, only)
        else:
            yield Part(metric, sign, True, only, task.period)


def _parts_by_rule(task: Task, metric: BaseMetric, sign: int, only: tuple[Filter, ...]) -> Iterator[Part]:
    """Yield refunds on their own day: of what came in within the task's days, and of nothing that is known."""
    start, end = task.period.start, task.period.end
    days = (Filter("receipt.date", ">=", (start.isoformat(),)), Filter("receipt.date", "<", (end.isoformat(),)))
    yield Part(metric, sign, True, (*only, *days), Period(start, max(end, task.run.end)))
    yield Part(metric, sign, True, (*only, Filter("receipt.date", "=", ("(none)",))), task.period)


def _parts_back(task: Task, metric: BaseMetric, sign: int, only: tuple[Filter, ...]) -> Iterator[Part]:
    """Yield refunds on the day of what they undo: the receipt that one names, else the latest of its contract."""
    back, first = replace(metric, date=f"receipt.date|{metric.date}"), task.first
    if first is None or not task.opened:
        yield Part(back, sign, True, only, task.period)
        return
    earlier, day = Period(task.period.start, first), first.isoformat()
    later = Period(max(first, task.period.start), task.period.end)
    since = (*only, Filter("date", ">=", (day,)))
    yield Part(back, sign, True, (*only, Filter("date", "<", (day,))), task.period)
    if later.start < later.end:
        yield Part(back, sign, True, since, later)
        yield Part(metric, sign, True, (*since, Filter("receipt.date", "<", (day,))), later, "opened")
    if earlier.start < earlier.end:
        yield Part(back, sign, True, since, earlier, "others")


def _only(task: Task) -> tuple[Filter, ...]:
    found = [Filter(dimension_of(path), "=", tuple(values)) for path, values in task.component.only.items()]
    return (*found, Filter("person", "=", tuple(f"#{one}" for one in task.people))) if task.people else tuple(found)


def dimension_of(path: str) -> str:
    """`product.line` of a plan is the dimension: a receipt reaches it through its contract where it must."""
    return path.removeprefix("product.") if path in ("product.line", "product.family") else path


def _cuts(task: Task) -> tuple[date, ...]:
    """Days inside months where credits must be folded apart: tables, quotas' versions, first and last days."""
    found: set[date] = set()
    for payee in task.payees.values():
        found.update(cut_days(task.plan, task.name, task.quotas.get(payee.entity, ())))
        found.update(day for stay in payee.stays for day in stay if task.period.start < day < task.period.end)
    return tuple(sorted(day for day in found if day.day != 1))


def _refuse_currency(task: Task, payee: Payee, currency: str, value: int, into: Credited) -> None:
    found = problem(
        "credit-other-currency",
        plan=task.plan.plan,
        component=task.name,
        person=payee.name,
        currency=currency,
        amount=f"{from_e4(value):,}",
        wanted=task.plan.currency,
    )
    if found not in into.problems:
        into.problems.append(found)
