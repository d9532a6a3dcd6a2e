"""`salescli quota`: set, split, accept, show, attainment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.quota_attainment import attainment
from salescli.cli.quota_check import check, reconcile
from salescli.cli.quota_plan import rationale, roll, set_targets
from salescli.cli.quota_versions import log, revise
from salescli.cli.session import session, today, workspace
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.context import Context
    from salescli.services.quota.writing import AcceptOutcome

app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command("set")(set_targets)
app.command("roll")(roll)
app.command("rationale")(rationale)
app.command("attainment")(attainment)
app.command("check")(check)
app.command("reconcile")(reconcile)
app.command("revise")(revise)
app.command("log")(log)

Grain = Literal["month", "quarter", "year"]
GrainOption = Annotated[
    Grain, typer.Option("--by", help=both("按月、季或年显示", "a column per month, quarter or year"))
]
MetricOption = Annotated[str, typer.Option("--metric", help=both("指标", "the metric"))]


@contextmanager
def _context() -> Iterator[Context]:
    from salescli.services.context import open_context

    place = workspace()
    asked = session()
    with open_context(place, today=today(), on=asked.on, known=asked.known, language=session().language) as context:
        yield context


@app.command("split")
def split(
    names: Annotated[
        list[str] | None,
        typer.Argument(help=both("一个或多个目标方案(默认:唯一的一个)", "one policy or several (else the only one)")),
    ] = None,
    by: GrainOption = "quarter",
) -> None:
    """Split a year's target among teams, people and months, as a draft; several policies at once if named."""
    from salescli.services.quota.many import split_quotas
    from salescli.services.quota.splitting import split_quota

    with _context() as context:
        if names and len(names) > 1:
            report, problems = split_quotas(context, names)
        else:
            outcome = split_quota(context, names[0] if names else "", by)
            report, problems = outcome.report, outcome.problems
    emit_problems(problems)
    emit(report)


@app.command("accept")
def accept(
    runs: Annotated[
        list[int] | None,
        typer.Argument(help=both("一次或多次运行的编号(默认:最近一次)", "one run or several (else the newest)")),
    ] = None,
) -> None:
    """Make a draft, or several, the targets that count."""
    from salescli.services.quota.many import accept_quotas
    from salescli.services.quota.splitting import accept_quota

    with _context() as context:
        outcomes = accept_quotas(context, runs) if runs else [accept_quota(context)]
        notes = context.notes
    emit_problems(notes)
    for done in outcomes:
        _say_accepted(done)


def _say_accepted(done: AcceptOutcome) -> None:
    counts = (done.new, done.changed, done.unchanged, done.ended)
    zh = "新增 {} · 变更 {} · 未变 {} · 终止 {}".format(*counts)
    en = "{} new · {} changed · {} unchanged · {} ended".format(*counts)
    if done.batch is None:
        say(Title(f"目标 {zh} · 无变化,未写入", f"targets: {en} · nothing written"))
    else:
        undo = f"salescli undo {done.batch}"
        say(Title(f"批次 {done.batch} · 目标 {zh} · 撤销:{undo}", f"batch {done.batch} · targets: {en} · undo: {undo}"))


@app.command("show")
def show(
    period: Annotated[str, typer.Argument(help=both("期间(默认:今年)", "the period (else this year)"))] = "this-year",
    metric: MetricOption = "",
    team: Annotated[str, typer.Option("--team", help=both("团队", "a team"))] = "",
    person: Annotated[str, typer.Option("--person", help=both("人员", "a person"))] = "",
    by: GrainOption = "quarter",
    run: Annotated[int, typer.Option("--run", help=both("显示某次运行", "show a draft run"))] = 0,
    versions: Annotated[
        bool, typer.Option("--versions", help=both("各修订版并列", "the first version beside every revision"))
    ] = False,
    submissions: Annotated[
        bool, typer.Option("--submissions", help=both("与上报目标并列", "beside what people submitted"))
    ] = False,
) -> None:
    """Show the targets in force, or a draft."""
    from salescli.services.quota.history import show_versions
    from salescli.services.quota.splitting import show_quota, show_run
    from salescli.services.quota.submissions import show_submissions

    if by == "month" and not (run or versions or submissions) and _writes_sheet():
        _write_sheet(period, metric, team, person)
        return
    with _context() as context:
        if run:
            report = show_run(context, run, by)
        elif submissions:
            report = show_submissions(context, context.parse_period(period), metric)
        elif versions:
            report = show_versions(context, context.parse_period(period), metric, team, person)
        else:
            report = show_quota(context, context.parse_period(period), metric, team, person, by)
    emit_problems(context.notes)
    emit(report)


def _writes_sheet() -> bool:
    """Tell whether what is asked for is a file that people edit: months by column, as a workbook or as text."""
    return session().output is not None and session().format in ("xlsx", "csv")


def _write_sheet(period: str, metric: str, team: str, person: str) -> None:
    from salescli.services.atomic import write_file
    from salescli.services.quota.sheet import build_quota_sheet

    target, form = session().output, session().format
    assert target is not None
    with _context() as context:
        of = context.parse_period(period)
        content = build_quota_sheet(context, of, metric, team, person, "csv" if form == "csv" else "xlsx")
    write_file(target, content)
    say(
        Title(
            f"已写入 {target};修改后:salescli import {target} --dry-run",
            f"written: {target}; edit it, then: salescli import {target} --dry-run",
        )
    )
