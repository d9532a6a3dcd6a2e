"""Checks of the conditions of a metric: every value is one that its field could hold, or nothing would ever fit it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from salescli.core.funnel.model import StageKind
from salescli.core.metrics.dimensions import NONE
from salescli.core.records import kinds
from salescli.core.records.model import Field
from salescli.errors import Problem, Where

STAGE_KIND = "stage.kind"  # a path that is no stored field: the process answers it
# What a field of a kind may be compared with, in words; the others take any text.
_EXAMPLES = {
    kinds.DATE: ("2026-03-31",),
    kinds.MOMENT: ("2026-03-31 09:00",),
    kinds.MONTH: ("2026-03",),
    kinds.PERIOD: ("2026-Q1",),
    kinds.MONEY: ("1,000",),
    kinds.FLAG: ("yes", "no"),
}
_NUMBER = ("10",)


def check_condition(path: str, target: Field | None, values: Sequence[str], metric: str, where: Where) -> list[Problem]:
    """Find the values of a condition that its field cannot hold; `target` is None where a policy answers the path."""
    found = []
    for text in values:
        if text in NONE:
            continue
        allowed = _allowed(path, target)
        if allowed and text not in allowed:
            options: Sequence[str] = allowed
        elif not allowed and target is not None and not target.ref and not _is_readable(target, text):
            options = _EXAMPLES.get(target.kind, _NUMBER)
        else:
            continue
        said = {"metric": metric, "path": path, "text": text, "options": options}
        found.append(Problem("metric-unfit-condition", where, said))
    return found


def _allowed(path: str, target: Field | None) -> tuple[str, ...]:
    """Return the only values there are, or nothing where any will do."""
    if target is None:
        return get_args(StageKind) if path == STAGE_KIND else ()
    return tuple(target.choices)


def _is_readable(target: Field, text: str) -> bool:
    return not isinstance(target.kind.parse_cell(text, kinds.Reading(percent="fraction")), kinds.Bad)
