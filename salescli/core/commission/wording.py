"""Numbers and words of plans as people read them, in both languages: for explanations and sentences."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CENT, CONTEXT, decimal_places, round_half_away, to_decimal
from salescli.core.title import Title

Number = Decimal | Fraction | int

WINDOWS = {
    "each-transaction": Title("每笔单独计算", "each transaction by itself"),
    "month": Title("按月累计", "over the month"),
    "quarter": Title("按季度累计", "over the quarter"),
    "year": Title("按年度累计", "over the year"),
}
GRAINS = {
    "month": Title("月", "month"),
    "quarter": Title("季度", "quarter"),
    "year": Title("年度", "year"),
}
APPLIES = {
    "slice-by-slice": Title("分段累进", "slice by slice"),
    "all-at-rate-reached": Title("达档全额,补差", "everything at the rate reached"),
    "new-at-rate-reached": Title("累计定档,当期计提", "new money at the rate reached"),
    "straight-line": Title("直线", "straight line"),
    "amount-reached": Title("达档定额", "the amount reached"),
    "amounts-add-up": Title("各档定额相加", "amounts of all tiers reached"),
    "as-stated": Title("按各档所写基数", "each tier on its stated basis"),
}
WHOSE = {
    "own": Title("本人", "own"),
    "team": Title("团队", "the team's"),
    "company": Title("公司", "the company's"),
}
CAUSES = {
    "credits": Title("业绩变动", "its credits changed"),
    "unposted": Title("以前未发放", "nothing was posted for it before"),
    "position": Title("此前业绩变动,档位随之变化", "earlier credits moved the position"),
    "group": Title("团队合计变动", "the group's figure changed"),
    "other-facts": Title("目标、绩效、指标或个人条款变动", "a quota, grade, reading or special term changed"),
    "restated": Title("按今天的方案与口径重述", "restated by today's plan and metrics"),
    "calculation": Title("计算版本变动", "another calculation version"),
}


def both(zh: str, en: str) -> Title:
    """Say something in both languages."""
    return Title(zh, en)


def one_of(currency: str) -> Title:
    """Return what one more of an amount is called, to stand behind `再多一` or `one more`.

    >>> one_of("CNY").en, one_of("EUR").en
    ('yuan', 'EUR')
    """
    return Title("元", "yuan") if currency == "CNY" else Title(f" {currency}", currency)


def money(amount: Number) -> str:
    """Write an amount with at least two decimals, all the digits that it has up to six.

    >>> money(Fraction(38000)), money(Decimal("0.0375")), money(Decimal("81000.000000"))
    ('38,000.00', '0.0375', '81,000.00')
    """
    exact = to_decimal(amount, 6)
    plain = CONTEXT.normalize(exact)
    if decimal_places(exact) > 4 and decimal_places(plain) <= 2:  # the zeros of a product say nothing
        exact = plain
    shown = exact if decimal_places(exact) > 2 else round_half_away(exact, CENT)
    return f"{shown:,f}" if shown else "0.00"


def quantity(amount: Number) -> str:
    """Write a number without needless zeros: `462,000`, `0.5`.

    >>> quantity(Decimal("462000.00")), quantity(Fraction(1, 2))
    ('462,000', '0.5')
    """
    exact = to_decimal(amount, 6)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(rate: Number) -> str:
    """Write a rate exactly, with up to six decimals of a percent.

    >>> percent(Fraction(3, 100)), percent(Decimal("0.125"))
    ('3 %', '12.5 %')
    """
    return f"{quantity(Fraction(rate) * 100)} %"


def reading(value: Fraction, bound: Fraction) -> str:
    """Write a measured rate with two decimals, never rounded onto a bound that it has not reached.

    >>> reading(Fraction(1199950, 1200000), Fraction(1)), reading(Fraction(18, 25), Fraction(7, 10))
    ('99.99 %', '72 %')
    """
    shown = Fraction(round_half_away(value * 100, CENT))
    if shown >= bound * 100 > value * 100:
        shown -= Fraction(1, 100)
    elif shown <= bound * 100 < value * 100:
        shown += Fraction(1, 100)
    return f"{quantity(shown)} %"


def period(start: date, grain: str) -> Title:
    """Name a month, quarter or year by its first day (calendar)."""
    if grain == "month":
        return both(f"{start:%Y-%m}", f"{start:%Y-%m}")
    if grain == "quarter":
        number = (start.month - 1) // 3 + 1
        last = _last_month(start, 3)
        return (
            both(f"{start:%Y-%m} 至 {last:%Y-%m} 季度", f"the quarter {start:%Y-%m} to {last:%Y-%m}")
            if (start.month - 1) % 3
            else both(f"{start.year} 年第 {number} 季度", f"{start.year}-Q{number}")
        )
    last = _last_month(start, 12)
    if start.month == 1:
        return both(f"{start.year} 年", f"{start.year}")
    return both(f"{start:%Y-%m} 至 {last:%Y-%m} 年度", f"the year {start:%Y-%m} to {last:%Y-%m}")


def days(start: date, end: date) -> str:
    """Write a half-open stretch of days with its last day, which counts."""
    return f"{start} … {end - timedelta(days=1)}"


def _last_month(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months - 1
    return date(index // 12, index % 12 + 1, 1)


def level_zh(level: str) -> str:
    """Return what a level of quotas is called before 目标.

    >>> level_zh("base"), level_zh("own")
    ('基本', 'own ')
    """
    return {"base": "基本", "stretch": "冲刺", "challenge": "挑战"}.get(level, f"{level} ")
