"""`report rep`: one person on one page: results, attainment, rank, the last months, commission, open deals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from salescli.core.metrics.interval import FEW_CASES
from salescli.core.metrics.trend import compute_ranks
from salescli.core.money import CONTEXT, total
from salescli.core.periods import month_of
from salescli.core.table import Block, Column, Facts, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, Results
from salescli.reports.declaration import DealsNeed, FiguresNeed, Need, PayNeed, SeatsNeed, StandingsNeed, TraceNeed
from salescli.reports.measures import (
    Number,
    definition_line,
    earlier_line,
    earlier_of,
    exact,
    incomplete_line,
    known_span,
    months_until,
    nothing_of,
    pace_word,
    period_title,
    series_by_group,
    value_column,
)
from salescli.reports.params import COMPARE, EXPLAIN, METRIC, PERIOD, ROWS, Asked, Param
from salescli.reports.quota import FULL, NO_TARGET, AttainmentRow

PERSON = Param(
    "person", "person", Title("人员:工号或姓名(必填)", "the person: number or name (required)"), required=True
)
PARAMS = (PERIOD, PERSON, METRIC, COMPARE, ROWS, EXPLAIN)
MONTHS = 12
SHOWN_DEALS = 5
BESIDE = ("receipts", "bookings", "deals-won", "deals-lost", "win-rate", "average-deal", "new-customers")
OPEN = ("deals-open", "pipeline-value")


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the person's own figures, and for everybody's in the team, among whom the rank is."""
    metric, period, only = asked.metric.name, asked.counted, (asked.person.filter,)
    span = known_span(months_until(month_of(period.last_day), MONTHS), asked)
    found: dict[str, Need] = {
        "own": FiguresNeed(metric, (), period, only),
        "people": FiguresNeed(metric, ("team", "person"), period),
        "months": FiguresNeed(metric, ("month",), span, only),
        "seats": SeatsNeed(asked.person, asked.period),
        "pay": PayNeed(asked.person, asked.period),
        "deals": DealsNeed(asked.person),
        "trace": TraceNeed(metric, (), period, only, asked.flag("rows"), asked.flag("explain")),
    }
    if asked.metric.is_additive:
        found["standing"] = StandingsNeed(metric, "person", asked.period)
    for name in (*BESIDE, *OPEN):
        found[name] = FiguresNeed(name, (), None if name in OPEN else period, only, is_optional=True)
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier, only)
        for name in BESIDE:
            found[f"earlier-{name}"] = FiguresNeed(name, (), asked.earlier, only, is_optional=True)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build the page of one person."""
    name, period = f"{asked.person.name} {asked.person.key}", period_title(asked)
    blocks: list[Block] = [_standing(asked, results), _figures(asked, results)]
    blocks += [_pay(results), *_deals(asked, results), *results.trace()]
    metric = asked.metric.title
    title = Title(f"个人 · {name} · {period.zh} · {metric.zh}", f"Person · {name} · {period.en} · {metric.en}")
    after = [f"salescli report rep {asked.period} --person {asked.person.key} --rows"]
    if pay := results.pay():
        after.append(f"salescli commission explain {pay[-1].period} --person {asked.person.key}")
    return Report("rep", title, tuple(blocks), _footer(asked, results), next=tuple(after))


def _standing(asked: Asked, results: Results) -> Facts:
    """Where the person sat, what was reached of the target, the rank in the team, and the months behind."""
    metric, own = asked.metric, _own(asked, results)
    seats = results.seats()
    seat = " → ".join(dict.fromkeys(" ".join(filter(None, (one.team, one.role))) for one in seats))
    items: list[tuple[Column, Value]] = [
        (Column("seat", Title("任职", "Seat"), blank=Title("该期间不在岗", "in no seat in this period")), seat or None),
        (value_column("actual", metric.title, metric), own),
    ]
    row = _own_row(asked, results)
    if asked.metric.is_additive:
        items += _target_items(row, asked)
    rank, size = _rank(asked, results)
    items += [
        (Column("rank", Title("团队内名次", "Rank in team"), "count", blank=Title("无名次", "no rank")), rank),
        (Column("ranked", Title("团队内人数", "Ranked in team"), "count"), size),
    ]
    months = months_until(month_of(asked.period.last_day), MONTHS)
    trend = series_by_group(results.figures("months"), months, asked).get((), nothing_of(metric, months, asked))
    items.append((Column("trend", Title(f"近 {MONTHS} 月", f"{MONTHS} months"), "spark", metric.currency), trend))
    if asked.earlier is not None:
        before = earlier_of(results.figures("earlier"), (), asked)
        title = Title("去年同期", "Last year") if asked.text("compare") == "last-year" else Title("上一期", "Before")
        items.insert(2, (value_column("earlier", title, metric), before))
    return Facts("standing", tuple(items))


def _own(asked: Asked, results: Results) -> Number:
    """The person's figure; without records it is nothing where figures add up, and unknown where they do not."""
    own = results.figures("own")
    return own.single if own.lines else Decimal(0) if asked.metric.is_additive else None


def _own_row(asked: Asked, results: Results) -> AttainmentRow | None:
    if "standing" not in results.answers:
        return None
    return next((row for row in results.standings("standing").rows if row.key == asked.person.key), None)


def _target_items(row: AttainmentRow | None, asked: Asked) -> list[tuple[Column, Value]]:
    metric = asked.metric
    standing = row.standing if row else None
    if standing is None or standing.target is None:
        return [(replace(value_column("target", Title("目标", "Target"), metric), blank=NO_TARGET), None)]
    items: list[tuple[Column, Value]] = [
        (value_column("target", Title("目标", "Target"), metric), standing.target),
        (Column("attainment", Title("达成", "Reached"), "ratio", thresholds=(FULL,)), standing.attainment),
        (Column("bar", Title("图", "Bar"), "bar"), standing.attainment),
        (Column("pace", Title("节奏", "Pace")), pace_word(standing)),
        (value_column("variance", Title("差异", "Variance"), metric), standing.variance),
    ]
    if not standing.clock.is_complete:
        required = value_column("required", Title("每工作日需", "Needed per working day"), metric)
        items.append((required, standing.required))
        items.append((value_column("projected", Title("预计完成", "Projected"), metric), standing.projected))
    return items


def _rank(asked: Asked, results: Results) -> tuple[int | None, int]:
    """The place among those with a figure in the person's newest team of the period, and how many they are."""
    seats = results.seats()
    if not seats:
        return None, 0
    team = seats[-1].team_key
    mates = [line for line in results.figures("people").lines if line.keys[0] == team and line.keys[1] is not None]
    ranks = compute_ranks([exact(line.value) for line in mates])
    own = next((rank for rank, line in zip(ranks, mates, strict=True) if line.keys[1] == asked.person.key), None)
    return own, sum(1 for rank in ranks if rank is not None)


def _figures(asked: Asked, results: Results) -> Facts:
    """The other figures of the period, each with the earlier one where asked; a rate of few cases says so."""
    items: list[tuple[Column, Value]] = []
    for name in BESIDE:
        found = results.optional_figures(name)
        if found is None or name == asked.metric.name:
            continue
        title = found.metric.title
        items.append((value_column(name, title, found.metric), _value_of(found)))
        if few := _few(found):
            items.append((Column(f"{name}-note", Title(f"{title.zh}说明", f"{title.en}: note")), few))
        before = results.optional_figures(f"earlier-{name}")
        if before is not None:
            then = Title(f"{title.zh}(比较期)", f"{title.en} (earlier)")
            items.append((value_column(f"earlier-{name}", then, before.metric), earlier_of(before, (), asked)))
    return Facts("figures", tuple(items), Title("业绩", "Results"))


def _value_of(figures: Figures) -> Number:
    if figures.lines:
        return figures.single
    is_count = figures.metric.is_additive or figures.metric.unit == "count"
    return Decimal(0) if is_count else None


def _few(figures: Figures) -> Title | None:
    value = figures.single
    if not (figures.metric.counts_cases and isinstance(value, Ratio) and 0 < value.denominator < FEW_CASES):
        return None
    count = f"{Decimal(value.denominator).normalize(CONTEXT):f}"
    return Title(f"例数少({count})", f"few cases ({count})")


def _pay(results: Results) -> Table:
    """Commission of each month of the period, as its run has it."""
    pay = results.pay()
    currency = pay[0].currency if pay else ""
    columns = (
        Column("month", Title("月份", "Month")),
        Column("plan", Title("方案", "Plan"), "id"),
        Column("earned", Title("应计", "Earned"), "money", currency),
        Column("payable", Title("应发", "Payable"), "money", currency),
        Column("run", Title("运行", "Run"), "id"),
        Column("state", Title("状态", "State")),
    )
    words = {"closed": Title("已关账", "closed"), "draft": Title("草稿", "draft")}
    rows = tuple((one.period, one.plan, one.earned, one.payable, one.run, words[one.state]) for one in pay)
    whole = (None, None, total(one.earned for one in pay), total(one.payable for one in pay), None, None)
    empty = Title("该期间没有提成运行包含此人", "no commission run of the period has this person")
    return Table("commission", columns, rows, Title("提成", "Commission"), whole if len(pay) > 1 else None, empty)


def _deals(asked: Asked, results: Results) -> list[Block]:
    """How many deals are open and what they are worth, and the largest of them."""
    count, value = (results.optional_figures(name) for name in OPEN)
    items: list[tuple[Column, Value]] = []
    for found in (count, value):
        if found is not None:
            items.append((value_column(found.metric.name, found.metric.title, found.metric), _value_of(found)))
    deals = results.deals()[:SHOWN_DEALS]
    currencies = {deal.currency for deal in deals}
    columns = (
        Column("deal", Title("商机", "Deal"), "id"),
        Column("name", Title("名称", "Name")),
        Column("customer", Title("客户", "Customer")),
        Column("stage", Title("阶段", "Stage")),
        Column("amount", Title("金额", "Amount"), "money", next(iter(currencies)) if len(currencies) == 1 else ""),
        Column("expected", Title("预计成交", "Expected"), "date"),
    )
    rows = tuple((one.key, one.name, one.customer, one.stage, one.amount, one.expected) for one in deals)
    many = len(results.deals()) > len(deals)
    title = Title(f"金额最大的 {len(deals)} 个", f"The {len(deals)} largest") if many else None
    table = Table("open-deals", columns, rows, title, empty=Title("没有在手商机", "no deal is open"))
    return [Facts("open", tuple(items), Title("在手商机", "Open deals")), table] if items else [table]


def _footer(asked: Asked, results: Results) -> tuple[Title, ...]:
    lines = [results.known, *incomplete_line(asked), *earlier_line(asked)]
    if results.why_empty.en:
        lines.append(results.why_empty)
    row = _own_row(asked, results)
    if row is not None and row.standing.target is not None:
        lines.append(Title("个人按上浮后的目标", "on the street quota"))
    elif asked.metric.is_additive:
        lines.append(Title("没有目标(不按 0% 计)", "no target (not counted as 0 %)"))
    return (*lines, definition_line(asked.metric))
