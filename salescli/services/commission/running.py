"""Commission runs: gather what is known, compute each payee, keep the result as a draft with its manifest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.result import PayeeResult
from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import Period
from salescli.errors import Problem, ProblemsFound, UsageError, problem
from salescli.policy.layers import WORKSPACE, policy_files
from salescli.policy.plan_set import find_levels_of_other_pay, find_same_names
from salescli.policy.plans import PlanFile, load_kept_plan, load_plan
from salescli.services.commission.adjusting import share_adjustments
from salescli.services.commission.before import Before
from salescli.services.commission.beyond import (
    gone_payees,
    has_balance,
    is_idle,
    missing_plans,
    no_facts,
    plans_in,
    plans_of,
)
from salescli.services.commission.continuing import Continuing, continuing_in
from salescli.services.commission.deducting import share_deductions
from salescli.services.commission.doubles import refuse_doubles
from salescli.services.commission.gathering import gather_facts
from salescli.services.commission.groups.phases import share_groups
from salescli.services.commission.groups.sheet import GroupWork, PlanSheet, Scope
from salescli.services.commission.kept_settings import check_settings
from salescli.services.commission.leaving import Leavers, open_leavers
from salescli.services.commission.manifest import build_manifest
from salescli.services.commission.payees import Payee, fetch_seats
from salescli.services.commission.posted import (
    KIND,
    SUBJECT,
    OpeningSheet,
    closed_before,
    closed_of,
    fetch_ledgers,
    fetch_opening,
    item_of,
    opening_of,
)
from salescli.services.commission.restated import (
    check_calculation,
    newly_restated,
    restatements,
    restatements_of,
    with_documents,
)
from salescli.services.commission.reusing import Reusing, keep_digests, read_reusing
from salescli.services.commission.special_rates import untaken
from salescli.services.commission.taking_over import TakingOver
from salescli.services.context import Context
from salescli.services.knowledge import known_batch
from salescli.store.runs import Run, confirm_run, fetch_document, fetch_run, save_run

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

CALCULATION = 1  # grows whenever the same inputs would give another amount


@dataclass(frozen=True)
class Computed:
    """One payee's result with what went into it."""

    payee: Payee
    plan: PlanFile
    inputs: PayeeInputs
    result: PayeeResult
    only_shares: bool = False  # is not on the plan, and has a part of its pools

    @property
    def item(self) -> str:
        """The name under which a run keeps it."""
        return item_of(self.plan.name, self.payee.entity)


@dataclass
class CommissionRun:
    """A computed period: its stored run, every payee, and what was found on the way."""

    period: Period
    run: Run | None
    computed: list[Computed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stops: list[Problem] = field(default_factory=list)  # what no figure can be given without
    opening: OpeningSheet | None = None
    graded: list[Run] | None = None  # the closed scorecard runs that a stored run knew; None: those known now
    used: set[int] = field(default_factory=set)  # the closed scorecard runs that were read
    continued: dict[str, PlanFile] = field(default_factory=dict)  # plans whose positions go on in others
    leavers: Leavers | None = None  # whose credits go to others after their last day
    plans: list[PlanFile] = field(default_factory=list)  # all, those too that pay nobody now
    closed: list[str] = field(default_factory=list)  # the months that it was computed upon
    restated: dict[str, int] = field(default_factory=dict)  # closed months that follow other documents, and whose
    adjusted: dict[str, str] = field(default_factory=dict)  # which plan took which manual adjustment

    def of_person(self, person: int) -> list[Computed]:
        """Return the results of one person, one per plan."""
        return [one for one in self.computed if one.payee.entity == person]


def read_plans(context: Context) -> list[PlanFile]:
    """Read the workspace's plans.

    Raises:
        ProblemsFound: any of them has errors; no plan is computed beside a broken one.
    """
    files = [one for one in policy_files(context.workspace.config, "plans") if one.layer == WORKSPACE]
    plans = [load_plan(one.path, context.workspace.relative(one.path), metric_names(context)) for one in files]
    errors = [each for plan in plans for each in plan.problems if each.severity == "error"]
    errors += [*find_same_names(plans), *find_levels_of_other_pay(plans)]
    if errors:
        raise ProblemsFound(*errors)
    if not plans:
        raise ProblemsFound(problem("no-plans", folder=context.workspace.relative(context.workspace.config / "plans")))
    return plans


def metric_names(context: Context) -> tuple[str, ...]:
    """Return the names that plans may use: metrics, and their attainment."""
    names = context.catalogue.names
    return (*names, *(f"{name}-attainment" for name in names))


def compute_period(
    context: Context, period: Period, *, people: frozenset[int] = frozenset(), with_lines: bool = False,
    plans: list[PlanFile] | None = None, upon: Run | None = None, reusing: Reusing | None = None,
    is_opened: bool = True,
) -> CommissionRun:  # fmt: skip
    """Compute every payee of a period from what is known; nothing is stored.

    `people` restricts it to some; `with_lines` fetches every credit by itself, for statements and explanations.
    `upon` is a stored run whose closed runs and opening count, whatever was closed or reopened since. `reusing` is
    what the period's newest draft leaves: whose inputs are the same is not computed again. Not `is_opened`: by the
    history alone, whatever balances an opening sheet has brought.
    """
    check_month(period)
    context.prepare_stages()
    accepted = fetch_opening(context.store) if is_opened else None
    opening = accepted if upon is None else opening_of(context.store, upon)
    done = CommissionRun(period, None, opening=opening)
    if upon is not None:
        done.graded = [fetch_run(context.store, number) for number in upon.manifest.get("scorecards", ())]
    closed = closed_before(context.store, period.label) if upon is None else closed_of(context.store, upon)
    if upon is None:
        check_settings(context, closed)
    restated = restatements(context.store, closed) if upon is None else restatements_of(context.store, upon)
    moved = newly_restated(context.store, closed, restated)
    closed, done.restated = with_documents(closed, restated), {month: one.id for month, one in restated.items()}
    if upon is None:
        check_calculation(closed, CALCULATION)
    ledgers = fetch_ledgers(context.store, closed)
    frozen = {run.period: _frozen_plans(context, run) for run in closed}
    former = {month: (one, _frozen_plans(context, one.before)) for month, one in moved.items()}
    before = Before(context, opening, ledgers, frozen, former)
    seats = fetch_seats(context.store)
    if everything := plans is None:
        plans = read_plans(context)
        ended, done.problems = missing_plans(context, period, closed, plans)
        plans = [*plans, *ended]
    done.plans, done.closed = plans, [run.period for run in closed]
    paid = plans_in(plans, context, period, plans_of(ledgers))
    done.leavers = open_leavers(context, plans, seats, before.frozen)
    scope, sheets = Scope.of((file for file, _ in paid), people), []
    for file, upto in paid:
        lines = with_lines or file.name in scope.with_lines
        gathered = gather_facts(context, file, upto, seats, done, scope.people_of(file), lines, closed, before.frozen)
        sheets.append(PlanSheet(file, upto, before, gathered))
    share_deductions(context, [file.require() for file in plans], sheets, seats)
    done.continued = _bring_positions(context, plans, sheets, seats, done, people, closed, before)
    work = GroupWork(context, seats, done.graded)
    share_groups(work, sheets)
    share_adjustments(context, done, sheets, seats, people, upon, closed, ledgers)
    for sheet in sheets:
        left = gone_payees(context, sheet.file, ledgers, sheet, people)
        sheet.gone = {one.entity: sheet.as_known(one, no_facts(context, one)) for one in left}
    taking = TakingOver(context, {one.name: one for one in plans}, {one.file.name: one for one in sheets}, before)
    taking.move(must_know=everything)
    done.continued |= taking.used
    done.problems += [*work.problems, *untaken(context, sheets, period)]
    for sheet in sheets:
        file, upto = sheet.file, sheet.upto
        for plan, payee, known in sheet.everyone():
            if not scope.pays(payee.entity):
                continue
            item = item_of(file.name, payee.entity)
            result = (
                reusing.compute(item, plan, known, upto) if reusing and closed else compute_payee(plan, known, upto)
            )
            if (
                not is_idle(result)
                or has_balance(result)
                or (payee.entity in sheet.payees and upto.start < file.require().end)
            ):
                done.computed.append(Computed(payee, file, known, result, sheet.only_shares(payee.entity)))
    if done.stops:
        raise ProblemsFound(*done.stops)
    return done


def run_commission(context: Context, period: Period) -> CommissionRun:
    """Compute a period and keep it as a draft; the same inputs give the same draft. Nobody is paid twice for a day."""
    reusing = read_reusing(context, period, CALCULATION)
    done = compute_period(context, period, reusing=reusing)
    refuse_doubles(context, period, done)
    results = {one.item: reusing.text_of(one.item, one.result) for one in done.computed}
    with context.store.transaction(f"commission run {period}"):
        manifest = build_manifest(context, period, done, CALCULATION)
        done.run = save_run(context.store, KIND, SUBJECT, period.label, known_batch(context), manifest, results)
        confirm_run(context.store, done.run, known_batch(context))
    keep_digests(context, done.run, reusing, CALCULATION)
    return done


def check_month(period: Period) -> None:
    """A run is of one month.

    Raises:
        UsageError: the period is none.
    """
    if period.grain != "month":
        raise UsageError(problem("not-a-month", text=str(period)))


def _bring_positions(
    context: Context, plans: list[PlanFile], sheets: list[PlanSheet], seats: list[Any], done: CommissionRun,
    people: frozenset[int], closed: list[Run], before: Before,
) -> dict[str, PlanFile]:  # fmt: skip
    """Let the windows of old plans go on in new ones; return the old plans."""
    if not any(continuing_in(file.require()) for file in plans):
        return {}

    def gather(file: PlanFile) -> list[tuple[Payee, PayeeInputs]]:
        upto = context.calendar.window(GRAIN[file.require().pay], done.period.start)
        found = gather_facts(context, file, upto, seats, done, people, False, closed, before.frozen)
        return [(payee, before.known(file, upto, payee, inputs)) for payee, inputs in found]

    known = {one.name: one for one in plans}
    if any(text.plan not in known for file in plans for _, text in continuing_in(file.require())):
        known = {one.name: one for one in read_plans(context)} | known  # only some were asked for
    continuing = Continuing(known, {one.file.name: one for one in sheets}, gather)
    continuing.bring()
    return continuing.used


def _frozen_plans(context: Context, run: Run) -> dict[str, Plan]:
    """Return the plans as a closed run knew them, from the texts that it kept."""
    found = {}
    for entry in run.manifest["plans"]:
        name, text = fetch_document(context.store, entry["sha256"])
        found[entry["plan"]] = load_kept_plan(text, name).require()
    return found
