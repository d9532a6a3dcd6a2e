"""Points of the list before closing that are about people: plans, quotas, terms, grades, held money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salescli.core.commission.factors import GradeFactor
from salescli.core.commission.note_words import note_words
from salescli.core.money import total
from salescli.core.periods import ONE_DAY
from salescli.core.title import Title
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.blank import AFTER_LEAVING
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.doubles import doubles_of
from salescli.services.commission.running import Computed
from salescli.services.commission.unpaid import credits_by_currency
from salescli.store.entities import labels


def look_at_people(check: Check) -> None:
    """People with credits and no plan; people under two plans."""
    title = Title("没有方案的人", "People without a plan")
    lacking: dict[tuple[int, str], Decimal] = {}
    planned = {one.payee.entity for one in check.done.computed if not one.only_shares}
    for metric in check.metrics or ["receipts"]:
        for (person, currency), credit in credits_by_currency(check.context, metric, check.period).items():
            if credit and person not in planned:
                lacking[person, currency] = max(credit, lacking.get((person, currency), credit))
    roles = {one.person: one.role or "" for one in check.seats}
    names = labels(check.context.store, check.context.store.registry["person"], {person for person, _ in lacking})
    for (person, currency), credit in sorted(lacking.items(), key=lambda pair: names.get(pair[0][0], "")):
        said = Title(
            f"岗位 {roles.get(person) or '(无)'},本月有业绩", f"role {roles.get(person) or '(none)'}, has credits"
        )
        check.details.append(Detail("no-plan", names.get(person, ""), said, credit, "", currency))
    none = Title("没有", "none")
    said = Title("有业绩而不在任何方案内", "credits, but under no plan")
    amounts = sums_by_currency((currency, credit) for (_, currency), credit in lacking.items())
    check.add("no-plan", title, "look" if lacking else "ok", said if lacking else none, len(lacking), amounts)
    refused = doubles_of(check.context, check.period, check.done)
    stopped = {one.payee.entity for one in refused}
    double = {person: mine for person, mine in check.plans_of.items() if len(mine) > 1 and person not in stopped}
    for person, mine in double.items():
        plans = [one.plan.name for one in mine]
        check.details.append(
            Detail("two-plans", check.names.get(person, ""), Title("、".join(plans), ", ".join(plans)))
        )
    for one in refused:
        told = Title(
            f"{one.one.name}、{one.two.name}:{one.start} 至 {one.end - ONE_DAY}",
            f"{one.one.name}, {one.two.name}: from {one.start} to {one.end - ONE_DAY}",
        )
        check.details.append(Detail("two-plans", one.payee.name, told))
    said = Title("同一月在两个方案内", "under two plans in one month")
    refuse = Title("同一天在两个方案内,不能关账", "on two plans on one day: cannot be closed")
    check.add(
        "two-plans",
        Title("在两个方案内的人", "People under two plans"),
        "stop" if refused else "look" if double else "ok",
        refuse if refused else said if double else none,
        len(double) + len(stopped),
    )


def _noted(check: Check, names: tuple[str, ...]) -> Iterator[tuple[Computed, Title]]:
    for one in check.done.computed:
        notes = (*one.result.notes, *(note for each in one.result.components for note in each.notes))
        for note in notes:
            if note.name in names:
                yield one, note_words(note)


def look_at_missing(check: Check) -> None:
    """Quotas, own terms and grades that plans read and nobody gave."""
    points = (
        ("no-quota", Title("缺目标", "Quotas missing"), ("no-quota",)),
        ("no-terms", Title("缺个人约定", "Terms missing"), ("no-term", "no-base-rate")),
    )
    for name, title, notes in points:
        found = list(_noted(check, notes))
        for one, words in found:
            check.details.append(Detail(name, one.payee.name, words))
        said = Title("不计提", "pays nothing") if found else Title("没有", "none")
        check.add(name, title, "look" if found else "ok", said, len(found))
    _after_leaving(check)
    _grades(check)


def _after_leaving(check: Check) -> None:
    """What came in after a last day and nobody takes: by a plan without `leavers`, or with nobody there to take over.

    Said only where there is some; what another plan of theirs may pay is not.
    """
    found = [each for each in _noted(check, (AFTER_LEAVING,)) if each[0].plan.require().leavers is None]
    ruled = [each for each in found if len(check.done.of_person(each[0].payee.entity)) == 1]
    for one, words in ruled:
        check.details.append(Detail("after-leaving", one.payee.name, words))
    leavers = check.done.leavers
    rests = [] if leavers is None else [one for one in leavers.untaken.values() if one.line.date in check.period]
    for rest in sorted(rests, key=lambda each: (each.line.date, each.line.key)):
        line = rest.line
        said = Title(
            f"{line.key} 在其离开方案后,没有接手人或经理", f"{line.key}, after the last day: no successor or manager"
        )
        check.details.append(Detail("after-leaving", line.taken_from, said, line.quota_credit, line.source))
    if ruled or rests:
        said = Title("没有人计提,请确认给谁", "paid to nobody: say whose it is")
        count = len(ruled) + len(rests)
        check.add("after-leaving", Title("离开方案后的业绩", "Credits after a last day"), "look", said, count)


def _grades(check: Check) -> None:
    title = Title("缺绩效等级", "Grades missing")
    found = []
    asked = False
    for one in check.done.computed:
        if not any(start < check.period.end and check.period.start < end for start, end in one.payee.stays):
            continue
        for shape in one.plan.require().components.values():
            for factor in (each for each in shape.times if isinstance(each, GradeFactor)):
                window = check.context.calendar.window(factor.over, check.period.start)
                asked = asked or window.end == check.period.end
                grades = [g for g in one.inputs.grades if g.value and g.scorecard == factor.grade_from]
                has = any(g.period == window.start for g in grades)
                if window.end == check.period.end and not has:
                    found.append(one.payee.name)
                    said = Title(
                        f"{factor.grade_from} {window.label} 按 {factor.without_grade} 计",
                        f"{factor.grade_from} {window.label}: counts as {factor.without_grade}",
                    )
                    check.details.append(Detail("no-grade", one.payee.name, said))
    if asked:
        said = Title("按无等级的系数计", "counts as without a grade") if found else Title("没有", "none")
        check.add("no-grade", title, "look" if found else "ok", said, len(found))


def look_at_held(check: Check) -> None:
    title = Title("门槛暂存", "Held by gates")
    amounts = [(one, total(each.held for each in one.result.components)) for one in check.done.computed]
    found = [(one, amount) for one, amount in amounts if amount]
    for one, amount in found:
        title_of = one.plan.require().title
        check.details.append(Detail("held", one.payee.name, title_of, amount, "", one.result.currency))
    said = Title("门槛未过,未付", "not passed, not posted") if found else Title("没有", "none")
    held = sums_by_currency((one.result.currency, amount) for one, amount in found)
    check.add("held", title, "look" if found else "ok", said, len(found), held)
