"""What a chart shows, read from the cells of its table: exact figures, their texts, and an axis that begins at zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from salescli.core.money import to_decimal
from salescli.core.table import Chart, ChartKind, Column, Ratio, Table, Value
from salescli.render.options import RenderOptions
from salescli.render.values import scale_of, shared_places, show
from salescli.render.words import TOTAL, column_title

MOST_SERIES = 4
FEWEST_POINTS = 3  # fewer make no line


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series: its name, its figures (None: unknown, a gap), and these as people read them."""

    name: str
    column: Column
    values: tuple[Fraction | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with everything it needs; `marks` are what is said of each point, "" for nothing."""

    kind: ChartKind
    title: str
    names: tuple[str, ...]
    series: tuple[Drawn, ...]
    marks: tuple[str, ...]

    def known(self) -> list[Fraction]:
        """Return all figures there are."""
        return [value for one in self.series for value in one.values if value is not None]

    def spans(self) -> list[tuple[Fraction, Fraction]]:
        """Return from where to where each row of a waterfall reaches; elsewhere from zero to the first figure."""
        found, level = [], Fraction(0)
        last = len(self.names) - 1
        for place, value in enumerate(self.series[0].values):
            stands = self.kind != "waterfall" or place in (0, last)
            start = Fraction(0) if stands else level
            level = start + (value or Fraction(0))
            found.append((start, level))
        return found

    def ends(self) -> list[Fraction]:
        """Return all figures at which something drawn ends."""
        return [end for span in self.spans() for end in span] if self.kind == "waterfall" else self.known()


def drawn_keys(table: Table, chart: Chart) -> tuple[str, ...]:
    """Return the series that can stand on one axis: those of the unit of the first; none where currencies are mixed."""
    columns = {column.key: column for column in reversed(table.columns)}
    found = [columns[key] for key in chart.series if key in columns]
    if not found or chart.category not in columns:
        return ()
    mixed = [place for place, column in enumerate(table.columns) if column.key == "currency"]
    if found[0].kind == "money" and any(len({row[place] for row in table.rows}) > 1 for place in mixed):
        return ()
    alike = [one.key for one in found if (one.kind, one.currency) == (found[0].kind, found[0].currency)]
    return tuple(alike[:MOST_SERIES])


def read_picture(table: Table, chart: Chart, currencies: set[str], options: RenderOptions) -> Picture | None:
    """Return what a chart shows, or None where there is nothing to look at."""
    places = {column.key: place for place, column in reversed(list(enumerate(table.columns)))}
    shown = [places[key] for key in drawn_keys(table, chart)]
    if not shown:
        return None
    category, rows = places[chart.category], pictured_rows(table, chart)
    names = tuple(show(row[category], table.columns[category], options) for row in rows)
    if len(rows) > len(table.rows) and not names[-1]:
        names = (*names[:-1], TOTAL.text(options.language))
    marks = tuple(_said(row[places[chart.marks]]) if chart.marks in places else "" for row in rows)
    series = tuple(_series(table.columns[place], [row[place] for row in rows], currencies, options) for place in shown)
    picture = Picture(chart.kind, chart.title.text(options.language), names, series, marks)
    if chart.kind == "line":
        picture = _trimmed(picture)
    fewest = FEWEST_POINTS if chart.kind == "line" else 1
    points = sum(any(one.values[place] is not None for one in series) for place in range(len(names)))
    return picture if points >= fewest and any(picture.known()) else None


def pictured_rows(table: Table, chart: Chart) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of a picture. A total is none of them, but what a waterfall ends at."""
    ends_at_total = chart.kind == "waterfall" and table.total is not None and table.rows
    return (*table.rows, table.total) if ends_at_total and table.total else table.rows


def _trimmed(picture: Picture) -> Picture:
    """A line begins and ends where something is known."""
    known = [
        place for place in range(len(picture.names)) if any(one.values[place] is not None for one in picture.series)
    ]
    part = slice(known[0], known[-1] + 1) if known else slice(0)
    series = tuple(replace(one, values=one.values[part], texts=one.texts[part]) for one in picture.series)
    return replace(picture, names=picture.names[part], series=series, marks=picture.marks[part])


def _series(column: Column, cells: Sequence[Value], currencies: set[str], options: RenderOptions) -> Drawn:
    digits = shared_places(column, cells)
    return Drawn(
        column_title(column, currencies, options.language),
        column,
        tuple(map(_exact, cells)),
        tuple(show(cell, column, options, digits) for cell in cells),
    )


def _exact(value: Value) -> Fraction | None:
    if isinstance(value, Ratio):
        return value.exact()
    return None if isinstance(value, (str, tuple, bool, type(None))) or hasattr(value, "year") else Fraction(value)


def _said(value: Value) -> str:
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where a picture reaches, and the round figures between. It always holds zero."""

    low: Fraction
    high: Fraction
    ticks: tuple[Fraction, ...]

    def share(self, value: Fraction) -> Fraction:
        """Return how far up a figure stands: 0 at the lowest, 1 at the highest."""
        return (value - self.low) / (self.high - self.low)


def compute_axis(figures: Iterable[Fraction], most: int, smallest: Fraction = Fraction(0)) -> Axis:
    """Return an axis that holds zero and all figures, with at most so many ticks, 1, 2 or 5 of a power of ten apart.

    >>> [int(tick) for tick in compute_axis([Fraction(3), Fraction(47)], 4).ticks]
    [0, 20, 40]
    """
    ends = [*figures, Fraction(0)]
    low, high = min(ends), max(ends)
    if low == high:
        high = Fraction(1)
    power = Fraction(10) ** (len(str(int(high - low))) - 1)
    while power > (high - low) / 10:
        power /= 10
    steps = (factor * power * 10**exponent for exponent in count() for factor in (1, 2, 5))
    step = next(each for each in steps if each >= smallest and high // each + -low // each < most)
    return Axis(low, high, tuple(place * step for place in range(int(-(-low // step)), int(high // step) + 1)))


def axis_of(picture: Picture, most: int) -> Axis:
    """Return the axis of a picture; what is counted has no halves."""
    is_counted = all(one.column.kind == "count" for one in picture.series)
    return compute_axis(picture.ends(), most, Fraction(int(is_counted)))


def tick_texts(ticks: Sequence[Fraction], column: Column, options: RenderOptions) -> list[str]:
    """Return the figures of an axis as the column shows its own, with no more decimals than they have."""
    is_rate = column.kind in ("rate", "ratio", "bar")
    plain = Column(column.key, column.title, "ratio" if is_rate else column.kind)
    scale = Fraction(100) if is_rate else Fraction(1, scale_of(column, options))
    places = next(digits for digits in range(13) if digits == 12 or _are_whole(ticks, scale * 10**digits))
    return [show(to_decimal(tick, 12), plain, options, places) for tick in ticks]


def _are_whole(ticks: Sequence[Fraction], scale: Fraction) -> bool:
    return all((tick * scale).denominator == 1 for tick in ticks)
