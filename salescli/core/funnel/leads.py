"""From leads to deals to wins: of the leads of a window, how many were converted, became deals, and were won."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.funnel.cohort import Amounts, add_amounts
from salescli.core.funnel.path import Path


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead: when it came, whether its record says it was converted, and the deals it became."""

    lead: int
    created: date | None
    is_converted: bool
    deals: tuple[Path, ...] = ()

    @property
    def counts_converted(self) -> bool:
        """Tell whether it was converted: its record says so, or it became a deal."""
        return self.is_converted or bool(self.deals)

    @property
    def is_won(self) -> bool:
        """Tell whether any of its deals was won."""
        return any(path.history.outcome == "won" for path in self.deals)

    @property
    def is_open(self) -> bool:
        """Tell whether it may still be won: one of its deals is open, and none was won."""
        return not self.is_won and any(path.history.outcome == "open" for path in self.deals)


@dataclass(frozen=True, slots=True)
class LeadFunnel:
    """What became of leads; every count is of leads, each once, and none exceeds the one before."""

    leads: tuple[Lead, ...]
    converted: int
    with_deal: int
    won: int
    still_open: int
    amounts: Amounts  # of all deals won

    @property
    def count(self) -> int:
        """How many leads there are."""
        return len(self.leads)


def compute_lead_funnel(leads: Iterable[Lead]) -> LeadFunnel:
    """Count what became of leads."""
    found = tuple(leads)
    return LeadFunnel(
        found,
        sum(each.counts_converted for each in found),
        sum(bool(each.deals) for each in found),
        sum(each.is_won for each in found),
        sum(each.is_open for each in found),
        add_amounts(_won_amounts(found)),
    )


def _won_amounts(leads: Sequence[Lead]) -> list[tuple[str, int | None]]:
    won = {
        path.history.deal: path for lead in leads for path in lead.deals if path.history.outcome == "won"
    }  # a deal of two leads is won once
    return [(path.history.facts.currency, path.won_amount) for path in won.values()]
