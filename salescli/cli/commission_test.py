"""`salescli commission test`: cases that are run, what they reach, and statements that are kept as cases."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.opening import opened
from salescli.errors import UsageError, problem


def run_tests(names: Sequence[str], coverage: bool) -> None:
    """Run the cases, and say what no case reaches where that is asked for."""
    from salescli.services.commission.testing import cover_plans, run_cases

    if coverage and names:
        raise UsageError(problem("options-exclude", first="--coverage", second="NAMES"))
    with opened() as context:
        report, problems = cover_plans(context) if coverage else run_cases(context, names)
    emit(report)
    emit_problems(problems)


def keep_statement(period: str, person: str, component: str, name: str) -> None:
    """Write a case from a statement."""
    from salescli.services.commission.keeping import Keep, keep_case, kept_words

    if not person:
        raise UsageError(problem("missing-value", name="--person", command="salescli commission test"))
    with opened() as context:
        kept = keep_case(context, Keep(context.parse_period(period), person, component, name))
    emit(kept.report)
    say(kept_words(kept))
