"""`commission check`: everything that a person should have looked at before a month is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from salescli.core.commission.factors import GradeFactor
from salescli.core.money import CONTEXT, total
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.reports.commission.checklist import CheckItem, Detail, State, build_checklist
from salescli.services.commission.payees import Seat, fetch_seats
from salescli.services.commission.posted import KIND, fetch_opening
from salescli.services.commission.running import CommissionRun, Computed, check_month, compute_period
from salescli.services.commission.stored import find_run, load_payees
from salescli.services.commission.unpaid import credits_by_person, fetch_unclaimed, is_money
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.entities import labels
from salescli.store.lineage import fetch_data_through
from salescli.store.runs import closed_runs


@dataclass
class Checked:
    """The list; `may_close` tells whether nothing on it stops the closing."""

    report: Report
    may_close: bool
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Check:
    """One month being checked: the computation, and what several points need."""

    context: Context
    period: Period
    done: CommissionRun
    items: list[CheckItem] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)

    @cached_property
    def seats(self) -> list[Seat]:
        """Seats that touch the month."""
        return [
            one
            for one in fetch_seats(self.context.store)
            if one.start < self.period.end and self.period.start < one.end
        ]

    @cached_property
    def names(self) -> dict[int, str]:
        """What people are called."""
        people = {one.payee.entity for one in self.done.computed} | {one.person for one in self.seats}
        return labels(self.context.store, self.context.store.registry["person"], people)

    @cached_property
    def plans_of(self) -> dict[int, list[Computed]]:
        """Under which plans each person is in the month."""
        found: dict[int, list[Computed]] = {}
        for one in self.done.computed:
            if one.payee.end > self.period.start:
                found.setdefault(one.payee.entity, []).append(one)
        return found

    @cached_property
    def metrics(self) -> list[str]:
        """The metrics of money that own credits are paid on."""
        shapes = [shape for one in self.done.computed for shape in one.plan.require().components.values()]
        names = dict.fromkeys(shape.pays_on for shape in shapes if shape.metrics and shape.credit == "own")
        return [name for name in names if is_money(self.context.catalogue, name)]

    def add(
        self,
        name: str,
        title: Title,
        state: State,
        said: Title,
        count: int | None = None,
        amount: Decimal | None = None,
    ) -> None:
        """Put a point on the list."""
        self.items.append(CheckItem(name, title, state, said, count, amount))


def check_period(context: Context, period: Period) -> Checked:
    """Check a month before it is closed."""
    check_month(period)
    done = compute_period(context, period, with_lines=True)
    check = _Check(context, period, done)
    for look in LOOKS:
        look(check)
    known = known_line(context, [context.store.registry["receipt"]])
    report = build_checklist(period.label, check.items, check.details, context.currency, known, context.language)
    return Checked(report, not any(one.state == "stop" for one in check.items), done.problems)


def _files(check: _Check) -> None:
    """Receipts of the month are in, and reach its end."""
    context = check.context
    title = Title("回款数据", "Receipts")
    found = fetch_data_through(context.store, context.store.registry["receipt"])
    amounts = credits_by_person(context, "receipts", check.period, context.currency)
    amount = total(amounts.values())
    if not found or found[1][:10] < check.period.start.isoformat():
        check.add("files", title, "look", Title("本月没有回款数据", "no receipts of this month"))
        return
    reached = date.fromisoformat(found[1][:10])
    short = (check.period.last_day - reached).days
    said = Title(f"数据到 {found[1][:10]}", f"data through {found[1][:10]}")
    check.add("files", title, "look" if short > 3 else "ok", said, None, amount)


def _previous(check: _Check) -> None:
    """The month before is closed."""
    title = Title("上月关账", "The month before")
    closed = closed_runs(check.context.store, KIND)
    before = month_of(check.period.start - ONE_DAY).label
    if check.period.label in closed:
        run = closed[check.period.label]
        check.add(
            "previous",
            title,
            "stop",
            Title(f"本月已关账(运行 #{run.id})", f"this month is closed already (run #{run.id})"),
        )
    elif before in closed:
        paid = total(one.result.payable for one in load_payees(check.context, closed[before]))
        check.add(
            "previous",
            title,
            "ok",
            Title(f"{before} 已关账,应发合计见金额", f"{before} is closed; what it paid stands beside"),
            None,
            paid,
        )
    elif _is_later(check, list(closed)):
        check.add("previous", title, "stop", Title(f"{before} 还没有关账", f"{before} is not closed"))
    else:
        opening = fetch_opening(check.context.store)
        said = Title("首个关账月,没有期初表", "the first month closed, without an opening sheet")
        check.add(
            "previous",
            title,
            "ok" if opening else "look",
            Title("首个发放月,有期初", "the first month, with its opening") if opening else said,
        )


def _is_later(check: _Check, closed: list[str]) -> bool:
    """Tell whether a month before this one is paid by salescli too."""
    opening = fetch_opening(check.context.store)
    return min(closed) < check.period.label if closed else opening is not None and opening.first < check.period.start


def _unclaimed(check: _Check) -> None:
    """Receipts that reach no person."""
    title = Title("未认领回款", "Receipts without a claim")
    found = fetch_unclaimed(check.context, check.period).receipts
    for one in found:
        what = one.key if "|" not in one.key else f"{one.date}"
        said = Title(
            " ".join(filter(None, (one.customer, one.contract))), " ".join(filter(None, (one.customer, one.contract)))
        )
        check.details.append(Detail("unclaimed", what, said, one.amount, one.source))
    amount = total(one.amount for one in found)
    nobody = Title("不计入任何人", "in nobody's credit") if found else Title("没有", "none")
    check.add("unclaimed", title, "look" if found else "ok", nobody, len(found), amount if found else None)


def _unpaid(check: _Check) -> None:
    """Credits of people on plans that no component pays."""
    title = Title("无组件计提的业绩", "Credits that no component pays")
    amount, count = Decimal(0), 0
    for metric in check.metrics:
        whole = credits_by_person(check.context, metric, check.period, check.context.currency)
        for person, credit in sorted(whole.items(), key=lambda pair: check.names.get(pair[0], "")):
            mine = check.plans_of.get(person)
            if not mine or not any(_pays(one, metric) for one in mine):
                continue
            rest = CONTEXT.subtract(credit, _paid_on(mine, metric, check.period))
            if rest > 0:
                count += 1
                amount = CONTEXT.add(amount, rest)
                what = check.context.catalogue.get(metric).title
                said = Title(f"{what.zh} 在 only 之外", f"{what.en} outside `only`")
                check.details.append(Detail("unpaid", check.names.get(person, ""), said, rest, ""))
    said = Title("各组件的 only 都不包含", "no component's `only` takes them") if count else Title("没有", "none")
    check.add("unpaid", title, "look" if count else "ok", said, count, amount if count else None)


def _pays(one: Computed, metric: str) -> bool:
    return any(
        shape.metrics and shape.credit == "own" and shape.pays_on == metric
        for shape in one.plan.require().components.values()
    )


def _paid_on(mine: list[Computed], metric: str, period: Period) -> Decimal:
    """The most that any component of theirs takes of a metric: several may pay on the same credit."""
    sums = [
        total(line.pay_credit for line in one.inputs.lines if line.component == name and line.date in period)
        for one in mine
        for name, shape in one.plan.require().components.items()
        if shape.metrics and shape.credit == "own" and shape.pays_on == metric
    ]
    return max(sums, default=Decimal(0))


def _people(check: _Check) -> None:
    """People with credits and no plan; people under two plans."""
    title = Title("没有方案的人", "People without a plan")
    lacking: dict[int, Decimal] = {}
    for metric in check.metrics or ["receipts"]:
        for person, credit in credits_by_person(check.context, metric, check.period, check.context.currency).items():
            if credit and person not in {one.payee.entity for one in check.done.computed}:
                lacking[person] = max(credit, lacking.get(person, credit))
    roles = {one.person: one.role or "" for one in check.seats}
    names = labels(check.context.store, check.context.store.registry["person"], lacking)
    for person, credit in sorted(lacking.items(), key=lambda pair: names.get(pair[0], "")):
        said = Title(
            f"岗位 {roles.get(person) or '(无)'},本月有业绩", f"role {roles.get(person) or '(none)'}, has credits"
        )
        check.details.append(Detail("no-plan", names.get(person, ""), said, credit))
    none = Title("没有", "none")
    said = Title("有业绩而不在任何方案内", "credits, but under no plan")
    amount = total(lacking.values()) if lacking else None
    check.add("no-plan", title, "look" if lacking else "ok", said if lacking else none, len(lacking), amount)
    double = {person: mine for person, mine in check.plans_of.items() if len(mine) > 1}
    for person, mine in double.items():
        plans = [one.plan.name for one in mine]
        check.details.append(
            Detail("two-plans", check.names.get(person, ""), Title("、".join(plans), ", ".join(plans)))
        )
    said = Title("同一月在两个方案内", "under two plans in one month")
    check.add(
        "two-plans",
        Title("在两个方案内的人", "People under two plans"),
        "look" if double else "ok",
        said if double else none,
        len(double),
    )


def _noted(check: _Check, names: tuple[str, ...]) -> Iterator[tuple[Computed, Title]]:
    from salescli.core.commission.explain import note_words

    for one in check.done.computed:
        notes = (*one.result.notes, *(note for each in one.result.components for note in each.notes))
        for note in notes:
            if note.name in names:
                yield one, note_words(note)


def _missing(check: _Check) -> None:
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
    _grades(check)


def _grades(check: _Check) -> None:
    title = Title("缺绩效等级", "Grades missing")
    found = []
    asked = False
    for one in check.done.computed:
        if one.payee.end <= check.period.start or one.payee.start >= check.period.end:
            continue
        for shape in one.plan.require().components.values():
            for factor in (each for each in shape.times if isinstance(each, GradeFactor)):
                window = check.context.calendar.window(factor.over, check.period.start)
                asked = asked or window.end == check.period.end
                has = any(g.scorecard == factor.grade_from and g.period == window.start for g in one.inputs.grades)
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


def _held(check: _Check) -> None:
    title = Title("门槛暂存", "Held by gates")
    amounts = [(one, total(each.held for each in one.result.components)) for one in check.done.computed]
    found = [(one, amount) for one, amount in amounts if amount]
    for one, amount in found:
        check.details.append(Detail("held", one.payee.name, one.plan.require().title, amount))
    said = Title("门槛未过,未付", "not passed, not posted") if found else Title("没有", "none")
    check.add(
        "held", title, "look" if found else "ok", said, len(found), total(each for _, each in found) if found else None
    )


def _draft(check: _Check) -> None:
    """The newest draft still says what is computed now; closing runs again anyway."""
    run = find_run(check.context, check.period)
    title = Title("最新草稿", "The newest draft")
    payable = total(one.result.payable for one in check.done.computed)
    if run is None:
        check.add("draft", title, "look", Title("还没有计算过", "never run"), None, payable)
        return
    kept = total(one.result.payable for one in load_payees(check.context, run))
    same = kept == payable
    said = Title(f"运行 #{run.id} 与现有数据一致", f"run #{run.id} agrees with what is known now")
    moved = Title(
        f"运行 #{run.id} 应发 {kept:,},现为 {payable:,}", f"run #{run.id} pays {kept:,}, now it is {payable:,}"
    )
    check.add("draft", title, "ok" if same or run.state == "closed" else "look", said if same else moved, None, payable)


LOOKS: tuple[Callable[[_Check], None], ...] = (_previous, _files, _unclaimed, _unpaid, _people, _missing, _held, _draft)
