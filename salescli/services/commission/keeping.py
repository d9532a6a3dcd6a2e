"""Keep a statement as a case: the facts that its runs knew, what came of them, run at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.needs import needs_of
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Refused, UsageError, problem
from salescli.policy.cases import load_cases
from salescli.policy.layers import policy_files
from salescli.policy.plans import PlanFile, load_plan
from salescli.reports.commission.cases import CaseRow, build_cases
from salescli.services.atomic import write_file
from salescli.services.case.kept_facts import gather_facts
from salescli.services.case.running import CaseOutcome, run_case
from salescli.services.case.writing import write_case
from salescli.services.commission.explaining import as_known, figures_of
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.posted import closed_before, closed_of
from salescli.services.commission.running import Computed, check_month, compute_period
from salescli.services.commission.stored import choose_run, load_plans, read_result
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_results


@dataclass(frozen=True, slots=True)
class Keep:
    """Which statement is kept: the month, the person, one component or all, and the file's name."""

    period: Period
    person: str
    component: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """The file that was written, and that it holds."""

    report: Report
    written: tuple[str, ...]
    plan_is_inside: bool


def keep_case(context: Context, asked: Keep) -> KeptCase:
    """Write `config/cases/NAME.yaml` from a statement, once it holds; a person under two plans has two files.

    Raises:
        UsageError: nobody, or several, are called so; the run does not pay them; the component is not theirs.
        Refused: the month was never run, or a case of that name is there.
        ProblemsFound: the case does not come to the stored figures; nothing is written.
    """
    check_month(asked.period)
    (person,) = resolve_all(context.store, "person", [asked.person])
    run = choose_run(context, asked.period)
    mine = _statements(context, run, asked, person)
    plans = _plans(context)
    rows: list[CaseRow] = []
    texts: dict[str, str] = {}
    inside = False
    for one in mine:
        name = _name(asked, one, len(mine) > 1)
        shown = context.workspace.relative(context.workspace.config / "cases" / f"{name}.yaml")
        if (context.workspace.config / "cases" / f"{name}.yaml").exists():
            raise Refused(problem("case-exists", path=shown, name=name))
        file = plans.get(one.plan.name)
        carries = file is None or file.text != one.plan.text
        inside = inside or carries
        text = _case_text(context, run, one, name, asked.component, carries)
        outcome = _run(text, shown, plans)
        if not outcome.holds:
            raise ProblemsFound(*outcome.problems, problem("case-not-kept", name=name))
        texts[name] = text
        rows.append(CaseRow(name, one.plan.name, shown, len(outcome.results), 0))
    for name, text in texts.items():
        write_file(context.workspace.config / "cases" / f"{name}.yaml", text.encode())
    report = build_cases(rows, following=("salescli commission test", "salescli commission test --coverage"))
    return KeptCase(report, tuple(row.file for row in rows), inside)


def _statements(context: Context, run: Run, asked: Keep, person: int) -> list[Computed]:
    """Compute the person's statements as the run knew them; they are the stored ones, or nothing is kept."""
    people = frozenset({person})
    with as_known(context, run):
        plans = list(load_plans(context, run).values())
        done = compute_period(context, asked.period, people=people, with_lines=True, plans=plans, upon=run)
    if not done.computed:
        raise UsageError(problem("not-in-run", person=asked.person, period=run.period, run=run.id))
    mine = [
        one
        for one in done.computed
        if not asked.component or any(each.component == asked.component for each in one.result.components)
    ]
    if not mine:
        known = tuple(dict.fromkeys(each.component for one in done.computed for each in one.result.components))
        raise UsageError(problem("no-such-component", text=asked.component, choices=known))
    stored = fetch_results(context.store, run.id)
    for one in mine:
        if one.item not in stored or figures_of(read_result(stored[one.item])) != figures_of(one.result):
            raise ProblemsFound(problem("explained-differs", run=run.id, people=[one.payee.name]))
    return mine


def _case_text(context: Context, run: Run, one: Computed, name: str, component: str, carries: bool) -> str:
    plan = one.plan.require()
    known = _as_each_run_knew(context, run, one)
    lines_for = needs_of(plan, context.calendar, context.parse_period(run.period)).lines_for
    facts = gather_facts(plan, known, lines_for, component)
    note = f"{run.period} · #{run.id} {run.state} · {one.payee.key}"
    return write_case(name, plan, one.plan.text if carries else "", facts, one.result, note, component)


def _as_each_run_knew(context: Context, run: Run, one: Computed) -> list[tuple[date, PayeeInputs]]:
    """Return what the earlier closed runs of the plan were given for the person, and this one, in order."""
    found: list[tuple[date, PayeeInputs]] = []
    plan = one.plan.require()
    closed = closed_of(context.store, run) if "closed" in run.manifest else closed_before(context.store, run.period)
    for earlier in sorted(closed, key=lambda each: each.period):
        period = context.parse_period(earlier.period)
        if period.end <= plan.start:
            continue
        with as_known(context, earlier):
            plans = list(load_plans(context, earlier).values())
            people = frozenset({one.payee.entity})
            done = compute_period(context, period, people=people, with_lines=True, plans=plans, upon=earlier)
        found += [(period.start, each.inputs) for each in done.computed if each.plan.name == one.plan.name]
    return [*found, (context.parse_period(run.period).start, one.inputs)]


def _name(asked: Keep, one: Computed, is_several: bool) -> str:
    base = asked.name or "-".join(part for part in (asked.period.label, one.payee.key, asked.component) if part)
    name = f"{base}-{one.plan.name}" if is_several else base
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name).strip("-.")


def _plans(context: Context) -> dict[str, PlanFile]:
    """Return today's plans by name; a broken one is none."""
    files = [
        load_plan(one.path, context.workspace.relative(one.path))
        for one in policy_files(context.workspace.config, "plans")
    ]
    return {file.name: file for file in files if file.plan is not None}


def _run(text: str, shown: str, plans: dict[str, PlanFile]) -> CaseOutcome:
    file = load_cases(text, shown)
    problems: tuple[Problem, ...] = tuple(each for each in file.problems if each.severity == "error")
    if problems:
        raise ProblemsFound(*problems)

    def find(name: str) -> object:
        return plans[name].plan if name in plans else None

    return run_case(file.cases[0], find)  # type: ignore[arg-type]


def kept_words(kept: KeptCase) -> Title:
    """Say what was written, and that it holds."""
    files = ", ".join(kept.written)
    zh, en = f"已写入并成立:{files}", f"written, and it holds: {files}"
    if kept.plan_is_inside:
        zh += " · 方案在此之后改过,用例自带当时的方案"
        en += " · the plan was edited since, so the case carries it as it was"
    return Title(zh, en)
