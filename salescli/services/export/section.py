"""What a section of the workbook is made from, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from salescli.core.book import Page
from salescli.core.metrics.query import Query
from salescli.core.periods import Period, add_months, months_in
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.metrics import base_count, figures_of
from salescli.store.runs import Run

HAPPENED = ("receipt", "refund", "order-line", "contract", "deal", "delivery")  # plans and calendars lie ahead
NOTHING = Title("", "")
LEADING = ("receipts-net", "receipts", "bookings", "won-value", "order-sales", "delivered-value")


@dataclass(frozen=True)
class Section:
    """The sheets of one section; `absent` says in one line why there are none."""

    pages: tuple[Page, ...] = ()
    absent: Title | None = None
    said: Title = NOTHING  # what the contents say of it
    metrics: tuple[str, ...] = ()  # whose definitions the notes give
    runs: tuple[Run, ...] = ()


@dataclass
class Source:
    """An open workspace and the period of the workbook; what several sections ask is found once."""

    context: Context
    period: Period
    built: dict[str, Section] = field(default_factory=dict)

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """The whole months of the period."""
        return tuple(month for month in months_in(self.period) if self.period.covers(month))

    @cached_property
    def known(self) -> Title:
        """How far the data reaches, and the batch."""
        return known_line(self.context, [self.context.store.registry[name] for name in HAPPENED])

    @cached_property
    def when(self) -> Title:
        """The period with its days; one that is not over yet is marked so, and never shown as a miss."""
        period, today = self.period, self.context.today
        zh, en = f"{period.start} 至 {period.last_day}", f"{period.start} through {period.last_day}"
        if period.start > today:
            return Title(f"{zh}(尚未开始)", f"{en} (not begun)")
        if today < period.last_day:
            day = (today - period.start).days + 1
            return Title(f"{zh}(第 {day}/{period.days} 天)", f"{en} (day {day} of {period.days})")
        return Title(zh, en)

    @cached_property
    def targets(self) -> dict[str, str]:
        """The metrics that have targets in the period, and their currency."""
        from salescli.services.quota_inputs import open_directory
        from salescli.services.quota_targets import fetch_targets

        leaves, currencies = fetch_targets(self.context, open_directory(self.context), self.period)
        return {name: currencies.get(name, "") for name in sorted({leaf.metric for leaf in leaves})}

    @cached_property
    def leading(self) -> str:
        """The metric of the trend: one with targets, else the first with records in the year up to the period's end."""
        for name in self.targets:
            if name in self.context.catalogue:
                return name
        year = Period(add_months(self.period.end, -12), self.period.end)
        return next((name for name in LEADING if self.has_records(name, year)), "")

    def has_records(self, metric: str, period: Period) -> bool:
        """Whether anything counts for a metric."""
        self.context.prepare_stages()
        return metric in self.context.catalogue and any(base_count(self.context, Query(metric, (), period)))

    def figures(self, metric: str, period: Period) -> Mapping[str, object]:
        """Return a metric's figures by currency."""
        self.context.prepare_stages()
        return {one.currency: one.value for one in figures_of(self.context, Query(metric, (), period))}
