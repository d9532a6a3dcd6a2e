"""The cover: key figures beside targets and the periods before, the state of the month, and what the workbook holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from salescli.core.book import KeyFigures, Page
from salescli.core.periods import Period, add_months, months_between
from salescli.core.table import Report, Table, Value
from salescli.core.title import Title
from salescli.errors import SalesCliError
from salescli.reports.export.cover import KeyLine, build_figures, build_pay
from salescli.services.attainment import show_attainment
from salescli.services.commission.stored import find_run, load_payees
from salescli.services.export.section import Section, Source

# What a board looks at first; those without any record are left out.
KEY_METRICS = (
    "receipts-net", "receipts", "bookings", "won-value", "deals-won", "win-rate", "average-deal", "new-customers",
    "collection-rate", "order-sales", "order-profit", "order-margin", "customers-served", "delivered-value",
)  # fmt: skip


def build_section(source: Source) -> Section:
    """Build the cover; what it says of the other sections it takes from them."""
    period, context = source.period, source.context
    asked = [*(name for name in source.targets if name not in KEY_METRICS), *KEY_METRICS]
    metrics = [name for name in asked if source.has_records(name, period)]
    targets = {name: _company(source, name) for name in metrics if name in source.targets}
    lines = [line for name in metrics for line in _lines(source, name, targets)]
    figures = [build_figures(lines, (period, before(period), year_before(period)), period.last_day < context.today)]
    pay = _pay(source)
    figures += [pay] if pay is not None else []
    company = context.workspace.settings.name
    report = Report(
        "export-cover",
        Title(f"{company} · 销售月报 {period}", f"{company} · Sales report {period}"),
        (),
        (
            Title(f"期间 {source.when.zh}", f"period {source.when.en}"),
            source.known,
            Title(f"金额单位 {context.currency}", f"amounts in {context.currency}"),
        ),
    )
    if not lines:
        nothing = Title(f"{period} 没有业绩记录", f"no results in {period}")
        report = replace(report, footer=(*report.footer, nothing))
        figures = figures[1:]
    page = Page("cover", Title("封面", "Cover"), report, figures=tuple(figures))
    return Section((page,), metrics=tuple(metrics))


def _lines(source: Source, name: str, targets: dict[str, tuple[Value, Value, Value]]) -> list[KeyLine]:
    """One line per currency: two currencies are never added."""
    catalogue, period = source.context.catalogue, source.period
    now, then, last = (source.figures(name, each) for each in (period, before(period), year_before(period)))
    found = []
    for currency, value in now.items():
        mine = source.targets.get(name, "") or source.context.currency
        has_target = name in targets and currency in ("", mine)
        target, attainment, pace = targets[name] if has_target else (None, None, None)
        found.append(
            KeyLine(
                name, catalogue.get(name).title, catalogue.unit(name), currency if len(now) > 1 else "",
                value, target, attainment, pace, then.get(currency), last.get(currency),
            )
        )  # fmt: skip
    return found


def _company(source: Source, metric: str) -> tuple[Value, Value, Value]:
    """Return target, attainment and pace of the company."""
    try:
        report = show_attainment(source.context, source.period, "company", metric)
    except SalesCliError:
        return (None, None, None)
    table = next(block for block in report.blocks if isinstance(block, Table))
    row = dict(zip((column.key for column in table.columns), table.total or (), strict=True))
    return (row["target"], row["attainment"], row["pace"])


def _pay(source: Source) -> KeyFigures | None:
    """Commission of the period's months beside that of as many months before."""
    if not source.months:
        return None
    now = [_paid(source, month) for month in source.months]
    if not any(now):
        return None
    earlier = [_paid(source, before(month)) for month in source.months] if len(now) == 1 else [None]
    return build_pay([one for one in now if one], [one for one in earlier if one], source.period, before(source.period))


def _paid(source: Source, month: Period) -> tuple[Decimal, Decimal, Decimal, int] | None:
    from salescli.core.money import total

    run = find_run(source.context, month)
    if run is None:
        return None
    results = [one.result for one in load_payees(source.context, run)]
    return (
        total(one.earned for one in results),
        total(one.kept_change for one in results),
        total(one.payable for one in results),
        sum(1 for one in results if one.payable),
    )


def before(period: Period) -> Period:
    """Return the stretch just before: as many whole months where the period is made of them, else as many days.

    >>> from salescli.core.periods import week_of
    >>> str(before(week_of(2026, 10)))
    '2026-02-23..2026-03-01'
    """
    if period.start.day == 1 and period.end.day == 1:
        months = months_between(period.start, period.end)
        return _named(add_months(period.start, -months), period.start, months)
    return Period(date.fromordinal(period.start.toordinal() - period.days), period.start)


def year_before(period: Period) -> Period:
    """Return the same stretch a year earlier."""
    start, end = add_months(period.start, -12), add_months(period.end, -12)
    return _named(start, end, months_between(start, end) if start.day == end.day == 1 else 0)


def _named(start: date, end: date, months: int) -> Period:
    return Period(start, end, f"{start:%Y-%m}" if months == 1 else "", "month" if months == 1 else "range")
