"""What a year would cost at each attainment, as a Report; how it was found stands below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from salescli.core.commission.outlook import GoesOn
from salescli.core.commission.plan import Plan
from salescli.core.commission.wording import percent
from salescli.core.money import total
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.commission.columns import key_column, money, text, totals_by_currency


@dataclass(frozen=True, slots=True)
class OutlookPerson:
    """One person: what closed months posted, what is known and waits for a run, the year at each scenario."""

    key: str
    name: str
    so_far: Decimal
    waiting: Decimal
    whole: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """One plan: everybody on it, and how its components go on, with how many people."""

    plan: Plan
    people: tuple[OutlookPerson, ...]
    ways: Mapping[GoesOn, int]


@dataclass(frozen=True, slots=True)
class OutlookHead:
    """The year, the scenarios, the first day that is not known, and whether the year is over."""

    year: str
    shares: tuple[Decimal, ...]
    known: date
    is_over: bool
    line: Title


def build_outlook(head: OutlookHead, plans: Sequence[Outlook], *, by_person: bool) -> Report:
    """Build the cost of the year by plan (and person), and how each component was taken on."""
    blocks: list[Block] = [_plans(head, plans)]
    if len({one.plan.currency for one in plans}) > 1:
        blocks.append(totals_by_currency(_plans(head, plans)))
    if by_person:
        blocks.append(_people(head, plans))
    blocks.append(_ways(plans))
    title = Title(f"提成成本预测 · {head.year}", f"Cost of commission, outlook · {head.year}")
    following = () if by_person else (f"salescli commission cost {head.year} --attainment {_texts(head)} --by person",)
    return Report("commission-outlook", title, tuple(blocks), _method(head), next=following)


def _texts(head: OutlookHead) -> str:
    return ",".join(_share(one) for one in head.shares)


def _share(share: Decimal) -> str:
    return percent(share).replace(" ", "")


def _columns(head: OutlookHead, currency: str) -> tuple[Column, ...]:
    at = [
        money(f"at_{_share(one).rstrip('%')}", f"达成 {_share(one)}", f"At {_share(one)}", currency)
        for one in head.shares
    ]
    posted = money("so_far", "已计(关账月份)", "Posted so far", currency)
    return (posted, money("waiting", "已知未计", "Known, not posted", currency), *at)


def _figures(people: Sequence[OutlookPerson], head: OutlookHead) -> tuple[Decimal, ...]:
    at = (total(one.whole[index] for one in people) for index in range(len(head.shares)))
    return (total(one.so_far for one in people), total(one.waiting for one in people), *at)


def _plans(head: OutlookHead, plans: Sequence[Outlook]) -> Table:
    codes = {one.plan.currency for one in plans}
    currency = codes.pop() if len(codes) == 1 else ""
    own = () if currency else (Column("currency", Title("币种", "Currency")),)
    columns = (
        Column("plan", Title("方案", "Plan")),
        *own,
        Column("people", Title("人数", "People"), "count"),
        *_columns(head, currency),
    )
    rows: list[tuple[Value, ...]] = []
    for one in plans:
        code = () if currency else (one.plan.currency,)
        rows.append((one.plan.title, *code, len(one.people), *_figures(one.people, head)))
    everybody = [person for one in plans for person in one.people]
    sums = (None, None, *_figures(everybody, head)) if currency else None
    return Table("plans", columns, tuple(rows), None, sums)


def _people(head: OutlookHead, plans: Sequence[Outlook]) -> Table:
    codes = {one.plan.currency for one in plans}
    currency = codes.pop() if len(codes) == 1 else ""
    own = () if currency else (Column("currency", Title("币种", "Currency")),)
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        *own,
        *_columns(head, currency),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            "" if person.key == person.name else person.key,
            person.name,
            one.plan.title,
            *(() if currency else (one.plan.currency,)),
            *_figures([person], head),
        )
        for one in plans
        for person in one.people
    )
    return Table("people", columns, rows, Title("按人", "By person"))


def _ways(plans: Sequence[Outlook]) -> Table:
    columns = (
        Column("plan", Title("方案", "Plan")),
        Column("component", Title("组件", "Component")),
        Column("way", Title("其余月份", "The months to come"), wraps=True),
        Column("people", Title("人数", "People"), "count"),
    )
    rows = tuple(
        (one.plan.title, one.plan.component_title(way.component), _way(way), count)
        for one in plans
        for way, count in one.ways.items()
    )
    return Table("assumptions", columns, rows, Title("各组件如何推算", "How each component goes on"))


def _way(way: GoesOn) -> Title:
    if way.way == "quota":
        return Title(f"按 {way.metric} 的目标月份分布补足", f"filled up by the quota of {way.metric}")
    if way.way == "average":
        return Title("没有目标:按已知月份的月均", "no quota: the monthly average so far")
    return Title("只计已知月份(奖金池、排名等)", "known months only (pools, rankings …)")


def _method(head: OutlookHead) -> tuple[Title, ...]:
    last = head.known - timedelta(days=1)
    if head.is_over:
        return (Title("该年已结束:全部为实际", "the year is over: everything is known"), *_what(), head.line)
    return (
        Title(
            f"截至 {last} 为实际;其余 = 比例 × 全年目标 − 实际,按各月目标分摊,由引擎计算全年;已超过者不减",
            f"known through {last}; the rest, share × the year's quota − what is known, is spread as the quotas of the "
            "months to come and the engine computes the year; who is above it stays there",
        ),
        Title(
            "业绩结构同已知月份;看达成率的门槛与系数按该比例,其他门槛视为通过,其他系数按最近读数;"
            "未知绩效按方案的 until_known",
            "the mix stays as it is; gates and factors of an attainment read the scenario, other gates pass, other "
            "factors read what they last did; grades not known count as `until_known` says",
        ),
        *_what(),
        head.line,
    )


def _what() -> tuple[Title, ...]:
    return (
        Title(
            "已计 = 关账各月运行所计;已知未计 = 下一次运行会补计的",
            "posted is what the runs of closed months posted; known, not posted is what the next run would add",
        ),
        Title("应计,加预支与扣款", "earned, with draw and deductions"),
    )
