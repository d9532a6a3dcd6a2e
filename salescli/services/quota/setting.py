"""Write a target policy from a few words: intent in a file that people read and edit, never a number in the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salescli.errors import ProblemsFound, Refused, UsageError, problem
from salescli.services.atomic import write_file
from salescli.services.context import Context
from salescli.services.quota.figures import find_metric

SPLITS = ("history", "equal")


@dataclass(frozen=True, slots=True)
class TargetRequest:
    """What is asked: a year, a metric, an amount or a growth on a base (as typed), and the rounding unit."""

    year: str
    metric: str
    amount: str = ""
    growth: str = ""
    base: str = ""
    round_to: str = ""
    name: str = ""


def set_quota(context: Context, request: TargetRequest) -> Path:
    """Write `config/targets/NAME.yaml` and return its path.

    The split is plain to begin with: by history where a base is given, else in equal parts; months are equal.

    Raises:
        UsageError: neither or both of amount and growth, or growth without a base.
        Refused: the file exists.
        ProblemsFound: a value is not what its place asks for.
    """
    if bool(request.amount) == bool(request.growth):
        raise UsageError(problem("amount-or-growth"))
    if request.growth and not request.base:
        raise UsageError(problem("growth-needs-base"))
    metric = find_metric(context, request.metric)
    name = request.name or f"{request.metric}-{request.year}"
    path = context.workspace.config / "targets" / f"{name}.yaml"
    shown = context.workspace.relative(path)
    if path.exists():
        raise Refused(problem("targets-exist", path=shown))
    text = _text(request, name, metric.currency)
    from salescli.policy.targets import read_targets

    errors = read_targets(text, shown).errors
    if errors:
        raise ProblemsFound(*errors)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
    except OSError as error:
        raise Refused(problem("cannot-write", path=shown, reason=error.strerror or str(error))) from error
    return path


def _text(request: TargetRequest, name: str, currency: str) -> str:
    by = "history" if request.base else "equal"
    lines = [
        "format: 1",
        f"targets: {name}",
        f"for_year: {request.year}",
        f"metric: {request.metric}",
        *([f"currency: {currency}"] if currency else []),
        *([f"amount: {request.amount}"] if request.amount else [f"growth: {request.growth}"]),
        *([f"base: {request.base}"] if request.base else []),
        "levels: {base: 100%}",
        "teams:",
        f"  split_by: {by}",
        "  street_above: 0%",
        "people:",
        *(
            ["  split_by: {history: 70%, equal: 30%}", "  without_history: team-median"]
            if request.base
            else ["  split_by: equal"]
        ),
        "  street_above: 0%",
        "months:",
        "  split_by: equal",
        *([f"round_to: {request.round_to}"] if request.round_to else []),
    ]
    return "\n".join(lines) + "\n"
