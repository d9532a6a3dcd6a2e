"""`config/market.yaml`: how large markets are, by period and metric, and what competitors sell."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.analysis.market import MarketSize
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.shapes import Amount, Count, Name, Shape, Text, Title
from salescli.errors import Problem, UsageError, problem
from salescli.policy.layers import PolicyFile
from salescli.policy.reader import Document, read_document
from salescli.policy.shape_problems import nearest

DIMENSIONS = ("region", "channel", "line", "family")


class SizeShape(Shape):
    """One size: of the whole market, or of one region, channel, product line or family; of all, or of a competitor."""

    called = Title("市场规模", "a market size")
    period: Name
    metric: Name
    amount: Amount
    region: Name | None = None
    channel: Name | None = None
    line: Name | None = None
    family: Name | None = None
    competitor: Name | None = None
    source: Text = ""

    @property
    def groups(self) -> list[tuple[str, str]]:
        """What narrows the market."""
        return [(name, text) for name in DIMENSIONS if (text := getattr(self, name))]


class MarketShape(Shape):
    """The sizes of markets, in the unit of the metric they are compared with."""

    called = Title("市场", "the markets")
    format: Count
    sizes: tuple[SizeShape, ...]


def read_market(
    files: Sequence[PolicyFile], calendar: FiscalCalendar, metrics: Sequence[str]
) -> tuple[list[MarketSize], list[Problem]]:
    """Read the sizes of a workspace, and everything that is wrong with them."""
    sizes: list[MarketSize] = []
    problems: list[Problem] = []
    for file in files:
        document: Document[MarketShape] = read_document(file.path, MarketShape)
        problems += document.problems
        if document.value is not None:
            for place, size in enumerate(document.value.sizes):
                _add(sizes, problems, document, place, size, calendar, metrics)
    return sizes, problems


def _add(
    sizes: list[MarketSize],
    problems: list[Problem],
    document: Document[MarketShape],
    place: int,
    size: SizeShape,
    calendar: FiscalCalendar,
    metrics: Sequence[str],
) -> None:
    if size.metric not in metrics:
        where = document.where_value("sizes", place, "metric")
        problems.append(problem("unknown-metric", where, text=size.metric, nearest=nearest(size.metric, list(metrics))))
    try:
        period = parse_period(size.period, calendar)
    except UsageError as error:
        where = document.where_value("sizes", place, "period")
        problems += [Problem(one.name, where, one.values, one.severity) for one in error.problems]
        return
    if len(size.groups) > 1:
        where = document.where("sizes", place, size.groups[1][0])
        problems.append(problem("keys-exclude-each-other", where, key=size.groups[1][0], other=size.groups[0][0]))
        return
    dimension, group = size.groups[0] if size.groups else ("", "")
    found = MarketSize(size.metric, period, size.amount, dimension, group, size.competitor or "", size.source)
    if any(_same(found, other) for other in sizes):
        text = " ".join(filter(None, (size.period, size.metric, group, size.competitor)))
        problems.append(problem("said-twice", document.where("sizes", place, "period"), text=text))
        return
    sizes.append(found)


def _same(one: MarketSize, other: MarketSize) -> bool:
    key = (one.metric, one.period.start, one.period.end, one.dimension, one.group, one.competitor)
    return key == (other.metric, other.period.start, other.period.end, other.dimension, other.group, other.competitor)
