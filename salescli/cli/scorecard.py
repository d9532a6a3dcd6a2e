"""`salescli scorecard`: from KPIs to grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.errors import UsageError, problem

if TYPE_CHECKING:
    from datetime import date

    from salescli.services.scorecard.showing import Shown

app = typer.Typer(add_completion=False, rich_markup_mode=None)

PeriodArgument = Annotated[str, typer.Argument(help=both("期间,如 2026-Q1", "the period: 2026-Q1"))]
NameOption = Annotated[
    str,
    typer.Option(
        "--scorecard", "--template", help=both("考核表;内置的 kpi、bsc 也可", "a scorecard, or a shipped one: kpi, bsc")
    ),
]
PersonOption = Annotated[str, typer.Option("--person", help=both("人员:工号或姓名", "a person: number or name"))]


@app.command("run")
def run(period: PeriodArgument, scorecard: NameOption = "") -> None:
    """Score everyone and keep the result as a draft."""
    from salescli.services.scorecard.showing import run_shown

    with opened(at_known=False) as context:
        shown = run_shown(context, context.parse_period(period), scorecard)
    _emit(shown)


@app.command("show")
def show(period: PeriodArgument, person: PersonOption = "", scorecard: NameOption = "") -> None:
    """Show everyone's scores, or one person's page."""
    from salescli.services.scorecard.showing import show_period

    with opened() as context:
        shown = show_period(context, context.parse_period(period), scorecard, person)
    _emit(shown)


@app.command("awards")
def awards(
    period: Annotated[str, typer.Argument(help=both("期间,如 2026、2026-Q1", "the period: 2026, 2026-Q1"))],
) -> None:
    """Show who wins the rankings of the plans whose windows end in a period, and who is out and why."""
    from salescli.services.commission.awards import show_awards

    with opened() as context:
        shown = show_awards(context, context.parse_period(period))
    emit_problems(shown.problems)
    emit(shown.report)


@app.command("explain")
def explain(
    period: PeriodArgument,
    person: PersonOption = "",
    kpi: Annotated[str, typer.Option("--kpi", help=both("只看一个考核项", "one KPI only"))] = "",
    rows: Annotated[bool, typer.Option("--rows", help=both("列出背后的记录", "list the records behind it"))] = False,
    scorecard: NameOption = "",
) -> None:
    """Explain a person's grade down to the figures and the lines of the scorecard."""
    from salescli.services.scorecard.showing import Explain, explain_period

    with opened() as context:
        shown = explain_period(context, context.parse_period(period), Explain(person, kpi, rows), scorecard)
    _emit(shown)


@app.command("close")
def close(
    period: PeriodArgument,
    known_on: Annotated[
        str, typer.Option("--known-on", help=both("公布日期(默认:今天)", "the day the grades are known (else today)"))
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help=both("再次定稿的原因(更正)", "why it is closed again (a correction)"))
    ] = "",
    scorecard: NameOption = "",
) -> None:
    """Score a period on what is known now and close it: commission reads its grades."""
    from salescli.services.scorecard.showing import close_shown

    day = _parse_day("--known-on", known_on) if known_on else None
    with opened(at_known=False) as context:
        shown = close_shown(context, context.parse_period(period), scorecard, day, reason)
    _emit(shown)


@app.command("read")
def read(name: Annotated[str, typer.Argument(help=both("考核表名称", "the scorecard's name"))]) -> None:
    """Read a scorecard as numbered sentences."""
    from salescli.cli.session import session
    from salescli.services.scorecard.showing import read_aloud

    with opened() as context:
        report = read_aloud(context, name, session().language)
    emit(report)


def _parse_day(option: str, text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(problem("option-date", option=option, text=text)) from None


def _emit(shown: Shown) -> None:
    emit_problems(shown.problems)
    emit(shown.report)
    if shown.said is not None:
        say(shown.said)
