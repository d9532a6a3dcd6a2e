"""What a command shows: reports made of blocks, independent of any format.

Every command that prints a table builds these values; `render` turns one Report into text, plain, CSV, JSON,
Markdown, HTML or a workbook, from the same numbers. Values stay raw (Decimal, int, date, Ratio …): formatting
belongs to the renderer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.title import Title

ColumnKind = Literal[
    "text", "id", "money", "quantity", "count", "rate", "ratio", "date", "moment", "flag", "bar", "spark"
]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient that remembers both of its parts; printed rounded away from the next threshold."""

    numerator: Decimal | int
    denominator: Decimal | int

    def exact(self) -> Fraction | None:
        """Return the quotient, or None where nothing is divided by."""
        return Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else None


Series = tuple[Decimal | int | Ratio | None, ...]  # figures in the order of time, drawn as a sparkline; None: unknown
# A Title is a word of ours in a cell (a type, a kind): every format shows it in the language asked.
Value = str | int | Decimal | bool | date | datetime | Ratio | Title | Series | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is the stable English name of machine formats, `kind` decides how values are shown.

    `currency` applies to money; `thresholds` (as fractions) keep a printed rate from rounding onto one. `blank` is what
    people read where there is no value ("no target"); machine formats carry none. A terminal too narrow for the table
    leaves out the columns that `give_way`: "empty" ones where they say nothing (blank or 0 in every row), then "narrow"
    ones from the right. Other formats keep all. Where texts have to be cut, those of a column that `wraps` go on below.
    """

    key: str
    title: Title
    kind: ColumnKind = "text"
    currency: str = ""
    decimals: int | None = None
    thresholds: tuple[Fraction, ...] = ()
    blank: Title | None = None
    give_way: Literal["", "empty", "narrow"] = ""
    wraps: bool = False


ChartKind = Literal["line", "bar", "funnel", "waterfall"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table. It holds no figures: one column names the points, others are the series (four at most).

    A waterfall stands on its first and last row (the total, where there is one); between them it adds up. `marks` is
    the key of a column whose words say something of a point: ▲ ▼ as they begin, others (a month that is not over) as a
    hollow point.
    """

    kind: ChartKind
    title: Title
    category: str  # key of a column
    series: tuple[str, ...]  # keys of columns
    axis: Title | None = None
    marks: str = ""  # key of a column


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `total` is its own row, computed by whoever builds the table, never by a renderer.

    On a screen rows of which only the first cell says something are one line at the end, where `fold` names it.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: Title | None = None
    total: tuple[Value, ...] | None = None
    empty: Title | None = None  # why there are no rows
    fold: Title | None = None
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Adding:
    """How the figures of facts add up, for a workbook that keeps its sums alive: the keys of items.

    `first` is the sum of the totals of the tables above (since the facts before) in the column `of`; `result` is the
    sum of the items above it, less those below it that `less` names.
    """

    first: str
    of: str
    result: str
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Named single values, as the head of a page: (column, value) pairs."""

    name: str
    items: tuple[tuple[Column, Value], ...]
    title: Title | None = None
    adding: Adding | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a trace: what is said, its figure, where it comes from, and the lines below it."""

    text: Title
    value: Value = None
    column: Column | None = None  # how to show the value
    source: str = ""  # `config/plans/p.yaml:26`, `inbox/回款.xlsx!回款!17`
    children: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """An explanation: nested lines, each with its source."""

    name: str
    lines: tuple[Line, ...]
    title: Title | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """Numbered or plain sentences: (text, source)."""

    name: str
    lines: tuple[tuple[str, str], ...]
    title: Title | None = None
    numbered: bool = False


Block = Table | Facts | Trace | Prose


@dataclass(frozen=True, slots=True)
class Report:
    """A titled sequence of blocks with its footer: definition, state of knowledge, and where to go next."""

    name: str
    title: Title
    blocks: tuple[Block, ...]
    footer: tuple[Title, ...] = ()
    notes: tuple[tuple[Title, str], ...] = ()  # the workbook's 说明 sheet: (what, value)
    next: tuple[str, ...] = ()  # commands to type next
    data: dict[str, object] = field(default_factory=dict)  # extra machine-readable values, JSON only
    signed_by: tuple[Title, ...] = ()  # who signs it on paper
