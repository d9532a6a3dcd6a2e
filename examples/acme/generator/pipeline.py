"""The opportunities behind the bookings, those that were lost or are still open, and the stages they went through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from generator.bookings import Booking, Sales, working_day
from generator.chance import Chance
from generator.market import LAST_DAY, PRODUCTS, Account, Product
from generator.people import Person

STAGES = ("Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review")
WON, LOST = "Closed Won", "Closed Lost"
PROBABILITY = {**dict(zip(STAGES, (10, 25, 50, 75), strict=True)), WON: 100, LOST: 0}
_SOURCES = {"Web": 4, "Trade Show": 2, "Partner": 3, "Outbound": 4, "Referral": 2}
_LOST_REASONS = {"Price": 4, "Competitor": 3, "No Budget": 2, "No Decision": 4, "Missing Feature": 1}
_REACHED = {1: 5, 2: 5, 3: 4, 4: 2}  # how many stages a lost opportunity went through


@dataclass(frozen=True)
class Opportunity:
    """An opportunity and when it entered each of its stages."""

    name: str
    account: Account
    owner: Person
    product: Product
    stage: str
    amount: int
    currency: str
    created: date
    expected: date
    closed: date | None
    source: str
    kind: str
    reason: str
    entered: tuple[tuple[str, datetime], ...]
    booking: str = ""
    number: str = ""


def build_opportunities(chance: Chance, sales: Sales, accounts: list[Account]) -> list[Opportunity]:
    """Draw a won one for each booking that is no renewal, 150 lost and 72 open ones, numbered as they were created."""
    drafts = [_draw_won(chance, each) for each in sales.bookings if each.kind != "Renewal"]
    drafts += [_draw_other(chance, accounts, is_lost=True) for _ in range(150)]
    drafts += [_draw_other(chance, accounts, is_lost=False) for _ in range(72)]
    drafts.sort(key=lambda each: (each.created, each.account.number, each.amount, each.name))
    return [replace(each, number=f"OPP-{place:05d}") for place, each in enumerate(drafts, 10_001)]


def _draw_won(chance: Chance, booking: Booking) -> Opportunity:
    created = max(booking.owner.joined, working_day(booking.signed - timedelta(days=chance.between(20, 150))))
    created = min(created, booking.signed)
    path = [each for each in STAGES if each == STAGES[0] or chance.happens(92)]
    return Opportunity(
        name=f"{booking.account.name} - {booking.product.name}",
        account=booking.account,
        owner=booking.owner,
        product=booking.product,
        stage=WON,
        amount=booking.total,
        currency=booking.currency,
        created=created,
        expected=max(created, booking.signed + timedelta(days=chance.between(-20, 12))),
        closed=booking.signed,
        source=chance.weighted(_SOURCES),
        kind="New Business" if booking.kind == "New" else "Existing Business",
        reason="",
        entered=_moments(chance, [*path, WON], created, booking.signed),
        booking=booking.number,
    )


def _draw_other(chance: Chance, accounts: list[Account], *, is_lost: bool) -> Opportunity:
    account = chance.pick([each for each in accounts if is_lost is False or each.owner.joined < date(2026, 1, 1)])
    product = chance.pick(PRODUCTS)
    age = chance.between(70, 540) if is_lost else chance.between(3, 130)
    created = max(account.owner.joined, working_day(LAST_DAY - timedelta(days=age)))
    reached = chance.weighted(_REACHED)
    lasted = min(chance.between(15, 120), (LAST_DAY - created).days)
    end = created + timedelta(days=lasted)
    hoped = chance.between(4, 120)
    path = [*STAGES[:reached], LOST] if is_lost else list(STAGES[:reached])
    return Opportunity(
        name=f"{account.name} - {product.name}",
        account=account,
        owner=account.owner,
        product=product,
        stage=path[-1],
        amount=chance.size(product.low, product.high) // 600 * 600 * 100,
        currency=account.owner.currency,
        created=created,
        expected=(end if is_lost else LAST_DAY) + timedelta(days=hoped),
        closed=end if is_lost else None,
        source=chance.weighted(_SOURCES),
        kind=chance.weighted({"New Business": 3, "Existing Business": 2}),
        reason=chance.weighted(_LOST_REASONS) if is_lost else "",
        entered=_moments(chance, path, created, end),
    )


def _moments(chance: Chance, stages: list[str], created: date, end: date) -> tuple[tuple[str, datetime], ...]:
    """Spread the stages over the days from the first to the last, in order; the last is entered on the last day."""
    days = (end - created).days
    inner = sorted(chance.between(0, days) for _ in stages[1:-1])
    offsets = [0, *inner, days] if len(stages) > 1 else [0]
    morning = datetime.combine(created, time(9))
    return tuple(
        (stage, morning + timedelta(days=offset, hours=place, minutes=chance.below(60)))
        for place, (stage, offset) in enumerate(zip(stages, offsets, strict=True))
    )
