"""What stands behind a funnel: the deals of a figure with their cells, and the definition with its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.funnel.cohort import Funnel, StockLine
from salescli.core.funnel.model import History, Stage, Visit
from salescli.core.funnel.path import Path
from salescli.core.funnel.rates import WinRate
from salescli.core.metrics.interval import wilson_interval
from salescli.core.periods import Period
from salescli.core.table import Column, Line, Ratio, Table, Trace
from salescli.core.title import Title
from salescli.reports.funnel.rows import DealLine, build_rows
from salescli.reports.funnel.shape import MODES, RATES, REGRESS, SKIPS, GroupLine
from salescli.services.context import Context
from salescli.services.funnel.histories import Deals, find_stage
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.store.lineage import fetch_sources, origin_of

_NOBODY = Title("没有商机", "no deal")
_WHERE = Title("漏斗口径", "Definition")


@dataclass(frozen=True, slots=True)
class _Picked:
    """A deal to list: its stay in the stage asked, and its value there."""

    history: History
    visit: Visit | None
    days: int | None
    amount_e4: int | None


def cohort_rows(ctx: Context, deals: Deals, funnel: Funnel, stage_text: str) -> Table:
    """Return the deals that reached a stage, or ended in it; without a stage, the whole cohort as it entered."""
    stage = find_stage(ctx, stage_text) if stage_text else None
    if stage is None:
        picked = [_at(path, 0) for path in funnel.paths]
    elif stage.is_live:
        line = next(line for line in funnel.lines if line.stage is stage)
        picked = [_at(each.path, deals.process.step_of[stage.place]) for each in line.entries]
    elif stage.kind == "won" and funnel.won is not None:
        picked = [_Picked(e.path.history, e.path.history.last, None, e.amount_e4) for e in funnel.won.entries]
    else:
        lost = [path for path in funnel.paths if path.history.outcome == "lost"]
        picked = [_Picked(path.history, path.history.last, None, path.amount_at(path.furthest)) for path in lost]
    return build_rows(_titled(stage, len(picked)), deal_lines(ctx, deals, picked), _NOBODY)


def stock_rows(ctx: Context, deals: Deals, lines: Sequence[StockLine], stage_text: str) -> Table:
    """Return the deals that stand in a stage, or in any."""
    stage = find_stage(ctx, stage_text) if stage_text else None
    histories = [each for line in lines if stage is None or line.stage is stage for each in line.histories]
    picked = [_Picked(each, each.last, _since(each, deals.on), each.amount_e4) for each in histories]
    return build_rows(_titled(stage, len(picked)), deal_lines(ctx, deals, picked), _NOBODY)


def listed_rows(ctx: Context, deals: Deals, paths: Sequence[Path], name: Title) -> Table:
    """Return the deals of a figure: open ones with the days they have stood, won ones at what they were won for."""
    picked = [
        _Picked(
            each.history,
            each.history.last,
            _since(each.history, deals.on) if each.history.outcome == "open" else each.history.cycle,
            each.won_amount if each.history.outcome == "won" else each.history.amount_e4,
        )
        for each in paths
    ]
    title = Title(f"{name.zh} · {len(picked):,} 个", f"{name.en} · {len(picked):,}")
    return build_rows(title, deal_lines(ctx, deals, picked), _NOBODY)


def _since(history: History, on: date) -> int | None:
    entered = history.last.entered
    return (on - entered).days if entered is not None and history.outcome == "open" else None


def _at(path: Path, step: int) -> _Picked:
    visits = path.stays.get(step, ())
    return _Picked(path.history, visits[0] if visits else None, path.days_in(step), path.amount_at(step))


def _titled(stage: Stage | None, count: int) -> Title:
    where = stage.title if stage else Title("全部", "all")
    return Title(f"商机 · {where.zh} · {count:,} 个", f"Deals · {where.en} · {count:,}")


def deal_lines(ctx: Context, deals: Deals, picked: Iterable[_Picked]) -> list[DealLine]:
    """Return deals as people read them, with the cell their stage, or the deal itself, was read from."""
    listed = list(picked)
    kind = ctx.store.registry["deal"]
    ids = [each.history.deal for each in listed]
    keys, names = record_keys(ctx, kind, ids), record_labels(ctx, kind, ids)
    owners = {each.history.facts.owner for each in listed if each.history.facts.owner is not None}
    people = record_labels(ctx, ctx.store.registry["person"], owners)
    places = cell_places(deals, ctx, [(each.history, each.visit) for each in listed])
    return [
        DealLine(
            keys[each.history.deal],
            names.get(each.history.deal, ""),
            people.get(each.history.facts.owner or 0, ""),
            each.history.begun,
            each.visit.entered if each.visit else None,
            each.days,
            deals.process.stages[each.history.last.place].title,
            each.amount_e4,
            each.history.facts.currency or ctx.currency,
            place,
        )
        for each, place in zip(listed, places, strict=True)
    ]


def cell_places(deals: Deals, ctx: Context, pairs: Sequence[tuple[History, Visit | None]]) -> list[str]:
    """Return file, sheet and cell of each visit's stage change, else of the deal's stage."""
    found = []
    for history, visit in pairs:
        change = deals.changes.get(visit.record) if visit is not None and visit.record is not None else None
        row = change or deals.rows[history.deal]
        found.append((row.source, row.row))
    sources = fetch_sources(ctx.store, {source for source, _ in found if source is not None})
    by_hand = Title("手工编辑", "by hand").text(ctx.language)
    places = [origin_of(0, source, row, "stage", sources).where for source, row in found]
    return [str(place) if place.file else by_hand for place in places]


def explain_funnel(
    ctx: Context,
    deals: Deals,
    funnel: Funnel,
    rates: Sequence[WinRate],
    period: Period | None,
    groups: Sequence[GroupLine] = (),
) -> Trace:
    """Return the definition in words, what went in, and how sure each rate is."""
    policy = funnel.policy
    lines = [Line(MODES[policy.mode], children=tuple(_definition(funnel)))]
    if period is not None:
        lines.append(
            Line(
                Title(
                    f"创建于 {period.start} 至 {period.last_day}(含)",
                    f"created {period.start} through {period.last_day}",
                )
            )
        )
    lines.append(Line(Title(f"阶段以 {deals.on} 当日为准", f"stages as of {deals.on}")))
    known = known_line(ctx)
    sizes = Title(
        f"{known.zh} · {len(deals.rows):,} 个商机,{len(deals.changes):,} 条阶段变更",
        f"{known.en} · {len(deals.rows):,} deals, {len(deals.changes):,} stage changes",
    )
    lines.append(Line(sizes))
    lines += [_rate_line(rate) for rate in rates]
    for group in groups:
        children = tuple(_rate_line(rate) for rate in group.rates.values())
        lines.append(Line(Title(group.name, group.name), children=children))
    return Trace("definition", tuple(lines), _WHERE)


def _definition(funnel: Funnel) -> list[Line]:
    policy = funnel.policy
    if policy.mode == "strict":
        first = Title("到达 = 该阶段及之前每个阶段都停留过", "reached = stood in the stage and in every one before it")
    elif policy.skips == "as-is":
        first = Title("到达 = 在该阶段停留过", "reached = stood in the stage")
    else:
        first = Title("到达 = 在该阶段或其后任一阶段停留过", "reached = stood in the stage or in any after it")
    texts = [first]
    if policy.mode == "reached":
        texts.append(SKIPS[policy.skips])
    moved_back = (
        REGRESS[policy.regress]
        if policy.regress != "all"
        else Title(
            "回退:曾到达即计,天数为各次停留之和",
            "moves back: what was ever reached counts, days of all stays are added",
        )
    )
    texts += [
        moved_back,
        Title("中位天数:已离开该阶段的商机", "median days: deals that have left the stage"),
        Title("丢单与停留:按所到最远阶段", "lost here and open here: by the furthest stage a deal came to"),
        Title(
            "金额:该阶段变更所记金额,否则为之前最近一次,否则为商机金额",
            "value: as its stage change says, else the last one before, else the deal's own",
        ),
    ]
    return [Line(text) for text in texts]


def _rate_line(rate: WinRate) -> Line:
    bounds = wilson_interval(Decimal(rate.won), Decimal(rate.cases))
    sure: tuple[Line, ...] = ()
    if bounds is not None:
        low, high = (f"{bound * 100:.1f} %" for bound in bounds)
        sure = (Line(Title(f"95 % 置信区间(Wilson){low} – {high}", f"95 % interval (Wilson) {low} – {high}")),)
    name = RATES[rate.of]
    text = Title(
        f"赢单率 {name.zh} = {rate.won:,} ÷ {rate.cases:,}", f"win rate {name.en} = {rate.won:,} ÷ {rate.cases:,}"
    )
    return Line(text, Ratio(rate.won, rate.cases), Column("rate", name, "ratio", decimals=2), children=sure)


def explain_stock(ctx: Context, deals: Deals) -> Trace:
    """Return what a stock is."""
    known = known_line(ctx)
    lines = (
        Line(Title(f"{deals.on} 当日各商机所处阶段", f"the stage each deal stood in at the end of {deals.on}")),
        Line(Title("存量不能计算转化率", "a stock has no conversion: use --mode reached or --mode strict")),
        Line(Title(f"{known.zh} · {len(deals.rows):,} 个商机", f"{known.en} · {len(deals.rows):,} deals")),
    )
    return Trace("definition", lines, _WHERE)


def explain_flow(ctx: Context, deals: Deals, period: Period) -> Trace:
    """Return what a flow is."""
    known = known_line(ctx)
    last = min(period.last_day, deals.on)
    lines = (
        Line(
            Title(
                f"{period.start} 至 {last}(含)进入和离开各阶段的次数",
                f"entries and exits of stages, {period.start} through {last}",
            )
        ),
        Line(
            Title(
                "流入、流出按次数计,不限于期间内创建的商机", "visits are counted, of deals whenever they were created"
            )
        ),
        Line(Title("流出 = 进入其后的阶段或赢单", "went on = entered a later stage, or was won")),
        Line(Title(f"{known.zh} · {len(deals.rows):,} 个商机", f"{known.en} · {len(deals.rows):,} deals")),
    )
    return Trace("definition", lines, _WHERE)
