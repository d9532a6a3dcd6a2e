"""`salescli commission`: from credits to what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened

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


def _emit(shown: RunShown) -> None:
    emit(shown.report)
    if shown.change is not None:
        say(shown.change)
