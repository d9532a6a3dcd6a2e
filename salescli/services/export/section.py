"""What a section of the workbook is made from, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from salescli.core.book import Page
from salescli.core.metrics.query import Query
from salescli.core.periods import ONE_DAY, FiscalCalendar, Period, add_months, months_in
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.metric.showing import base_count, figures_of
from salescli.store.runs import Run
from salescli.store.state import fetch_images

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
    def at_the_end(self) -> Context:
        """The workspace as of the day asked, or the period's last day if that is earlier: what stood open then."""
        return replace(self.context, on=min(self.context.on, self.period.last_day))

    @cached_property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """The metrics that have targets in the period, each with their currencies, the base currency first."""
        context = self.context
        months = {month.label for month in months_in(self.period)}
        found: dict[str, set[str]] = {}
        for image in fetch_images(context.store, context.store.registry["target"]).values():
            if image["month"] in months and not image["withdrawn"] and image["metric"] in context.catalogue:
                is_money = context.catalogue.unit(image["metric"]) == "money"
                currency = (image["currency"] or context.currency) if is_money else ""
                found.setdefault(image["metric"], set()).add(currency)
        return {name: tuple(sorted(found[name], key=self.base_first)) for name in sorted(found)}

    def base_first(self, currency: str) -> tuple[bool, str]:
        """Order currencies: the workspace's own before the others."""
        return (currency != self.context.currency, currency)

    @cached_property
    def before(self) -> Period:
        """The stretch just before: of the same kind where the period has a name, as many days where it has none."""
        period, calendar = self.period, self.context.calendar
        if period.grain in ("month", "quarter", "year"):
            return _like(period, period.start - ONE_DAY, calendar)
        return Period(date.fromordinal(period.start.toordinal() - period.days), period.start)

    @cached_property
    def year_before(self) -> Period:
        """The same stretch a year earlier."""
        period = self.period
        if period.grain in ("month", "quarter", "year"):
            return _like(period, add_months(period.start, -12), self.context.calendar)
        return Period(add_months(period.start, -12), add_months(period.end, -12))

    @cached_property
    def leading(self) -> str:
        """The metric of the trend: one with targets, else the first with records in the year up to the period's end."""
        for name in self.targets:
            return name
        year = Period(add_months(self.period.end, -12), self.period.end)
        return next((name for name in LEADING if self.has_records(name, year)), "")

    @property
    def notes(self) -> list[Problem]:
        """What was found on the way; that a currency was left out is not true where it has a sheet of its own."""
        return [one for one in self.context.notes if one.name != "other-currency" or not self._has_sheet(one)]

    def _has_sheet(self, note: Problem) -> bool:
        metric, currency = note.values.get("metric"), note.values.get("currency")
        return metric == self.leading or currency in self.targets.get(str(metric), ())

    def has_records(self, metric: str, period: Period) -> bool:
        """Whether anything counts for a metric."""
        self.context.prepare_stages()
        return metric in self.context.catalogue and any(base_count(self.context, Query(metric, (), period)))

    def figures(self, metric: str, period: Period) -> Mapping[str, object]:
        """Return a metric's figures by currency."""
        self.context.prepare_stages()
        return {one.currency: one.value for one in figures_of(self.context, Query(metric, (), period))}


def _like(period: Period, day: date, calendar: FiscalCalendar) -> Period:
    """Return the month, quarter or year that holds a day; one of the calendar where the period is no fiscal one."""
    assert period.grain in ("month", "quarter", "year")
    is_fiscal = period == calendar.window(period.grain, period.start)
    return (calendar if is_fiscal else FiscalCalendar()).window(period.grain, day)
