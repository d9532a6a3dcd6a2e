"""The capitalised commission as a Report: per contract, and what is written off year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.commission.capitalised import Schedule
from salescli.core.money import CONTEXT, total
from salescli.core.periods import FiscalCalendar, Period
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.commission.columns import money, totals_by_currency


@dataclass(frozen=True, slots=True)
class ContractSchedule:
    """One contract in one currency; the contract is "" for what belongs to none."""

    contract: str
    currency: str
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class ScheduleHead:
    """What was asked: the period, the runs (month, number, state), how terms are found, whether the expedient holds."""

    period: Period
    runs: tuple[tuple[str, int, str], ...]
    begins: str
    ends: str
    months: int
    expedient: bool
    known: Title


def build_schedule_report(head: ScheduleHead, found: Sequence[ContractSchedule], calendar: FiscalCalendar) -> Report:
    """Build the schedule: one row for each contract, then the years to come."""
    title = Title(
        f"提成资本化摊销表 · 至 {head.period.last_day}", f"Capitalised commission · to {head.period.last_day}"
    )
    contracts = _contracts(head, found)
    several = len({one.currency for one in found}) > 1
    blocks = (contracts, *([totals_by_currency(contracts)] if several else []), _years(found, calendar))
    data: dict[str, object] = {
        "contracts": [
            {
                "contract": one.contract,
                "currency": one.currency,
                "expensed": str(one.schedule.expensed),
                "months": {f"{month:%Y-%m}": str(amount) for month, amount in one.schedule.parts.items()},
            }
            for one in found
        ]
    }
    return Report("commission-schedule", title, blocks, _footer(head), data=data)


def _contracts(head: ScheduleHead, found: Sequence[ContractSchedule]) -> Table:
    codes = {one.currency for one in found}
    currency = codes.pop() if len(codes) == 1 else ""
    columns = (
        Column("contract", Title("合同", "Contract"), "id"),
        *(() if currency else (Column("currency", Title("币种", "Currency")),)),
        Column("start", Title("起始月", "From")),
        Column("term", Title("月数", "Months"), "count", blank=Title("未知", "unknown")),
        money("commission", "提成", "Commission", currency),
        money("expensed", "当期费用", "Expensed", currency),
        money("capitalised", "资本化", "Capitalised", currency),
        money("in_period", "本期摊销", "In the period", currency),
        money("to_date", "累计摊销", "Written off", currency),
        money("left", "余额", "Left", currency),
    )
    none = Title("(无合同)", "(no contract)")
    rows: list[tuple[Value, ...]] = []
    for one in found:
        term = one.schedule.term
        rows.append(
            (
                one.contract or none,
                *(() if currency else (one.currency,)),
                f"{term.month:%Y-%m}" if term else None,
                term.months if term else None,
                *_figures(head, one.schedule),
            )
        )
    sums: tuple[Value, ...] | None = None
    if currency and rows:
        each = [_figures(head, one.schedule) for one in found]
        sums = (None, None, "", *(total(row[at] for row in each) for at in range(6)))
    empty = Title("各运行都没有应计", "the runs earned nothing")
    return Table("contracts", columns, tuple(rows), None, sums, empty)


def _figures(head: ScheduleHead, schedule: Schedule) -> tuple[Decimal, ...]:
    end = head.period.end
    whole = CONTEXT.add(schedule.capitalised, schedule.expensed)
    in_period = schedule.written_off(end, head.period.start)
    return whole, schedule.expensed, schedule.capitalised, in_period, schedule.written_off(end), schedule.left(end)


def _years(found: Sequence[ContractSchedule], calendar: FiscalCalendar) -> Table:
    sums: dict[tuple[str, str], Decimal] = {}
    for one in found:
        for month, amount in one.schedule.parts.items():
            key = (one.currency, calendar.window("year", month).label)
            sums[key] = CONTEXT.add(sums.get(key, Decimal(0)), amount)
    columns = (
        Column("year", Title("年度", "Year")),
        Column("currency", Title("币种", "Currency")),
        Column("written_off", Title("摊销", "Written off"), "money"),
    )
    rows = tuple((year, code, amount) for (code, year), amount in sorted(sums.items()))
    empty = Title("没有资本化的提成", "nothing is capitalised")
    return Table("years", columns, rows, Title("按年度摊销", "By year"), None, empty)


def _footer(head: ScheduleHead) -> tuple[Title, ...]:
    zh = [f"期限自 {head.begins}" + (f" 至 {head.ends}" if head.ends else "")]
    en = [f"terms from {head.begins}" + (f" through {head.ends}" if head.ends else "")]
    if head.months:
        zh.append(f"没有截止日的按 {head.months} 个月" if head.ends else f"一律 {head.months} 个月")
        en.append(f"{head.months} months where no day says it" if head.ends else f"{head.months} months each")
    found = [
        Title(",".join(zh), ", ".join(en)),
        Title(
            "直线法,开始的月份计一个月;期内后来应计的摊到剩余月份;期限未知、已满或不属合同的计入当期费用",
            "in a straight line, a month begun is a month; what is earned later is spread over what is left; without a "
            "term, after it, or of no contract it is an expense at once",
        ),
    ]
    if head.expedient:
        found.append(Title("期限不超过 12 个月的计入当期费用", "terms of 12 months or less are an expense at once"))
    drafts = [f"{month} #{number}" for month, number, state in head.runs if state == "draft"]
    if drafts:
        found.append(Title(f"草稿:{'、'.join(drafts)}", f"drafts: {', '.join(drafts)}"))
    return (*found, head.known)
