"""The few words that renderers add of their own."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.table import Block, Column, Facts, Report, Table, Trace
from salescli.core.title import Language, Title
from salescli.render.options import RenderOptions, Unit

TOTAL = Title("合计", "Total")
NO_ROWS = Title("无记录", "no rows")
DATE = Title("日期", "Date")
NEXT = Title("下一步", "next")
NOTES = Title("说明", "Notes")
ITEM = Title("项目", "Item")
VALUE = Title("数值", "Value")
LINE = Title("内容", "Line")
SOURCE = Title("来源", "Source")
NUMBER = Title("序号", "No.")
REPORT = Title("报表", "Report")
PROGRAM = Title("程序", "Program")
CUT_TEXTS = Title("超过 32,767 字符而被截断的单元格", "Cells cut at 32,767 characters")

_UNITS: dict[str, tuple[Title, Title]] = {
    # unit: (amounts in CNY or of unstated currency, amounts of several currencies)
    "yuan": (Title("单位:元", "in yuan"), Title("", "")),
    "thousand": (Title("单位:千元", "in thousands"), Title("单位:千", "in thousands")),
    "ten-thousand": (Title("单位:万元", "in 10,000s"), Title("单位:万", "in 10,000s")),
}
_OF_CURRENCY = {
    "yuan": ("单位:{code}", "in {code}"),
    "thousand": ("单位:千 {code}", "in thousands of {code}"),
    "ten-thousand": ("单位:万 {code}", "in 10,000s of {code}"),
}


def columns_of(block: Block) -> tuple[Column, ...]:
    """Return the columns a block shows values in; a trace and prose have none."""
    if isinstance(block, Table):
        return block.columns
    return tuple(column for column, _ in block.items) if isinstance(block, Facts) else ()


def currencies_of(report: Report) -> set[str]:
    """Return the currencies that the money columns of a report name."""
    return {column.currency for column in _money_columns(report) if column.currency}


def _money_columns(report: Report) -> Iterator[Column]:
    return (column for block in report.blocks for column in columns_of(block) if column.kind == "money")


def column_title(column: Column, currencies: set[str], language: Language) -> str:
    """Return the heading of a column; it names its currency where a report has several."""
    title = column.title.text(language)
    return f"{title} {column.currency}" if column.currency and len(currencies) > 1 else title


def unit_words(report: Report, unit: Unit, language: Language, base: str = "") -> str:
    """Return what the title line says of its amounts: their currency, and what they are divided by.

    `base` is the currency of the workspace: amounts whose columns name none are in it. Where no unit is asked for,
    only another currency than the base is said.
    """
    if not any(_money_columns(report)):
        return ""
    named = currencies_of(report)
    by_line = any(column.key == "currency" for block in report.blocks for column in columns_of(block))
    if by_line and unit in ("", "yuan"):
        return ""  # each line names its own
    if not unit:
        return _amounts_in(named, "yuan", language) if base and len(named) == 1 and named != {base} else ""
    words = _amounts_in(named or {base}, unit, language) if not by_line else _UNITS[unit][1].text(language)
    if unit != "yuan" and any(isinstance(block, Trace) for block in report.blocks):
        words += Title("(计算过程为原值)", " (traces in full)").text(language)
    return words


def _amounts_in(currencies: set[str], unit: Unit, language: Language) -> str:
    if len(currencies) > 1:
        return _UNITS[unit][1].text(language)
    (code,) = currencies
    if code in ("", "CNY"):
        return _UNITS[unit][0].text(language)
    zh, en = _OF_CURRENCY[unit]
    return Title(zh.format(code=code), en.format(code=code)).text(language)


def title_line(report: Report, options: RenderOptions) -> str:
    """Return the first line of a report: what it is, and the unit of its amounts."""
    unit = unit_words(report, options.unit, options.language, options.currency)
    return " · ".join(part for part in (report.title.text(options.language), unit) if part)
