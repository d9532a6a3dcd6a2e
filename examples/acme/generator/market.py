"""Acme's products and the companies it sells to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.chance import Chance
from generator.people import SELLERS, Person

TODAY = date(2026, 10, 5)
FIRST_DAY = date(2025, 4, 1)
LAST_DAY = date(2026, 9, 30)


@dataclass(frozen=True)
class Product:
    """A product with its family and the usual range of a year's price, in whole units."""

    number: str
    name: str
    family: str
    low: int
    high: int


PLATFORM = Product("ACM-PLT", "Acme Platform", "Platform", 42_000, 150_000)
ANALYTICS = Product("ACM-ANL", "Acme Analytics", "Platform", 24_000, 90_000)
CONNECT = Product("ACM-CON", "Acme Connect", "Integration", 15_000, 60_000)
GUARD = Product("ACM-GRD", "Acme Guard", "Guard", 18_000, 66_000)
PRODUCTS = (PLATFORM, ANALYTICS, CONNECT, GUARD)


@dataclass(frozen=True)
class Account:
    """A company, whose it is, and whether it was a customer before the files begin."""

    number: str
    name: str
    owner: Person
    country: str
    industry: str
    employees: int
    is_old: bool

    @property
    def website(self) -> str:
        """The address of its site."""
        return "".join(each for each in self.name.lower() if each.isascii() and each.isalnum()) + ".example"


_US = ("Northwind", "Blue Harbor", "Summit", "Redwood", "Ironbridge", "Lakeshore", "Pinecrest", "Silverline", "Cascade",
       "Meridian", "Copperfield", "Granite", "Beacon", "Fairway", "Evergreen", "Prairie", "Tidewater", "Keystone",
       "Sagebrush", "Highland", "Stonegate", "Clearwater")  # fmt: skip
_US_KINDS = ("Logistics", "Health", "Foods", "Energy", "Insurance", "Robotics", "Media", "Financial", "Retail")
_EU = (("Rheingold Maschinenbau GmbH", "Germany"), ("Société Lumière", "France"), ("Müller & Söhne AG", "Germany"),
       ("Bianchi Tessuti S.r.l.", "Italy"), ("Van der Berg Logistics B.V.", "Netherlands"),
       ("Nordlys Energi A/S", "Denmark"),
       ("Café Belleville SAS", "France"), ("Alpenblick Versicherung AG", "Austria"), ("Iberia Solar S.A.", "Spain"),
       ("Kraków Data Sp. z o.o.", "Poland"), ("Fjord Shipping AS", "Norway"), ("Atelier Rousseau", "France"),
       ("Hanse Pharma GmbH", "Germany"), ("Lago Moda S.p.A.", "Italy"), ("Brabant Foods B.V.", "Netherlands"),
       ("Oresund Medtech AB", "Sweden"), ("Castellana Seguros S.A.", "Spain"), ("Zürich Precision AG", "Switzerland"),
       ("Dublin Payments Ltd", "Ireland"), ("Wiener Papier GmbH", "Austria"))  # fmt: skip
_INDUSTRIES = {"Logistics": "Transportation", "Health": "Healthcare", "Foods": "Food & Beverage", "Energy": "Energy",
               "Insurance": "Insurance", "Robotics": "Manufacturing", "Media": "Media", "Financial": "Banking",
               "Retail": "Retail"}  # fmt: skip
_ACCOUNTS_EACH = 26


def build_accounts(chance: Chance) -> list[Account]:
    """Draw the accounts of every account executive; a third were customers before."""
    american = [f"{first} {kind}" for first in _US for kind in _US_KINDS]
    european = list(_EU)
    accounts = []
    for owner in SELLERS:
        for _ in range(10 if owner.team == "EMEA" else _ACCOUNTS_EACH):
            if owner.team == "EMEA":
                name, country = european.pop(chance.below(len(european)))
                industry = chance.pick(tuple(_INDUSTRIES.values()))
            else:
                name, country = american.pop(chance.below(len(american))), "United States"
                industry = _INDUSTRIES[name.rsplit(" ", 1)[1]]
            is_old = chance.happens(35) and owner.joined < FIRST_DAY
            employees = chance.size(80, 9_000)
            accounts.append(Account(f"A{len(accounts) + 1:04d}", name, owner, country, industry, employees, is_old))
    return accounts
