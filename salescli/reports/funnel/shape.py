"""What the reports of the funnel share: what was asked, in words, and columns of amounts by currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from salescli.core.funnel.cohort import Amounts, Funnel, Policy
from salescli.core.funnel.rates import WinRate
from salescli.core.money import from_e4
from salescli.core.table import Block, Column, Value
from salescli.core.title import Title

MODES = {
    "reached": Title("到达口径", "reached"),
    "strict": Title("逐阶段口径", "strict: through every stage"),
    "period": Title("期间流量", "flow of a period"),
    "snapshot": Title("快照", "snapshot"),
}
SKIPS = {
    "backfill": Title("跳过的阶段视为经过", "skips back-filled"),
    "exclude": Title("跳过阶段的商机不计", "deals that skip left out"),
    "as-is": Title("只计停留过的阶段", "skips as they are"),
}
REGRESS = {
    "all": Title("", ""),
    "first": Title("回退按首次", "moves back: first visit"),
    "last": Title("回退按最后一次", "moves back: last visit"),
}
RATES = {
    "closed": Title("按已结单", "of closed"),
    "engaged": Title("按已推进(离开首阶段)", "of engaged (left the first stage)"),
    "all": Title("按全部进入", "of all entered"),
    "closed-overdue": Title("按已结单与逾期", "of closed and overdue"),
}
UNKNOWN = Title("(不明)", "(not known)")
STAGE = Column("stage", Title("阶段", "Stage"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, in words: the cohort, how it is counted, on which day, of what state of knowledge."""

    cohort: Title
    policy: Policy
    on: date
    known: Title
    place: str  # where the process is defined
    why_empty: Title
    command: str  # the command as it can be typed again, without options of detail
    by: Title | None = None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group of a cohort: how far it came, and its win rates."""

    name: str
    funnel: Funnel
    rates: Mapping[str, WinRate]


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures of a cohort."""

    funnel: Funnel
    rates: Sequence[WinRate]
    groups: Sequence[GroupLine] = ()
    extra: Sequence[Block] = field(default=())


def whole_percent(part: int, whole: int) -> str:
    """Return a share in whole percent; never 0 % or 100 % where it is not.

    >>> whole_percent(1, 1000), whole_percent(999, 1000), whole_percent(31, 100)
    ('1 %', '99 %', '31 %')
    """
    share = int(Fraction(part * 200 + whole, 2 * whole))
    if 0 < part < whole:
        share = min(max(share, 1), 99)
    return f"{share} %"


def value_columns(currencies: Sequence[str], title: Title, key: str = "value") -> list[Column]:
    """Return a column of amounts for each currency: two are never added."""
    is_one = len(currencies) == 1
    return [Column(key if is_one else f"{key}_{one}", title, "money", currency=one) for one in currencies]


def value_cells(amounts: Amounts, currencies: Sequence[str]) -> list[Value]:
    """Return the amounts of a row in the order of the columns."""
    return [from_e4(amounts[one]) if one in amounts else None for one in currencies]


def notes_of(asked: Asked) -> tuple[tuple[Title, str], ...]:
    """Return what the notes sheet of a workbook says."""
    policy = asked.policy
    return (
        (Title("口径", "Definition"), f"{policy.mode}, skips {policy.skips}, regress {policy.regress}"),
        (Title("范围", "Cohort"), asked.cohort.en),
        (Title("截至", "As of"), asked.on.isoformat()),
        (Title("流程", "Process"), asked.place),
        (Title("数据", "Data"), asked.known.en),
    )
