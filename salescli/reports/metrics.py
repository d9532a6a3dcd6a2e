"""Reports of metrics: the catalogue, figures by group, the records behind them, and the definition with its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.metrics.explain import GRAINS
from salescli.core.metrics.interval import FEW_CASES, wilson_interval
from salescli.core.metrics.model import BaseMetric, CumulativeMetric, Metric, RatioMetric, Unit
from salescli.core.metrics.query import Figure, Group
from salescli.core.money import CONTEXT
from salescli.core.table import Block, Column, ColumnKind, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Language, Title

VALUE_KINDS: dict[Unit, ColumnKind] = {
    "money": "money",
    "count": "quantity",
    "quantity": "quantity",
    "days": "quantity",
    "rate": "ratio",
}
_COUNTED = Title("按例数", "by cases")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a metric, in words: dimensions, period, filters, the definition's place, state of knowledge."""

    metric: Metric
    unit: Unit
    dimensions: tuple[tuple[str, Title], ...]
    period: Title | None
    filters: tuple[str, ...]
    place: str
    known: Title
    is_additive: bool
    counts_cases: bool  # a ratio whose parts are counts: few of them prove little


@dataclass(frozen=True, slots=True)
class Answered:
    """The figures: lines with the names of their groups, totals per currency, and lines rolled up by team."""

    lines: tuple[tuple[tuple[str, ...], Figure], ...]
    totals: tuple[Figure, ...]
    below: Mapping[tuple[Group, str], Value] | None
    why_empty: Title


@dataclass(frozen=True, slots=True)
class Original:
    """What a converted credit was, and the rate of its day as people read it."""

    credit: Decimal
    currency: str
    rate: str


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One credit behind a figure."""

    key: str
    label: str
    day: str
    person: str
    value: Decimal
    share: Decimal | None
    credit: Decimal
    currency: str
    source: str
    original: Original | None = None


def definition_text(metric: Metric, language: Language) -> str:
    """Return a definition in one line, without SQL."""
    if isinstance(metric, RatioMetric):
        return f"{metric.numerator} ÷ {metric.denominator}"
    if isinstance(metric, CumulativeMetric):
        return (
            f"{metric.part}, {GRAINS[metric.over].zh}初至今累计"
            if language == "zh"
            else f"{metric.part}, {metric.over} to date"
        )
    if not isinstance(metric, BaseMetric):
        return " ".join([" + ".join(metric.plus), *(f"− {name}" for name in metric.minus)])
    where = "".join(f", {each}" for each in metric.where)
    date = f" @ {metric.date}" if metric.date else ""
    least = f", ≥ {metric.at_least:,f}" if metric.at_least is not None else ""
    how = (
        ""
        if metric.value.percent is None
        else {"zh": ",线性插值(type 7)", "en": ", linear interpolation (type 7)"}[language]
    )
    return f"{metric.value} ({metric.of}){date}{where}{least}{how}"


def build_figures(asked: Asked, answered: Answered, extra: Sequence[Block], language: Language) -> Report:
    """Build the figures of a metric: a line per group, and the total as a query of its own."""
    figures = [figure for _, figure in answered.lines] + list(answered.totals)
    currencies = sorted({figure.currency for figure in figures})
    table = _figures_table(asked, answered, currencies, language)
    return build_figures_report(asked, table, extra, len(currencies) > 1, is_rolled_up=answered.below is not None)


def build_figures_report(
    asked: Asked, table: Table, extra: Sequence[Block], has_currencies: bool, *, is_rolled_up: bool = False
) -> Report:
    """Build the page around the figures of a metric: its title, what a reader has to know, its definition."""
    name = asked.metric.title
    title = Title(name.zh + _tail(asked, "zh"), name.en + _tail(asked, "en"))
    return Report("metric", title, (table, *extra), _footer(asked, has_currencies, is_rolled_up), notes=_notes(asked))


def _tail(asked: Asked, language: Language) -> str:
    by = ("、" if language == "zh" else ", ").join(title.text(language) for _, title in asked.dimensions)
    said = [asked.period.text(language) if asked.period else "", f"按{by}" if language == "zh" else f"by {by.lower()}"]
    return "".join(f" · {part}" for part in (said if by else said[:1]) if part)


def _footer(asked: Asked, has_currencies: bool, is_rolled_up: bool) -> tuple[Title, ...]:
    lines = [asked.known]
    if asked.filters:
        lines.append(Title(f"筛选 {', '.join(asked.filters)}", f"where {', '.join(asked.filters)}"))
    if not asked.is_additive:
        lines.append(Title("各行不可相加", "lines do not add up"))
    elif is_rolled_up:
        lines.append(
            Title("只有“本级”可相加;上下级以记录当日为准", "only `own` adds up; teams nest as on each record's day")
        )
    if has_currencies:
        lines.append(Title("币种不同,不合计", "several currencies: no total"))
    definition = definition_text(asked.metric, "en")
    lines.append(Title(f"口径 {definition} ({asked.place})", f"definition {definition} ({asked.place})"))
    return tuple(lines)


def _notes(asked: Asked) -> tuple[tuple[Title, str], ...]:
    notes = [
        (Title("指标", "Metric"), asked.metric.name),
        (Title("定义", "Definition"), f"{definition_text(asked.metric, 'en')} ({asked.place})"),
        (Title("期间", "Period"), asked.period.en if asked.period else "-"),
        (Title("筛选", "Filters"), ", ".join(asked.filters) or "-"),
        (Title("数据", "Data"), asked.known.en),
    ]
    return tuple(notes)


def _figures_table(asked: Asked, answered: Answered, currencies: Sequence[str], language: Language) -> Table:
    single = currencies[0] if len(currencies) == 1 else ""
    columns = [Column(name, title) for name, title in asked.dimensions]
    if len(currencies) > 1:
        columns.append(Column("currency", Title("币种", "Currency"), "id"))
    own = Title("本级", "own") if answered.below is not None else asked.metric.title
    kind = VALUE_KINDS[asked.unit]
    places = 2 if kind == "ratio" else None  # a rate of thousands of cases means its second decimal
    columns.append(Column("value", own, kind, currency=single if kind == "money" else "", decimals=places))
    if answered.below is not None:
        below = Title("含下级", "with below")
        columns.append(Column("with_below", below, kind, currency=single if kind == "money" else ""))
    has_parts = any(isinstance(figure.value, Ratio) for _, figure in answered.lines) or any(
        isinstance(figure.value, Ratio) for figure in answered.totals
    )
    if has_parts:
        columns += _part_columns(asked)
    total = answered.totals[0] if len(answered.totals) == 1 and len(currencies) == 1 and asked.dimensions else None
    has_share = bool(total and asked.is_additive and isinstance(total.value, Decimal) and total.value > 0)
    if has_share:
        columns.append(Column("share", Title("占比", "Share"), "ratio"))
    whole = total if has_share else None

    def row_of(names: tuple[str, ...], figure: Figure) -> tuple[Value, ...]:
        return _figure_row(names, figure, asked, answered, len(currencies) > 1, has_parts, whole, language)

    rows = [row_of(names, figure) for names, figure in answered.lines]
    last = None if total is None else row_of(("",) * len(asked.dimensions), total)
    return Table("figures", tuple(columns), tuple(rows), total=last, empty=answered.why_empty)


def _part_columns(asked: Asked) -> list[Column]:
    if isinstance(asked.metric, RatioMetric):
        heads = (
            Title(f"分子 {asked.metric.numerator}", asked.metric.numerator),
            Title(f"分母 {asked.metric.denominator}", asked.metric.denominator),
        )
    else:
        heads = Title("合计值", "sum"), Title("笔数", "records")
    columns = [Column("numerator", heads[0], "quantity"), Column("denominator", heads[1], "quantity")]
    return [*columns, Column("note", Title("备注", "Note"))]


def _figure_row(
    names: tuple[str, ...],
    figure: Figure,
    asked: Asked,
    answered: Answered,
    has_currency: bool,
    has_parts: bool,
    total: Figure | None,
    language: Language,
) -> tuple[Value, ...]:
    row: list[Value] = [*names]
    if has_currency:
        row.append(figure.currency)
    row.append(figure.value)
    if answered.below is not None:
        row.append(answered.below.get((figure.group, figure.currency), figure.value))
    if has_parts:
        parts = figure.value if isinstance(figure.value, Ratio) else Ratio(0, 0)
        row += [parts.numerator, parts.denominator, _few(parts, asked, language)]
    if total is not None:
        assert isinstance(figure.value, Decimal) and isinstance(total.value, Decimal)
        row.append(Ratio(figure.value, total.value))
    return tuple(row)


def _few(parts: Ratio, asked: Asked, language: Language) -> str:
    if not asked.counts_cases or not 0 < parts.denominator < FEW_CASES:
        return ""
    count = f"{Decimal(parts.denominator).normalize(CONTEXT):f}"
    return Title(f"例数少({count})", f"few cases ({count})").text(language)


def build_rows(
    name: str,
    title: Title,
    rows: Sequence[CreditRow],
    totals: Mapping[str, Decimal],
    kind: ColumnKind,
    language: Language,
) -> Table:
    """Build the credits behind a figure; their total is the figure itself."""
    is_split = any(row.share is not None for row in rows)
    single = next(iter(totals), "") if len(totals) < 2 else ""
    columns = [
        Column("record", Title("记录", "Record"), "id"),
        Column("label", Title("名称", "Name")),
        Column("date", Title("日期", "Date"), "id"),
        Column("person", Title("人员", "Person")),
    ]
    if is_split:
        columns += [
            Column("value", Title("总额", "Whole"), kind, currency=single),
            Column("share", Title("份额", "Share"), "rate"),
        ]
    if len(totals) > 1:
        columns.append(Column("currency", Title("币种", "Currency"), "id"))
    is_converted = any(row.original for row in rows)
    if is_converted:
        columns += [
            Column("original", Title("原币金额", "Original"), kind),
            Column("original_currency", Title("原币", "In"), "id"),
            Column("rate", Title("汇率", "Rate"), "id"),
        ]
    columns += [
        Column("credit", Title("计入", "Credit"), kind, currency=single),
        Column("source", Title("来源", "Source")),
    ]
    if not any(row.label for row in rows):
        del columns[1]
    shown = []
    for row in rows:
        cells: list[Value] = (
            [row.key, row.label, row.day, row.person] if columns[1].key == "label" else [row.key, row.day, row.person]
        )
        if is_split:
            cells += [row.value, row.share]
        if len(totals) > 1:
            cells.append(row.currency)
        if is_converted:
            was = row.original
            cells += [was.credit, was.currency, was.rate] if was else [None, "", ""]
        shown.append((*cells, row.credit, row.source))
    last: tuple[Value, ...] | None = None
    if rows and len(totals) == 1:
        last = ("", *(totals[single] if column.key == "credit" else None for column in columns[1:]))
    return Table(name, tuple(columns), tuple(shown), title, total=last, empty=Title("没有记录计入", "no record counts"))


def build_explanation(lines: Sequence[Line], totals: Sequence[Figure], asked: Asked) -> Trace:
    """Build the definition with its places, what went in, and how sure a rate of few cases is."""
    found = list(lines)
    for figure in totals:
        if asked.counts_cases and isinstance(figure.value, Ratio):
            bounds = wilson_interval(Decimal(figure.value.numerator), Decimal(figure.value.denominator))
            if bounds is not None:
                low, high = (f"{bound * 100:.1f} %" for bound in bounds)
                text = Title(f"95 % 置信区间(Wilson){low} – {high}", f"95 % interval (Wilson) {low} – {high}")
                found.append(Line(text, figure.value, Column("rate", _COUNTED, "ratio")))
    return Trace("definition", tuple(found), Title("口径", "Definition"))
