"""Why nothing: reasons, with their places, for a component, a transaction or a person that is paid nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.note_words import note_words
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.services.commission.payees import Hierarchy, fetch_seats
from salescli.services.commission.places import Places
from salescli.services.commission.running import CommissionRun, Computed, read_plans
from salescli.services.commission.unpaid import credits_by_person
from salescli.services.context import Context
from salescli.store.entities import labels, resolve
from salescli.store.metric_lines import Line, fetch_lines
from salescli.store.state import fetch_images

Reason = tuple[str, str]
"""A sentence and its place."""


def why_nothing(context: Context, one: Computed, period: Period, component: str = "") -> list[Reason]:
    """Return why the components of one person earn nothing in a run; "" for the place where there is none."""
    plan, found = one.plan.require(), []
    for each in one.result.components:
        if each.earned or (component and each.component != component):
            continue
        shape = plan.components.get(each.component)
        title = each.title.text(context.language) + (":" if context.language == "zh" else ": ")
        if shape is None:
            continue
        for sentence, path in _component_reasons(context, one, each.component, shape, period):
            place = one.plan.place(("components", each.component, *path))
            found.append((f"{title}{sentence.text(context.language)}", place))
        found += [(f"{title}{note_words(note).text(context.language)}", "") for note in each.notes]
    return found


def _component_reasons(
    context: Context, one: Computed, name: str, shape: CreditedShape, period: Period
) -> Iterator[tuple[Title, tuple[str, ...]]]:
    result = one.result.component(name)
    if result.held:
        yield Title(f"门槛未过,暂存 {result.held:,}", f"held by a gate: {result.held:,}"), ("needs",)
    if result.pay_credit:
        if not result.held:
            yield (
                Title(f"计入业绩 {result.pay_credit:,},但未产生提成", f"credits of {result.pay_credit:,} earn nothing"),
                (),
            )
        return
    metric = context.catalogue.get(shape.pays_on).title if shape.pays_on in context.catalogue else None
    called = metric or Title(shape.pays_on, shape.pays_on)
    if shape.credit != "own":
        yield Title(f"本期团队没有计入的{called.zh}", f"the team has no {called.en} in this period"), ("credit",)
        return
    everything = credits_by_person(context, shape.pays_on, period, one.result.currency).get(one.payee.entity)
    if everything:
        yield (
            Title(
                f"本期{called.zh} {everything:,},都不在 only 之内",
                f"{called.en} of {everything:,}, none of it within `only`",
            ),
            ("only",),
        )
    else:
        yield Title(f"本期没有归属本人的{called.zh}", f"no {called.en} of theirs in this period"), ("pays_on",)


def why_no_plan(context: Context, person: int, period: Period) -> list[Reason]:
    """Return why a person is under no plan: where they sit, and whose the plans are."""
    seat = Hierarchy(fetch_seats(context.store)).seat(person, period.last_day)
    role = seat.role if seat else None
    where = (
        Title(f"{period.last_day} 的岗位是 {role or '(空)'}", f"on {period.last_day} the role is {role or '(none)'}")
        if seat
        else Title(f"{period.last_day} 没有任职记录", f"no assignment on {period.last_day}")
    )
    found = [(where.text(context.language), "")]
    for file in read_plans(context):
        plan = file.require()
        whose = [*plan.for_.role, *plan.for_.team, *plan.for_.people]
        said = Title(f"{plan.title.zh} 适用于:{'、'.join(whose)}", f"{plan.title.en} is for {', '.join(whose)}")
        found.append((said.text(context.language), file.place(("for",))))
    return found


def why_no_credit(context: Context, done: CommissionRun, transaction: str, credited: frozenset[int]) -> list[Reason]:
    """Return what keeps a transaction, or a part of it, out of the run; `credited` are those who have it by themselves.

    Raises:
        UsageError: no record is called so.
    """
    rows = _credit_rows(context, done, transaction)
    found: list[Title] = []
    for row in rows:
        found += _row_reasons(context, done, row, credited)
    if not rows and not credited:
        raise UsageError(problem("no-such-transaction", text=transaction))
    source = Places(context).place(rows[0].source, rows[0].source_row) if rows else ""
    return [(each.text(context.language), source) for each in dict.fromkeys(found)]


def _credit_rows(context: Context, done: CommissionRun, transaction: str) -> list[Line]:
    """Return the credits of a transaction before any plan chooses among them."""
    metrics = {
        base.name: base
        for one in done.computed
        for shape in one.plan.require().components.values()
        for name in shape.metrics
        for base, _ in context.catalogue.base_parts(name)
    }
    if not metrics:
        metrics = {base.name: base for base, _ in context.catalogue.base_parts("receipts")}
    found: dict[tuple[int, int | None, int | None], Line] = {}
    for base in metrics.values():
        entity = resolve(context.store, context.store.registry[base.of], [transaction], by_name=False).get(transaction)
        if entity is None:
            continue
        day = _day_of(context, base.of, entity)
        period = Period(day, date.fromordinal(day.toordinal() + 1)) if day else None
        for row in fetch_lines(context.store, base, Query(base.name, (), period), context.on.isoformat()):
            if row.entity == entity:
                found.setdefault((entity, row.person, row.share_from), row)
    return list(found.values())


def _day_of(context: Context, type_name: str, entity: int) -> date | None:
    kind = context.store.registry[type_name]
    images = fetch_images(context.store, kind, "id = ?", (entity,))
    value = images[entity].get(kind.date) if kind.date and entity in images else None
    return date.fromisoformat(str(value)[:10]) if value else None


def _row_reasons(context: Context, done: CommissionRun, row: Line, credited: frozenset[int]) -> list[Title]:
    day = date.fromisoformat(row.day) if row.day else None
    amount = f"{from_e4(row.credit):,}"
    if row.person in credited:
        return []
    if row.person is None:
        if row.share_to is not None:
            return [Title(f"{amount} 是公司份额:分成不足 100 %", f"{amount} is the house's: the split is below 100 %")]
        return [
            Title(
                f"{amount} 未认领:没有合同,或合同没有负责人",
                f"{amount} has no claim: no contract, or one without an owner",
            )
        ]
    name = labels(context.store, context.store.registry["person"], [row.person]).get(row.person, "")
    if day is not None and day not in done.period:
        return [
            Title(
                f"{name} {amount}:日期 {day} 不在 {done.period}",
                f"{name} {amount}: its date {day} is not in {done.period}",
            )
        ]
    mine = [one for one in done.computed if one.payee.entity == row.person]
    if not mine:
        return [Title(f"{name} {amount}:{name} 不在任何方案内", f"{name} {amount}: {name} is under no plan")]
    return [
        Title(
            f"{name} {amount}:不在 {one.plan.require().title.zh} 的 only 之内",
            f"{name} {amount}: outside `only` of {one.plan.require().title.en}",
        )
        for one in mine
    ]
