"""No date is ever silently wrong: columns with known truth, in random layouts, read with every way of deciding.

What is staged without a word from a person is the truth, always. What is staged because a proposal was accepted is the
truth wherever the truth keeps the rules that the proposal was judged by. What was stated holds for a whole layout.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from salescli.core.records.profile import FileProfile, Profile
from salescli.importers.result import SheetReading
from tests.unit.importers.files import csv_text, read, xlsx

HEADER = ["商机编号", "商机名称", "客户", "负责人", "金额", "创建日期", "成交日期"]
FIELDS = {"创建日期": "created", "成交日期": "closed"}
TODAY = date(2026, 11, 22)
NEAR, FAR = timedelta(days=31), timedelta(days=5 * 366)
ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class Style:
    """A way of writing dates: `order` "" proves itself."""

    order: str
    mark: str = "-"
    long: bool = True
    padded: bool = True
    clock: str = ""
    plain: str = "iso"

    def write(self, day: date) -> Any:
        if not self.order:
            named = f"{day.day} {day:%b}, {day.year} 09:30:00"
            written = {
                "iso": day.isoformat(),
                "年": f"{day.year}年{day.month}月{day.day}日",
                "name": named,
                "real": day,
            }
            return written[self.plain]
        width = 2 if self.padded else 1
        year = str(day.year) if self.long else f"{day.year % 100:02d}"
        parts = {"d": f"{day.day:0{width}d}", "m": f"{day.month:0{width}d}", "y": year}
        return self.mark.join(parts[each] for each in self.order) + self.clock

    @property
    def family(self) -> tuple[str, bool, bool]:
        return self.mark, self.long, bool(self.clock)


def reads_as(text: str, order: str, mark: str) -> date | None:
    """The day that a text is in an order: the test's own reading."""
    parts = dict(zip(order, text.split(" ")[0].split(mark), strict=True))
    if len(parts["y"]) not in (2, 4) or any(len(parts[each]) > 2 for each in "dm"):
        return None
    year = int(parts["y"]) + (0 if len(parts["y"]) == 4 else 2000 if int(parts["y"]) < 50 else 1900)
    try:
        return date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None


def readable_orders(texts: list[str], style: Style) -> list[str]:
    """The orders in which all of a layout's cells are days."""
    orders = ORDERS[:2] if style.long else ORDERS
    return [order for order in orders if all(reads_as(text, order, style.mark) for text in texts)]


PLAIN = st.sampled_from([Style("", plain=name) for name in ("iso", "年", "name", "real")])
FIGURES = st.builds(
    Style,
    st.sampled_from(ORDERS),
    st.sampled_from(["/", "-", "."]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "", " 09:30"]),
).filter(lambda style: not (style.long and style.order == "ymd"))


@dataclass
class Column:
    """One date column: the truth by row, and the style of each cell."""

    truth: list[date | None]
    styles: list[Style]

    @property
    def cells(self) -> list[Any]:
        return ["" if day is None else style.write(day) for day, style in zip(self.truth, self.styles, strict=True)]

    def of(self, style: Style) -> list[date]:
        return [day for day, one in zip(self.truth, self.styles, strict=True) if one == style and day is not None]

    @property
    def figures(self) -> dict[Style, list[str]]:
        used = {style for day, style in zip(self.truth, self.styles, strict=True) if style.order and day is not None}
        return {style: [style.write(day) for day in self.of(style)] for style in used}

    @property
    def is_told_apart(self) -> bool:
        """Two styles are two layouts only where cells show it: another mark, year or clock, or widths that are seen."""
        styles = sorted(self.figures, key=repr)
        for at, one in enumerate(styles):
            for other in styles[at + 1 :]:
                if one.family != other.family:
                    continue
                if one.padded == other.padded or not (self._shows(one) and self._shows(other)):
                    return False
        return True

    def _shows(self, style: Style) -> bool:
        """Tell whether a cell of a style shows its width: a zero filled in where no year can stand, or one figure."""
        for text in self.figures[style]:
            parts = text.split(" ")[0].split(style.mark)
            if not style.padded and any(len(part) == 1 for part in parts):
                return True
            if style.padded and (parts[1][0] == "0" or (style.long and parts[0][0] == "0")):
                return True
        return False

    @property
    def known(self) -> list[date]:
        """What needs no proposal: plain dates, and layouts that one order alone can read."""
        found = [day for day, style in zip(self.truth, self.styles, strict=True) if day and not style.order]
        for style, texts in self.figures.items():
            if len(readable_orders(texts, style)) == 1:
                found += self.of(style)
        return found


@st.composite
def columns(draw: st.DrawFn) -> list[Column]:
    """One or two date columns; the second day of a row mostly follows the first."""
    count = draw(st.integers(1, 8))
    first = draw(st.dates(date(2015, 1, 1), date(2026, 10, 1)))
    span = draw(st.sampled_from([10, 28, 90, 400, 4000]))
    keeps_order = draw(st.booleans()) or draw(st.booleans())
    created = [first + timedelta(days=draw(st.integers(0, span))) for _ in range(count)]
    closed = [
        day + timedelta(days=draw(st.integers(0 if keeps_order else -60, 120))) if draw(st.integers(0, 4)) else None
        for day in created
    ]
    found = []
    for truth in [created, closed] if draw(st.booleans()) else [created]:
        styles = draw(st.lists(FIGURES, min_size=1, max_size=2)) + draw(st.lists(PLAIN, max_size=1))
        found.append(Column(list(truth), [draw(st.sampled_from(styles)) for _ in truth]))
    assume(all(each.is_told_apart for each in found))
    return found


@st.composite
def mixed_widths(draw: st.DrawFn) -> list[Column]:
    """One column that holds `3/4/2026` and `03/04/2026`, each in an order of its own."""
    short, padded = (
        Style(draw(st.sampled_from(ORDERS[:2])), "/", draw(st.booleans()), is_padded) for is_padded in (False, True)
    )
    padded = Style(padded.order, "/", short.long, True)
    seen = st.dates(date(2026, 1, 1), date(2026, 9, 30))
    unseen = st.builds(
        date, st.just(2025), st.sampled_from([10, 11, 12]), st.integers(10, 31).map(lambda day: min(day, 30))
    )
    cells = [
        *((day, short) for day in draw(st.lists(seen, min_size=1, max_size=3))),
        *((day, padded) for day in draw(st.lists(seen, min_size=1, max_size=3))),
        *((day, draw(st.sampled_from([short, padded]))) for day in draw(st.lists(unseen, min_size=1, max_size=3))),
    ]
    cells = draw(st.permutations(cells))
    found = Column([day for day, _ in cells], [style for _, style in cells])
    assume(found.is_told_apart)
    return [found]


def read_columns(found: list[Column], **options: Any) -> SheetReading:
    rows = [
        [f"D-{at}", "x", "甲", "王", 100 + at, *(column.cells[at] for column in found)]
        for at in range(len(found[0].truth))
    ]
    table = [HEADER[: 5 + len(found)], *rows]
    has_real = any(style.plain == "real" and not style.order for column in found for style in column.styles)
    with tempfile.TemporaryDirectory() as folder:
        content: bytes | str = xlsx({"商机": table}) if has_real else csv_text(table)
        path = Path(folder) / ("商机.xlsx" if has_real else "商机.csv")
        (sheet,) = read(path, content, as_type="deal", today=TODAY, **options).sheets
    return sheet


def values_of(sheet: SheetReading, found: list[Column]) -> list[list[str | None]] | None:
    """The dates that were staged, by column; None where the reading stopped."""
    if sheet.staged is None:
        assert sheet.decisions
        return None
    names = list(FIELDS.values())[: len(found)]
    return [sheet.staged.columns[name] for name in names]


def truth_of(found: list[Column]) -> list[list[str | None]]:
    return [[None if day is None else day.isoformat() for day in column.truth] for column in found]


def keeps_rules(found: list[Column]) -> bool:
    """Whether the truth lies where a proposal looks for it."""
    if any(day > TODAY for day in found[0].truth if day):
        return False
    if len(found) == 2:
        pairs = zip(found[0].truth, found[1].truth, strict=True)
        if any(one and other and other < one for one, other in pairs):
            return False
    everywhere = [day for column in found for day in column.known]
    for column in found:
        near, by = (column.known, NEAR) if column.known else (everywhere, FAR)
        if near and any(not min(near) - by <= day <= max(near) + by for day in column.truth if day):
            return False
    return True


@given(st.one_of(columns(), mixed_widths()))
def test_nothing_is_guessed(found: list[Column]) -> None:
    sheet = read_columns(found)
    staged = values_of(sheet, found)
    if staged is not None:
        assert staged == truth_of(found)
    has_two = any(
        one.family == other.family and one != other
        for column in found
        for one in column.figures
        for other in column.figures
    )
    is_proved = all(len(readable_orders(texts, style)) == 1 for one in found for style, texts in one.figures.items())
    event(f"staged {staged is not None}, proved {is_proved}")
    if not has_two:
        assert (staged is not None) is is_proved


@given(st.one_of(columns(), mixed_widths()))
def test_an_accepted_proposal_is_the_truth_where_the_truth_keeps_the_rules(found: list[Column]) -> None:
    sheet = read_columns(found, accept_dates=True)
    staged = values_of(sheet, found)
    kept = keeps_rules(found)
    event(f"staged {staged is not None}, rules kept {kept}, decided {bool(sheet.decided.dates)}")
    if kept and staged is not None:
        assert staged == truth_of(found)
    if staged is not None and sheet.decided.dates:
        # What the profile remembers reads the same file to the same dates, without being asked again.
        profile = Profile("own", (FileProfile("*", type="deal", dates=sheet.decided.dates),))
        assert values_of(read_columns(found, profile=profile), found) == staged
    if staged is None:
        assert not sheet.decided.dates


@given(columns(), st.sampled_from(ORDERS), st.booleans())
def test_a_stated_order_holds_for_whole_layouts(found: list[Column], order: str, by_profile: bool) -> None:
    said: dict[str, Any] = {"date_order": order}
    if by_profile:
        said = {"profile": Profile("own", (FileProfile("*", type="deal", date_order=order),))}  # type: ignore[arg-type]
    sheet = read_columns(found, **said)
    for column in found:
        for style, texts in column.figures.items():
            orders = readable_orders(texts, style)
            alone = all(style == other or style.family != other.family for other in column.figures)
            if alone and order not in orders and not (style.long and order == "ymd"):
                assert sheet.staged is None  # the cells prove another order than the stated one
    if sheet.staged is None:
        return
    rows = [row - 2 for row in sheet.staged.rows]
    for column, name in zip(found, FIELDS.values(), strict=False):
        for at, value in zip(rows, sheet.staged.columns[name], strict=True):
            day, style = column.truth[at], column.styles[at]
            if day is None:
                assert value is None
            elif not style.order or (style.long and order == "ymd"):
                assert value == day.isoformat()
            else:
                meant = reads_as(style.write(day), order, style.mark)
                assert meant is not None and value == meant.isoformat()


@given(columns())
def test_a_true_line_of_a_profile_is_the_truth(found: list[Column]) -> None:
    """Lines for every layout, as a person would accept them: what is staged is the truth, or it stops."""
    lines: dict[str, dict[str, Any]] = {}
    for header, column in zip(FIELDS, found, strict=False):
        for style in column.figures:
            part = "00" if style.padded else "0"
            name = style.mark.join([part, part, "0000" if style.long else "00"]) + (" 00:00" if style.clock else "")
            lines.setdefault(header, {})[name] = style.order
    profile = Profile("own", (FileProfile("*", type="deal", dates=lines),))
    staged = values_of(read_columns(found, profile=profile), found)
    if staged is not None and keeps_rules(found):
        assert staged == truth_of(found)
