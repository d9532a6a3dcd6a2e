"""`report trend`: a metric by month with its changes, moving average and the months that stand out; or by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.trend import FEWEST_MONTHS, Band, compute_average, compute_band, compute_change
from salescli.core.money import round_half_away
from salescli.core.periods import Period, month_of
from salescli.core.table import Chart, Column, Line, Ratio, Report, Series, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, Results
from salescli.reports.declaration import FiguresNeed, Need, TraceNeed
from salescli.reports.measures import (
    as_ratio,
    definition_line,
    exact,
    known_span,
    months_until,
    nothing_of,
    series_by_group,
    value_column,
)
from salescli.reports.params import CURRENCY, EXPLAIN, ROWS, Asked, MetricAsked, Param

METRIC = Param(
    "metric", "metric", Title("指标(默认:有目标的那个)", "the metric (else the one with targets)"), is_argument=True
)
BY = Param("by", "dimension", Title("按维度分行,如 team、person、line", "a line per team, person, line …"))
MONTHS = Param("months", "count", Title("显示几个月", "how many months"), "12", least=2, most=120)
PARAMS = (METRIC, BY, MONTHS, CURRENCY, ROWS, EXPLAIN)
YEAR, WIDTH = 12, 3  # months before the first one shown that its comparisons need; months of the moving average
HIGH, LOW = Title("▲ 偏高", "▲ high"), Title("▼ 偏低", "▼ low")
INCOMPLETE = Title("未完", "incomplete")


def months_shown(asked: Asked) -> list[Period]:
    """Return the months shown: through the one with the newest record, or the month asked where there is none."""
    return months_until(month_of(asked.last or asked.on), asked.number("months"))


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the months shown and the year before them."""
    metric, by = asked.metric.name, asked.text("by")
    months = months_shown(asked)
    span = known_span(months_until(months[-1], len(months) + YEAR), asked)
    shown = known_span(months, asked)
    found: dict[str, Need] = {
        "months": FiguresNeed(metric, ("month",), span),
        "trace": TraceNeed(metric, (by,) if by else (), shown, (), asked.flag("rows"), asked.flag("explain")),
    }
    if by:
        found["groups"] = FiguresNeed(metric, (by, "month"), span)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build a line per month; or with `--by` a line per group, its months drawn."""
    months = months_until(months_shown(asked)[-1], asked.number("months") + YEAR)
    whole = _series(results.figures("months"), months, asked)
    is_nothing = bool(results.why_empty.en)
    band = _band(whole, months, asked)
    if asked.text("by"):
        table = _group_table(asked, results, months, whole)
    else:
        table = _month_table(asked, months, whole, band)
    if is_nothing:
        table = Table(table.name, table.columns, (), empty=results.why_empty)
    metric, count = asked.metric.title, asked.number("months")
    title = Title(f"走势 · {metric.zh} · {count} 个月", f"Trend · {metric.en} · {count} months")
    blocks = (table, *results.trace(), *(_explained(band, asked) if asked.flag("explain") else ()))
    return Report("trend", title, blocks, _footer(asked, results, months, band))


def _series(figures: Figures, months: Sequence[Period], asked: Asked) -> Series:
    return series_by_group(figures, months, asked).get((), nothing_of(asked.metric, months, asked))


def _is_complete(month: Period, asked: Asked) -> bool:
    """Tell whether the data covers a month: it had begun by its first day, and reaches its last (D-7)."""
    if asked.first is None or asked.last is None:
        return False
    return asked.first.replace(day=1) <= month.start and asked.last >= month.last_day


def _band(series: Series, months: Sequence[Period], asked: Asked) -> Band | None:
    """What is usual among the complete months shown."""
    shown = list(zip(series, months, strict=True))[YEAR:]
    return compute_band([exact(value) for value, month in shown if _is_complete(month, asked)])


def _change_column(key: str, title: Title, metric: MetricAsked) -> Column:
    """Growth of an amount; of a rate the difference, which is said in points."""
    if metric.unit == "rate":
        return Column(key, Title(f"{title.zh}(百分点)", f"{title.en} (points)"), "quantity", decimals=2)
    return Column(key, title, "ratio")


def _change(metric: MetricAsked, now: Fraction | None, before: Fraction | None) -> Value:
    if metric.unit == "rate":
        return None if now is None or before is None else round_half_away((now - before) * 100)
    return as_ratio(compute_change(now, before))


def _columns(metric: MetricAsked) -> tuple[Column, ...]:
    return (
        value_column("value", metric.title if len(metric.title.zh) < 10 else Title("数值", "Value"), metric),
        _change_column("mom", Title("环比", "MoM"), metric),
        _change_column("yoy", Title("同比", "YoY"), metric),
        value_column("average", Title(f"{WIDTH} 月均", f"{WIDTH}-month mean"), metric),
    )


def _month_table(asked: Asked, months: Sequence[Period], series: Series, band: Band | None) -> Table:
    metric = asked.metric
    exacts = [exact(value) for value in series]
    averages = _averages(series)
    best = max((value for value in exacts[YEAR:] if value is not None), default=Fraction(0))
    columns = (
        Column("month", Title("月份", "Month")),
        *_columns(metric),
        Column("bar", Title("图", "Bar"), "bar"),
        Column("flag", Title("标记", "Flag")),
    )
    rows = []
    for place in range(YEAR, len(months)):
        value, is_complete = exacts[place], _is_complete(months[place], asked)
        length = as_ratio(value / best) if value is not None and best > 0 else None
        rows.append(
            (
                months[place].label,
                series[place],
                *_comparisons(metric, exacts, averages, place, is_complete),
                length,
                _flag(value, band) if is_complete else INCOMPLETE if value is not None else None,
            )
        )
    chart = Chart(
        "line", Title(f"{metric.title.zh} · 按月", f"{metric.title.en} by month"), "month", ("value",), marks="flag"
    )
    return Table("months", columns, tuple(rows), charts=(chart,))


def _comparisons(
    metric: MetricAsked,
    values: Sequence[Fraction | None],
    averages: Sequence[Fraction | None],
    place: int,
    is_complete: bool,
) -> tuple[Value, Value, Value]:
    """A month that is not over is compared with nothing: it would read as a fall."""
    if not is_complete:
        return None, None, None
    return (
        _change(metric, values[place], values[place - 1]),
        _change(metric, values[place], values[place - YEAR]),
        _averaged(metric, averages[place]),
    )


def _averages(series: Series) -> list[Fraction | None]:
    """The mean of each month and those before it; of quotients that of their sums, for rates are never averaged."""
    if not any(isinstance(value, Ratio) for value in series):
        return compute_average([exact(value) for value in series], WIDTH)
    parts = [value if isinstance(value, Ratio) else None for value in series]
    above = compute_average([Fraction(part.numerator) if part else None for part in parts], WIDTH)
    below = compute_average([Fraction(part.denominator) if part else None for part in parts], WIDTH)
    return [up / down if up is not None and down else None for up, down in zip(above, below, strict=True)]


def _averaged(metric: MetricAsked, value: Fraction | None) -> Value:
    if value is None:
        return None
    return as_ratio(value) if metric.unit == "rate" else round_half_away(value)


def _flag(value: Fraction | None, band: Band | None) -> Title | None:
    if value is None or band is None:
        return None
    return HIGH if band.is_high(value) else LOW if band.is_low(value) else None


def _group_table(asked: Asked, results: Results, months: Sequence[Period], whole: Series) -> Table:
    """A line per group: its newest complete month beside the others, and all months drawn."""
    metric, by = asked.metric, asked.text("by")
    figures = results.figures("groups")
    names = {line.keys[0]: line.names[0] for line in figures.lines}
    of_group = series_by_group(figures, months, asked)
    latest = max((place for place in range(len(months)) if _is_complete(months[place], asked)), default=len(months) - 1)

    def cells(name: str | None, series: Series) -> tuple[Value, ...]:
        exacts = [exact(value) for value in series]
        changes = _comparisons(metric, exacts, _averages(series), latest, True)
        band = _band(series, months, asked)
        return (name, series[latest], *changes, series[YEAR:], _flag(exacts[latest], band))

    order = sorted(of_group, key=lambda key: (key[0] is None, -(exact(of_group[key][latest]) or 0), names[key[0]]))
    rows = tuple(cells(names[key[0]], of_group[key]) for key in order)
    month = months[latest].label
    first, *others = _columns(metric)
    columns = (
        Column(by, DIMENSIONS[by].title),
        Column(first.key, Title(month, month), first.kind, first.currency, first.decimals),
        *others,
        Column("trend", Title("走势", "Trend"), "spark", metric.currency),
        Column("flag", Title("标记", "Flag")),
    )
    return Table("groups", columns, rows, total=cells(None, whole))


def _explained(band: Band | None, asked: Asked) -> tuple[Trace, ...]:
    if band is None:
        return ()
    column = value_column("bound", Title("", ""), asked.metric)
    middle = Title(f"{band.months} 个完整月的中位数", f"median of {band.months} complete months")
    lines = (
        Line(middle, _averaged(asked.metric, band.middle), column),
        Line(Title("下限 −3σ", "low −3σ"), _averaged(asked.metric, band.low), column),
        Line(Title("上限 +3σ", "high +3σ"), _averaged(asked.metric, band.high), column),
        Line(Title("σ = 1.4826 × 各月与中位数之差的中位数", "σ = 1.4826 × the median distance from that median")),
    )
    return (Trace("band", lines, Title("标记的范围", "What is flagged")),)


def _footer(asked: Asked, results: Results, months: Sequence[Period], band: Band | None) -> tuple[Title, ...]:
    complete = sum(1 for month in months[YEAR:] if _is_complete(month, asked))
    if band is not None:
        rule = Title("标记:超出中位数 ± 3 个稳健标准差", "flag: outside median ± 3 robust sigma")
    elif complete < FEWEST_MONTHS:
        rule = Title(
            f"完整月份少({complete} < {FEWEST_MONTHS}),不做标记",
            f"few complete months ({complete} < {FEWEST_MONTHS}): nothing is flagged",
        )
    else:
        rule = Title("各月多数相同,不做标记", "most months are the same: nothing is flagged")
    lines = [results.known, rule]
    if not asked.metric.is_additive:
        lines.append(Title("各行不可相加", "lines do not add up"))
    return (*lines, definition_line(asked.metric))
