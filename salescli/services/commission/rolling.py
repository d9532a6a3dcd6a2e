"""`commission roll`: next year's plan from this one. Every line that changes is said with why; no file is overwritten.

What a new plan would do that nobody has decided (a draw whose months begin again, plan rates of the old year, targets
that are not there) is said beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from salescli.core.periods import Period, add_months
from salescli.core.scalars import TextRefused, parse_day
from salescli.core.table import Prose, Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.policy.layers import policy_files
from salescli.policy.plans import PlanFile, load_plan
from salescli.policy.sentences.plan import read_plan_aloud
from salescli.policy.tree import Path
from salescli.services.atomic import write_file
from salescli.services.commission.drafting import metric_titles
from salescli.services.commission.running import metric_names, read_plans
from salescli.services.context import Context
from salescli.services.rolled import Step, in_other_year, last_words, new_stem, table_of_steps

_PLAIN = re.compile(r"[\w.%/-][\w.% /()-]*")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class RollRequest:
    """Which plan (""; the only one of the year before), the year, and the new plan's name."""

    to: str
    plan: str = ""
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class _Roll:
    """The old plan as plain texts, its year and the new one."""

    context: Context
    file: PlanFile
    old: Period
    new: Period

    @property
    def years(self) -> int:
        """How many years on."""
        return self.new.start.year - self.old.start.year

    def text(self, text: str) -> str:
        """Return a text with the new year's number."""
        return in_other_year(text, self.old.start.year, self.new.start.year)

    def day(self, day: date) -> str:
        """Return a day as many years on."""
        return add_months(day, _MONTHS * self.years).isoformat()


def roll_plan(context: Context, request: RollRequest) -> Report:
    """Write the plan of another year from one that is there; return what changed and the plan read aloud.

    Raises:
        UsageError: no plan, or several, are meant.
        Refused: the new file exists, or the year is not a later one.
        ProblemsFound: a plan has errors, or the new one would have.
    """
    from salescli.policy.rewrite import rewrite
    from salescli.services.quota.policy_file import year_of_text

    new = year_of_text(context, request.to)
    file = _find_old(context, request.plan, new)
    plan = file.require()
    old = context.calendar.window("year", plan.start)
    if new.start <= old.start:
        raise Refused(problem("roll-not-later", year=old.label, text=request.to))
    roll = _Roll(context, file, old, new)
    name = request.new_name or new_stem(file.document, old.start.year, new.start.year, request.to)
    if not re.fullmatch(r"[\w.-]+", name):
        raise UsageError(problem("bad-plan-name", text=name))
    path = context.workspace.config / "plans" / f"{name}.yaml"
    shown = context.workspace.relative(path)
    if path.exists() or any(one.name == name for one in read_plans(context)):
        raise Refused(problem("plan-exists", path=shown, name=name))
    steps = [*_head(roll, name), *_components(roll), *_dated(roll)]
    after = load_plan(rewrite(file.text, [(one.path, one.value) for one in steps]), shown, metric_names(context))
    after.require()
    write_file(path, after.text.encode())
    return _report(roll, after, steps)


def _find_old(context: Context, name: str, new: Period) -> PlanFile:
    """The plan named, else the only one that ends in the year before."""
    files = read_plans(context)
    if name:
        found = [one for one in files if name in (one.name, FilePath(one.document.file).stem)]
    else:
        before = context.calendar.window("year", add_months(new.start, -_MONTHS))
        found = [one for one in files if before.start <= one.require().through < before.end]
    if len(found) != 1:
        raise UsageError(problem("roll-which-plan", text=name, plans=[one.name for one in found or files]))
    return found[0]


def _head(roll: _Roll, name: str) -> Iterator[Step]:
    year = Title("新年度", "the new year")
    yield Step(("plan",), _scalar(name), Title("新方案的名称", "the new plan's name"))
    title = roll.file.document.plain["title"]
    said = [(("title",), title)] if isinstance(title, str) else [(("title", key), text) for key, text in title.items()]
    for path, text in said:
        moved = roll.text(text) if roll.text(text) != text else f"{text} {roll.new.label}"
        yield Step(path, _scalar(moved), year)  # two years under one title could not be told apart
    yield Step(("from",), roll.new.start.isoformat(), year)
    yield Step(("through",), roll.new.last_day.isoformat(), year)
    goes_on = Title("欠款、结转和待扣的转入新方案", "what is owed, carried and waiting goes on")
    yield Step(("payout", "takes_over"), _scalar(roll.file.name), goes_on)


def _components(roll: _Roll) -> Iterator[Step]:
    for name, shape in roll.file.document.plain["components"].items():
        for key in ("from", "through"):
            if key in shape:
                why = Title("随年度后移:请确认是否再办", "moved with the year: say whether it is held again")
                yield Step(("components", name, key), roll.day(parse_day(shape[key])), why)
        if "continues" in shape:
            why = Title("新年度的窗口从头开始", "the windows of the new year begin anew")
            yield Step(("components", name, "continues"), None, why)
        for place, factor in enumerate(shape.get("times", ())):
            grade = factor.get("grade_from", "")
            moved = roll.text(grade)
            if moved != grade and _has_scorecard(roll.context, moved):
                why = Title("新年度的计分卡", "the new year's scorecard")
                yield Step(("components", name, "times", place, "grade_from"), moved, why)


def _has_scorecard(context: Context, name: str) -> bool:
    return any(one.name == name for one in policy_files(context.workspace.config, "scorecards"))


def _dated(roll: _Roll) -> Iterator[Step]:
    """Numbers with dates of the old year: what was last in force stays, by itself."""
    why = Title("旧年度的日期:保留最后生效的", "dates of the old year: what was last in force stays")
    for path, value in _maps_of_days(roll.file.document.plain, ()):
        newest = max(value, key=parse_day)
        yield Step(path, _flow(value[newest]), why)


def _maps_of_days(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if value and all(_is_day(key) for key in value):
            yield path, value
            return
        for key, inner in value.items():
            yield from _maps_of_days(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _maps_of_days(inner, (*path, place))


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except TextRefused:
        return False
    return True


def _flow(value: Any) -> str:
    """Write a plain tree on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _report(roll: _Roll, after: PlanFile, steps: Sequence[Step]) -> Report:
    context = roll.context
    before, document = roll.file.document, after.document
    aloud = read_plan_aloud(after, context.language, metric_titles(context))
    blocks = (table_of_steps(before, document, steps, context.language), Prose(aloud.name, aloud.lines, numbered=True))
    footer = (*_undecided(roll, after), *last_words(before, document, roll.old.start.year))
    title = Title(f"方案 {after.name} · 已写入 {document.file}", f"Plan {after.name} · written: {document.file}")
    following = (
        f"salescli commission lint {after.name}",
        f"salescli commission diff {roll.file.name} {after.name} --over {roll.old.label}",
    )
    return Report("commission-roll", title, blocks, footer, next=following)


def _undecided(roll: _Roll, after: PlanFile) -> Iterator[Title]:
    """What the new plan does by itself, and somebody should decide."""
    plan = after.require()
    draw = plan.payout.draw
    if draw is not None and (draw.for_months is not None or draw.recover_from_month is not None):
        yield Title(
            f"预支的月数从新方案重新算起({after.place(('payout', 'draw'))}):不再预支的请删去",
            f"the months of the draw begin again under a new plan ({after.place(('payout', 'draw'))}): "
            "take it out where nobody is meant to have it again",
        )
    if plan.exchange is not None and plan.exchange.plan_rates:
        yield Title(
            f"方案汇率仍是旧年度的({after.place(('exchange', 'plan_rates'))})",
            f"the plan rates are still those of the old year ({after.place(('exchange', 'plan_rates'))})",
        )
    stale = [
        (name, one.grade_from)
        for name, shape in plan.components.items()
        for one in shape.times
        if getattr(one, "grade_from", "") and roll.text(one.grade_from) != one.grade_from
    ]
    for name, grade in stale:
        yield Title(
            f"组件 {name} 仍读计分卡 {grade}:新年度的还没有",
            f"component {name} still reads scorecard {grade}: the new year's is not there yet",
        )
    budgets = [name for name, shape in plan.components.items() if shape.budget is not None]
    if budgets:
        shown = "、".join(budgets), ", ".join(budgets)
        yield Title(f"预算照旧:{shown[0]}", f"budgets as they were: {shown[1]}")
