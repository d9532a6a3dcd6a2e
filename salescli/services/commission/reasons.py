"""Why nothing: reasons, with their places, for a component, a transaction or a person that is paid nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.explain_told import Explained
from salescli.core.commission.explain_why import why_not
from salescli.core.commission.note_words import note_words
from salescli.core.commission.result import Note
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4, total
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.services.commission.payees import Hierarchy, fetch_seats
from salescli.services.commission.places import Places
from salescli.services.commission.running import CommissionRun, Computed, read_plans
from salescli.services.commission.unpaid import credits_by_currency
from salescli.services.context import Context
from salescli.store.entities import labels, resolve
from salescli.store.metric_lines import Line, fetch_lines
from salescli.store.state import fetch_ids, fetch_images

Reason = tuple[str, str]
"""A sentence and its place."""


def why_nothing(context: Context, one: Computed, period: Period, component: str = "") -> list[Reason]:
    """Return every rule that keeps a person's components, and then their pay, at nothing; "" where it has no place."""
    plan, found = one.plan.require(), list[Reason]()
    names = {metric.name: metric.title for metric in context.catalogue}
    told = Explained(plan, one.result, one.inputs, one.plan.place, names)
    colon = ":" if context.language == "zh" else ": "
    for each in one.result.components:
        shape = plan.components.get(each.component)
        if each.earned or shape is None or (component and each.component != component):
            continue
        title = each.title.text(context.language) + colon
        if shape.metrics and not each.credit and not each.pay_credit:
            for sentence, path in _no_credits(context, one, shape, period):
                place = one.plan.place(("components", each.component, *path))
                found.append((f"{title}{sentence.text(context.language)}", place))
        lines = why_not(told, each)
        if each.credit or each.pay_credit or each.held or not shape.metrics or not found:
            found += [(f"{title}{line.text.text(context.language)}", line.source) for line in lines]
        found += [(f"{title}{note_words(note).text(context.language)}", _place(one, note)) for note in each.notes]
    if not component:
        found += _nothing_payable(context, one)
    return list(dict.fromkeys(found))


def nothing_is_zero(context: Context) -> Reason:
    """Say that there is nothing to give reasons for."""
    words = Title("没有为零的组件:各组件都有应计", "nothing is zero: every component earns something")
    return words.text(context.language), ""


def _place(one: Computed, note: Note) -> str:
    return one.plan.place(note.path) if note.path else ""


def _nothing_payable(context: Context, one: Computed) -> Iterator[Reason]:
    """What was earned and is not paid: kept, carried, or taken."""
    result = one.result
    if result.payable or not result.earned:
        return
    parts = [
        (-result.by_hand, "手工调整", "adjusted by hand"),
        (result.kept_change, "留存", "kept"),
        (-result.carried_in, "上期结转", "carried in below zero"),
        (result.balance.deducted if result.balance else Decimal(0), "扣款", "deducted"),
        (result.balance.recovered if result.balance else Decimal(0), "扣回预支", "of the draw recovered"),
        (result.balance.advanced if result.balance else Decimal(0), "已预付", "advanced before"),
    ]
    zh = ",".join(f"{name} {amount:,}" for amount, name, _ in parts if amount)
    en = ", ".join(f"{amount:,} {name}" for amount, _, name in parts if amount)
    words = Title(
        f"应计 {result.earned:,},应发 0" + (f":{zh}" if zh else ""),
        f"{result.earned:,} earned, nothing payable" + (f": {en}" if en else ""),
    )
    yield words.text(context.language), one.plan.place(("payout",))


def _no_credits(
    context: Context, one: Computed, shape: CreditedShape, period: Period
) -> Iterator[tuple[Title, tuple[str, ...]]]:
    """Why there is nothing to pay on: the team has none, a filter, another currency, others' shares, or none at all."""
    metric = context.catalogue.get(shape.pays_on).title if shape.pays_on in context.catalogue else None
    called = metric or Title(shape.pays_on, shape.pays_on)
    if shape.credit == "overlay":
        none = Title(f"本期没有登记给本人的协同{called.zh}", f"no overlay of {called.en} is declared for them")
        yield none, ("credit",)
        return
    if shape.credit != "own":
        yield Title(f"本期团队没有计入的{called.zh}", f"the team has no {called.en} in this period"), ("credit",)
        return
    mine = {
        code: amount
        for (person, code), amount in credits_by_currency(context, shape.pays_on, period).items()
        if person == one.payee.entity and amount
    }
    plan = one.plan.require()
    foreign = {code: amount for code, amount in mine.items() if code not in ("", plan.currency)}
    if foreign and plan.exchange is None:
        listed = ", ".join(f"{amount:,} {code}" for code, amount in sorted(foreign.items()))
        yield (
            Title(
                f"{called.zh} {listed} 不是 {plan.currency},方案没有 exchange",
                f"{called.en} of {listed} is not in {plan.currency}, and the plan has no `exchange`",
            ),
            ("pays_on",),
        )
    here = [amount for code, amount in mine.items() if code in ("", plan.currency) or plan.exchange is not None]
    if here and shape.only:
        keys = ", ".join(f"{key} = {' / '.join(values)}" for key, values in shape.only.items())
        yield (
            Title(
                f"本期{called.zh} {total(here):,},都不在 only 之内({keys})",
                f"{called.en} of {total(here):,}, none of it within `only` ({keys})",
            ),
            ("only",),
        )
    elif not foreign and not here:  # without `only`, what is here is of other days than the person's: a note says it
        yield Title(f"本期没有归属本人的{called.zh}", f"no {called.en} of theirs in this period"), ("pays_on",)
        yield from _shares_of_others(context, one, shape, period)


def _shares_of_others(
    context: Context, one: Computed, shape: CreditedShape, period: Period
) -> Iterator[tuple[Title, tuple[str, ...]]]:
    """Contracts that the person owns may be wholly in other people's shares."""
    contracts = context.store.registry["contract"]
    owned = set(fetch_ids(context.store, contracts, "owner_id = ?", (one.payee.entity,)))
    if not owned:
        return
    others: list[int] = []
    for base, _ in context.catalogue.base_parts(shape.pays_on):
        rows = fetch_lines(context.store, base, Query(base.name, (), period), context.on.isoformat())
        others += [
            row.credit
            for row in rows
            if row.contract in owned and row.share_to is not None and row.person not in (None, one.payee.entity)
        ]
    if others:
        amount = f"{from_e4(sum(others)):,}"
        yield (
            Title(f"本人合同的 {amount} 按分成都归他人", f"{amount} of their contracts is wholly in others' shares"),
            ("credit",),
        )


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


def why_no_credit(
    context: Context, done: CommissionRun, transaction: str, credited: frozenset[int], people: frozenset[int]
) -> list[Reason]:
    """Return what keeps a transaction, or a part of it, out of the run.

    `credited` are those who have it by themselves; `people` those who were asked about, where not everyone is.

    Raises:
        UsageError: no record is called so.
    """
    _, rows = credit_rows(context, done, transaction) or ("", [])
    found: list[Title] = []
    for row in rows:
        if row.person is None or not people or row.person in people:
            found += _row_reasons(context, done, row, credited)
    if not rows and not credited:
        raise UsageError(problem("no-such-transaction", text=transaction))
    source = Places(context).place(rows[0].source, rows[0].source_row, rows[0].edited) if rows else ""
    return [(each.text(context.language), source) for each in dict.fromkeys(found)]


def credit_rows(context: Context, done: CommissionRun, transaction: str) -> tuple[str, list[Line]] | None:
    """Return a transaction's type and its credits before any plan chooses among them; None where there are none."""
    metrics = {
        base.name: base
        for one in done.computed
        for shape in one.plan.require().components.values()
        for name in shape.metrics
        for base, _ in context.catalogue.base_parts(name)
    }
    metrics |= {base.name: base for base, _ in context.catalogue.base_parts("receipts")}
    found: dict[tuple[int, int | None, int | None], Line] = {}
    type_name = ""
    for base in metrics.values():
        entity = resolve(context.store, context.store.registry[base.of], [transaction], by_name=False).get(transaction)
        if entity is None or type_name not in ("", base.of):
            continue
        type_name = base.of
        day = _day_of(context, base.of, entity)
        period = Period(day, date.fromordinal(day.toordinal() + 1)) if day else None
        for row in fetch_lines(context.store, base, Query(base.name, (), period), context.on.isoformat()):
            if row.entity == entity:
                found.setdefault((entity, row.person, row.share_from), row)
    return (type_name, list(found.values())) if found else None


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
