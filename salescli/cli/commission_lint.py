"""`salescli commission lint`: what plans say and might not mean."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened


def lint(
    plan: Annotated[str, typer.Argument(help=both("方案名称(默认:全部)", "the plan's name (else all)"))] = "",
) -> None:
    """Check plans for cliffs, gaps, tiers out of reach, losses, and compute them over the last year of data."""
    from salescli.services.commission.linting import lint_plans

    with opened() as context:
        done = lint_plans(context, plan)
        problems = [*done.problems, *context.notes]
    emit(done.report)
    emit_problems(problems)
