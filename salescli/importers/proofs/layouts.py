"""The layouts of a date column: which cells are written alike, and what each order makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from salescli.core.records.kinds import DateOrder
from salescli.core.records.written_dates import Written, layout_name, read_written
from salescli.importers.convert import ColumnPlan

ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
Origin = Literal["", "proved", "stated", "remembered", "accepted"]
Family = tuple[str, bool, bool]


@dataclass(slots=True, eq=False)
class Unit:
    """The cells of one layout within one column: they are of one order, and it is judged for all of them at once.

    `rows` are positions by text, `order` is what was found and `origin` how. Where a column holds `3/4/2026` beside
    `03/04/2026`, it is not plain of which of both `12/11/2026` is: such cells are a unit that `follows` both.
    """

    plan: ColumnPlan
    layout: str
    written: dict[str, Written] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    order: DateOrder = ""
    origin: Origin = ""
    follows: tuple[Unit, ...] = ()
    _meant: dict[DateOrder, dict[str, str]] = field(default_factory=dict)

    @property
    def orders(self) -> tuple[DateOrder, ...]:
        """The orders that its form admits."""
        return next(iter(self.written.values())).orders

    @property
    def fitting(self) -> tuple[DateOrder, ...]:
        """The orders that read every cell."""
        return tuple(order for order in self.orders if not self.failed(order))

    @property
    def count(self) -> int:
        """How many cells it has."""
        return sum(map(len, self.rows.values()))

    @property
    def examples(self) -> list[str]:
        """The first texts, in the order of the rows."""
        return list(self.rows)[:3]

    def meant(self, order: DateOrder) -> dict[str, str]:
        """Return the ISO day of each text in an order; a text that is no date in it is missing."""
        if order not in self._meant:
            days = {text: written.read(order) for text, written in self.written.items()}
            self._meant[order] = {text: day.isoformat() for text, day in days.items() if day is not None}
        return self._meant[order]

    def failed(self, order: DateOrder) -> list[str]:
        """Return the texts that are no date in an order."""
        meant = self.meant(order)
        return [text for text in self.rows if text not in meant] if len(meant) < len(self.rows) else []

    def counted(self, texts: Sequence[str]) -> tuple[int, int]:
        """Return how many cells have one of the texts, and the position of the first."""
        return sum(len(self.rows[text]) for text in texts), min(self.rows[text][0] for text in texts)


def split_layouts(plan: ColumnPlan, cells: Sequence[Any], positions: Sequence[int]) -> tuple[list[Unit], list[int]]:
    """Sort the open cells of a column into layouts; the second list are the cells that no order can read."""
    texts: dict[str, list[int]] = {}
    for position in positions:
        texts.setdefault(str(cells[position]).strip(), []).append(position)
    families: dict[Family, dict[str, Unit]] = {}
    hopeless: list[int] = []
    for text, rows in texts.items():
        written = read_written(text)
        if not isinstance(written, Written) or not any(written.read(order) for order in written.orders):
            hopeless += rows
            continue
        widths = families.setdefault(written.family, {})
        name = layout_name(written.family, written.width)
        unit = widths.setdefault(written.width, Unit(plan, name))
        unit.written[text], unit.rows[text] = written, rows
    return [unit for widths in families.values() for unit in _joined(widths)], hopeless


def _joined(widths: dict[str, Unit]) -> list[Unit]:
    """Cells that show no width are of the one layout that does; where both do, they follow both."""
    unclear = widths.pop("", None)
    units = list(widths.values())
    if unclear is None:
        return units
    if not units:
        return [unclear]
    if len(units) == 1:
        units[0].written |= unclear.written
        merged = {**units[0].rows, **unclear.rows}
        units[0].rows = dict(sorted(merged.items(), key=lambda one: one[1][0]))
        return units
    unclear.follows = tuple(units)
    return [*units, unclear]
