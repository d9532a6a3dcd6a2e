"""The report of a waterfall: its steps from the start to the end, by group where asked, and the deals behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salescli.core.funnel.waterfall import Bar, Flow, Step, Waterfall
from salescli.core.money import from_e4
from salescli.core.periods import Period
from salescli.core.table import Block, Chart, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import value_columns

STEPS: dict[Step, Title] = {
    "start": Title("期初", "Start"),
    "new": Title("新增", "New"),
    "pulled": Title("提前进入", "Pulled in"),
    "reopened": Title("重新打开", "Reopened"),
    "up": Title("金额调增", "Value up"),
    "down": Title("金额调减", "Value down"),
    "pushed": Title("移出窗口", "Pushed out"),
    "lost": Title("丢单", "Lost"),
    "won": Title("赢单", "Won"),
    "removed": Title("已删除", "Removed"),
    "given": Title("转出", "To others"),
    "received": Title("转入", "From others"),
    "end": Title("期末", "End"),
}
_USUAL = ("start", "new", "up", "down", "lost", "won", "end")  # shown even where nothing moved


@dataclass(frozen=True, slots=True)
class SideLine:
    """One side in words: its day, and the batch whose state was read."""

    on: date
    batch: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words, and what the data does not tell."""

    before: SideLine
    after: SideLine
    window: Period | None
    by: Title | None
    started: int
    undated: int  # deals whose past amount no stage change tells
    without_amount: int
    deals: int
    command: str

    @property
    def is_of_days(self) -> bool:
        """Both sides are read from one state of the store."""
        return self.before.batch == self.after.batch


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One deal in one step, in words."""

    flow: Flow
    key: str
    name: str
    owner: str
    group: str
    source: str


def build_waterfall(asked: Asked, found: Waterfall, labels: Mapping[str, str], extra: Sequence[Block] = ()) -> Report:
    """Build the waterfall: a line per step, or a line per group and a column per step; two currencies never add."""
    if not found.flows:
        table = Table("waterfall", (_STEP, _DEALS), (), empty=_why_empty(asked))
    else:
        table = _by_step(found) if asked.by is None else _by_group(asked.by, found, labels)
    window = Title("", "")
    if asked.window is not None:
        window = Title(f" · 预计 {asked.window} 成交", f" · to close in {asked.window}")
    first, last = _side(asked, asked.before), _side(asked, asked.after)
    title = Title(
        f"管道变动 · {first.zh} → {last.zh}{window.zh}",
        f"Waterfall of the pipeline · {first.en} → {last.en}{window.en}",
    )
    following = (f"{asked.command} --rows", f"{asked.command} --explain") if found.flows and not extra else ()
    data: dict[str, object] = {
        "from": asked.before.on.isoformat(),
        "through": asked.after.on.isoformat(),
        "known_from": asked.before.batch,
        "known_through": asked.after.batch,
    }
    return Report("waterfall", title, (table, *extra), _footer(asked), _notes(asked), following, data)


_STEP = Column("step", Title("步骤", "Step"))
_DEALS = Column("deals", Title("商机数", "Deals"), "count")


def _side(asked: Asked, side: SideLine) -> Title:
    day = str(side.on)
    return Title(day, day) if asked.is_of_days else Title(f"{day}(批次 {side.batch})", f"{day} (batch {side.batch})")


def _by_step(found: Waterfall) -> Table:
    lines = {currency: found.line(None, currency) for currency in found.currencies}
    steps = [step for step in STEPS if step in _USUAL or any(step in line for line in lines.values())]
    is_single = len(lines) == 1
    largest = max(abs(bar.amount_e4) for line in lines.values() for bar in line.values())
    columns = [_STEP, _DEALS, *value_columns(found.currencies, Title("金额", "Value"))]
    columns += [Column("bar", Title("", ""), "bar")] if is_single else []
    rows: list[tuple[Value, ...]] = []
    for step in steps:
        amounts = [line.get(step, Bar()).amount_e4 for line in lines.values()]
        deals = len({each.deal for each in found.flows if each.step == step})
        share = Ratio(abs(amounts[0]), largest) if largest and amounts[0] else None
        rows.append((STEPS[step], deals, *map(from_e4, amounts), *([share] if is_single else [])))
    chart = Chart("waterfall", Title("金额变动", "How the value moved"), _STEP.key, ("value",))
    return Table("waterfall", tuple(columns), tuple(rows), charts=(chart,) if is_single else ())


def _by_group(by: Title, found: Waterfall, labels: Mapping[str, str]) -> Table:
    """A line per group; of several currencies one per group and currency, and no total."""
    single = found.currencies[0] if len(found.currencies) == 1 else ""
    keys = sorted(found.bars, key=lambda one: (one[0] == "", labels.get(one[0], one[0]), one[1]))
    steps = [step for step in STEPS if step in _USUAL or any(step in bars for bars in found.bars.values())]
    columns = [Column("group", by)]
    columns += [] if single else [Column("currency", Title("币种", "Currency"), "id")]
    columns += [Column("deals", Title("期末商机", "Deals at end"), "count")]
    columns += [
        Column(step, STEPS[step], "money", currency=single, give_way="" if step in ("start", "end") else "empty")
        for step in steps
    ]
    rows: list[tuple[Value, ...]] = []
    for group, currency in keys:
        name = labels.get(group, group)
        head = (name,) if single else (name, currency)
        rows.append((*head, *_cells(found.bars[group, currency], steps)))
    total: tuple[Value, ...] | None = None
    if single:
        every = {step: _together([bars.get(step, Bar()) for bars in found.bars.values()]) for step in steps}
        total = ("", *_cells(every, steps))
    return Table("waterfall", tuple(columns), tuple(rows), total=total)


def _together(bars: Sequence[Bar]) -> Bar:
    return Bar(sum(each.count for each in bars), sum(each.amount_e4 for each in bars))


def _cells(line: Mapping[Step, Bar], steps: Sequence[Step]) -> tuple[Value, ...]:
    return (line.get("end", Bar()).count, *(from_e4(line.get(step, Bar()).amount_e4) for step in steps))


def _why_empty(asked: Asked) -> Title:
    if not asked.deals:
        return Title("还没有商机:请先导入商机", "there are no deals yet: import deals first")
    if asked.window is not None:
        return Title(f"没有预计在 {asked.window} 成交的商机", f"no deal was expected to close in {asked.window}")
    return Title("这两天之间没有在手商机", "no deal was open on either day, nor came and went in between")


def _footer(asked: Asked) -> tuple[Title, ...]:
    found = [
        Title("期初与各步骤之和 = 期末", "the start and all steps add up to the end"),
        Title(
            f"批次 {asked.before.batch}" if asked.is_of_days else f"批次 {asked.before.batch} → {asked.after.batch}",
            f"batch {asked.before.batch}"
            if asked.is_of_days
            else f"batches {asked.before.batch} → {asked.after.batch}",
        ),
    ]
    if asked.is_of_days and asked.undated:
        found.append(
            Title(
                f"期初 {asked.started:,} 个商机中 {asked.undated:,} 个的阶段变更不带金额,按现在的金额计",
                f"{asked.undated:,} of {asked.started:,} deals at the start have no amount in their stage changes: "
                "theirs of now counts",
            )
        )
    if asked.is_of_days and asked.window is not None:
        found.append(
            Title(
                "预计成交日只有现值,移入移出请比较数据的两个状态:--known A..B",
                "expected days are those of now: to see pushes compare two states of the store, --known A..B",
            )
        )
    if asked.without_amount:
        found.append(
            Title(
                f"{asked.without_amount:,} 处无金额,按 0 计", f"{asked.without_amount:,} without an amount count as 0"
            )
        )
    return tuple(found)


def _notes(asked: Asked) -> tuple[tuple[Title, str], ...]:
    return (
        (Title("起", "From"), f"{asked.before.on}, batch {asked.before.batch}"),
        (Title("止", "Through"), f"{asked.after.on}, batch {asked.after.batch}"),
        (Title("成交窗口", "To close in"), str(asked.window) if asked.window else "any day"),
    )


def build_flows(step: Step | Literal[""], lines: Sequence[FlowLine], *, by: Title | None) -> Table:
    """Build the deals behind a step, or behind all that moved; their values add up to it."""
    currencies = sorted({line.flow.currency for line in lines})
    single = currencies[0] if len(currencies) == 1 else ""
    has_names = any(line.name not in ("", line.key) for line in lines)
    columns = [
        Column("deal", Title("商机", "Deal"), "id"),
        *([Column("name", Title("名称", "Name"))] if has_names else []),
        *([] if step else [_STEP]),
        *([Column("group", by)] if by is not None else []),
        Column("owner", Title("负责人", "Owner")),
        *([] if single else [Column("currency", Title("币种", "Currency"), "id")]),
        Column("value", Title("金额", "Value"), "money", currency=single),
        Column("source", Title("来源", "Source")),
    ]
    order = [*STEPS]
    rows: list[tuple[Value, ...]] = [
        (
            line.key,
            *([line.name if line.name != line.key else ""] if has_names else []),
            *([] if step else [STEPS[line.flow.step]]),
            *([line.group] if by is not None else []),
            line.owner,
            *([] if single else [line.flow.currency]),
            from_e4(line.flow.amount_e4),
            line.source,
        )
        for line in sorted(lines, key=lambda one: (order.index(one.flow.step), one.key))
    ]
    total: tuple[Value, ...] | None = None
    if single and rows:
        worth = from_e4(sum(line.flow.amount_e4 for line in lines))
        total = tuple("" if at == 0 else worth if one.key == "value" else None for at, one in enumerate(columns))
    zh, en = STEPS[step] if step else Title("全部变动", "all that moved")
    title = Title(f"商机 · {zh} · {len(lines):,}", f"Deals · {en} · {len(lines):,}")
    return Table("rows", tuple(columns), tuple(rows), title, total, Title("没有商机", "no deal"))


def explain_waterfall(asked: Asked) -> Trace:
    """Return what each step is."""
    lines = [
        Title(
            "在手 = 当日结束时未结单" + ("且预计成交日在窗口内" if asked.window else ""),
            "in the pipeline = open at the end of the day"
            + (" and expected to close in the window" if asked.window else ""),
        ),
        Title("新增:期初尚未创建或尚未知晓", "new: had not begun, or was not known, at the start"),
        Title(
            "赢单按赢单金额;丢单、移出、删除按期初金额",
            "won: at what it was won for; lost, pushed, removed: as at the start",
        ),
        Title(
            "金额调增、调减:留下的、移入的和赢单的商机,金额之差",
            "value up, down: of deals that stayed, came in or were won",
        ),
        Title(
            "转出、转入:负责人或其团队变更,按期初金额",
            "to and from others: by owner or team of each day, at the value of the start",
        ),
        Title(
            "金额:截至当日阶段变更所记,否则为商机金额",
            "value: as stage changes said up to the day, else the deal's own",
        ),
        Title(
            f"阶段以各日为准,数据以批次 {asked.before.batch} 与 {asked.after.batch} 为准",
            f"stages as of each day, data as of batches {asked.before.batch} and {asked.after.batch}",
        ),
    ]
    return Trace("definition", tuple(Line(each) for each in lines), Title("口径", "Definition"))
