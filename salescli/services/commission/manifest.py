"""What a run is kept with: everything that a recomputation needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli import __version__
from salescli.core.periods import Period
from salescli.policy.layers import Kind, policy_files
from salescli.services.commission.calendars import kept_working
from salescli.services.commission.posted import closed_before, newest_opening
from salescli.services.context import Context
from salescli.store.runs import save_document

if TYPE_CHECKING:
    from salescli.services.commission.running import CommissionRun


def build_manifest(context: Context, period: Period, done: CommissionRun, calculation: int) -> dict[str, Any]:
    """List everything that a recomputation needs: policies by content, parameters, knowledge, versions."""
    plans = done.continued | {one.plan.name: one.plan for one in done.computed}
    working = kept_working(context, (file.require() for file in plans.values()), period)
    documents = [
        {
            "plan": name,
            "file": file.document.file,
            "sha256": save_document(context.store, file.document.file, file.text),
        }
        for name, file in sorted(plans.items())
    ]
    metrics, process = (save_documents(context, kind) for kind in ("metrics", "process"))
    settings = context.workspace.settings
    opening = newest_opening(context.store)
    return {
        "period": period.label,
        "opening": opening.id if opening else None,
        "plans": documents,
        "metrics": metrics,
        "process": process,
        "currency": settings.currency,
        "fiscal_year_start": settings.fiscal_year_start,
        "closed": [run.id for run in closed_before(context.store, period.label)],
        "scorecards": sorted(done.used),
        "calculation": calculation,
        "program": __version__,
        **working,
        **({"adjustments": done.adjusted} if done.adjusted else {}),
        **({"restated": done.restated} if done.restated else {}),
    }


def save_documents(context: Context, kind: Kind) -> list[str]:
    """Keep the policy files of a kind as they are now; return their digests, the shipped one first."""
    return [
        save_document(context.store, one.path.name, one.path.read_text(encoding="utf-8"))
        for one in policy_files(context.workspace.config, kind)
    ]
