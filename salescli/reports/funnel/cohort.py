"""The report of a funnel: a cohort by stage, its win rates, and where it leaks."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.funnel.cohort import Funnel, Leak, StageLine, add_amounts
from salescli.core.funnel.model import Stage
from salescli.core.funnel.rates import WinRate
from salescli.core.metrics.interval import FEW_CASES
from salescli.core.money import from_e4, to_decimal
from salescli.core.table import Block, Chart, Column, Ratio, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.funnel.groups import build_groups, few_closed
from salescli.reports.funnel.shape import (
    MODES,
    RATES,
    REGRESS,
    SKIPS,
    STAGE,
    UNKNOWN,
    Asked,
    Shown,
    notes_of,
    value_cells,
    value_columns,
    whole_percent,
)


def build_funnel(asked: Asked, shown: Shown, language: Language) -> Report:
    """Build the funnel of a cohort: its definition stands in the title."""
    funnel = shown.funnel
    currencies = sorted({currency for line in _lines(funnel) for currency in line.amounts})
    blocks: list[Block] = [_stages(asked, funnel, currencies)]
    if funnel.count:
        blocks.append(_rates(shown.rates, currencies, language))
        if funnel.lost_count:
            blocks.append(_leaks(funnel, currencies))
        if asked.by is not None:
            blocks.append(build_groups(asked.by, shown, currencies))
    footer = [
        Title(f"截至 {asked.on}", f"as of {asked.on}"),
        asked.known,
        Title(f"流程 {asked.place}", f"process {asked.place}"),
    ]
    if funnel.inferred_count:
        footer.append(_inferred(funnel))
    if (few := few_closed(shown)) is not None:
        footer.append(few)
    after = (
        (f"{asked.command} --stage {_next_stage(funnel)} --rows", f"{asked.command} --explain") if funnel.count else ()
    )
    data: dict[str, object] = {
        "mode": asked.policy.mode,
        "skips": asked.policy.skips,
        "regress": asked.policy.regress,
        "on": asked.on.isoformat(),
        "deals": funnel.count,
        "open": funnel.open_count,
        "immature": bool(funnel.open_count),
        "inferred": funnel.inferred_count,
        "left_out": len(funnel.left_out),
    }
    return Report("funnel", _title(asked, funnel), (*blocks, *shown.extra), tuple(footer), notes_of(asked), after, data)


def _title(asked: Asked, funnel: Funnel) -> Title:
    words = [asked.cohort, MODES[asked.policy.mode]]
    if asked.policy.mode == "reached":
        words.append(SKIPS[asked.policy.skips])
    words.append(REGRESS[asked.policy.regress])
    words.append(Title(f"{funnel.count:,} 个商机", f"{funnel.count:,} {'deal' if funnel.count == 1 else 'deals'}"))
    zh = " · ".join(["漏斗", *(word.zh for word in words if word.zh)])
    en = " · ".join(["Funnel", *(word.en for word in words if word.en)])
    if funnel.open_count:
        share = whole_percent(funnel.open_count, funnel.count)
        return Title(f"{zh},{share} 仍在手(未成熟)", f"{en}, {share} still open (immature)")
    return Title(zh, en)


def _lines(funnel: Funnel) -> list[StageLine]:
    return [*funnel.lines, *([funnel.won] if funnel.won else [])]


def _stages(asked: Asked, funnel: Funnel, currencies: Sequence[str]) -> Table:
    is_monotone = funnel.policy.mode == "strict" or funnel.policy.skips != "as-is"
    gone_on = any(line.gone_on for line in funnel.lines)
    columns = [
        STAGE,
        Column("reached", Title("到达", "Reached"), "count"),
        Column("of_previous", Title("环节转化", "Of previous"), "ratio"),
        Column("of_all", Title("累计转化", "Of all"), "ratio"),
        Column("median_days", Title("中位天数", "Median days"), "quantity"),
        Column("lost", Title("在此丢单", "Lost here"), "count"),
        Column("open", Title("停在此", "Open here"), "count"),
    ]
    if gone_on:
        columns.append(Column("gone_on", Title("跳级离开", "Went on, skipping"), "count"))
    columns += value_columns(currencies, Title("金额", "Value"))
    columns.append(Column("bar", Title("", ""), "bar"))
    rows, previous = [], None
    for line in _lines(funnel):
        is_won = line is funnel.won
        row: list[Value] = [line.stage.title, line.count]
        row.append(None if previous is None else Ratio(line.count, previous))
        row.append(Ratio(line.count, funnel.count))
        row.append(None if line.median_days is None else to_decimal(line.median_days))
        row += [None, None] if is_won else [len(line.lost), len(line.still_open)]
        if gone_on:
            row.append(None if is_won else line.gone_on)
        row += value_cells(line.amounts, currencies)
        row.append(Ratio(min(line.count, funnel.count), funnel.count))
        rows.append(tuple(row))
        previous = line.count
    title = (
        None
        if is_monotone
        else Title("只计停留过的阶段:环节转化可超过 100 %", "Only stages stood in: a step may exceed 100 %")
    )
    chart = Chart("funnel", Title("到达各阶段的商机", "Deals that reached each stage"), STAGE.key, ("reached",))
    shown = tuple(rows) if funnel.count else ()
    return Table("stages", tuple(columns), shown, title, empty=asked.why_empty, charts=(chart,))


def _rates(rates: Sequence[WinRate], currencies: Sequence[str], language: Language) -> Table:
    single = currencies[0] if len(currencies) == 1 else ""
    has_value = bool(single) and any(not rate.without_amount and rate.amounts.get(single) for rate in rates)
    columns = [
        Column("win_rate", Title("赢单率", "Win rate")),
        Column("won", Title("赢单", "Won"), "count"),
        Column("cases", Title("分母", "Of"), "count"),
        Column("rate", Title("比率", "Rate"), "ratio", decimals=2),
    ]
    if has_value:
        columns += [
            Column("won_value", Title("赢单金额", "Won value"), "money", currency=single),
            Column("entered_value", Title("进入金额", "Value entered"), "money", currency=single),
            Column("rate_by_value", Title("按金额", "By value"), "ratio", decimals=2),
        ]
    notes = [_note(rate, single, language) for rate in rates]
    if any(notes):
        columns.append(Column("note", Title("备注", "Note")))
    rows = []
    for rate, note in zip(rates, notes, strict=True):
        row: list[Value] = [RATES[rate.of], rate.won, rate.cases, Ratio(rate.won, rate.cases)]
        if has_value:
            won, entered = from_e4(rate.won_amounts.get(single, 0)), from_e4(rate.amounts.get(single, 0))
            row += [won, entered, None if rate.without_amount else Ratio(won, entered)]
        rows.append((*row, note) if any(notes) else tuple(row))
    return Table("win_rates", tuple(columns), tuple(rows), Title("赢单率", "Win rates"))


def _note(rate: WinRate, single: str, language: Language) -> str:
    said = []
    if 0 < rate.cases < FEW_CASES:
        said.append(Title(f"例数少({rate.cases})", f"few cases ({rate.cases})").text(language))
    if single and rate.without_amount:
        count = rate.without_amount
        said.append(Title(f"{count:,} 个无金额", f"{count:,} without an amount").text(language))
    return ", ".join(said)


def _leaks(funnel: Funnel, currencies: Sequence[str]) -> Table:
    """Reasons down, the commonest first; the stages they were lost from across."""
    stages = [line.stage for line in funnel.lines if any(leak.stage is line.stage for leak in funnel.leaks)]
    columns = [
        Column("reason", Title("丢单原因", "Lost because")),
        *(Column(f"from_{stage.name}", stage.title, "count") for stage in stages),
        *([Column("from_unknown", UNKNOWN, "count")] if any(leak.stage is None for leak in funnel.leaks) else []),
        Column("lost", Title("合计", "Lost"), "count"),
        Column("share", Title("占比", "Share"), "ratio"),
        *value_columns(currencies, Title("金额", "Value")),
    ]
    places = [*stages, *([None] if columns[len(stages) + 1].key == "from_unknown" else [])]
    by_reason: dict[str, list[Leak]] = {}
    for leak in funnel.leaks:
        by_reason.setdefault(leak.reason, []).append(leak)
    ordered = sorted(by_reason, key=lambda reason: (-sum(leak.count for leak in by_reason[reason]), reason))
    rows = [(reason or UNKNOWN, *_leak_cells(by_reason[reason], places, funnel, currencies)) for reason in ordered]
    total = ("", *_leak_cells(funnel.leaks, places, funnel, currencies))
    return Table("leaks", tuple(columns), tuple(rows), _worst(funnel), total if len(rows) > 1 else None)


def _leak_cells(
    leaks: Sequence[Leak], places: Sequence[Stage | None], funnel: Funnel, currencies: Sequence[str]
) -> tuple[Value, ...]:
    count = sum(leak.count for leak in leaks)
    amounts = add_amounts((currency, amount) for leak in leaks for currency, amount in leak.amounts.items())
    by_stage = [sum(leak.count for leak in leaks if leak.stage is place) for place in places]
    return (*by_stage, count, Ratio(count, funnel.lost_count), *value_cells(amounts, currencies))


def _worst(funnel: Funnel) -> Title:
    lost = Title(f"丢单 {funnel.lost_count:,}", f"Lost {funnel.lost_count:,}")
    worst = funnel.biggest_leak
    if worst is None:
        return lost
    following, count, reached = _following(funnel, worst), len(worst.lost), worst.count
    return Title(
        f"{lost.zh} · 最大流失:{worst.stage.title.zh} → {following.zh}({reached:,} 个中丢 {count:,} 个)",
        f"{lost.en} · biggest leak: {worst.stage.title.en} → {following.en} ({count:,} of {reached:,})",
    )


def _following(funnel: Funnel, line: StageLine) -> Title:
    lines = _lines(funnel)
    place = lines.index(line)
    return lines[place + 1].stage.title if place + 1 < len(lines) else line.stage.title


def _next_stage(funnel: Funnel) -> str:
    return funnel.lines[min(1, len(funnel.lines) - 1)].stage.name


def _inferred(funnel: Funnel) -> Title:
    count, of = funnel.inferred_count, funnel.count
    return Title(
        f"{of:,} 个中 {count:,} 个无阶段变更,由阶段与日期推断",
        f"{count:,} of {of:,} inferred from stage and dates, without stage changes",
    )
