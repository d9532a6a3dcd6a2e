"""The questions that a date proof leaves, with the evidence as lines for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescli.core.records.kinds import DateOrder
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.importers.convert import Place
from salescli.importers.proofs.evidence import Break, Orders
from salescli.importers.proofs.layouts import ORDERS, Unit

SHOWN = 4  # readings of a table
ORDER_TITLES: Mapping[str, Title] = {
    "dmy": Title("日-月-年", "day-month-year"),
    "mdy": Title("月-日-年", "month-day-year"),
    "ymd": Title("年-月-日", "year-month-day"),
}
_NOT_SO = {order: Title(f"已指明按{title.zh}读取", f"stated: {title.en}") for order, title in ORDER_TITLES.items()}
Readings = Sequence[tuple[Orders, list[Break]]]


class DateQuestions:
    """Builds the problems of one sheet; `units` are those that a question was asked about."""

    def __init__(self, place: Place, headers: Mapping[str, str]) -> None:
        self.place, self.headers = place, headers
        self.decisions: list[Problem] = []
        self.units: list[Unit] = []

    def mixed(self, unit: Unit) -> None:
        """Ask about a layout that holds more than one order."""
        lines = [self._unreadable_line(unit, order) for order in unit.orders if unit.failed(order)]
        self._ask("date-orders-mixed", [unit], lines, layout=unit.layout)

    def contradicted(self, unit: Unit, stated: DateOrder, *, by_profile: bool) -> None:
        """Ask about a stated order that cannot read cells, where another order reads them all."""
        lines = [self._unreadable_line(unit, stated)]
        name = "profile-order-contradicted" if by_profile else "date-order-contradicted"
        fitting = [ORDER_TITLES[order] for order in unit.fitting]
        self._ask(name, [unit], lines, stated=ORDER_TITLES[stated], found=fitting, layout=unit.layout)

    def outdated(self, units: Sequence[Unit], former: Mapping[int, DateOrder], readings: Readings) -> None:
        """Ask about an order accepted in a former month that this month's dates speak against."""
        orders = tuple(former.values())
        shown = [one for one in readings if not one[1] or one[0] == orders]
        lines = [line for one in shown for line in self._reading(units, *one)]
        self._ask("date-order-outdated", units, lines, stated=[ORDER_TITLES[order] for order in dict.fromkeys(orders)])

    def several(self, units: Sequence[Unit], readings: Readings, clean: Sequence[Orders]) -> None:
        """Propose the one reading that breaks nothing, or show what each breaks."""
        lines = [line for one in readings[:SHOWN] for line in self._reading(units, *one)]
        if len(readings) > SHOWN:
            more = len(readings) - SHOWN
            lines.append(Title(f"… 另有 {more} 种读法,矛盾更多", f"… and {more} more readings, which break no less"))
        for unit in units:
            lines += [self._unreadable_line(unit, order) for order in unit.orders if unit.failed(order)]
        if len(clean) == 1:
            said = self._all_orders(units, clean[0])
            self._ask("date-order-proposed", units, lines, proposed=said)
            return
        left = {order for orders in clean for order in orders} or {o for unit in units for o in unit.fitting}
        suggested = "|".join(order for order in ORDERS if order in left)
        self._ask("date-order-unknown", units, lines, fitting=len(clean), suggested=suggested)

    def read_as(self, unit: Unit) -> Problem:
        """Return the note that says how a layout was read, and why."""
        text = next(iter(unit.rows))
        telling = [each for order in unit.orders if order != unit.order for each in unit.failed(order)]
        values = {
            "header": unit.plan.header,
            "layout": unit.layout,
            "order": ORDER_TITLES[unit.order],
            "text": telling[0] if telling else text,
            "meant": unit.meant(unit.order).get(telling[0] if telling else text, ""),
        }
        name = "dates-proved" if unit.origin == "proved" else "dates-accepted"
        return Problem(name, self.place.column(unit.plan.letters), values, "note")

    def half_converted(self, unit: Unit) -> Problem:
        """Return the warning that the real dates of a column may have been swapped before they came here."""
        values = {"header": unit.plan.header, "order": ORDER_TITLES[unit.order], "examples": unit.examples}
        return Problem("dates-half-converted", self.place.column(unit.plan.letters), values, "warning")

    def unreadable(self, text: str, order: DateOrder, where: Where) -> Problem:
        """Return the problem of a cell that the stated order cannot read."""
        return problem("bad-date", where, text=text, remark=_NOT_SO[order])

    def _ask(self, name: str, units: Sequence[Unit], lines: Sequence[Title], **more: object) -> None:
        self.units += [unit for unit in units if unit not in self.units]
        headers = list(dict.fromkeys(unit.plan.header for unit in units))
        examples = list(dict.fromkeys(text for unit in units for text in unit.examples))[:3]
        values = {"headers": headers, "count": f"{sum(unit.count for unit in units):,}", "examples": examples, **more}
        where = self.place.column(units[0].plan.letters)
        self.decisions.append(Problem(name, where, {**values, "evidence": tuple(lines)}))

    def _reading(self, units: Sequence[Unit], orders: Orders, broken: Sequence[Break]) -> list[Title]:
        said = self._all_orders(units, orders)
        if not broken:
            return [Title(f"{said.zh}:没有矛盾", f"{said.en}: breaks nothing")]
        return [Title(f"{said.zh}:", f"{said.en}:"), *(self._break_line(each) for each in broken)]

    def _all_orders(self, units: Sequence[Unit], orders: Orders) -> Title:
        """Say a reading: its orders, with the first cell as an example; headers where there are several columns."""
        parts = [self._one_order(unit, order, len(units) > 1) for unit, order in zip(units, orders, strict=True)]
        return Title(",".join(part.zh for part in parts), ", ".join(part.en for part in parts))

    def _one_order(self, unit: Unit, order: DateOrder, is_named: bool) -> Title:
        text = next(iter(unit.rows))
        title, meant = ORDER_TITLES[order], unit.meant(order)[text]
        if is_named:
            return Title(f"{unit.plan.header} {title.zh}", f"{unit.plan.header} {title.en}")
        return Title(f"{title.zh}({text} 即 {meant})", f"{title.en} ({text} is {meant})")

    def _break_line(self, found: Break) -> Title:
        cell = f"{found.unit.plan.letters}{self.place.rows[found.position]}"
        count = f"{found.rows:,}"
        if found.kind == "disordered":
            first, last = (self.headers.get(name, name) for name in found.said)
            return Title(
                f"    {last}早于{first}:{count} 行,如 {cell}", f"    {count} rows with {last} before {first}, as {cell}"
            )
        text, *rest = found.said
        if found.kind == "future":
            return Title(
                f"    晚于今天({rest[0]}):{count} 个,如 {cell} {text}",
                f"    {count} after today ({rest[0]}), as {cell} {text}",
            )
        between = " … ".join(rest)
        return Title(
            f"    在 {between} 之外:{count} 个,如 {cell} {text}", f"    {count} outside {between}, as {cell} {text}"
        )

    def _unreadable_line(self, unit: Unit, order: DateOrder) -> Title:
        texts = unit.failed(order)
        count, position = unit.counted(texts)
        text = min(texts, key=lambda each: unit.rows[each][0])
        cell, title = f"{unit.plan.letters}{self.place.rows[position]}", ORDER_TITLES[order]
        return Title(
            f"{unit.plan.header} {title.zh}:{count:,} 个不是日期,如 {cell} {text}",
            f"{unit.plan.header} {title.en}: {count:,} are no date, as {cell} {text}",
        )
