"""What a run shows: its register and its statements, always from the stored results, so that `run` and `show` agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from salescli.core.money import total
from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.policy.plans import PlanFile
from salescli.reports.commission.columns import PaidPerson
from salescli.reports.commission.register import build_register
from salescli.services.commission.approving import approval_words, lost_approval
from salescli.services.commission.blank import blank_notes
from salescli.services.commission.causes import find_changes
from salescli.services.commission.credit_totals import credit_notes
from salescli.services.commission.disputing import fetch_disputes
from salescli.services.commission.paid import state_of_run
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.posted import closed_before, fetch_opening
from salescli.services.commission.remaining import find_remaining, remaining_notes
from salescli.services.commission.restating import posted_words, restated_words
from salescli.services.commission.running import check_month, read_plans, run_commission
from salescli.services.commission.since import changes_since
from salescli.services.commission.stored import (
    StoredPayee,
    choose_run,
    find_run,
    head_of,
    knowing,
    load_payees,
    load_plans,
)
from salescli.services.commission.unpaid import fetch_unclaimed
from salescli.services.context import Context
from salescli.store.batches import latest_batch
from salescli.store.runs import Run, confirmed_at


@dataclass
class RunShown:
    """A report of a run, what changed since the last draft, and what was found on the way."""

    report: Report
    run: Run
    change: Title | None = None
    problems: list[Problem] = field(default_factory=list)


def run_period(context: Context, period: Period) -> RunShown:
    """Run a period: keep the draft, and show it with what changed since the last one."""
    check_month(period)
    before = find_run(context, period)
    done = run_commission(context, period)
    assert done.run is not None
    report, change = show_run(context, done.run), None
    if before is not None:
        since = changes_since(context, before, done.run)
        report, change = replace(report, blocks=(*report.blocks, *since.blocks)), since.said
    lost = lost_approval(context, done.run)
    return RunShown(report, done.run, change, [*done.problems, *([lost] if lost else [])])


def show_period(context: Context, period: Period, person: str = "") -> RunShown:
    """Show the closed run of a period, else its newest draft.

    Raises:
        Refused: it was never run.
        UsageError: nobody, or several, are called so; or the run does not pay them.
    """
    check_month(period)
    run = choose_run(context, period)
    return RunShown(show_run(context, run, person), run, stale_note(context, run))


def show_run(context: Context, run: Run, person: str = "") -> Report:
    """Build the register of a stored run, of everyone or of one person."""
    payees = load_payees(context, run)
    plans = load_plans(context, run)
    if person:
        payees = payees_called(context, run, payees, person)
    people = paid_people(context, run, payees, plans)
    with knowing(context, run):
        notes = _run_notes(context, run, plans, payees) if not person else []
        head = head_of(context, run)
        counted = counted_components(context, plans.values())
    head = replace(head, state=state_of_run(context, run))
    shown = [one for one in people if not one.is_blank or person]
    notes += [] if person else blank_notes(people)
    following = _following(run, people, person, not run.manifest["closed"], head.state == "paid")
    report = build_register(head, shown, counted, notes, context.language, following, on_plan=bool(people))
    return replace(report, footer=(*report.footer, *approval_words(context, run), *restated_words(context, run)))


def paid_people(
    context: Context, run: Run, payees: Sequence[StoredPayee], plans: dict[str, PlanFile], quiet: Collection[str] = ()
) -> list[PaidPerson]:
    """Return the payees of a run as reports show them; `quiet`: as `find_changes` takes it."""
    changes = find_changes(context, run, payees, quiet)
    disputes = fetch_disputes(context, run.period)
    return [
        PaidPerson(
            one.name,
            plans[one.result.plan].require().title,
            one.result,
            changes.get(one.item, {}),
            disputes.get(one.entity, ()),
        )
        for one in payees
    ]


def payees_called(context: Context, run: Run, payees: Iterable[StoredPayee], person: str) -> list[StoredPayee]:
    """Return the results of one person.

    Raises:
        UsageError: nobody, or several, are called so; or the run does not pay them.
    """
    (entity,) = resolve_all(context.store, "person", [person])
    found = [one for one in payees if one.entity == entity]
    if not found:
        raise UsageError(problem("not-in-run", person=person, period=run.period, run=run.id))
    return found


def counted_components(context: Context, plans: Iterable[PlanFile]) -> frozenset[tuple[str, str]]:
    """Return (plan, component) of those that pay on things counted."""
    return frozenset(
        (file.name, name)
        for file in plans
        for name, component in file.require().components.items()
        if component.metrics and context.catalogue.unit(component.pays_on) in ("count", "quantity")
    )


def stale_note(context: Context, run: Run) -> Title | None:
    """Say that a draft does not know the newest data, or not today's plans."""
    if run.state == "closed":
        return None
    newest = latest_batch(context.store)
    again = f"salescli commission run {run.period}"
    known = confirmed_at(context.store, run)
    if newest > known:
        return Title(
            f"此草稿基于批次 {known},现已到批次 {newest} · 重算:{again}",
            f"this draft knows batch {known}, the store is at batch {newest} · run again: {again}",
        )
    if _has_new_grades(context, run):
        closed = Title("此草稿之后又有考核定稿", "a scorecard was closed since this draft")
        return Title(f"{closed.zh} · 重算:{again}", f"{closed.en} · run again: {again}")
    kept = {one["plan"]: one["sha256"] for one in run.manifest["plans"]}
    if any(kept.get(file.name, file.sha256) != _kept_digest(file) for file in read_plans(context)):
        return Title(
            f"方案文件在此草稿之后改过 · 重算:{again}", f"a plan changed since this draft · run again: {again}"
        )
    return None


def _has_new_grades(context: Context, run: Run) -> bool:
    """Tell whether a scorecard that the plans read was closed since a run."""
    from salescli.core.commission.needs import needs_of
    from salescli.services.scorecard.grades import graded_runs

    period = context.parse_period(run.period)
    plans = [file.require() for file in read_plans(context)]
    names = {name for plan in plans for name in needs_of(plan, context.calendar, period).scorecards}
    known = run.manifest.get("scorecards", ())
    return any(one.id not in known for one in graded_runs(context, names, period))


def _kept_digest(file: PlanFile) -> str:
    from hashlib import sha256

    return sha256(file.text.encode()).hexdigest()


def _run_notes(context: Context, run: Run, plans: dict[str, PlanFile], payees: Sequence[StoredPayee]) -> list[Title]:
    """Sentences about the run as a whole: what is in nobody's credit, and which month is the first that is paid."""
    period = context.parse_period(run.period)
    notes = credit_notes(context, plans.values(), period)
    unclaimed = fetch_unclaimed(context, period)
    for one in unclaimed.totals:
        receipts = "1 receipt" if one.count == 1 else f"{one.count} receipts"
        lie = "is" if one.count == 1 else "are"
        notes.append(
            Title(
                f"回款没有归属人 {one.count} 笔 {one.amount:,} {one.currency},不计入任何人",
                f"{receipts} without a claim, {one.amount:,} {one.currency}, {lie} in nobody's credit",
            )
        )
    notes += remaining_notes(find_remaining(context, period, [(x.entity, x.name, x.result) for x in payees], plans))
    notes += [*posted_words(context, run), *_first_month(context, run, period)]
    held = total(each.held for one in payees for each in one.result.components)
    if held:
        notes.append(Title(f"门槛未过,暂存未付合计 {held:,}", f"held by gates, not posted: {held:,} in all"))
    return notes


def _first_month(context: Context, run: Run, period: Period) -> list[Title]:
    opening = fetch_opening(context.store)
    if opening is not None and opening.first == period.start:
        return [
            Title(
                f"{period.label} 是本系统首个发放月;以前月份只累计,不发放",
                f"{period.label} is the first month paid; earlier ones only feed positions",
            )
        ]
    if opening is not None and period.start < opening.first:
        first = f"{opening.first:%Y-%m}"
        return [Title(f"早于首个发放月 {first}:只供查看", f"before the first month paid, {first}: only to look at")]
    if opening is None and not closed_before(context.store, period.label):
        before = month_of(period.start - ONE_DAY).label
        return [
            Title(
                f"{before} 及以前没有已关账的运行:只累计,不补发 · 期初:salescli commission open {period.label}",
                f"{before} and before have no closed run: they feed positions and are not paid · "
                f"opening balances: salescli commission open {period.label}",
            )
        ]
    return []


def _following(run: Run, people: Sequence[PaidPerson], person: str, is_first: bool, is_paid: bool) -> tuple[str, ...]:
    best = max(people, key=lambda one: one.result.earned, default=None)
    called = person or (best.result.person if best is not None else "")
    commands = [f"salescli commission explain {run.period} --person {called}"] if called else []
    if run.state == "closed":
        pay = () if is_paid else (f"salescli commission pay {run.period}",)
        return (*commands, f"salescli commission show {run.period} -o {run.period}.xlsx", *pay)
    if is_first:
        commands.append(f"salescli commission compare {run.period} FILE.xlsx")
    return (*commands, f"salescli commission check {run.period}", f"salescli commission close {run.period}")
