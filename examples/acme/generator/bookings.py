"""What was signed, invoiced and paid. Amounts are whole cents of the booking's currency."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from generator.chance import Chance
from generator.market import CONNECT, FIRST_DAY, GUARD, LAST_DAY, PLATFORM, PRODUCTS, TODAY, Account, Product
from generator.people import SELLERS, Person

_MONTHS = 18
_SEASON = (80, 90, 130, 80, 85, 125, 85, 95, 120, 75, 90, 145)  # percent, from April: quarters end well
_EACH = 3_600  # pace times season that makes one booking a month
_METHODS = {"ACH": 6, "Wire": 3, "Check": 1}


@dataclass(frozen=True)
class Booking:
    """A signed subscription: `acv` is a year of it, the total is all of its term."""

    account: Account
    owner: Person
    product: Product
    signed: date
    kind: str
    acv: int
    months: int
    currency: str
    number: str = ""

    @property
    def total(self) -> int:
        """The value of the whole term."""
        return self.acv * self.months // 12


@dataclass(frozen=True)
class Invoice:
    """What falls due of a booking: a year in advance."""

    booking: Booking
    number: int
    due: date
    paid: date | None
    method: str


@dataclass
class Sales:
    """Everything that was signed, invoiced and shared."""

    bookings: list[Booking] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    splits: dict[str, tuple[tuple[Person, int], ...]] = field(default_factory=dict)


def working_day(day: date) -> date:
    """Move a Saturday or Sunday to the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def build_sales(seed: int, accounts: list[Account]) -> Sales:
    """Draw April 2025 to September 2026 seller by seller, each from a seed of their own, then what follows from it."""
    drafts = _named_bookings(accounts)
    for place, seller in enumerate(SELLERS, 1):
        own = [each for each in accounts if each.owner == seller]
        drafts += _draw_seller(Chance(seed + place), seller, own)
    drafts.sort(key=lambda each: (each.signed, each.account.number, each.acv))
    bookings = _numbered(drafts)
    sales, chance = Sales(bookings), Chance(seed)
    sales.splits = _draw_splits(chance, bookings)
    sales.invoices = [each for booking in bookings for each in _draw_invoices(chance, booking)]
    return sales


def _draw_seller(chance: Chance, seller: Person, accounts: list[Account]) -> list[Booking]:
    customers = {each.number for each in accounts if each.is_old}
    found = []
    for step in range(_MONTHS):
        year, month = 2025 + (3 + step) // 12, (3 + step) % 12 + 1
        if seller.joined < date(year, month, 28):
            found += _draw_month(chance, seller, accounts, customers, year, month)
    return found


def _draw_month(
    chance: Chance, seller: Person, accounts: list[Account], customers: set[str], year: int, month: int
) -> list[Booking]:
    """Draw what one seller signs in a month: as many bookings as the pace and the season allow."""
    weight = seller.pace * _SEASON[(month - 4) % 12]
    count = weight // _EACH + chance.happens(weight % _EACH * 100 // _EACH)
    found = []
    for _ in range(count):
        account = chance.pick(accounts)
        kind = chance.weighted({"Expansion": 5, "Renewal": 4}) if account.number in customers else "New"
        customers.add(account.number)
        product = _draw_product(chance, year, month)
        acv = chance.size(product.low, product.high) // 600 * 600 * 100  # a month of it is whole
        day = date(year, month, chance.between(1, 28))
        term = chance.weighted({12: 5, 24: 2, 36: 3})
        found.append(Booking(account, seller, product, working_day(day), kind, acv, term, seller.currency))
    return [each for each in found if each.signed >= max(FIRST_DAY, seller.joined)]


def _draw_product(chance: Chance, year: int, month: int) -> Product:
    """Guard sells best while the contest runs, in May and June 2026."""
    guard = 16 if (year, month) in ((2026, 5), (2026, 6)) else 2
    return chance.weighted({PLATFORM: 4, PRODUCTS[1]: 3, CONNECT: 3, GUARD: guard})


def _named_bookings(accounts: list[Account]) -> list[Booking]:
    """What the story needs: a great year for Hannah Brooks, a sale in dollars of Luca Moretti's."""
    hannah, luca, emma = ([each for each in accounts if each.owner.number == one] for one in ("E011", "E031", "E032"))
    return [
        Booking(hannah[0], hannah[0].owner, PLATFORM, date(2026, 6, 18), "Expansion", 260_000_00, 36, "USD"),
        Booking(hannah[2], hannah[2].owner, PLATFORM, date(2026, 8, 20), "Expansion", 180_000_00, 24, "USD"),
        Booking(hannah[1], hannah[1].owner, PLATFORM, date(2026, 9, 24), "Expansion", 400_000_00, 36, "USD"),
        Booking(luca[0], luca[0].owner, CONNECT, LAST_DAY, "Expansion", 36_000_00, 12, "USD"),
        Booking(emma[0], emma[0].owner, GUARD, LAST_DAY, "Expansion", 24_000_00, 12, "EUR"),
    ]


def _numbered(drafts: list[Booking]) -> list[Booking]:
    counts: dict[int, int] = {}
    found = []
    for draft in drafts:
        counts[draft.signed.year] = counts.get(draft.signed.year, 0) + 1
        found.append(replace(draft, number=f"BK-{draft.signed.year}-{counts[draft.signed.year]:04d}"))
    return found


def _draw_splits(chance: Chance, bookings: list[Booking]) -> dict[str, tuple[tuple[Person, int], ...]]:
    """Share some bookings of FY2026 with a colleague paid in the same currency, one of the Guard contest among them."""
    year = [each for each in bookings if each.signed >= date(2026, 4, 1) and each.currency == each.owner.currency]
    contest = [each for each in year if each.product == GUARD and each.kind == "New" and each.signed.month in (5, 6)]
    splits: dict[str, tuple[tuple[Person, int], ...]] = {}
    for shape, pool in (((50, 50), contest), *(((each, 100 - each), year) for each in (60, 70, 50, 70, 80, 60))):
        booking = chance.pick([each for each in pool if each.number not in splits and each.acv < 200_000_00])
        colleagues = [
            each
            for each in SELLERS
            if each.currency == booking.currency and each != booking.owner and each.joined < booking.signed
        ]
        splits[booking.number] = ((booking.owner, shape[0]), (chance.pick(colleagues), shape[1]))
    return dict(sorted(splits.items()))


def _draw_invoices(chance: Chance, booking: Booking) -> list[Invoice]:
    """A year in advance, net 30; most pay within a month of the due date, a few not yet."""
    found = []
    for year in range(booking.months // 12):
        due = booking.signed + timedelta(days=30 + 365 * year)
        paid = working_day(due + timedelta(days=chance.between(-6, 28)))
        is_paid = paid < TODAY and not chance.happens(4)
        found.append(Invoice(booking, year + 1, due, paid if is_paid else None, chance.weighted(_METHODS)))
    return found
