"""`report drivers`: what the change of a metric is made of, so that the parts add up to it exactly.

An amount whose records have quantities moved by volume, price and mix, and by what is new or gone; any other sum by
what each group gained or lost; a rate by the rates of its groups (within) and by their weights (between).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import Filter
from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.table import Column, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.reports.answers import Figures, Results
from salescli.reports.declaration import ConvertedNeed, FiguresNeed, Need, TraceNeed
from salescli.reports.driver_parts import Group, Held, Parts, amount_parts, rate_parts, sales_parts
from salescli.reports.measures import as_ratio, definition_line, earlier_line, exact, incomplete_line, period_title
from salescli.reports.params import COMPARE, CURRENCY, EXPLAIN, METRIC, PERIOD, ROWS, Asked, Param

BY = Param("by", "dimension", Title("按什么分解", "taken apart by what"), "product")
TOP = Param("top", "count", Title("逐一列出的个数", "how many to list one by one"), "10", least=1, most=100_000)
BEFORE = replace(COMPARE, default="previous")
OF_ONE_WHOLE = {"change", "within", "between", "of_earlier", "earlier_weight", "weight"}
PARAMS = (PERIOD, METRIC, BY, TOP, BEFORE, CURRENCY, ROWS, EXPLAIN)


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for both periods by group, with the quantities where there are any, and the totals for themselves.

    Raises:
        UsageError: the metric has no period, so nothing of it changed from one to the next.
    """
    metric, by = asked.metric, (asked.text("by"),)
    if not metric.has_period:
        raise UsageError(problem("report-no-drivers", metric=metric.name))
    # what is sold in other currencies is left out of the amounts, unless they are converted
    same_currency = () if asked.text("currency") else (Filter("currency", "=", (metric.currency,)),)
    found: dict[str, Need] = {
        "trace": TraceNeed(metric.name, by, asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    for name, period in (("now", asked.counted), ("earlier", asked.earlier)):
        assert period is not None
        found[name] = FiguresNeed(metric.name, (), period)
        found[f"{name}-lines"] = FiguresNeed(metric.name, by, period)
        if metric.quantity:
            if asked.text("currency"):
                found[f"{name}-converted"] = ConvertedNeed(metric.name, by[0], period)
            found[f"{name}-quantity"] = FiguresNeed(metric.quantity, by, period, same_currency)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build the bridge from the earlier figure to this one, and the groups that moved most.

    Raises:
        UsageError: the metric counts what groups share, so its change has no parts.
    """
    why = _why_nothing(asked, results)
    parts = None if why else _parts(asked, results)
    name, period, by = asked.metric.title, period_title(asked), DIMENSIONS[asked.text("by")].title
    title = Title(
        f"变化原因 · {period.zh} · {name.zh} · 按{by.zh}", f"Drivers · {period.en} · {name.en} · by {by.en.lower()}"
    )
    if parts is None:
        empty = why or Title(
            "有一期没有可除的数,无比率可比", "one of the periods has nothing to divide by: no rate to compare"
        )
        blocks: tuple[Table | Trace, ...] = (
            Table("bridge", (Column("part", Title("部分", "Part")),), (), empty=empty),
        )
        return Report("drivers", title, (*blocks, *results.trace()), _footer(asked, results, None))
    blocks = (parts.bridge, _groups(asked, parts))
    explained = parts.formulas if asked.flag("explain") else ()
    after = (f"salescli report trend {asked.metric.name} --by {asked.text('by')}",)
    return Report("drivers", title, (*blocks, *results.trace(), *explained), _footer(asked, results, parts), next=after)


def _why_nothing(asked: Asked, results: Results) -> Title | None:
    """Say why nothing can be compared: no records, or none yet in the earlier period."""
    if results.why_empty.en:
        return results.why_empty
    if asked.earlier is not None and asked.first is not None and asked.first >= asked.earlier.end:
        span = _days(asked.earlier)
        return Title(
            f"比较期 {span} 没有数据:最早的记录在 {asked.first},之前的不为零而是未知",
            f"nothing to compare with in {span}: records begin on {asked.first}; before that is unknown, not zero",
        )
    return None


def _days(period: Period) -> str:
    return f"{period.start}..{period.last_day}"


def _parts(asked: Asked, results: Results) -> Parts | None:
    now, earlier = results.figures("now-lines"), results.figures("earlier-lines")
    metric = asked.metric
    if any(isinstance(line.value, Ratio) for figures in (now, earlier) for line in figures.lines):
        groups = _paired(earlier, now)
        totals = [results.figures(name).single for name in ("earlier", "now")]
        if not _is_whole(groups, totals):
            raise UsageError(problem("report-no-drivers", metric=metric.name))
        return rate_parts(asked, groups)
    if not metric.is_additive:
        raise UsageError(problem("report-no-drivers", metric=metric.name))
    if metric.quantity:
        quantities = [results.figures(f"{name}-quantity").by_key() for name in ("earlier", "now")]
        if any(value for side in quantities for value in side.values()):
            converted = [
                cast("Held", results.answers[f"{name}-converted"])
                for name in ("earlier", "now")
                if asked.text("currency")
            ]
            return sales_parts(asked, _paired(earlier, now), quantities, converted)
    return amount_parts(asked, _paired(earlier, now))


def _paired(earlier: Figures, now: Figures) -> list[Group]:
    """Each group with its two figures; the order is that of the names, so that nothing depends on the store's."""
    names = {line.keys: line.names[0] for line in (*earlier.lines, *now.lines)}
    before, after = earlier.by_key(), now.by_key()
    nothing = Decimal(0)
    pairs = [Group(keys, name, before.get(keys, nothing), after.get(keys, nothing)) for keys, name in names.items()]
    return sorted(pairs, key=lambda group: (group.keys[0] is None, group.name, group.keys[0] or ""))


def _is_whole(groups: Sequence[Group], totals: Sequence[Value]) -> bool:
    """Tell whether the parts of the groups' rates add up to the parts of the whole: shared ones are counted twice."""
    for side, whole in enumerate(totals):
        own = [group.rated(side) for group in groups]
        above = sum((Fraction(one.numerator) for one in own), Fraction(0))
        below = sum((Fraction(one.denominator) for one in own), Fraction(0))
        found = (Fraction(whole.numerator), Fraction(whole.denominator)) if isinstance(whole, Ratio) else (0, 0)
        if (above, below) != found:
            return False
    return True


def _groups(asked: Asked, parts: Parts) -> Table:
    """The groups that moved most, the others in one line; every column that adds up does."""
    count = asked.number("top")
    ordered = sorted(parts.lines, key=lambda line: -abs(line.change))
    rows = [line.cells for line in ordered[:count]]
    if rest := ordered[count:]:
        name = Title(f"其余 {len(rest)} 个", f"{len(rest)} other{'s' if len(rest) > 1 else ''}")
        rows.append((name, *added([line.cells for line in rest], parts.columns)))
    columns = (Column(asked.text("by"), DIMENSIONS[asked.text("by")].title), *parts.columns)
    return Table("groups", columns, tuple(rows), total=parts.total)


def added(rows: Sequence[tuple[Value, ...]], columns: Sequence[Column]) -> tuple[Value, ...]:
    """Add up the cells of each column: amounts, and shares and effects of one whole; rates and words have no sum."""
    found: list[Value] = []
    for place, column in enumerate(columns, 1):
        cells = [row[place] for row in rows]
        if all(isinstance(cell, Decimal) for cell in cells):
            found.append(total(cell for cell in cells if isinstance(cell, Decimal)))
        elif column.key in OF_ONE_WHOLE and all(isinstance(cell, Ratio) for cell in cells):
            found.append(as_ratio(sum((exact(cell) or Fraction(0) for cell in cells), Fraction(0))))
        else:
            found.append(None)
    return tuple(found)


def _footer(asked: Asked, results: Results, parts: Parts | None) -> tuple[Title, ...]:
    lines = [results.known, *incomplete_line(asked), *earlier_line(asked)]
    return (*lines, *(parts.remarks if parts else ()), definition_line(asked.metric))
