"""A deal as one side of a waterfall sees it: what came of it, what it was worth, when it was to close."""

from __future__ import annotations

from salescli.core.funnel.model import History
from salescli.core.funnel.waterfall import Standing


def standing_of(history: History, *, is_restated: bool = False, currency: str = "", group: str = "") -> Standing:
    """Return what stood at the end of the day up to which a history was traced.

    `is_restated`: a stage change after that day says another amount; the deal's own is then a later one, and what its
    changes said up to the day counts. `currency` is that of deals which name none.
    """
    facts = history.facts
    day = history.ended if history.outcome == "won" else facts.expected
    return Standing(history.outcome, _worth(history, is_restated=is_restated), facts.currency or currency, day, group)


def _worth(history: History, *, is_restated: bool) -> int | None:
    said = [visit.amount_e4 for visit in history.visits if visit.amount_e4 is not None]
    if history.outcome == "won" and history.last.amount_e4 is not None:
        return history.last.amount_e4
    if is_restated and said:
        return said[-1]
    return history.amount_e4
