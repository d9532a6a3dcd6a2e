"""Who works at Acme Cloud: three teams, quotas by month, and the terms that people signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

AE, MANAGER, ENGINEER = "Account Executive", "Sales Manager", "Solutions Engineer"


@dataclass(frozen=True)
class Person:
    """Somebody in sales; `pace` is how much an account executive books, in percent of the usual."""

    number: str
    name: str
    title: str
    team: str
    manager: str
    joined: date
    pace: int = 0

    @property
    def email(self) -> str:
        """The address: first.last@acme.example."""
        return f"{self.name.lower().replace(' ', '.')}@acme.example"

    @property
    def currency(self) -> str:
        """What the person is paid in and sells in."""
        return "EUR" if self.team == "EMEA" else "USD"


@dataclass(frozen=True)
class Team:
    """A team, who leads it, and the region it sells in."""

    number: str
    name: str
    parent: str
    manager: str
    region: str


TEAMS = (
    Team("T0", "Sales", "", "Grace Palmer", ""),
    Team("T1", "East", "Sales", "Marcus Reid", "East"),
    Team("T2", "West", "Sales", "Olivia Chen", "West"),
    Team("T3", "EMEA", "Sales", "Katrin Vogel", "EMEA"),
)

PEOPLE = (
    Person("E001", "Grace Palmer", "VP Sales", "Sales", "", date(2021, 2, 1)),
    Person("E010", "Marcus Reid", MANAGER, "East", "Grace Palmer", date(2022, 3, 7)),
    Person("E011", "Hannah Brooks", AE, "East", "Marcus Reid", date(2022, 9, 12), 155),
    Person("E012", "Diego Alvarez", AE, "East", "Marcus Reid", date(2023, 5, 2), 85),
    Person("E013", "Priya Nair", AE, "East", "Marcus Reid", date(2024, 1, 15), 105),
    Person("E014", "Tom Whitaker", ENGINEER, "East", "Marcus Reid", date(2023, 8, 21)),
    Person("E020", "Olivia Chen", MANAGER, "West", "Grace Palmer", date(2021, 11, 8)),
    Person("E021", "Jake Morrison", AE, "West", "Olivia Chen", date(2022, 6, 20), 110),
    Person("E022", "Sofia Ramirez", AE, "West", "Olivia Chen", date(2024, 10, 1), 75),
    Person("E023", "Ben Carter", AE, "West", "Olivia Chen", date(2026, 7, 6), 45),
    Person("E024", "Amy Zhang", ENGINEER, "West", "Olivia Chen", date(2022, 1, 10)),
    Person("E030", "Katrin Vogel", MANAGER, "EMEA", "Grace Palmer", date(2022, 4, 4)),
    Person("E031", "Luca Moretti", AE, "EMEA", "Katrin Vogel", date(2023, 2, 13), 90),
    Person("E032", "Emma Dubois", AE, "EMEA", "Katrin Vogel", date(2024, 6, 3), 100),
)

SELLERS = tuple(each for each in PEOPLE if each.title == AE)
MONTHS = tuple((2026 + (3 + step) // 12, (3 + step) % 12 + 1) for step in range(12))  # FY2026: April to March

_MONTHLY = {"USD": 100_000, "EUR": 80_000}
# the first months of somebody new: none, none, half, three quarters, then all
_RAMP = (0, 0, 50_000, 75_000)
_TARGET_INCENTIVE = {"E011": 120_000, "E012": 110_000, "E013": 114_000, "E021": 120_000, "E022": 108_000,
                     "E023": 90_000, "E031": 84_000, "E032": 86_400}  # fmt: skip


def quotas_of(person: Person) -> Iterator[tuple[str, int]]:
    """Yield the month and the quota of each month in which somebody sells, in whole units of the currency."""
    first = (person.joined.year, person.joined.month)
    months = [each for each in MONTHS if each >= first]
    ramp = _RAMP if first > MONTHS[0] else ()
    for place, (year, month) in enumerate(months):
        yield f"{year}-{month:02d}", ramp[place] if place < len(ramp) else _MONTHLY[person.currency]


def team_quotas(team: Team) -> Iterator[tuple[str, int]]:
    """Yield the month and the quota of a team: what its people carry."""
    people = [dict(quotas_of(each)) for each in SELLERS if each.team == team.name]
    for year, month in MONTHS:
        label = f"{year}-{month:02d}"
        yield label, sum(each.get(label, 0) for each in people)


def terms_rows() -> Iterator[tuple[object, ...]]:
    """Yield what each account executive signed for FY2026; who joins later signed for the rest of the year."""
    for each in SELLERS:
        is_new = each.joined > date(2026, 4, 1)
        start = each.joined if is_new else date(2026, 4, 1)
        amount, draw = _TARGET_INCENTIVE[each.number], 4_000 if is_new else ""
        yield each.number, each.name, start, date(2027, 3, 31), amount, draw, each.currency, "Grace Palmer"
