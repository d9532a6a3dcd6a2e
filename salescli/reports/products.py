"""`report products`: what sells, how it grows, its ABC class, and what to grow, improve or retire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.analysis.abc import Grade, classify_abc
from salescli.core.analysis.growth import Phase, classify_growth
from salescli.core.analysis.verdict import Verdict, judge_product
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.table import Column, Line, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Results
from salescli.reports.breakdown import (
    AGAINST,
    MARGINS,
    SALES,
    UNITS,
    WIN_RATE,
    Part,
    beside_metric,
    breakdown_footer,
    breakdown_needs,
    few_cases,
    gather_parts,
    gather_total,
    largest,
    limit_parts,
    main_cells,
    main_columns,
    says_something,
    total_cells,
)
from salescli.reports.declaration import Need
from salescli.reports.measures import as_ratio, exact, period_title, value_column
from salescli.reports.params import CURRENCY, EXPLAIN, PERIOD, ROWS, Asked, Param

BY = Param("by", "choice", Title("按什么列", "a line per what"), "product", ("product", "line", "family"))
CLASSES = Param(
    "abc", "choice", Title("ABC 分类的界限(%)", "bounds of the ABC classes (%)"), "80/95", ("80/95", "70/90")
)
CHANGE = Param(
    "change",
    "count",
    Title("变动多少算增长或下降(%)", "what counts as growing or falling (%)"),
    "10",
    least=1,
    most=100,
)
FLOOR = Param("floor", "count", Title("利润率下限(%)", "the least margin (%)"), "10", least=0, most=100)
LIMIT = Param(
    "limit",
    "count",
    Title("列出几项,其余合为一行(0:全部)", "so many lines, the others in one (0: all)"),
    "20",
    most=100_000,
)
PARAMS = (PERIOD, SALES, BY, AGAINST, CLASSES, CHANGE, FLOOR, LIMIT, CURRENCY, ROWS, EXPLAIN)
BESIDE = ("units", "margin", WIN_RATE)
PHASES: Mapping[Phase, Title] = {
    "new": Title("+ 新", "+ new"),
    "growing": Title("▲ 增长", "▲ growing"),
    "steady": Title("= 平稳", "= steady"),
    "falling": Title("▼ 下降", "▼ falling"),
    "ended": Title("▼ 已停", "▼ ended"),
}
VERDICTS: Mapping[Verdict, Title] = {
    "grow": Title("▲ 加大", "▲ grow"),
    "improve": Title("! 改进", "! improve"),
    "retire": Title("▼ 淘汰", "▼ retire"),
}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A product with its class, its phase, and what to do with it."""

    part: Part
    grade: Grade | None
    phase: Phase | None
    verdict: Verdict | None


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the amount by product, its units and margin where its records have them, and the win rate of deals."""
    beside = {
        "units": beside_metric(UNITS, asked),
        "margin": beside_metric(MARGINS, asked),
        WIN_RATE: WIN_RATE,
    }
    return breakdown_needs(asked, asked.text("by"), beside)


def build(asked: Asked, results: Results) -> Report:
    """Build a line per product, the largest first, and the list of what to grow, improve or retire."""
    parts, whole = gather_parts(asked, results, BESIDE), gather_total(asked, results, BESIDE)
    shown = [key for key in BESIDE if says_something(key, parts, whole)]
    judged = judge_parts(parts, asked, has_margin="margin" in shown)
    is_nothing = bool(results.why_empty.en)
    table = Table(
        "products",
        tuple(_columns(asked, shown)),
        () if is_nothing else tuple(_rows(judged, whole, asked, shown)),
        total=None
        if is_nothing
        else tuple([*total_cells(whole), None, None, *_beside(whole, shown), None][: _width(shown)]),
        empty=results.why_empty,
    )
    actions = () if is_nothing else _actions(judged, asked, shown)
    dimension, period, name = DIMENSIONS[asked.text("by")].title, period_title(asked), asked.metric.title
    title = Title(f"{dimension.zh} · {period.zh} · {name.zh}", f"{_plural(asked)} · {period.en} · {name.en}")
    explained = (_explained(asked, shown),) if asked.flag("explain") else ()
    said = _said(asked, judged, shown, is_nothing=is_nothing)
    after = (f"salescli report trend {asked.metric.name} --by {asked.text('by')}",)
    notes = tuple((Title("界限", "Threshold"), line.text(asked.language)) for line in _rules(asked))
    blocks = (table, *actions, *results.trace(), *explained)
    return Report("products", title, blocks, breakdown_footer(asked, results, *said), notes, after)


def judge_parts(parts: Sequence[Part], asked: Asked, *, has_margin: bool) -> list[_Judged]:
    """Give each product its class, phase and verdict; what reaches none has no class, and counts in no sum of them."""
    first, second = (Fraction(int(text), 100) for text in asked.text("abc").split("/"))
    least, floor = Fraction(asked.number("change"), 100), Fraction(asked.number("floor"), 100)
    grades = iter(classify_abc([exact(part.value) for part in parts if part.key is not None], (first, second)))
    found = []
    for part in parts:
        phase = classify_growth(exact(part.value), part.base, least)
        if part.key is None:
            found.append(_Judged(part, None, phase, None))
            continue
        grade = next(grades)
        margin = exact(part.beside.get("margin")) if has_margin else None
        found.append(_Judged(part, grade, phase, judge_product(grade, phase, margin, floor)))
    return found


def _plural(asked: Asked) -> str:
    return {"product": "Products", "line": "Product lines", "family": "Product families"}[asked.text("by")]


def _columns(asked: Asked, shown: Sequence[str]) -> list[Column]:
    columns = main_columns(asked, asked.text("by"), DIMENSIONS[asked.text("by")].title)
    columns += [Column("phase", Title("阶段", "Phase")), Column("class", Title("类", "Class"))]
    columns += _beside_columns(shown)
    if WIN_RATE in shown:
        columns.append(Column("note", Title("备注", "Note")))
    return columns


def _beside_columns(shown: Sequence[str]) -> list[Column]:
    columns = {
        "units": Column("units", Title("数量", "Units"), "quantity"),
        "margin": Column("margin", Title("利润率", "Margin"), "ratio"),
        WIN_RATE: Column("win_rate", Title("赢单率", "Win rate"), "ratio"),
    }
    return [columns[key] for key in shown]


def _width(shown: Sequence[str]) -> int:
    return 8 + len(shown) + (WIN_RATE in shown)


def _beside(part: Part, shown: Sequence[str]) -> list[Value]:
    return [part.beside.get(key) for key in shown]


def _rows(judged: Sequence[_Judged], whole: Part, asked: Asked, shown: Sequence[str]) -> list[tuple[Value, ...]]:
    of = {part.part.key: part for part in judged}
    parts = limit_parts([each.part for each in judged], asked.number("limit"))
    best = largest(parts)
    rows = []
    for part in parts:
        each = None if part.others else of[part.key]
        phase = PHASES[each.phase] if each and each.phase else None
        cells = [*main_cells(part, whole, best), phase, each.grade if each else None, *_beside(part, shown)]
        if WIN_RATE in shown:
            cells.append(few_cases(part.beside.get(WIN_RATE)))
        rows.append(tuple(cells))
    return rows


def _actions(judged: Sequence[_Judged], asked: Asked, shown: Sequence[str]) -> tuple[Table, ...]:
    """List what stands out, what is to be retired first; in each the largest change first."""
    rows: list[tuple[Value, ...]] = []
    for verdict in ("retire", "improve", "grow"):
        chosen = [each for each in judged if each.verdict == verdict]
        chosen.sort(key=lambda each: (-abs(_change(each.part)), str(each.part.name)))
        for each in chosen[: asked.number("limit") or None]:
            part = each.part
            cells: list[Value] = [VERDICTS[each.verdict] if each.verdict else None, part.name, part.value, each.grade]
            cells += [PHASES[each.phase] if each.phase else None, as_ratio(part.growth)]
            rows.append((*cells, *([part.beside.get("margin")] if "margin" in shown else ())))
    if not rows:
        return ()
    columns = [
        Column("action", Title("建议", "Do")),
        Column(asked.text("by"), DIMENSIONS[asked.text("by")].title),
        value_column("amount", Title("数额", "Amount"), asked.metric),
        Column("class", Title("类", "Class")),
        Column("phase", Title("阶段", "Phase")),
        Column("growth", Title("增长", "Growth"), "ratio"),
    ]
    if "margin" in shown:
        floor = Fraction(asked.number("floor"), 100)
        columns.append(Column("margin", Title("利润率", "Margin"), "ratio", thresholds=(floor,)))
    title = Title("加大、改进、淘汰", "Grow, improve, retire")
    return (Table("actions", tuple(columns), tuple(rows), title),)


def _change(part: Part) -> Fraction:
    return (exact(part.value) or Fraction(0)) - (exact(part.earlier) or Fraction(0))


def _rules(asked: Asked) -> tuple[Title, ...]:
    first, second = asked.text("abc").split("/")
    change, floor = asked.number("change"), asked.number("floor")
    return (
        Title(
            f"ABC:从大到小,A 累计到 {first}%,B 到 {second}%,其余 C(跨界的算上一类)",
            f"ABC: from the largest, A until {first} %, B until {second} %, C the rest (what crosses is above)",
        ),
        Title(f"增长、下降:变动 ≥ {change}%", f"growing, falling: a change of {change} % or more"),
        Title(
            f"C 类、下降、利润率 < {floor}%:三项全中淘汰,两项改进;增长且不低于下限:加大",
            f"class C, falling, margin < {floor} %: all three retire, two improve; growing and not below: grow",
        ),
    )


def _said(asked: Asked, judged: Sequence[_Judged], shown: Sequence[str], *, is_nothing: bool) -> list[Title]:
    if is_nothing:
        return []
    lines = list(_rules(asked))
    if "margin" not in shown:
        lines.append(
            Title(
                "这些记录没有利润,利润率不知:不建议淘汰",
                "these records have no profit, margins are not known: none retired",
            )
        )
    named = [each for each in judged if each.part.key is not None]
    if not named:
        title = DIMENSIONS[asked.text("by")].title
        lines.append(Title(f"没有一笔写有{title.zh}", f"no record names a {title.en.lower()}"))
    elif not any(each.verdict for each in named):
        lines.append(
            Title("按这些界限没有要加大、改进或淘汰的", "by these bounds nothing is to grow, improve or retire")
        )
    most = asked.number("limit")
    for verdict, word in VERDICTS.items():
        more = sum(each.verdict == verdict for each in judged) - most
        if most and more > 0:
            lines.append(Title(f"另有 {more:,} 项{word.zh[2:]}", f"{more:,} more to {word.en[2:]}"))
    return lines


def _explained(asked: Asked, shown: Sequence[str]) -> Trace:
    """Say the thresholds and how to move them, and what stands beside the amount."""
    lines = [Line(rule) for rule in _rules(asked)]
    lines.append(
        Line(
            Title(
                "新:上期没有;已停:本期没有;没有上期数据时都不判",
                "new: nothing in the earlier period; ended: nothing in this one; neither without earlier data",
            )
        )
    )
    named = {"units": UNITS, "margin": MARGINS}
    for column in _beside_columns(shown):
        metric = beside_metric(named[column.key], asked) if column.key in named else WIN_RATE
        lines.append(Line(Title(f"{column.title.zh} = {metric}", f"{column.title.en.lower()} = {metric}")))
    lines.append(Line(Title("界限可改:--abc、--change、--floor", "to move the bounds: --abc, --change, --floor")))
    return Trace("thresholds", tuple(lines), Title("界限", "Thresholds"))
