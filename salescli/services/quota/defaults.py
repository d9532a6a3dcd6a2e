"""What `quota set` proposes where nothing was said, from what the store holds; each proposal says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.periods import Period, add_months, months_in
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, fetch_figures, total_of
from salescli.store.seats import fetch_seats
from salescli.store.state import fetch_images

Path = tuple[str, ...]
YEARS_BACK = 5
PULLS = {2: "50%", 3: "30%"}
SHARES = "{history: 70%, equal: 30%}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One key, its value as YAML on one line, and why."""

    path: Path
    value: str
    reason: Title


@dataclass(frozen=True, slots=True)
class Known:
    """What the store says about a metric before a year: figures by month, and the roles that have any.

    `first` is the first month with a figure. `roles` tells of each role in seat whether anybody in it has a figure;
    `leading` are the roles of whoever leads others.
    """

    window: Period
    figures: Mapping[str, Decimal]
    end: date
    people: int
    roles: Mapping[str, bool]
    leading: frozenset[str]

    @property
    def base(self) -> Decimal:
        """The figure of the trailing 12 months."""
        return total_of(self.figures.get(month.label, Decimal(0)) for month in months_in(self.window))

    def complete_years(self) -> list[int]:
        """Calendar years that are over and began when there were figures already, the newest last."""
        with_figures = [label for label, figure in self.figures.items() if figure]
        if not with_figures:
            return []
        first = min(with_figures)
        years = range(int(first[:4]), self.end.year)
        return [year for year in years if f"{year:04d}-01" >= first and self._has(year)]

    def _has(self, year: int) -> bool:
        return any(figure for label, figure in self.figures.items() if label[:4] == f"{year:04d}")


def look(context: Context, metric: Metric, year: Period) -> Known:
    """Gather what proposals are made from."""
    end = min(context.on.replace(day=1), year.start)
    past = Period(date(end.year - YEARS_BACK, 1, 1), end, "")
    figures = {str(group[0]): value for group, value in fetch_figures(context, metric, ("month",), past).items()}
    if figures:  # what is not imported yet is no month without a figure
        end = add_months(date.fromisoformat(f"{max(figures)}-01"), 1)
    window = Period(add_months(end, -12), end, "")
    sold = {group[0] for group, value in fetch_figures(context, metric, ("person",), window).items() if value}
    seats = fetch_seats(context.store, year.start, year.end)
    managers = {seat.manager for seat in seats}
    managers |= {image.get("manager") for image in fetch_images(context.store, context.store.registry["team"]).values()}
    roles: dict[str, bool] = {}
    for seat in seats:
        if seat.role and seat.team is not None:
            roles[seat.role] = roles.get(seat.role, False) or seat.person in sold
    leading = frozenset(seat.role for seat in seats if seat.person in managers)
    people = len({seat.person for seat in seats if seat.team is not None and seat.person not in managers})
    return Known(window, figures, end, people, roles, leading)


def propose(known: Known, year_amount: Decimal | None, currency: str) -> Iterator[Proposal]:
    """Propose every key that a policy needs beside its company's figure."""
    window = f"{known.window.start} through {known.window.last_day}"
    yield Proposal(("base",), window, Title("有数据的最近 12 个完整月份", "the last 12 whole months with figures"))
    yield Proposal(("levels",), "{base: 100%}", Title("只有一档", "one level"))
    yield from _splits(known)
    yield from _months(known, currency)
    unit = _unit(known, year_amount)
    if unit:
        why = Title(
            f"人均月目标的约百分之一({known.people} 人)", f"about 1% of a person's month, {known.people} people"
        )
        yield Proposal(("round_to",), unit, why)


def needed(keys: Mapping[Path, str], proposals: list[Proposal]) -> list[Proposal]:
    """Return proposals without what is of no use beside the rest: a season of equal months, the gap of no ramp."""
    values = {one.path: one.value for one in proposals} | dict(keys)
    by_history = [place for place in ("teams", "people") if "history" in values.get((place, "split_by"), "")]
    own_year = any("own last year" in values.get(("people", key), "") for key in ("at_least", "at_most"))
    seasonal = "seasonal" in values.get(("months", "split_by"), "")
    uses: dict[Path, bool] = {
        ("base",): bool(by_history) or own_year or ("growth",) in values,
        ("people", "without_history"): "people" in by_history,
        ("people", "ramp_gap"): ("people", "ramp") in values,
        ("months", "history"): seasonal,
        ("months", "pull_to_equal"): seasonal,
        ("months", "together"): seasonal,
    }
    return [one for one in proposals if uses.get(one.path, True)]


def _splits(known: Known) -> Iterator[Proposal]:
    has = known.base > 0
    why = (
        Title("看过去 12 个月的业绩,留三成平均", "the last 12 months, with three tenths shared equally")
        if has
        else Title("过去 12 个月没有数据", "there is no figure in the last 12 months")
    )
    none = Title("不上浮", "no reserve")
    for place in ("teams", "people"):
        yield Proposal((place, "split_by"), SHARES if has else "equal", why)
        yield Proposal((place, "street_above"), "0%", none)
    newcomers = Title("新人不因没有历史而吃亏或占便宜", "newcomers neither gain nor lose by it")
    yield Proposal(("people", "without_history"), "team-median", newcomers)
    yield Proposal(("people", "ramp_gap"), "open", Title("缺口看得见", "so that the gap is seen"))
    idle = sorted(role for role, sold in known.roles.items() if not sold and role not in known.leading)
    selling = sorted(role for role, sold in known.roles.items() if sold)
    if idle and selling and not known.leading & set(selling):
        names = "、".join(idle), ", ".join(idle)
        yield Proposal(
            ("people", "roles"),
            _list(selling),
            Title(f"岗位 {names[0]} 过去 12 个月没有业绩", f"nobody who is {names[1]} has a figure in 12 months"),
        )


def _months(known: Known, currency: str) -> Iterator[Proposal]:
    years = known.complete_years()[-3:]
    count = len(years)
    if count < 2:
        why = (
            Title(f"只有 {years[0]} 一个完整年度,季节性还看不准", f"one complete year, {years[0]}, is no season yet")
            if years
            else Title("没有完整年度", "there is no complete year")
        )
        yield Proposal(("months", "split_by"), "equal", why)
    else:
        why = Title(f"有 {count} 个完整年度", f"there are {count} complete years")
        yield Proposal(("months", "split_by"), "seasonal", why)
    if years:
        shown = ", ".join(map(str, years))
        yield Proposal(("months", "history"), f"[{shown}]", Title("完整的年度", "the years that are complete"))
        why = Title("年份不多,部分出于偶然", "a few years are partly chance")
        yield Proposal(("months", "pull_to_equal"), PULLS.get(count, "50%"), why)
        if currency == "CNY":
            spring = Title("春节落在一月或二月", "Spring Festival falls in either")
            yield Proposal(("months", "together"), "[[1, 2]]", spring)


def _unit(known: Known, year_amount: Decimal | None) -> str:
    """A round unit near a hundredth of what one person has in one month; "" where nothing is known."""
    if not year_amount or not known.people:
        return ""
    month = CONTEXT.divide(year_amount, Decimal(known.people * 12))
    power = month.adjusted() - 2
    return f"{10**power:,}" if power > 0 else "1" if power == 0 else ""


def _list(names: list[str]) -> str:
    from salescli.services.quota.options import quoted

    return f"[{', '.join(map(quoted, names))}]"
