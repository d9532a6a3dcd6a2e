"""`salescli commission`: from credits to what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.commission.showing import RunShown

app = typer.Typer(add_completion=False, rich_markup_mode=None)

PeriodArgument = Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))]
PersonOption = Annotated[str, typer.Option("--person", help=both("人员:工号或姓名", "a person: number or name"))]


@app.command("run")
def run(period: PeriodArgument) -> None:
    """Compute a month and keep it as a draft."""
    from salescli.services.commission.showing import run_period

    with opened(at_known=False) as context:
        shown = run_period(context, context.parse_period(period))
        problems = [*shown.problems, *context.notes]
    emit_problems(problems)
    _emit(shown)


@app.command("show")
def show(period: PeriodArgument, person: PersonOption = "") -> None:
    """Show the closed run of a month, else its newest draft."""
    from salescli.services.commission.showing import show_period

    with opened() as context:
        shown = show_period(context, context.parse_period(period), person)
    _emit(shown)


@app.command("explain")
def explain(
    period: PeriodArgument,
    person: PersonOption = "",
    component: Annotated[str, typer.Option("--component", help=both("只看一个组件", "one component only"))] = "",
    transaction: Annotated[
        str, typer.Option("--transaction", help=both("一笔单据的去向", "what became of one transaction"))
    ] = "",
    why_zero: Annotated[bool, typer.Option("--why-zero", help=both("为什么没有", "why nothing is paid"))] = False,
) -> None:
    """Explain a person's figure down to the rows of spreadsheets and the lines of the plan."""
    from salescli.services.commission.explaining import Asked, explain_period

    asked = Asked(person, component, transaction, why_zero)
    with opened() as context:
        explained = explain_period(context, context.parse_period(period), asked)
    emit_problems(explained.problems)
    emit(explained.report)


@app.command("statement")
def statement(period: PeriodArgument, person: PersonOption) -> None:
    """Show a person's statement: every transaction, the differences, the holdback, what is paid."""
    from salescli.services.commission.statements import show_statement

    with opened() as context:
        shown = show_statement(context, context.parse_period(period), person)
    emit_problems(shown.problems)
    _emit(shown)


@app.command("close")
def close(period: PeriodArgument) -> None:
    """Run a month on what is known now and close it."""
    from salescli.services.commission.closing import close_shown

    with opened(at_known=False) as context:
        shown = close_shown(context, context.parse_period(period))
    _emit(shown)


@app.command("reopen")
def reopen(
    period: PeriodArgument,
    reason: Annotated[str, typer.Option("--reason", help=both("为什么重开(必填)", "why (required)"))],
) -> None:
    """Open the newest closed month again."""
    from salescli.services.commission.closing import reopen_period

    with opened(at_known=False) as context:
        done = reopen_period(context, context.parse_period(period), reason)
    say(
        Title(
            f"{done.period} 已重开(运行 #{done.id}) · 下一步:salescli commission run {done.period}",
            f"{done.period} is open again (run #{done.id}) · next: salescli commission run {done.period}",
        )
    )


@app.command("verify")
def verify(
    run: Annotated[int, typer.Argument(help=both("运行编号(默认:全部已关账的)", "a run (else all closed ones)"))] = 0,
) -> None:
    """Compute stored runs again from what they knew, and compare byte for byte."""
    from salescli.services.commission.closing import verify_shown

    with opened(at_known=False) as context:
        report, problems = verify_shown(context, run or None)
    emit(report)
    emit_problems(problems)


def _emit(shown: RunShown) -> None:
    emit(shown.report)
    if shown.change is not None:
        say(shown.change)
