"""`pool`: a figure of the team, found by tiers, paid at its window's end and shared between manager and members.

The pot is computed for the manager (`for_group`), shared by `groups/pools.py`, and every share is handed back as data.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, TypeAlias

from salescli.core.commission.components.base import ZERO, Formula, Part, Task
from salescli.core.commission.components.tiered import TieredComponent, TieredType
from salescli.core.commission.groups.given import shared_formula
from salescli.core.commission.result import Note
from salescli.core.shape_marks import Field
from salescli.core.shapes import Factor, Name, OneOfKeys, OneOrMany, Rate, Shape
from salescli.core.title import Title

PERFORMANCE_BASE = "performance-base"


class ManagerShare(Shape):
    """The manager's part of the pot."""

    called = Title("经理份额", "a share")
    manager: Rate


class MembersShare(Shape):
    """The members' part of the pot."""

    called = Title("成员份额", "a share")
    members: Rate


PotShare: TypeAlias = Annotated[
    ManagerShare | MembersShare, OneOfKeys({"manager": ManagerShare, "members": MembersShare})
]


class Members(Shape):
    """Who of the manager's team shares the pot."""

    called = Title("成员", "members")
    roles: OneOrMany[Name]
    on: Literal["last-day", "days-in-seat"]


class MembersGrade(Shape):
    """The factor by which a member's salary is weighed: the grade of the pool's own period."""

    called = Title("成员等级系数", "members_grade")
    grade_from: Name
    without_grade: Factor
    table: Annotated[dict[Name, Factor], Field(min_length=1)]

    def factor(self, grade: str) -> Decimal:
        """Return the factor of a grade."""
        return self.table.get(grade, self.without_grade)


class PoolComponent(TieredComponent):
    """YAML of a `pool` component."""

    called = Title("团队奖金包组件", "a pool component")
    type: Literal["pool"]  # type: ignore[assignment]
    shares: Annotated[tuple[PotShare, ...], Field(min_length=1)]
    members: Members
    members_by: Literal["equal", "contribution", "salary-times-grade", "manager-sheet"]
    members_grade: MembersGrade | None = None
    nobody_to_share: Literal["back-to-company", "manager"]

    group_decides: ClassVar[frozenset[Part]] = frozenset({"needs", "times", "bounds"})

    @property
    def is_running_sum(self) -> bool:
        """A pot is shared at its window's end."""
        return False

    def share_of(self, who: Literal["manager", "members"]) -> Decimal:
        """Return the part of the pot that the manager, or the members, have."""
        parts = (getattr(one, who, Decimal(0)) for one in self.shares)
        return next((part for part in parts if part), Decimal(0))


class PoolType:
    """The registry line of `pool`."""

    name = "pool"
    title = Title("团队奖金包", "Team pool")
    shape = PoolComponent

    def compute(self, component: PoolComponent, task: Task) -> Formula:
        """Return the pot at each window's end, or what the pots give this person."""
        if task.facts.inputs.for_group:
            return _at_window_end(TieredType().compute(component, task), task)
        formula = shared_formula(task, Formula([ZERO] * (task.now + 1), task.spans))
        span = task.spans[-1] if task.spans else None
        if span is not None and not span.is_whole and span.last == task.now:
            formula.notes.append(Note("pool-not-due", (("due", span.end),), (*task.path, "adds_up_over")))
        return formula


def _at_window_end(formula: Formula, task: Task) -> Formula:
    """Gather a window's increments in its last run; a window that has not ended gives nothing yet."""
    formula.on_the_way = list(formula.amounts)
    for span in task.spans:
        total = sum(formula.amounts[span.first : span.last + 1], Fraction(0))
        low = sum((formula.lowest or formula.amounts)[span.first : span.last + 1], Fraction(0))
        for amounts, whole in ((formula.amounts, total), (formula.lowest, low)):
            if amounts is not None:
                amounts[span.first : span.last + 1] = [ZERO] * (span.last + 1 - span.first)
                amounts[span.last] = whole if span.is_whole else ZERO
    return formula
