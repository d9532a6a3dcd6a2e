"""The market sizes of a workspace."""

from __future__ import annotations

from pathlib import Path

from salescli.core.analysis.market import MarketSize
from salescli.errors import Problem, ProblemsFound
from salescli.policy.layers import WORKSPACE, policy_files
from salescli.services.context import Context


def load_market(ctx: Context, metric: str) -> tuple[MarketSize, ...]:
    """Return the sizes that the workspace gives for a metric; none where it has no `market.yaml`.

    Raises:
        ProblemsFound: everything wrong with the file.
    """
    files = [one for one in policy_files(ctx.workspace.config, "market") if one.layer == WORKSPACE]
    if not files:
        return ()
    from salescli.policy.market import read_market

    sizes, problems = read_market(files, ctx.calendar, ctx.catalogue.names)
    if errors := [_placed(ctx, each) for each in problems if each.severity == "error"]:
        raise ProblemsFound(*errors)
    return tuple(one for one in sizes if one.metric == metric)


def _placed(ctx: Context, found: Problem) -> Problem:
    """Return a problem with its file as people see it."""
    where = found.where._replace(file=ctx.workspace.relative(Path(found.where.file)))
    return Problem(found.name, where, found.values, found.severity)
