"""The report of slippage: what became of a period's commitments, and how often and how far expected closes moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.funnel.cohort import Amounts, add_amounts
from salescli.core.funnel.slippage import Commitment, Fate, count_pushes
from salescli.core.money import from_e4
from salescli.core.periods import Period
from salescli.core.table import Block, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.funnel.shape import value_cells, value_columns

FATES: dict[Fate, Title] = {
    "won": Title("期内赢单", "won in it"),
    "lost": Title("期内丢单", "lost in it"),
    "pending": Title("未结(含逾期)", "still due"),
    "pushed": Title("推出期外", "pushed out"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words, and how much the store knows of it."""

    period: Period | None
    on: date
    known: Title
    by: Title | None
    currency: str
    promised: int  # deals that ever said a day
    restated: int  # those that said more than one
    deals: int
    command: str


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One deal in words."""

    commitment: Commitment
    key: str
    name: str
    owner: str
    stands: Title
    source: str


def build_slippage(
    asked: Asked,
    found: Sequence[Commitment],
    groups: Sequence[tuple[str, Sequence[Commitment]]] = (),
    extra: Sequence[Block] = (),
) -> Report:
    """Build the fates of a period's commitments, and the pushes, by group where asked."""
    currencies = sorted({each.currency or asked.currency for each in found if each.amount_e4 is not None})
    tables: list[Block] = []
    if asked.period is not None and found:
        tables.append(_fates(asked, found, currencies))
    tables.append(_pushes(asked, found, groups, currencies))
    what = Title("全部商机", "all deals")
    if asked.period is not None:
        what = Title(f"曾预计在 {asked.period} 成交的商机", f"deals promised for {asked.period}")
    pushes = count_pushes(found)
    title = Title(
        f"推迟 · {what.zh} · {pushes.deals:,} 个中 {pushes.pushed_deals:,} 个曾推迟",
        f"Slippage · {what.en} · {pushes.pushed_deals:,} of {pushes.deals:,} pushed",
    )
    footer = [
        Title(f"截至 {asked.on}", f"as of {asked.on}"),
        asked.known,
        Title(
            f"预计成交日取自数据的各个版本:{asked.promised:,} 个商机说过,{asked.restated:,} 个改过",
            f"expected days as the versions of the store said them: {asked.promised:,} deals named one, "
            f"{asked.restated:,} more than one",
        ),
    ]
    if asked.promised and not asked.restated:
        footer.append(
            Title("每次导入新的商机表,才看得到推迟", "pushes show once later lists of the deals are imported too")
        )
    following = (f"{asked.command} --rows", f"{asked.command} --explain") if found and not extra else ()
    return Report("slippage", title, (*tables, *extra), tuple(footer), next=following)


def _worth(asked: Asked, found: Sequence[Commitment]) -> Amounts:
    return add_amounts((each.currency or asked.currency, each.amount_e4) for each in found)


def _fates(asked: Asked, found: Sequence[Commitment], currencies: Sequence[str]) -> Table:
    every = _worth(asked, found)
    columns = [
        Column("fate", Title("结果", "What became of them")),
        Column("deals", Title("商机数", "Deals"), "count"),
        Column("share", Title("占比", "Share"), "ratio"),
        *value_columns(currencies, Title("承诺金额", "Committed")),
        *_share_columns(currencies),
    ]
    rows: list[tuple[Value, ...]] = []
    for fate, title in FATES.items():
        part = [each for each in found if each.fate == fate]
        worth = _worth(asked, part)
        shares = [Ratio(worth.get(one, 0), every[one]) if every.get(one) else None for one in currencies]
        rows.append((title, len(part), Ratio(len(part), len(found)), *value_cells(worth, currencies), *shares))
    whole = [Ratio(every[one], every[one]) if every.get(one) else None for one in currencies]
    total: tuple[Value, ...] = ("", len(found), Ratio(len(found), len(found)), *value_cells(every, currencies), *whole)
    return Table("commitments", tuple(columns), tuple(rows), total=total)


def _share_columns(currencies: Sequence[str]) -> list[Column]:
    if len(currencies) == 1:
        return [Column("value_share", Title("金额占比", "Of value"), "ratio")]
    return [Column(f"value_share_{one}", Title(f"金额占比 {one}", f"Of value {one}"), "ratio") for one in currencies]


def _pushes(
    asked: Asked,
    found: Sequence[Commitment],
    groups: Sequence[tuple[str, Sequence[Commitment]]],
    currencies: Sequence[str],
) -> Table:
    columns = [
        *([Column("group", asked.by)] if asked.by is not None else []),
        Column("deals", Title("商机数", "Deals"), "count"),
        Column("pushed", Title("推迟过的", "Pushed"), "count"),
        Column("pushed_share", Title("占比", "Share"), "ratio"),
        Column("pushes", Title("推迟次数", "Pushes"), "count"),
        Column("days", Title("推迟天数", "Days pushed"), "count"),
        Column("mean", Title("每次天数", "Days per push"), "quantity", decimals=1),
        Column("longest", Title("最长", "Longest"), "count"),
        Column("pulls", Title("提前次数", "Pulls"), "count"),
    ]
    if asked.period is not None and asked.by is not None:
        columns += value_columns(currencies, Title("承诺金额", "Committed"), "committed")
        columns += value_columns(currencies, Title("推出期外金额", "Pushed out"), "pushed_out")
        columns += _share_columns(currencies)
    if not found:
        return Table("pushes", tuple(columns), (), empty=_why_empty(asked))
    if asked.by is None:
        return Table("pushes", tuple(columns), (_push_row(asked, found, currencies),))
    rows = tuple((name, *_push_row(asked, part, currencies)) for name, part in groups)
    return Table("pushes", tuple(columns), rows, total=("", *_push_row(asked, found, currencies)))


def _push_row(asked: Asked, part: Sequence[Commitment], currencies: Sequence[str]) -> tuple[Value, ...]:
    pushes = count_pushes(part)
    row: list[Value] = [
        pushes.deals,
        pushes.pushed_deals,
        Ratio(pushes.pushed_deals, pushes.deals),
        pushes.count,
        pushes.days,
        Ratio(pushes.days, pushes.count) if pushes.count else None,
        pushes.longest,
        pushes.pulls,
    ]
    if asked.period is not None and asked.by is not None:
        worth, out = _worth(asked, part), _worth(asked, [each for each in part if each.fate == "pushed"])
        row += [*value_cells(worth, currencies), *value_cells(out, currencies)]
        row += [Ratio(out.get(one, 0), worth[one]) if worth.get(one) else None for one in currencies]
    return tuple(row)


def _why_empty(asked: Asked) -> Title:
    if not asked.deals:
        return Title("还没有商机:请先导入商机", "there are no deals yet: import deals first")
    if not asked.promised:
        return Title("没有商机填写过预计成交日期", "no deal ever named a day of expected close")
    return Title(
        f"{asked.promised:,} 个商机说过预计成交日,没有一个在 {asked.period} 内",
        f"{asked.promised:,} deals named an expected day, none of them in {asked.period}",
    )


def build_slips(asked: Asked, lines: Sequence[SlipLine]) -> Table:
    """Build the deals behind it, those pushed furthest first."""
    currencies = sorted({line.commitment.currency or asked.currency for line in lines})
    single = currencies[0] if len(currencies) == 1 else ""
    has_names = any(line.name not in ("", line.key) for line in lines)
    columns = (
        Column("deal", Title("商机", "Deal"), "id"),
        *([Column("name", Title("名称", "Name"))] if has_names else []),
        Column("owner", Title("负责人", "Owner")),
        Column("first", Title("最初预计", "First expected"), "date"),
        Column("last", Title("最近预计", "Last expected"), "date"),
        Column("pushes", Title("推迟次数", "Pushes"), "count"),
        Column("days", Title("推迟天数", "Days pushed"), "count"),
        Column("stands", Title("现处", "Stands in")),
        *([Column("fate", Title("结果", "Became"))] if asked.period is not None else []),
        *([] if single else [Column("currency", Title("币种", "Currency"), "id")]),
        Column("value", Title("承诺金额", "Committed"), "money", currency=single),
        Column("source", Title("来源", "Source")),
    )
    ordered = sorted(lines, key=lambda one: (-sum(one.commitment.promise.pushes), one.key))
    rows: list[tuple[Value, ...]] = []
    for line in ordered:
        promise, worth = line.commitment.promise, line.commitment.amount_e4
        rows.append(
            (
                line.key,
                *([line.name if line.name != line.key else ""] if has_names else []),
                line.owner,
                promise.sayings[0].expected,
                promise.sayings[-1].expected,
                len(promise.pushes),
                sum(promise.pushes),
                line.stands,
                *([FATES[line.commitment.fate]] if line.commitment.fate is not None else []),
                *([] if single else [line.commitment.currency or asked.currency]),
                None if worth is None else from_e4(worth),
                line.source,
            )
        )
    total: tuple[Value, ...] | None = None
    if single and rows:
        committed = from_e4(sum(line.commitment.amount_e4 or 0 for line in lines))
        total = tuple("" if at == 0 else committed if one.key == "value" else None for at, one in enumerate(columns))
    return Table("rows", columns, tuple(rows), Title(f"商机 · {len(rows):,} 个", f"Deals · {len(rows):,}"), total)


def explain_slippage(asked: Asked) -> Trace:
    """Return what a push, a commitment and its fate are."""
    lines = [
        Title(
            "推迟 = 在手时新的预计成交日晚于前一个;提前则相反",
            "a push = while open, a later expected day than the one before; a pull = an earlier",
        ),
        Title(
            "承诺 = 在手时任一版本曾预计在该期间成交",
            "promised for a period = any version, while it was open, expected it to close in it",
        ),
        Title("承诺金额 = 首次如此预计时的金额", "committed value = what it was worth when it first said so"),
        Title(
            "推出期外 = 最近预计在期末之后,或期后才结单",
            "pushed out = last expected after the period, or closed only after it",
        ),
        Title("已撤销的批次不算说过", "what an undone batch said was not said"),
        asked.known,
    ]
    return Trace("definition", tuple(Line(each) for each in lines), Title("口径", "Definition"))
