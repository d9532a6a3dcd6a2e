"""The funnel of a cohort: deals that began in a window, and how far they came. Also the stock on a day.

reached: of the deals of the cohort, those that ever stood in a stage or beyond it ("any stage"); strict: those that
went through all stages up to it ("all stages"); snapshot: how many stand in each stage - a stock, from which no
conversion follows. The pair follows HubSpot's and Watermark's funnel reports; back-filling follows Bitrix24's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.funnel.cycle import compute_median
from salescli.core.funnel.model import History, Mode, Process, Regress, Skips, Stage
from salescli.core.funnel.path import Path, compute_path

Amounts = Mapping[str, int]  # ten-thousandths by currency: two currencies are never added


@dataclass(frozen=True, slots=True)
class Policy:
    """How a funnel is counted."""

    mode: Mode = "reached"
    skips: Skips = "backfill"
    regress: Regress = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """One deal behind a figure, with what it was worth there."""

    path: Path
    amount_e4: int | None


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of a funnel: the deals that reached it, and those that came no further."""

    stage: Stage
    entries: tuple[Entry, ...]
    lost: tuple[Path, ...] = ()
    still_open: tuple[Path, ...] = ()
    gone_on: int = 0  # strict only: deals that went on without passing every stage
    median_days: Fraction | None = None
    days_known: int = 0

    @property
    def count(self) -> int:
        """How many deals reached it."""
        return len(self.entries)

    @property
    def amounts(self) -> Amounts:
        """What they were worth there, by currency."""
        return add_amounts((each.path.history.facts.currency, each.amount_e4) for each in self.entries)


@dataclass(frozen=True, slots=True)
class Leak:
    """Deals lost from one stage for one reason; `stage` None where nobody knows from which."""

    stage: Stage | None
    reason: str
    count: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel: its live stages and the won deals, what was lost and where, and what could not be counted."""

    policy: Policy
    lines: tuple[StageLine, ...]
    won: StageLine | None
    paths: tuple[Path, ...]  # the whole cohort
    left_out: tuple[History, ...]  # deals the policy cannot count
    leaks: tuple[Leak, ...]

    @property
    def count(self) -> int:
        """How many deals are in the cohort."""
        return len(self.paths)

    @property
    def open_count(self) -> int:
        """How many of them are still open: a cohort with any is immature."""
        return sum(path.history.outcome == "open" for path in self.paths)

    @property
    def lost_count(self) -> int:
        """How many of them are lost."""
        return sum(path.history.outcome == "lost" for path in self.paths)

    @property
    def inferred_count(self) -> int:
        """How many have no stage changes."""
        return sum(path.history.is_inferred for path in self.paths)

    @property
    def biggest_leak(self) -> StageLine | None:
        """The stage from which most deals were lost; the earlier one of equals."""
        found = max(self.lines, key=lambda line: len(line.lost), default=None)
        return found if found is not None and found.lost else None


def compute_funnel(histories: Iterable[History], process: Process, policy: Policy) -> Funnel:
    """Count a cohort. `policy.mode` is `strict` or `reached`; the stock on a day is `compute_stock`."""
    paths, left_out = [], []
    for history in histories:
        path = compute_path(history, process, policy.regress)
        is_unknown = policy.mode == "strict" and history.is_inferred
        if is_unknown or (policy.mode == "reached" and policy.skips == "exclude" and path.has_skipped):
            left_out.append(history)
        else:
            paths.append(path)
    lines = tuple(_line(paths, stage, step, policy) for step, stage in enumerate(process.live))
    won_stage = process.first_of("won")
    won = None if won_stage is None else _won_line(paths, won_stage, policy, len(process.live) - 1)
    return Funnel(policy, lines, won, tuple(paths), tuple(left_out), _leaks(paths, process, policy))


def _reaches(path: Path, step: int, policy: Policy) -> bool:
    if policy.mode == "strict":
        return step <= path.strict
    return step in path.stays if policy.skips == "as-is" else step <= path.furthest


def _end_of(path: Path, policy: Policy) -> int:
    """The step beyond which a deal did not come, as the policy counts."""
    return path.strict if policy.mode == "strict" else path.furthest


def _line(paths: Sequence[Path], stage: Stage, step: int, policy: Policy) -> StageLine:
    entries = tuple(Entry(path, path.amount_at(step)) for path in paths if _reaches(path, step, policy))
    ends = [each.path for each in entries if _end_of(each.path, policy) == step]
    here = [path for path in ends if path.furthest == step]
    lost = tuple(path for path in here if path.history.outcome == "lost" and not path.is_unplaced)
    still_open = tuple(path for path in here if path.history.outcome == "open")
    gone_on = sum(path.furthest > step for path in ends) if policy.mode == "strict" else 0
    days = [found for each in entries if (found := each.path.days_in(step)) is not None]
    return StageLine(stage, entries, lost, still_open, gone_on, compute_median(days), len(days))


def _won_line(paths: Sequence[Path], stage: Stage, policy: Policy, last: int) -> StageLine:
    won = [path for path in paths if path.history.outcome == "won"]
    if policy.mode == "strict":
        won = [path for path in won if path.strict == last]
    return StageLine(stage, tuple(Entry(path, path.won_amount) for path in won))


def _leaks(paths: Sequence[Path], process: Process, policy: Policy) -> tuple[Leak, ...]:
    """Lost deals by stage and reason: stages in order, the commonest reason first; without a stage at the end."""
    counts: Counter[tuple[int, str]] = Counter()
    worth: dict[tuple[int, str], list[tuple[str, int | None]]] = {}
    for path in paths:
        if path.history.outcome == "lost":
            step = len(process.live) if path.is_unplaced else path.furthest
            mark = (step, path.history.facts.reason)
            counts[mark] += 1
            worth.setdefault(mark, []).append((path.history.facts.currency, path.amount_at(path.furthest)))
    ordered = sorted(counts, key=lambda mark: (mark[0], -counts[mark], mark[1]))
    stages = (*process.live, None)
    return tuple(
        Leak(stages[step], reason, counts[step, reason], add_amounts(worth[step, reason])) for step, reason in ordered
    )


@dataclass(frozen=True, slots=True)
class StockLine:
    """How many deals stand in a stage on a day."""

    stage: Stage
    histories: tuple[History, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.histories)

    @property
    def amounts(self) -> Amounts:
        """What they are worth, by currency."""
        return add_amounts((each.facts.currency, each.amount_e4) for each in self.histories)


def compute_stock(histories: Iterable[History], process: Process) -> tuple[StockLine, ...]:
    """Return where deals stand: every stage of the process, the ended ones too."""
    standing: dict[int, list[History]] = {}
    for history in histories:
        standing.setdefault(history.last.place, []).append(history)
    return tuple(StockLine(stage, tuple(standing.get(stage.place, ()))) for stage in process.stages)


def add_amounts(amounts: Iterable[tuple[str, int | None]]) -> Amounts:
    """Add ten-thousandths by currency; what has no amount adds nothing.

    >>> add_amounts([("EUR", 5), ("USD", 1), ("EUR", 2), ("EUR", None)])
    {'EUR': 7, 'USD': 1}
    """
    found: dict[str, int] = {}
    for currency, amount in amounts:
        if amount is not None:
            found[currency] = found.get(currency, 0) + amount
    return dict(sorted(found.items()))
