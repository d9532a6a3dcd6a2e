"""Currencies and units that only the number formats of a workbook show: `[$€-2]`, `"US$"#,##0`, `0.00"万元"`.

The person sees $100 where the cell holds 100. What a column, the header or a remark says holds, and a format that says
otherwise is a warning. Where nothing is said, formats that mean one currency in every row give it; where they leave a
row open it is asked. A sign that fits several currencies is the workspace's or keeps its row out, as if it were typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.money import CONTEXT, from_e4
from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.errors import Problem, problem
from salescli.importers.amounts.currency_names import SIGNS, unit_currency
from salescli.importers.body import Body
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.names import BRACKETS
from salescli.importers.opening.number_formats import Shown

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

NO_SIGN = Shown()
_ASK = "?"  # the sign is the workspace's, the country of the format is another
_TYPED = "!"  # the sign fits several currencies and not the workspace's, as if it were typed


class _Column(NamedTuple):
    """A column of amounts: its plan, what is shown with each figure by position, and what the header says."""

    plan: ColumnPlan
    shown: Mapping[int, Shown]
    header: str


def check_shown_units(context: Context, plans: Sequence[ColumnPlan], converted: Converted, place: Place) -> None:
    """Ask where figures are not shown as they are read: 12 shown as 12万元, or 120000 as 12 under 金额(万元)."""
    for plan in plans:
        formats = context.sheet.formats.get(plan.letters)
        if plan.index is None or plan.field.kind is not kinds.MONEY or not formats:
            continue
        unit = abs(plan.reading.multiplier)
        if all(_fits(shown, unit) for shown in set(formats.values())):
            continue
        odd = [
            position
            for position, value in enumerate(converted.columns[plan.field.name])
            if value and not _fits(formats.get(place.rows[position], NO_SIGN), unit)
        ]
        if odd:
            row = place.rows[odd[0]]
            values: dict[str, object] = {"header": plan.header, "count": len(odd)}
            values |= _example(converted.columns[plan.field.name][odd[0]], formats[row], unit)
            where = place.at(odd[0], plan.letters)
            context.reading.decisions.append(Problem("unit-by-format", where, values))


def _example(value_e4: int, shown: Shown, unit: int) -> dict[str, object]:
    """Say what a cell holds, what it would be read as, and what a person sees."""
    read = from_e4(abs(value_e4))
    figure = CONTEXT.divide(read, Decimal(unit))
    seen = CONTEXT.divide(
        CONTEXT.multiply(figure, Decimal(shown.unit if shown.unit > 1 else unit)), Decimal(shown.divisor)
    )
    figures = {"text": figure, "read": read, "seen": seen}
    return {name: f"{each.normalize(CONTEXT):,f}" for name, each in figures.items()}


def _fits(shown: Shown, unit: int) -> bool:
    """Tell whether a figure is shown as it is read; a format that only divides changes what is seen, not what is."""
    if shown.unit != 1:
        return shown.unit == unit * shown.divisor
    return shown.divisor == 1 or unit == 1


def keep_shown_currencies(
    context: Context, record_type: RecordType, plans: list[ColumnPlan], body: Body, converted: Converted,
    place: Place, stated: str,
) -> None:  # fmt: skip
    """Fill in the currencies that formats show; warn, ask or reject where they cannot be followed."""
    if "currency" not in record_type:
        return
    columns = [each for plan in plans if (each := _column(context, plan, body, converted, place)) is not None]
    named = [*(converted.columns.get("currency") or [None] * len(place.rows))]
    seen: dict[int, str] = {}
    for column in columns:
        _check_stated(context, column, named, stated, place)
        if not column.header and not stated:
            _follow(context, column, named, converted, place, seen)
    given = {position: code for position, code in seen.items() if code != context.options.base_currency}
    if given:
        if "currency" not in converted.columns:
            plans.append(ColumnPlan(record_type["currency"], None, "", ""))
        converted.columns["currency"] = [given.get(position) or have for position, have in enumerate(named)]


def _column(context: Context, plan: ColumnPlan, body: Body, converted: Converted, place: Place) -> _Column | None:
    """Return the figures of a column with what each is shown with; None where none is shown with a sign."""
    formats = context.sheet.formats.get(plan.letters)
    if plan.index is None or plan.field.kind is not kinds.MONEY or not formats:
        return None
    signs = {shown: shown._replace(unit=1, divisor=1) for shown in set(formats.values())}
    if not any(shown.sign for shown in signs):
        return None
    cells, values = body.columns[plan.index], converted.columns[plan.field.name]
    shown = {
        position: signs.get(formats.get(row, NO_SIGN), NO_SIGN)
        for position, row in enumerate(place.rows)
        if values[position] is not None and cells[position].__class__ is not str
    }
    header = next((code for inner in BRACKETS.findall(plan.header) if (code := unit_currency(inner))), "")
    return _Column(plan, shown, header)


def _fitting(shown: Shown) -> tuple[str, ...]:
    """The currencies that a sign may mean: what stands on the screen, whatever country the format is of."""
    return SIGNS.get(shown.sign, (shown.code,))


def _check_stated(context: Context, column: _Column, named: Sequence[Any], stated: str, place: Place) -> None:
    """What is said in a column, in the header or beside the table holds; a format of another currency is a warning."""
    against = [
        (position, have, shown.sign)
        for position, shown in column.shown.items()
        if shown.sign and (have := str(named[position] or column.header or stated)) and have not in _fitting(shown)
    ]
    if against:
        first, have, sign = against[0]
        values = {"header": column.plan.header, "count": len(against), "text": sign, "currency": have}
        where = place.at(first, column.plan.letters)
        context.reading.notes.append(problem("currency-format-differs", where, severity="warning", **values))


def _follow(
    context: Context, column: _Column, named: Sequence[Any], converted: Converted, place: Place, seen: dict[int, str]
) -> None:
    """Note the currency of the rows that say nothing, by what their figures are shown in."""
    base, plan = context.options.base_currency, column.plan
    amounts = converted.columns[plan.field.name]
    rows = {at: shown for at, shown in column.shown.items() if named[at] is None and (shown.sign or amounts[at])}
    counts = Counter(rows.values())
    codes = {shown: _meaning(shown, base) for shown in counts}
    meant = {*codes.values()}
    where = context.where._replace(cell=plan.letters)
    if _ASK in meant or (len(counts) > 1 and not meant <= {"", base} and meant & {"", _TYPED}):
        said = problem("currency-formats-mixed", where, header=plan.header, shown=_counted(counts))
        context.reading.decisions.append(said)
        return
    for position, shown in rows.items():
        code = codes[shown]
        if code == _TYPED or (code and seen.setdefault(position, code) != code):
            have = seen.get(position) or base
            found = problem("currency-contradicts", place.at(position, plan.letters), text=shown.sign, currency=have)
            converted.reject(position, found)
    for code, count in Counter(codes[shown] for shown in rows.values()).items():
        if code not in ("", base, _TYPED):
            values = {"header": plan.header, "currency": code, "count": count}
            context.reading.notes.append(problem("currency-by-format", where, severity="note", **values))


def _meaning(shown: Shown, base: str) -> str:
    """Return the currency that a figure is shown in; "" where nothing is said, or what else is to be done."""
    fitting = _fitting(shown)
    if not shown.sign or (not base and not shown.code):
        return ""
    if base in fitting:
        return base if shown.code in ("", base) else _ASK
    return shown.code or _TYPED


def _counted(counts: Mapping[Shown, int]) -> Title:
    """Say which signs stand with how many figures, the most frequent first."""
    parts = []
    for shown, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        place = f" ({shown.code})" if shown.code not in ("", shown.sign) else ""
        parts.append((f"`{shown.sign}`{place}" if shown.sign else "", count))
    return Title(
        "、".join(f"{sign or '无币种'} × {count:,}" for sign, count in parts),
        ", ".join(f"{sign or 'no sign'} × {count:,}" for sign, count in parts),
    )
