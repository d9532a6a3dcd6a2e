"""Which definitions of the metrics hold for which months: a closed month keeps those of its run.

Editing `metrics.yaml` never moves a closed month: its credits and gate readings are recomputed with the definitions
that its run kept. Where the files still say the same — nearly always — there is one vintage, of the whole time.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from salescli.core.metrics.model import Catalogue
from salescli.core.periods import Period
from salescli.services.commission.exchange import Exchanging
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_document


@dataclass(frozen=True, slots=True)
class Vintage:
    """A stretch of months, the context whose metrics hold in it, and what converts other currencies in it."""

    context: Context
    period: Period
    exchanging: Exchanging | None = None


def vintages(context: Context, closed: Sequence[Run], period: Period) -> list[Vintage]:
    """Cut a period where the metrics change: at closed months whose run kept other definitions than today's files."""
    present = _digests(context)
    if all(run.manifest["metrics"] == present for run in closed):
        return [Vintage(context, period)]
    found: list[tuple[list[str], Period]] = []
    start = period.start
    for run in sorted(closed, key=lambda one: one.period):
        month = context.parse_period(run.period)
        end = min(month.end, period.end)
        if start < end:
            found.append((run.manifest["metrics"], Period(start, end)))
            start = end
    if start < period.end:
        found.append((present, Period(start, period.end)))
    return [
        Vintage(context if kept == present else _knowing(context, kept), stretch) for kept, stretch in _joined(found)
    ]


def kept_catalogue(context: Context, run: Run) -> Catalogue | None:
    """Return the metrics that a run kept; None where the files still say the same."""
    kept = run.manifest["metrics"]
    return None if kept == _digests(context) else _read(context, kept)


def _joined(stretches: list[tuple[list[str], Period]]) -> list[tuple[list[str], Period]]:
    """Put neighbours of the same definitions together: one query less for each."""
    joined: list[tuple[list[str], Period]] = []
    for kept, stretch in stretches:
        if joined and joined[-1][0] == kept:
            joined[-1] = (kept, Period(joined[-1][1].start, stretch.end))
        else:
            joined.append((kept, stretch))
    return joined


def _digests(context: Context) -> list[str]:
    from salescli.policy.layers import policy_files

    files = policy_files(context.workspace.config, "metrics")
    return [sha256(one.path.read_text(encoding="utf-8").encode()).hexdigest() for one in files]


def _knowing(context: Context, kept: list[str]) -> Context:
    other = copy.copy(context)
    other.catalogue = _read(context, kept)
    return other


def _read(context: Context, kept: list[str]) -> Catalogue:
    from salescli.policy.layers import PolicyFile
    from salescli.policy.metrics import read_catalogue

    with tempfile.TemporaryDirectory() as folder:
        written = []
        for layer, digest in enumerate(kept):  # the shipped file first, then the workspace's
            path = Path(folder) / f"metrics-{layer}.yaml"
            path.write_text(fetch_document(context.store, digest)[1], encoding="utf-8")
            written.append(PolicyFile("metrics", path, layer))
        return read_catalogue(written)[0]
