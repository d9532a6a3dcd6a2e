"""The fiscal year and the currency of closed months: a run keeps them, and no later month may be run by others.

Both say what a window is and what an amount without a currency means. A month is recomputed with those of its run;
differences between two readings of the same money would be nobody's pay.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from salescli.errors import Refused, Where, problem
from salescli.services.context import Context
from salescli.services.workspace import SETTINGS_FILE
from salescli.store.runs import Run

KEPT = ("fiscal_year_start", "currency")


def check_settings(context: Context, closed: Sequence[Run]) -> None:
    """Refuse to compute upon closed months whose fiscal year or currency is not today's.

    Raises:
        Refused: `salescli.yaml` was edited after closing.
    """
    for run in closed[-1:]:
        now = context.workspace.settings
        wrong = [name for name in KEPT if run.manifest.get(name, getattr(now, name)) != getattr(now, name)]
        if wrong:
            said = [
                {"key": name, "now": getattr(now, name), "then": run.manifest[name], "period": run.period}
                for name in wrong
            ]
            raise Refused(*(problem("settings-after-closing", Where(SETTINGS_FILE), **each) for each in said))


@contextlib.contextmanager
def settings_of(context: Context, run: Run) -> Iterator[None]:
    """Let a context have the settings that a run kept, for a while."""
    before = context.workspace
    kept = {name: run.manifest[name] for name in KEPT if name in run.manifest}
    if all(getattr(before.settings, name) == value for name, value in kept.items()):
        yield
        return
    context.workspace = replace(before, settings=before.settings._replace(**kept))
    context.__dict__.pop("calendar", None)
    try:
        yield
    finally:
        context.workspace = before
        context.__dict__.pop("calendar", None)
