"""`commission curve`: what positions pay under a plan, for typical terms or somebody's own, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve import Curve, amount_of, build_curve, steps_of
from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.curve_points import Edge, edges_of, even_positions, least_position, points_of
from salescli.core.commission.inputs import PayeeInputs, Term
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import CONTEXT, to_decimal
from salescli.core.periods import month_of
from salescli.core.table import Report
from salescli.errors import Refused, UsageError, problem
from salescli.policy.layers import WORKSPACE, policy_files
from salescli.policy.plans import PlanFile, load_plan
from salescli.reports.commission.curve import TierAhead, build_curve_report, build_way_report
from salescli.reports.commission.curve_words import CurveHead
from salescli.services.commission.curve_flags import CurveAsked, amount_of_text, check_asked
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.plan_names import no_such_plan
from salescli.services.commission.running import compute_period, metric_names
from salescli.services.context import Context

FLAGS = {"no-quota": "--quota", "no-term": "--target-incentive", "no-base-rate": "--target-incentive"}


@dataclass(frozen=True)
class _Subject:
    """Whose curve it is."""

    name: str
    inputs: PayeeInputs


def show_curve(context: Context, asked: CurveAsked) -> Report:
    """Return the curve of a plan or component as a report, or what is still lacking to a tier or to an amount of pay.

    Raises:
        UsageError: a name is not known, an amount cannot be read, or a quota or term is missing that the plan needs.
        Refused: the plan pays nothing that a position decides.
    """
    file = find_plan(context, asked.plan)
    plan = file.require()
    component = _component(file, asked.component)
    check_asked(plan, asked)
    assumed = _assumed(asked)
    subject = _subject(context, file, asked.person)
    is_way = asked.to_next_tier or bool(asked.to_pay)
    standing = is_way and bool(asked.person)
    curve = build_curve(plan, component, subject.inputs, context.on, assumed, standing=standing)
    if not curve.moved and not _is_read(curve):
        raise Refused(problem("curve-without-position", file.where("components", component), component=component))
    if curve.missing:
        raise UsageError(*(problem("curve-needs", file.where("components"), flag=FLAGS[one]) for one in curve.missing))
    head = CurveHead(plan, component, subject.name, assumed, curve.assumptions, curve.is_counted, file.place, curve.day)
    if is_way:
        return build_way_report(head, curve.upto, *_ways(curve, asked))
    edges = edges_of(curve)
    steps = [_steps(text) for text in (asked.first, asked.last, asked.step)]
    if steps[0] is not None and steps[1] is not None and steps[1] < steps[0]:
        raise UsageError(problem("curve-range", first=asked.first, last=asked.last))
    even = even_positions(curve, edges, *steps)
    if len(even) > MOST_POINTS:
        raise UsageError(problem("curve-too-long", count=len(even), most=MOST_POINTS))
    shown = [edge for edge in edges if not even or even[0] <= edge.position <= even[-1]]
    bends = points_of(curve, [one.position for one in shown], shown)
    return build_curve_report(head, points_of(curve, even), bends, curve.quota)


MOST_POINTS = 1_000


def find_plan(context: Context, name: str) -> PlanFile:
    """Return a plan of the workspace, or a shipped one.

    Raises:
        UsageError: there is none of that name.
        ProblemsFound: it has errors.
    """
    files = policy_files(context.workspace.config, "plans")
    names = metric_names(context)
    own = {one for one in files if one.layer == WORKSPACE}
    shown = {one: f"config/plans/{one.path.name}" for one in files}
    shown |= {one: context.workspace.relative(one.path) for one in own}
    loaded = {one: load_plan(one.path, shown[one], names) for one in files}
    found = next((file for one, file in loaded.items() if name in (file.name, one.name)), None)
    if found is None:
        raise no_such_plan(name, [file.name for file in loaded.values()])
    found.require()
    return found


def _component(file: PlanFile, name: str) -> str:
    names = tuple(file.require().components)
    if name and name not in names:
        raise UsageError(problem("no-such-component", text=name, choices=names))
    return name or (names[0] if len(names) == 1 else "")


def _assumed(asked: CurveAsked) -> Assumed:
    target = amount_of_text(asked.target_incentive)
    terms = () if target is None else (Term("target-incentive", target),)
    return Assumed(amount_of_text(asked.quota), terms, asked.grade, amount_of_text(asked.unit_value) or Decimal(1))


def _steps(text: str) -> int | None:
    amount = amount_of_text(text)
    return None if amount is None else steps_of(amount)


def _subject(context: Context, file: PlanFile, person: str) -> _Subject:
    """Return somebody's facts under the plan, or those of anybody who is on it from its first day to its last."""
    if not person:
        return _Subject("", PayeeInputs("", calendar=context.calendar))
    plan = file.require()
    (entity,) = resolve_all(context.store, "person", [person])
    day = max(plan.start, min(context.on, plan.through))
    month = month_of(context.calendar.window(GRAIN[plan.pay], day).last_day)
    done = compute_period(context, month, people=frozenset({entity}), plans=[file], with_lines=True)
    if not done.computed:
        raise UsageError(problem("curve-not-on-plan", plan=file.name, person=person, day=day))
    return _Subject(done.computed[0].payee.name, done.computed[0].inputs)


def _is_read(curve: Curve) -> bool:
    """Tell whether gates or factors read the position of a component that no credit goes to."""
    shape = curve.plan.components[curve.component] if curve.component else None
    return shape is not None and bool(shape.needs or shape.times)


def _ways(
    curve: Curve, asked: CurveAsked
) -> tuple[list[TierAhead], Decimal | None, int | None, Callable[[int], Decimal]]:
    edges = edges_of(curve)
    ahead = []
    if asked.to_next_tier:
        tiers = [one for one in edges if one.kind == "tier" and one.position > 0]
        tiered = [name for name in curve.moved if isinstance(curve.plan.components[name], TieredComponent)]
        for name in tiered or curve.moved:
            mine = next((one for one in tiers if one.component == name), None)
            ahead.append(_tier_ahead(curve.of(name), name, mine))
    target = amount_of_text(asked.to_pay)
    needed = None
    if target is not None:
        needed = least_position(curve.pay, target, [one.position for one in edges])
    return ahead, target, needed, curve.pay


def _tier_ahead(curve: Curve, name: str, edge: Edge | None) -> TierAhead:
    now = curve.part(0, name)
    if edge is None:
        return TierAhead(name, now.position_after, None, None, curve.pay(0), None, None)
    there = amount_of(edge.position)
    jump = CONTEXT.subtract(curve.pay(edge.position), curve.pay(edge.position - 1))
    at = to_decimal(Fraction(now.position_after) + edge.threshold)
    return TierAhead(name, now.position_after, edge, there, curve.pay(0), curve.pay(edge.position), jump, at)
