"""`rank`: prizes for the first of a ranking at the end of its window, on exact figures.

Who is eligible is found for each candidate (`for_group`), the ranking by `groups/ranks.py`; each prize is handed back
as data.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, TypeAlias

from salescli.core.commission.components.base import ZERO, ComponentShape, Formula, Part, Task
from salescli.core.commission.components.tiered import Attainment
from salescli.core.commission.groups.given import shared_formula
from salescli.core.commission.inputs import basis_of
from salescli.core.commission.result import Note
from salescli.core.shape_marks import Field
from salescli.core.shapes import Amount, Count, Day, Name, OneOfKeys, OneOrMany, Shape
from salescli.core.title import Title


class RankMetric(Shape):
    """Rank by a metric itself."""

    called = Title("排名依据", "rank_by")
    metric: Name
    of: Literal["own", "team"]


RankBy: TypeAlias = Annotated[Attainment | RankMetric, OneOfKeys({"attainment_of": Attainment, "metric": RankMetric})]


class Among(Shape):
    """Who of the plan's people is ranked."""

    called = Title("参评范围", "among")
    role: OneOrMany[Name] = ()
    team: OneOrMany[Name] = ()
    people: OneOrMany[Name] = ()


class RankComponent(ComponentShape):
    """YAML of a `rank` component."""

    called = Title("排名奖组件", "a rank component")
    type: Literal["rank"]
    adds_up_over: Literal["month", "quarter", "year"]
    rank_by: RankBy
    among: Among | None = None
    min_days_in_role: Count | None = None
    employed_on: Day | None = None
    prizes: Annotated[tuple[Amount, ...], Field(min_length=1)]
    ties: Literal["share", "same", "by-date"]
    pays_to: Literal["manager", "person"] | None = None

    group_decides: ClassVar[frozenset[Part]] = frozenset({"needs"})

    @property
    def is_running_sum(self) -> bool:
        """A ranking is made at its window's end."""
        return False

    @property
    def measure(self) -> str:
        """The metric that is compared."""
        return self.rank_by.attainment_of if isinstance(self.rank_by, Attainment) else self.rank_by.metric

    @property
    def reading(self) -> str:
        """The name under which the figure is read: the metric, or its attainment."""
        return f"{self.measure}-attainment" if isinstance(self.rank_by, Attainment) else self.measure

    @property
    def basis(self) -> str:
        """Which quota an attainment is measured by."""
        by = self.rank_by
        return basis_of(by.quota, by.level, self.adds_up_over) if isinstance(by, Attainment) else ""


class RankType:
    """The registry line of `rank`."""

    name = "rank"
    title = Title("排名奖", "Ranking")
    shape = RankComponent

    def compute(self, component: RankComponent, task: Task) -> Formula:
        """Return one unit at each window's end, for the gates to let through; or this person's prizes."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        if task.facts.inputs.for_group:
            for span in task.spans:
                formula.amounts[span.last] = Fraction(task.round_to) if span.is_whole else ZERO
            return formula
        shared_formula(task, formula)
        for span in task.spans:
            formula.amounts[span.last] *= task.part("fixed-amounts", component.adds_up_over, span)
        last = task.spans[-1] if task.spans else None
        if last is not None and not last.is_whole and last.last == task.now:
            formula.notes.append(Note("rank-not-due", (("due", last.end),), (*task.path, "adds_up_over")))
        return formula
