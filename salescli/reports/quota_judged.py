"""What `quota check` found of one metric's year, and the columns that its tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from salescli.core.money import decimal_places, smallest_amount
from salescli.core.quotas.differences import Difference
from salescli.core.quotas.fairness import Fairness
from salescli.core.quotas.reach import Reach
from salescli.core.quotas.result import YearRow
from salescli.core.quotas.sanity import Asked, Coverage
from salescli.core.table import Column, ColumnKind
from salescli.core.title import Title
from salescli.reports.quota import Names


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything about one metric's targets of a year. `seed` is None where no statistics were asked."""

    metric: Title
    year: str
    currency: str
    judged: Title
    window: str
    unknown: str
    growth: tuple[Asked, ...]
    cover: tuple[Coverage, ...]
    years: tuple[YearRow, ...]
    differences: tuple[Difference, ...]
    reach: Mapping[str, Reach]
    fairness: Fairness | None
    names: Names
    seed: int | None


def who(one: Judged, key: str) -> str:
    """Return a person's name."""
    return one.names.members.get(key, key)


def named(prefix: Title, title: Title) -> Title:
    """Return a table's title behind its subject's."""
    return Title(f"{prefix.zh}{title.zh}", f"{prefix.en}{title.en}")


def text(key: str, title: Title, give_way: Literal["", "empty", "narrow"] = "") -> Column:
    """A column of words."""
    return Column(key, title, give_way=give_way)


def money(key: str, title: Title, one: Judged, blank: Title | None = None) -> Column:
    """A column of the metric: money, or a quantity where it is none."""
    kind: ColumnKind = "money" if one.currency else "quantity"
    places = decimal_places(smallest_amount(one.currency)) if one.currency else None
    return Column(key, title, kind, one.currency, places, blank=blank)
