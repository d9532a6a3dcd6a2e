"""One column for two dates: a closing date is the expected one while a deal is open, else the day it closed.

CRM systems keep both in one field. Which of them a cell is, the stage beside it says, by the process in force.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat

from salescli.core.records.staged import Staged
from salescli.services.context import Context

_ENDS = ("won", "lost")


def settle_closing(context: Context, staged: Staged) -> None:
    """Share the closing dates of staged deals among the expected ones and those of closed deals."""
    if staged.type.name != "deal" or "closing" not in staged.columns:
        return
    from salescli.policy.process import fold_stage

    closing = staged.columns.pop("closing")
    blank: list[None] = [None] * len(closing)
    stages = staged.columns.get("stage", blank)
    known = {stage: context.stages.get(fold_stage(stage), ("", "", 0))[1] for stage in set(stages) if stage}
    is_closed = [known.get(stage) in _ENDS for stage in stages]
    for name, ends in (("closed", True), ("expected", False)):
        have = staged.columns.get(name, blank)
        triples = zip(have, closing, is_closed, repeat(ends), strict=False)
        staged.columns[name] = [one or (day if closed is wanted else None) for one, day, closed, wanted in triples]
    letters = dict(staged.source.letters)
    own = letters.pop("closing", "")
    letters = {"closed": own, "expected": own, **letters} if own else letters
    staged.source = replace(staged.source, letters=letters)
