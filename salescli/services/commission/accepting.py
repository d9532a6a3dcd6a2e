"""Calculation versions: a closed month follows the calculation that its run was made by, until another is accepted.

The engine's calculation version grows whenever the same inputs would give another amount. What was closed by an older
one would move by itself if a later month were run upon it, so that is refused; accepting is a restatement of the month
that keeps its documents and says whose calculation counts from then on.
"""

from __future__ import annotations

from collections.abc import Sequence

from salescli import __version__
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.services.commission import running
from salescli.services.commission.posted import KIND
from salescli.services.commission.restated import ACCEPTS, DOCUMENTS, RESTATED, restatements, with_documents
from salescli.services.commission.restated_posting import Restated, show_posted
from salescli.services.context import Context
from salescli.services.knowledge import known_batch
from salescli.store.runs import Run, add_event, closed_runs, save_run


def accept_calculation(context: Context, period: Period, reason: str) -> Restated:
    """Let the closed months of a period follow today's calculation; the open month posts the difference.

    Raises:
        Refused: none of its months is closed, no reason is given, or all of them follow it already.
    """
    closed = _closed(context, period, reason)
    others = [run for run in closed if run.manifest["calculation"] != running.CALCULATION]
    if not others:
        raise Refused(problem("nothing-to-accept", period=period.label, calculation=running.CALCULATION))
    with context.store.transaction(f"commission restate {period} --accept-calculation"):
        for run in others:
            documents = {name: run.manifest[name] for name in DOCUMENTS if name in run.manifest}
            manifest = {
                "of": run.id,
                **documents,
                ACCEPTS: running.CALCULATION,
                "calculation": running.CALCULATION,
                "program": __version__,
                "reason": reason,
            }
            made = save_run(context.store, RESTATED, "all", run.period, known_batch(context), manifest, {})
            add_event(context.store, made.id, "closed", reason)
    months = [run.period for run in others]
    said_of = Title(
        f"{'、'.join(months)} 今后按计算版本 {running.CALCULATION} 重算(原运行不变)· "
        f"撤回:salescli commission restate {months[0]} --undo --reason 原因",
        f"{', '.join(months)}: recomputed by calculation {running.CALCULATION} from now on (their runs stay) · "
        f"take back: salescli commission restate {months[0]} --undo --reason WHY",
    )
    return show_posted(context, [context.parse_period(one) for one in months], said_of)


def _closed(context: Context, period: Period, reason: str) -> Sequence[Run]:
    """Return the closed runs of a period's months with the documents and the calculation that count for them."""
    closed = closed_runs(context.store, KIND)
    runs = [run for month, run in closed.items() if context.parse_period(month).start in period]
    found = [] if runs else [problem("not-closed", period=period.label)]
    found += [] if reason.strip() else [problem("restate-needs-reason", period=period.label)]
    if found:
        raise Refused(*found)
    return with_documents(runs, restatements(context.store, runs))
