"""The deals behind the contracts, and those that were lost or are still open, with every stage they entered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from generator.chance import Chance
from generator.facts import Contract, Trade
from generator.market import FIRST_DAY, LAST_DAY, PRODUCT_WEIGHTS, PRODUCTS, Customer, working_day
from generator.people import is_selling

STAGES = ("线索", "需求", "方案", "谈判")
WON, LOST = "赢单", "输单"
PROBABILITY = {"线索": "10%", "需求": "30%", "方案": "50%", "谈判": "80%", WON: "100%", LOST: "0%"}
_LOST_REASONS = ("价格", "竞争对手", "无预算", "需求取消", "无响应")
_RIVALS = ("星海软件", "中联云", "蓝图科技")
_SOURCES = ("官网", "展会", "转介绍", "电话拓展", "渠道伙伴")


@dataclass(frozen=True)
class Deal:
    """An opportunity and the moments at which it entered its stages."""

    number: str
    name: str
    customer: Customer
    owner: str
    product: str
    stage: str
    amount: int
    created: date
    expected: date
    closed: date | None
    source: str
    rival: str
    lost_reason: str
    entered: tuple[tuple[str, datetime], ...]
    contract: str = ""


def build_deals(chance: Chance, trade: Trade, customers: list[Customer]) -> list[Deal]:
    """Draw a won deal for each contract that is no renewal, 275 lost and 190 open ones; contracts name theirs."""
    sold = [each for each in trade.contracts if each.kind != "续签" and not each.is_carried_over]
    drafts = [_draw_won(chance, each) for each in sold]
    drafts += [_draw_lost(chance, customers) for _ in range(275)]
    drafts += [_draw_open(chance, customers) for _ in range(190)]
    drafts.sort(key=lambda each: (each.created, each.customer.number, each.amount))
    counts: dict[int, int] = {}
    deals = []
    for draft in drafts:
        counts[draft.created.year] = counts.get(draft.created.year, 0) + 1
        deals.append(replace(draft, number=f"SJ-{draft.created.year}-{counts[draft.created.year]:04d}"))
    named = {each.contract: each.number for each in deals if each.contract}
    trade.contracts = [replace(each, deal=named.get(each.number, "")) for each in trade.contracts]
    return deals


def _draw_won(chance: Chance, contract: Contract) -> Deal:
    created = working_day(contract.signed - timedelta(days=chance.between(25, 140)))
    path = [stage for stage in STAGES if stage == "线索" or chance.happens(0.93)]
    entered = _draw_moments(chance, [*path, WON], created, contract.signed)
    name = f"{contract.customer.name[:4]}{contract.product.name}项目"
    expected = contract.signed + timedelta(days=chance.between(-10, 20))
    return Deal(
        "", name, contract.customer, contract.owner, contract.product.name, WON, contract.amount, created,
        max(expected, created), contract.signed, chance.pick(_SOURCES), "", "", entered, contract.number,
    )  # fmt: skip


def _draw_lost(chance: Chance, customers: list[Customer]) -> Deal:
    closed = working_day(FIRST_DAY + timedelta(days=chance.between(10, (LAST_DAY - FIRST_DAY).days - 3)))
    created = working_day(closed - timedelta(days=chance.between(15, 150)))
    reached = chance.weighted((1, 2, 3, 4), (3, 3, 3, 2))
    entered = _draw_moments(chance, [*STAGES[:reached], LOST], created, closed)
    reason = chance.weighted(_LOST_REASONS, (8, 6, 4, 2, 2))
    rival = chance.pick(_RIVALS) if reason == "竞争对手" or chance.happens(0.2) else ""
    return _draw_unsold(chance, customers, LOST, created, closed, rival, reason, entered)


def _draw_open(chance: Chance, customers: list[Customer]) -> Deal:
    created = working_day(LAST_DAY - timedelta(days=chance.skewed(4, 260)))
    reached = chance.weighted((1, 2, 3, 4), (4, 4, 3, 2))
    until = created + (LAST_DAY - created) * chance.between(30, 100) / 100
    entered = _draw_moments(chance, list(STAGES[:reached]), created, until)
    return _draw_unsold(chance, customers, STAGES[reached - 1], created, None, "", "", entered)


def _draw_unsold(
    chance: Chance, customers: list[Customer], stage: str, created: date, closed: date | None,
    rival: str, reason: str, entered: tuple[tuple[str, datetime], ...],
) -> Deal:  # fmt: skip
    day = closed or LAST_DAY
    known = [each for each in customers if is_selling(each.owner, created) and is_selling(each.owner, day)]
    customer = chance.pick(known)
    product = chance.weighted(PRODUCTS, PRODUCT_WEIGHTS)
    amount = chance.skewed(product.low, product.high) // 1_000 * 1_000_00
    expected = working_day((closed or LAST_DAY) + timedelta(days=chance.between(-30, 75)))
    return Deal(
        "", f"{customer.name[:4]}{product.name}项目", customer, customer.owner, product.name, stage, amount, created,
        max(expected, created), closed, chance.pick(_SOURCES), rival, reason, entered,
    )  # fmt: skip


def _draw_moments(chance: Chance, stages: list[str], created: date, last: date) -> tuple[tuple[str, datetime], ...]:
    """Spread the stages over the deal's life; the final one is entered on its last day."""
    days = (last - created).days
    cuts = sorted(chance.between(0, max(days - 1, 0)) for _ in stages[1:-1])
    offsets = [0, *cuts, days][: len(stages)]
    moments: list[tuple[str, datetime]] = []
    for place, (stage, offset) in enumerate(zip(stages, offsets, strict=True)):
        start = datetime.combine(created, datetime.min.time()) + timedelta(days=offset)
        moments.append((stage, start + timedelta(hours=9 + place * 2, minutes=chance.between(0, 11) * 5)))
    return tuple(moments)
