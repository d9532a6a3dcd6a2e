"""`quota attainment`: figures against the targets in force, by company, team, person and month, of every metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from salescli.core.periods import Period, months_in
from salescli.core.quotas.attainment import PaceBy
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.tiers import in_order
from salescli.core.quoting import shell_word
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.reports.quota import COMPANY, LEVELS
from salescli.services.context import Context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.measuring import By, Measuring, open_measuring
from salescli.services.quota.scope import Scope, find_scope, narrow_to
from salescli.services.quota.targets import fetch_targets
from salescli.services.quota.versions import version_words

if TYPE_CHECKING:
    from salescli.reports.attainment import Measured

__all__ = ["By", "Measuring", "Request", "build_attainment", "metric_with_targets", "open_measuring", "show_attainment"]
Level = Literal["", "base", "stretch", "challenge"]
HOLDERS: tuple[By, ...] = ("company", "team", "person")
WORDS = (*HOLDERS, "month")
_BASIS: dict[By, Title] = {
    "company": Title("口径:公司目标", "measured on the company target"),
    "team": Title(
        "口径:团队按团队目标(不含个人上浮),合计按公司目标", "teams on the team target, the total on the company's"
    ),
    "person": Title(
        "口径:个人按上浮后的个人目标,合计按公司目标", "people on their street quota, the total on the company's"
    ),
}
_LED = Title("主管按所带团队的目标与业绩", "those who lead a team on its target and figure")
_BY: dict[By, Title] = {"company": COMPANY, "team": Title("团队", "Team"), "person": Title("人员", "Person")}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: by whom, by month or not, which metric ("" is each), level ("" is all), pace, and what behind.

    `person` or `team` names whose lines alone are shown.
    """

    by: By = "team"
    is_by_month: bool = False
    metric: str = ""
    level: str = ""
    pace_by: PaceBy = "working-day"
    currency: str = ""
    with_rows: bool = False
    with_explanation: bool = False
    person: str = ""
    team: str = ""


def parse_by(text: str) -> tuple[By, bool]:
    """Read `team`, `person,month`: by whom, and whether by month; `team,person` is by person.

    Raises:
        UsageError: a word is none of them.
    """
    words = [word.strip() for word in text.replace("、", ",").replace(",", ",").split(",") if word.strip()]
    for word in words or [text]:
        if word not in WORDS:
            raise UsageError(problem("option-choice", option="--by", text=word, choices=WORDS))
    found = [each for each in HOLDERS if each in words]
    return (found[-1] if found else "company"), "month" in words


def metric_with_targets(context: Context, period: Period, metric: str = "", currency: str = "") -> str:
    """Return the metric asked for, else the only one that has targets in a period.

    Raises:
        Refused: there is no target in the period.
        UsageError: there are targets of several metrics and none was named.
    """
    metrics = _metrics_of(fetch_targets(context, open_directory(context), period, currency)[0], metric, period)
    if len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(metrics)))
    return metrics[0]


def show_attainment(
    context: Context,
    period: Period,
    by: By = "team",
    metric: str = "",
    level: str = "base",
    pace_by: PaceBy = "working-day",
    currency: str = "",
) -> Report:
    """Show attainment of a period at one level: one line per team or person, and the company's own."""
    return build_attainment(context, period, Request(by, False, metric, level, pace_by, currency))


def build_attainment(context: Context, period: Period, request: Request) -> Report:
    """Build attainment: a table of each metric that has targets in the period, or of the one asked for.

    Targets in several currencies are measured one currency at a time: the one asked for, else the base currency.

    Raises:
        Refused: there is no target in the period.
        UsageError: there is none of the metric or the level asked for.
    """
    from salescli.reports.attainment import build_attainment_report
    from salescli.services.knowledge import known_line

    directory = open_directory(context)
    if request.person:
        request = replace(request, by="person", team="")
    scope = find_scope(context, directory, request.person, request.team)
    leaves, _ = fetch_targets(context, directory, period, request.currency)
    metrics = _metrics_of(leaves, request.metric, period)
    _check_level(leaves, metrics, request.level, period)
    measured = [_measure(context, period, name, request, scope) for name in metrics if name in context.catalogue]
    if not measured:
        open_measuring(context, period, metrics[0])  # it says what is wrong with the name
    bases = {base.of for name in metrics if name in context.catalogue for base in context.catalogue.bases(name)}
    known = known_line(context, [context.store.registry[each] for each in sorted(bases)])
    return build_attainment_report(measured, period, context.on, known, _next(period, request))


def _measure(context: Context, period: Period, name: str, request: Request, scope: Scope) -> Measured:
    from salescli.reports.attainment import Measured
    from salescli.reports.metrics import definition_text
    from salescli.services.metric.showing import place_of

    measuring = open_measuring(context, period, name, request.level or "base", request.pace_by, request.currency)
    if not request.level and not measuring.leaves:  # targets of another level alone
        level = measuring.levels[0]
        measuring = open_measuring(context, period, name, level, request.pace_by, request.currency)
    rows, company = measuring.by_month(request.by) if request.is_by_month else measuring.lines(request.by)
    if not scope.is_all:
        rows = [row for row in rows if scope.holds(row, request.by)]
        scope = narrow_to(scope, measuring.directory, rows)
    metric = context.catalogue.get(name)
    text = f"{name} = {definition_text(metric, context.language)} ({place_of(context, name)})"
    others = () if request.level else tuple(one for one in measuring.levels if one != measuring.level)
    found = Measured(
        name,
        metric.title,
        context.catalogue.unit(name),
        measuring.metric.currency,
        measuring.clock,
        tuple(rows),
        company,
        _basis(request, measuring, led=any(row.measured_on and row.measured_on.en != "own" for row in rows)),
        _BY[request.by],
        measuring.level,
        others,
        request.pace_by,
        measuring.metric.is_additive,
        _trend_words(measuring),
        Title(f"口径 {text}", f"definition {text}"),
        (*_said(measuring), *version_words(context, measuring.directory, name, _months_of(period))),
        is_part=not scope.is_all,
    )
    if request.with_rows or request.with_explanation:
        from salescli.services.quota.attainment_trace import trace_blocks

        found = replace(found, extra=tuple(trace_blocks(context, measuring, found, request, scope)))
    return found


def _basis(request: Request, measuring: Measuring, *, led: bool) -> Title:
    """Say which target counts for these lines, and of which level."""
    basis = _BASIS[request.by]
    zh, en = (f"{basis.zh};{_LED.zh}", f"{basis.en}; {_LED.en}") if led else (basis.zh, basis.en)
    if measuring.level != "base":
        level = LEVELS.get(measuring.level, Title(measuring.level, measuring.level))
        zh, en = f"{zh};档位 {level.zh}", f"{en}; level {level.en.lower()}"
    return Title(zh, en)


def _said(measuring: Measuring) -> list[Title]:
    """Say how the target of several months of what does not add up comes about."""
    if measuring.metric.is_additive or len(measuring.basis.months) < 2:
        return []
    by_holder: dict[tuple[str, str, str], set[object]] = {}
    for leaf in measuring.leaves:
        by_holder.setdefault((leaf.holder, leaf.team, leaf.holder_key), set()).add(leaf.amount)
    if all(len(amounts) == 1 for amounts in by_holder.values()):
        return [Title("各月目标相同,即期间目标", "the months ask for the same, so the period does")]
    return [
        Title(
            "期间目标 = 各月目标按分母加权平均,从不相加",
            "the period's target is the mean of the months' by their denominators, never a sum",
        )
    ]


def _months_of(period: Period) -> list[str]:
    return [month.label for month in months_in(period)]


def _trend_words(measuring: Measuring) -> str:
    months = [month.label for month in months_in(measuring.trend)]
    return f"{months[0]}..{months[-1]}" if len(months) > 1 else ""


def _next(period: Period, request: Request) -> tuple[str, ...]:
    words = {"--metric": request.metric, "--team": request.team, "--person": request.person}
    given = "".join(f" {option} {shell_word(word)}" for option, word in words.items() if word)
    asked = f"salescli quota attainment {period}{given}"
    steps = [] if request.by == "person" else [f"{asked} --by person"]
    return (*steps, *([] if request.with_explanation else [f"{asked} --rows --explain"]))


def _metrics_of(leaves: Sequence[Leaf], metric: str, period: Period) -> list[str]:
    metrics = sorted({leaf.metric for leaf in leaves})
    if not metrics:
        raise Refused(problem("no-targets", period=str(period)))
    if metric and metric not in metrics:
        raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
    return [metric] if metric else metrics


def _check_level(leaves: Sequence[Leaf], metrics: Sequence[str], level: str, period: Period) -> None:
    have = in_order(leaf.level for leaf in leaves if leaf.metric in metrics)
    if level and level != "base" and level not in have:
        raise UsageError(problem("no-targets-of-level", level=level, period=str(period), levels=tuple(have)))
