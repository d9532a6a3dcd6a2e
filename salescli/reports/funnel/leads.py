"""The report of leads: how many were converted, became deals and were won, with how sure each rate is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.funnel.leads import Lead, LeadFunnel
from salescli.core.metrics.interval import FEW_CASES, wilson_interval
from salescli.core.periods import Period
from salescli.core.table import Block, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import value_cells, value_columns, whole_percent


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words."""

    period: Period | None
    on: date
    known: Title
    by: Title | None
    leads: int  # in all
    undated: int
    command: str


@dataclass(frozen=True, slots=True)
class LeadGroup:
    """One group."""

    name: str
    funnel: LeadFunnel


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead in words."""

    lead: Lead
    key: str
    name: str
    owner: str
    deals: str
    source: str


def build_leads(
    asked: Asked, whole: LeadFunnel, groups: Sequence[LeadGroup] = (), extra: Sequence[Block] = ()
) -> Report:
    """Build the leads of a window, in all or by group; each rate with its interval of 95 % (Wilson)."""
    currencies = sorted(whole.amounts)
    columns = [
        *([Column("group", asked.by)] if asked.by is not None else []),
        Column("leads", Title("线索", "Leads"), "count"),
        Column("converted", Title("已转化", "Converted"), "count"),
        Column("conversion", Title("转化率", "Rate"), "ratio"),
        Column("conversion_interval", Title("转化率区间", "Rate, 95 %"), give_way="narrow"),
        Column("with_deal", Title("成为商机", "With a deal"), "count"),
        Column("won", Title("赢单", "Won"), "count"),
        Column("win_rate", Title("赢单/线索", "Won of leads"), "ratio"),
        Column("win_interval", Title("赢单区间", "Won, 95 %"), give_way="narrow"),
        Column("still_open", Title("仍在手", "Still open"), "count"),
        *value_columns(currencies, Title("赢单金额", "Won value"), "won_value"),
    ]
    row = _row(whole, currencies)
    if not whole.count:
        table = Table("leads", tuple(columns), (), empty=_why_empty(asked))
    elif asked.by is None:
        table = Table("leads", tuple(columns), (row,))
    else:
        rows = tuple((each.name, *_row(each.funnel, currencies)) for each in groups)
        table = Table("leads", tuple(columns), rows, total=("", *row))
    following = (f"{asked.command} --rows", f"{asked.command} --explain") if whole.count and not extra else ()
    return Report("leads", _title(asked, whole), (table, *extra), _footer(asked, whole, groups), next=following)


def _title(asked: Asked, whole: LeadFunnel) -> Title:
    what = Title("全部线索", "all leads")
    if asked.period is not None:
        what = Title(f"{asked.period} 新增的线索", f"leads created {asked.period}")
    young = Title("", "")
    if whole.still_open:
        share = whole_percent(whole.still_open, whole.count)
        young = Title(f",{share} 仍在手(未成熟)", f", {share} still open (immature)")
    return Title(
        f"线索转化 · {what.zh} · {whole.count:,} 条{young.zh}", f"Leads to wins · {what.en} · {whole.count:,}{young.en}"
    )


def _row(funnel: LeadFunnel, currencies: Sequence[str]) -> tuple[Value, ...]:
    return (
        funnel.count,
        funnel.converted,
        Ratio(funnel.converted, funnel.count),
        _interval(funnel.converted, funnel.count),
        funnel.with_deal,
        funnel.won,
        Ratio(funnel.won, funnel.count),
        _interval(funnel.won, funnel.count),
        funnel.still_open,
        *value_cells(funnel.amounts, currencies),
    )


def _interval(hits: int, cases: int) -> str:
    bounds = wilson_interval(hits, cases)
    return "" if bounds is None else " – ".join(f"{bound * 100:.1f}" for bound in bounds) + " %"


def _why_empty(asked: Asked) -> Title:
    if not asked.leads:
        return Title("还没有线索:请先导入线索", "there are no leads yet: import leads first")
    return Title(
        f"{asked.period} 没有新增线索(共 {asked.leads:,} 条)",
        f"no lead came in {asked.period} ({asked.leads:,} in all)",
    )


def _footer(asked: Asked, whole: LeadFunnel, groups: Sequence[LeadGroup]) -> tuple[Title, ...]:
    found = [Title(f"截至 {asked.on}", f"as of {asked.on}"), asked.known]
    if asked.undated:
        found.append(
            Title(
                f"{asked.undated:,} 条线索没有创建日期,不属于任何期间",
                f"{asked.undated:,} leads have no day of creation and belong to no period",
            )
        )
    without = whole.converted - whole.with_deal
    if without:
        found.append(
            Title(
                f"{without:,} 条已转化的线索没有对应商机,不知结果",
                f"{without:,} converted leads name no deal: what came of them is not known",
            )
        )
    few = [each for each in groups if each.funnel.count < FEW_CASES]
    if few:
        zh = "、".join(f"{each.name}({each.funnel.count})" for each in few)
        en = ", ".join(f"{each.name} ({each.funnel.count})" for each in few)
        found.append(Title(f"例数少:{zh}", f"few cases: {en}"))
    return tuple(found)


def build_lead_rows(lines: Sequence[LeadLine]) -> Table:
    """Build the leads behind it."""
    columns = (
        Column("lead", Title("线索", "Lead"), "id"),
        Column("name", Title("名称", "Name")),
        Column("owner", Title("负责人", "Owner")),
        Column("created", Title("创建", "Created"), "date"),
        Column("converted", Title("已转化", "Converted"), "flag"),
        Column("deals", Title("商机", "Deals")),
        Column("outcome", Title("结果", "Became")),
        Column("source", Title("来源", "Source")),
    )
    rows: list[tuple[Value, ...]] = [
        (
            line.key,
            line.name if line.name != line.key else "",
            line.owner,
            line.lead.created,
            line.lead.counts_converted,
            line.deals,
            _outcome(line.lead),
            line.source,
        )
        for line in lines
    ]
    return Table("rows", columns, tuple(rows), Title(f"线索 · {len(rows):,} 条", f"Leads · {len(rows):,}"))


def _outcome(lead: Lead) -> Title:
    if lead.is_won:
        return Title("赢单", "won")
    if lead.is_open:
        return Title("在手", "open")
    return Title("丢单", "lost") if lead.deals else Title("", "")


def explain_leads(asked: Asked) -> Trace:
    """Return what each count is."""
    lines = [
        Title("已转化 = 线索注明已转化,或有对应商机", "converted = the lead says so, or it became a deal"),
        Title(
            "成为商机 = 线索注明商机,或商机注明线索", "with a deal = the lead names a deal, or a deal names the lead"
        ),
        Title("赢单 = 任一对应商机赢单;每条线索只计一次", "won = any of its deals was won; each lead counts once"),
        Title("赢单金额:每个商机只计一次", "won value: each deal once, even of two leads"),
        Title("区间:Wilson,95 %", "interval: Wilson, 95 %"),
        asked.known,
    ]
    return Trace("definition", tuple(Line(each) for each in lines), Title("口径", "Definition"))
