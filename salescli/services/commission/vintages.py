"""Which definitions of the metrics and of the stages hold for which months: a closed month keeps those of its run.

Editing `metrics.yaml` or the process never moves a closed month: its credits and gate readings are recomputed with the
definitions that its run kept. Where the files still say the same — nearly always — there is one vintage, of the whole
time.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from salescli.core.metrics.model import Catalogue
from salescli.core.periods import Period
from salescli.policy.layers import Kind, PolicyFile, policy_files
from salescli.services.commission.exchange import Exchanging
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_document

Stages = dict[str, tuple[str, str, int]]


class Kept(NamedTuple):
    """The documents of a run that say what is measured, by their digests."""

    metrics: tuple[str, ...]
    process: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vintage:
    """A stretch of months, the context whose metrics hold in it, and what converts other currencies in it.

    `is_staged`: stages mean something else in other stretches, so the store is told before each query.
    """

    context: Context
    period: Period
    exchanging: Exchanging | None = None
    is_staged: bool = False

    def enter(self) -> None:
        """Let the store know what stages mean in these months."""
        if self.is_staged:
            self.context.prepare_stages()


def vintages(context: Context, closed: Sequence[Run], period: Period) -> list[Vintage]:
    """Cut a period where definitions change: at closed months whose run kept other ones than today's files."""
    present = _present(context)
    if all(kept_by(run, present) == present for run in closed):
        return [Vintage(context, period)]
    found: list[tuple[Kept, Period]] = []
    start = period.start
    for run in sorted(closed, key=lambda one: one.period):
        month = context.parse_period(run.period)
        end = min(month.end, period.end)
        if start < end:
            found.append((kept_by(run, present), Period(start, end)))
            start = end
    if start < period.end:
        found.append((present, Period(start, period.end)))
    stretches = _joined(found)
    is_staged = len({kept.process for kept, _ in stretches}) > 1 or stretches[0][0].process != present.process
    return [
        Vintage(context if kept == present else _knowing(context, kept, present), stretch, is_staged=is_staged)
        for kept, stretch in stretches
    ]


def kept_by(run: Run, present: Kept) -> Kept:
    """Return what a run kept; one that kept no process is read by today's."""
    return Kept(tuple(run.manifest["metrics"]), tuple(run.manifest.get("process", present.process)))


def kept_definitions(context: Context, run: Run) -> tuple[Catalogue | None, Stages | None]:
    """Return the metrics and the meaning of stages that a run kept; None for what files still say."""
    present = _present(context)
    kept = kept_by(run, present)
    catalogue = None if kept.metrics == present.metrics else _read_metrics(context, kept.metrics)
    return catalogue, None if kept.process == present.process else _read_stages(context, kept.process)


def _joined(stretches: list[tuple[Kept, Period]]) -> list[tuple[Kept, Period]]:
    """Put neighbours of the same definitions together: one query less for each."""
    joined: list[tuple[Kept, Period]] = []
    for kept, stretch in stretches:
        if joined and joined[-1][0] == kept:
            joined[-1] = (kept, Period(joined[-1][1].start, stretch.end))
        else:
            joined.append((kept, stretch))
    return joined


def _present(context: Context) -> Kept:
    return Kept(_digests(context, "metrics"), _digests(context, "process"))


def _digests(context: Context, kind: Kind) -> tuple[str, ...]:
    files = policy_files(context.workspace.config, kind)
    return tuple(sha256(one.path.read_text(encoding="utf-8").encode()).hexdigest() for one in files)


def _knowing(context: Context, kept: Kept, present: Kept) -> Context:
    other = copy.copy(context)
    if kept.metrics != present.metrics:
        other.catalogue = _read_metrics(context, kept.metrics)
    if kept.process != present.process:
        other.stages = _read_stages(context, kept.process)
    return other


def _read_metrics(context: Context, kept: Sequence[str]) -> Catalogue:
    import tempfile

    from salescli.policy.metrics import read_catalogue

    with tempfile.TemporaryDirectory() as folder:
        return read_catalogue(_written(context, Path(folder), "metrics", kept))[0]


def _read_stages(context: Context, kept: Sequence[str]) -> Stages:
    import tempfile

    from salescli.policy.process import read_process, stage_meanings

    with tempfile.TemporaryDirectory() as folder:
        process, _ = read_process(_written(context, Path(folder), "process", kept))
        return stage_meanings(process) if process else {}


def _written(context: Context, folder: Path, kind: Kind, kept: Sequence[str]) -> list[PolicyFile]:
    """Write kept texts as files again, by their names: the shipped one first, then the workspace's."""
    found = []
    for layer, digest in enumerate(kept):
        name, text = fetch_document(context.store, digest)
        path = folder / str(layer) / Path(name).name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        found.append(PolicyFile(kind, path, layer))
    return found
