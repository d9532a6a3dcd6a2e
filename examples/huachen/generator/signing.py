"""Draw the contracts and what falls due of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from generator.chance import Chance
from generator.facts import Contract, Instalment
from generator.market import PRODUCT_WEIGHTS, PRODUCTS, TODAY, Customer, Product, working_day
from generator.people import PEOPLE, is_selling, team_of

_SIGNED_PER_MONTH = 22
_SEASON = (0.8, 0.5, 1.3, 0.9, 0.9, 1.25, 0.9, 0.9, 1.15, 0.8, 0.95, 1.55)
_SIZE = 146  # cents per yuan of the product's range: 2025 then comes to some ninety-five million


def draw_contracts(chance: Chance, customers: list[Customer]) -> list[Contract]:
    """Draw what was signed from July 2024 to March 2026, numbered by date."""
    drafts: list[Contract] = []
    for step in range(21):
        year, month = 2024 + (6 + step) // 12, (6 + step) % 12 + 1
        known = [each for each in customers if each.since < date(year, month, 1)]
        new = [each for each in customers if each.since.year == year and each.since.month == month]
        drafts += [_draw_contract(chance, each, working_day(each.since), "新签") for each in new]
        for _ in range(round(_SIGNED_PER_MONTH * _SEASON[month - 1]) - len(new)):
            day = working_day(date(year, month, chance.between(1, 26)))
            drafts.append(_draw_contract(chance, chance.pick(known), day, ""))
    drafts.sort(key=lambda each: (each.signed, each.customer.number, each.amount))
    counts: dict[int, int] = {}
    contracts = []
    for draft in drafts:
        counts[draft.signed.year] = counts.get(draft.signed.year, 0) + 1
        number = f"HC-{draft.signed.year}-{counts[draft.signed.year]:04d}"
        parts = tuple(replace(each, contract=number) for each in draft.instalments)
        contracts.append(replace(draft, number=number, instalments=parts))
    return contracts


def _draw_contract(chance: Chance, customer: Customer, day: date, kind: str) -> Contract:
    product = chance.weighted(PRODUCTS, PRODUCT_WEIGHTS)
    kind = kind or _draw_kind(chance, product)
    scale = 0.75 if kind == "续签" else 1.0
    unit = chance.pick((100_00, 1_000_00, 1_000_00))
    amount = max(1, round(chance.skewed(product.low, product.high) * _SIZE * scale / unit)) * unit
    net = amount * 100 // (100 + product.tax)
    purchase = 0
    if product.line == "硬件":
        purchase = net * chance.between(45, 62) // 100 // 100_00 * 100_00
    elif product.line == "软件" and chance.happens(0.12):
        purchase = net * chance.between(8, 20) // 100 // 100_00 * 100_00
    accepted = working_day(day + timedelta(days=chance.between(35, 95)))
    warranty = date(accepted.year + 1, accepted.month, min(accepted.day, 28))
    return Contract(
        number="",
        customer=customer,
        owner=_owner_on(chance, customer, day),
        product=product,
        signed=day,
        kind=kind,
        amount=amount,
        purchase=purchase,
        accepted=accepted if accepted <= TODAY else None,
        warranty_end=None if chance.happens(0.06) else warranty,
        channel=chance.weighted(("直销", "渠道"), (4, 1)),
        instalments=_draw_instalments(chance, product, day, accepted, warranty, amount),
    )


def _draw_kind(chance: Chance, product: Product) -> str:
    if product.line == "云服务":
        return chance.weighted(("续签", "增购", "新签"), (5, 3, 2))
    return chance.weighted(("续签", "增购", "新签"), (1, 5, 4))


def _owner_on(chance: Chance, customer: Customer, day: date) -> str:
    """The customer's account manager, or a colleague of the team where that one is not there yet or any more."""
    if is_selling(customer.owner, day):
        return customer.owner
    if day >= date(2026, 3, 1) and customer.owner == "0076":
        return "0118"
    team = team_of(customer.owner, day)
    colleagues = [each for each in PEOPLE if each.strength and team_of(each.number, day) == team]
    return chance.pick([each.number for each in colleagues if is_selling(each.number, day)])


def _draw_instalments(
    chance: Chance, product: Product, day: date, accepted: date, warranty: date, amount: int
) -> tuple[Instalment, ...]:
    """30 / 60 / 10 for projects (10 % when the warranty ends), by month, quarter, half or at once for services."""
    if product.line != "云服务" and product.number != "P06":
        parts = [(day + timedelta(days=10), 30), (accepted + timedelta(days=15), 60), (warranty, 10)]
        return _share(amount, parts)
    count = chance.weighted((1, 2, 4, 12), (2, 3, 5, 7))
    gap = 365 // count
    return _share(amount, [(day + timedelta(days=10 + gap * place), 1) for place in range(count)])


def _share(amount: int, parts: list[tuple[date, int]]) -> tuple[Instalment, ...]:
    """Share an amount in proportion; what is already given out is carried along, so the parts add up."""
    whole, given, weight, shares = sum(each for _, each in parts), 0, 0, []
    for number, (due, part) in enumerate(parts, 1):
        weight += part
        upto = amount * weight // whole
        shares.append(Instalment("", number, due, upto - given))
        given = upto
    return tuple(shares)
