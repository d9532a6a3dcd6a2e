"""Headers that name a stretch of time: 1月, 2026-01, 2026年1月, Jan-26, Q1, 上半年, 全年, 合计.

Only the whole header counts, without its unit and without what the figure is called: `1月目标(万元)` is January.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from salescli.importers.names import BRACKETS

Span = Literal["month", "quarter", "half", "year", "total"]

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_LONG = "january|february|march|april|may|june|july|august|sept|september|october|november|december|" + "|".join(
    _ENGLISH
)
_WORD = r"(?:业绩|销售|上报)?(?:目标|任务|指标|预算|计划|金额|预测)额?值?|targets?|quotas?|budgets?|plan"
_CALLED = re.compile(rf"^(?:{_WORD})[\s_:-]*|[\s_:-]*(?:{_WORD})$")
_YEAR = r"(?P<year>(?:20)?\d{2})"
_MONTHS = (
    re.compile(rf"^(?:{_YEAR}\s*年度?\s*)?(?P<month>1[0-2]|0?[1-9])\s*月份?$"),
    re.compile(r"^(?P<year>20\d{2})\s*[-/._]\s*(?P<month>1[0-2]|0?[1-9])$"),
    re.compile(r"^(?P<year>20\d{2})(?P<month>1[0-2]|0[1-9])$"),
    re.compile(r"^(?P<year>20\d{2})-(?P<month>1[0-2]|0[1-9])-01(?: 00:00:00)?$"),
    re.compile(rf"^(?P<name>{_LONG})\.?(?:[\s'’/._-]*{_YEAR})?$"),
    re.compile(rf"^(?P<year>20\d{{2}})[\s/._-]*(?P<name>{_LONG})\.?$"),
    re.compile(rf"^(?:{_YEAR}\s*年\s*)?(?P<chinese>十[一二]?|[一二三四五六七八九])月份?$"),
    re.compile(r"^m(?P<month>1[0-2]|0?[1-9])$"),
)
_FISCAL_YEAR = r"(?P<fiscal>fy)?(?P<year>(?:20)?\d{2})"
_SUM = r"[\s_-]*(?:小计|合计|总计|subtotal|sub-total|total)?"
_QUARTERS = (
    re.compile(rf"^(?:{_FISCAL_YEAR}\s*年?[\s/._-]*)?q(?P<part>[1-4]){_SUM}$"),
    re.compile(rf"^q(?P<part>[1-4])[\s/'._-]*{_FISCAL_YEAR}{_SUM}$"),
    re.compile(rf"^(?:{_FISCAL_YEAR}\s*年?\s*)?第?(?P<part>[1-4一二三四])季度?{_SUM}$"),
)
_HALVES = re.compile(rf"^(?:{_FISCAL_YEAR}\s*年?[\s/._-]*)?(?:h(?P<part>[12])|(?P<half>[上下])半年){_SUM}$")
_YEARS = re.compile(
    rf"^(?:(?P<fiscal>fy)?(?P<year>20\d{{2}})\s*(?:年度?|财年)?|fy(?P<short>\d{{2}})|(?:本|全)?年度?|财年|full[\s-]?year"
    rf"|year|annual|fy|ytd){_SUM}$"
)
_TOTALS = re.compile(r"^(?:总?(?:合计|小计|总计|共计|汇总)|(?:sub|grand|row)?[\s-]?totals?|sum)$")


class PeriodName(NamedTuple):
    """What a header says of time: `number` is the month, quarter or half; `year` is 0 where it is not said."""

    span: Span
    number: int = 0
    year: int = 0
    is_fiscal: bool = False


@lru_cache(maxsize=4096)
def parse_period_name(text: str) -> PeriodName | None:
    """Read a header as a stretch of time; None where it is none.

    >>> parse_period_name("2026年1月目标(万元)"), parse_period_name("Jan-26")
    (PeriodName(span='month', number=1, year=2026, is_fiscal=False), PeriodName(span='month', number=1, year=2026, is_fiscal=False))
    """  # noqa: E501 -- as it prints
    body = unicodedata.normalize("NFKC", " ".join(text.split())).casefold()
    body = BRACKETS.sub("", body).strip(" *:")
    called = _CALLED.sub("", body).strip()
    for each in dict.fromkeys((body, called)):
        if found := _parse(each):
            return found
    return None


def _parse(body: str) -> PeriodName | None:
    if not body or len(body) > 24:
        return None
    for pattern in _MONTHS:
        if match := pattern.match(body):
            return PeriodName("month", _month(match.groupdict()), _year(match.groupdict().get("year")))
    for pattern in _QUARTERS:
        if match := pattern.match(body):
            part = match["part"]
            number = int(part) if part.isdigit() else _CHINESE.index(part) + 1
            return PeriodName("quarter", number, _year(match["year"]), bool(match["fiscal"]))
    if match := _HALVES.match(body):
        number = int(match["part"]) if match["part"] else "上下".index(match["half"]) + 1
        return PeriodName("half", number, _year(match["year"]), bool(match["fiscal"]))
    if match := _YEARS.match(body):
        year = match["year"] or match["short"]
        return PeriodName("year", 0, _year(year), bool(match["fiscal"] or match["short"]))
    return PeriodName("total") if _TOTALS.match(body) else None


def _month(said: dict[str, str | None]) -> int:
    if name := said.get("name"):
        return _ENGLISH.index(name[:3]) + 1
    if chinese := said.get("chinese"):
        return _CHINESE.index(chinese) + 1
    return int(said["month"] or 0)


def _year(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if len(text) == 4 else 2000 + int(text)


_STATED = re.compile(
    r"(?<!\d)(?P<fiscal>fy\s*)?(?P<year>20\d{2})(?!\d)\s*(?P<word>年度?|财年)?|\bfy\s*(?P<short>\d{2})(?!\d)"
)


def stated_years(text: str) -> set[tuple[int, bool]]:
    """Return the years that a title or a file's name speaks of, each with whether it is a fiscal one."""
    body = unicodedata.normalize("NFKC", text).casefold()
    return {
        (_year(match["year"] or match["short"]), bool(match["fiscal"] or match["short"] or match["word"] == "财年"))
        for match in _STATED.finditer(body)
    }
