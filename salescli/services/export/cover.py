"""The cover: key figures beside targets and the periods before, the state of the month, and what the workbook holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salescli.core.book import KeyFigures, Page
from salescli.core.commission.result import PayeeResult
from salescli.core.money import total
from salescli.core.periods import Period, months_in
from salescli.core.table import Report, Table, Value
from salescli.core.title import Title
from salescli.reports.export.cover import KeyLine, Paid, build_figures, build_pay
from salescli.services.commission.stored import find_run, load_payees
from salescli.services.export.section import Section, Source
from salescli.services.quota.attainment import show_attainment

# What a board looks at first; those without any record are left out.
KEY_METRICS = (
    "receipts-net", "receipts", "bookings", "won-value", "deals-won", "win-rate", "win-rate-engaged",
    "win-rate-all", "average-deal", "new-customers",
    "collection-rate", "order-sales", "order-profit", "order-margin", "customers-served", "delivered-value",
)  # fmt: skip


def build_section(source: Source) -> Section:
    """Build the cover; what it says of the other sections it takes from them."""
    period, context = source.period, source.context
    asked = [*(name for name in source.targets if name not in KEY_METRICS), *KEY_METRICS]
    metrics = [name for name in asked if source.has_records(name, period)]
    lines = [line for name in metrics for line in _lines(source, name)]
    figures = [build_figures(lines, (period, source.before, source.year_before), period.last_day < context.today)]
    figures += _pay(source)
    company = context.workspace.settings.name
    report = Report(
        "export-cover",
        Title(f"{company} · 销售月报 {period}", f"{company} · Sales report {period}"),
        (),
        (
            Title(f"期间 {source.when.zh}", f"period {source.when.en}"),
            source.known,
            Title(f"本位币 {context.currency}", f"base currency {context.currency}"),
        ),
    )
    if not lines:
        nothing = Title(f"{period} 没有业绩记录", f"no results in {period}")
        report = replace(report, footer=(*report.footer, nothing))
        figures = figures[1:]
    page = Page("cover", Title("封面", "Cover"), report, figures=tuple(figures))
    return Section((page,), metrics=tuple(metrics))


def _lines(source: Source, name: str) -> list[KeyLine]:
    """One line per currency: two currencies are never added."""
    catalogue = source.context.catalogue
    now, then, last = (source.figures(name, each) for each in (source.period, source.before, source.year_before))
    found = []
    for currency in sorted(now, key=source.base_first):
        target, attainment, pace = _company(source, name, currency)
        found.append(
            KeyLine(
                name, catalogue.get(name).title, catalogue.unit(name), currency if len(now) > 1 else "",
                now[currency], target, attainment, pace, then.get(currency), last.get(currency),
            )
        )  # fmt: skip
    return found


def _company(source: Source, metric: str, currency: str) -> tuple[Value, Value, Value]:
    """Return target, attainment and pace of the company; None where it has no target of its own."""
    if currency not in source.targets.get(metric, ()):
        return (None, None, None)
    report = show_attainment(source.context, source.period, "company", metric, currency=currency)
    table = next(block for block in report.blocks if isinstance(block, Table))
    if not table.rows:
        return (None, None, None)
    row = dict(zip((column.key for column in table.columns), table.rows[0], strict=True))
    return (row["target"], row["attainment"], row["pace"])


def _pay(source: Source) -> list[KeyFigures]:
    """Commission of the period's months, beside that of the months before, a block per currency."""
    now = _paid(source, source.months)
    then = _paid(source, [month for month in months_in(source.before) if source.before.covers(month)])
    return [
        build_pay(now[currency], then.get(currency), source.period, source.before, currency if len(now) > 1 else "")
        for currency in sorted(now, key=source.base_first)
    ]


def _paid(source: Source, months: Sequence[Period]) -> dict[str, Paid]:
    """Return what the runs of some months come to, by currency."""
    found: dict[str, list[PayeeResult]] = {}
    for month in months:
        run = find_run(source.context, month)
        for one in load_payees(source.context, run) if run is not None else ():
            found.setdefault(one.result.currency, []).append(one.result)
    return {
        currency: Paid(
            total(one.earned for one in results),
            total(one.kept_change for one in results),
            total(one.payable for one in results),
            len({one.person for one in results if one.payable}),
        )
        for currency, results in found.items()
    }
