"""The shape of a target policy: what `config/targets/*.yaml` may say. Intent only; the numbers are records."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from salescli.core.quotas.base import BaseText
from salescli.core.quotas.shape_values import (
    WHOLE,
    Base,
    Level,
    Limit,
    LimitText,
    Positive,
    Share,
    Weight,
    Window,
    Year,
    blend_of,
    not_negative,
    shown_percent,
    too_large,
)
from salescli.core.shape_choices import ByKind
from salescli.core.shape_faults import Fault
from salescli.core.shape_marks import AfterValidator, Field, model_validator
from salescli.core.shapes import Amount, Count, Day, Name, Rate, Shape, TitleShape, fault, faults
from salescli.core.title import Title

__all__ = ["FixedShape", "LimitText", "MonthsShape", "PeopleShape", "TargetsPolicy", "TeamsShape", "VacantSeatShape"]


class _Split(Shape):
    """What teams, people and months have in common."""

    split_by: Any
    weights: dict[Name, Weight] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _weights_and_method(self) -> _Split:
        uses = any(name == "weights" for name, _ in self.split_by)
        if uses and not self.weights:
            raise fault("missing-key", key="weights")
        if self.weights and not uses:
            raise fault("weights-not-used", "weights")
        if uses and not any(self.weights.values()):
            raise fault("weights-sum-to-zero", "weights", method="weights")
        return self

    def uses(self, method: str) -> bool:
        """Tell whether a method has a share in the blend."""
        return any(name == method for name, _ in self.split_by)


class _SeatedSplit(_Split):
    """What teams and people have in common: `capacity` says how fast each role becomes productive."""

    capacity: dict[Name, tuple[Share, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _capacity_and_method(self) -> _SeatedSplit:
        found = too_large(self.capacity, "capacity")
        if self.uses("capacity") and not self.capacity:
            found.append(Fault("missing-key", (), {"key": "capacity"}))
        if self.capacity and not self.uses("capacity"):
            found.append(Fault("method-not-used", ("capacity",), {"key": "capacity"}))
        if found:
            raise faults(found)
        return self


class TeamsShape(_SeatedSplit):
    """The company's year among teams."""

    called = Title("teams 部分", "`teams`")
    split_by: blend_of("teams")  # type: ignore[valid-type]
    street_above: Share = Decimal(0)
    rationale: dict[Name, TitleShape] = Field(default_factory=dict)  # why, by team


class FixedShape(Shape):
    """A figure that is agreed on: it stands, and the rest moves."""

    called = Title("固定目标", "a fixed figure")
    person: Name
    period: Name
    amount: Annotated[Amount, AfterValidator(not_negative)]
    rest: Literal["team", "own-year"]


class VacantSeatShape(Shape):
    """A seat that is to be filled: it has a quota, and whoever takes it takes the remaining months."""

    called = Title("空缺席位", "a vacant seat")
    seat: Name
    team: Name
    role: Name | None = None
    from_day: Day | None = Field(default=None, alias="from")


class PeopleShape(_SeatedSplit):
    """A team's year among its people and vacant seats.

    Without `roles`, everybody in the team has a quota but whoever leads it: a leader's target is the team's. `leavers`
    says where the remaining months of somebody who leaves go; `successors` names, by leaver, who takes over.
    """

    called = Title("people 部分", "`people`")
    split_by: blend_of("people")  # type: ignore[valid-type]
    roles: tuple[Name, ...] = ()
    vacant_seats: tuple[VacantSeatShape, ...] = ()
    without_history: Literal["team-median", "nothing"] | None = None
    at_least: Limit | None = None
    at_most: Limit | None = None
    street_above: Share = Decimal(0)
    ramp: dict[Name, tuple[Share, ...]] = Field(default_factory=dict)
    ramp_gap: Literal["open", "colleagues"] | None = None
    leavers: Literal["team", "successor", "manager", "vacant-seat"] | None = None
    successors: dict[Name, Name] = Field(default_factory=dict)
    fixed: tuple[FixedShape, ...] = ()

    @model_validator(mode="after")
    def _said_where_money_depends_on_it(self) -> PeopleShape:
        found: list[Fault] = []
        if self.uses("history") and self.without_history is None:
            found.append(Fault("missing-key", (), {"key": "without_history", "choices": ("team-median", "nothing")}))
        if self.ramp and self.ramp_gap is None:
            found.append(Fault("missing-key", (), {"key": "ramp_gap", "choices": ("open", "colleagues")}))
        found += [
            Fault("own-successor", ("successors", leaver), {"person": leaver})
            for leaver, successor in self.successors.items()
            if leaver == successor
        ]
        if self.ramp and self.uses("capacity"):
            found.append(Fault("ramp-counted-twice", ("ramp",), {}))
        found += too_large(self.ramp, "ramp")
        if self._is_crossed():
            found.append(Fault("floor-above-ceiling", ("at_least",), {}))
        if found:
            raise faults(found)
        return self

    def _is_crossed(self) -> bool:
        low, high = self.at_least, self.at_most
        if low is None or high is None:
            return False
        if low.of_own_year is not None and high.of_own_year is not None:
            return low.of_own_year > high.of_own_year
        return low.amount is not None and high.amount is not None and low.amount > high.amount


class MonthsShape(_Split):
    """A person's year among months."""

    called = Title("months 部分", "`months`")
    split_by: blend_of("months")  # type: ignore[valid-type]
    history: tuple[Count, ...] = ()
    pull_to_equal: Share = Decimal(0)
    together: tuple[tuple[Count, ...], ...] = ()

    @model_validator(mode="after")
    def _season_is_complete(self) -> MonthsShape:
        found: list[Fault] = []
        if self.uses("seasonal") and not self.history:
            found.append(Fault("missing-key", (), {"key": "history"}))
        if self.pull_to_equal > 1:
            found.append(Fault("number-too-large", ("pull_to_equal",), {"limit": "100%"}))
        seen: set[int] = set()
        for group, months in enumerate(self.together):
            for index, month in enumerate(months):
                if month not in range(1, 13) or month in seen:
                    found.append(Fault("bad-month-number", ("together", group, index), {"text": str(month)}))
                seen.add(month)
        for key in self.weights:
            if key not in {str(number) for number in range(1, 13)}:
                found.append(Fault("bad-month-number", ("weights", key), {"text": key}))
        found += [
            Fault("said-twice", ("history", index), {"text": str(year)})
            for index, year in enumerate(self.history)
            if year in self.history[:index]
        ]
        if found:
            raise faults(found)
        return self


class BaseShape(Shape):
    """A base of another metric than the target's."""

    called = Title("base 部分", "`base`")
    window: Window
    metric: Name | None = None


def _base_only() -> dict[Level, Decimal]:
    return {"base": WHOLE}


class TargetsPolicy(Shape):
    """One metric's targets for one year: company, teams, people, months."""

    called = Title("目标方案", "a target policy")
    wrong_keys: ClassVar[dict[str, str]] = {"year": "for_year", "total": "amount", "target": "amount"}
    format: Literal["1"]
    targets: Name
    title: TitleShape | None = None
    for_year: Year
    metric: Name
    currency: Name | None = None
    rationale: TitleShape | None = None  # why this figure, in words; `quota rationale` prints it beside the numbers
    amount: Positive | None = None
    growth: Rate | None = None
    base: Annotated[BaseText | BaseShape, ByKind(text=Base, map=BaseShape)] | None = None
    levels: dict[Level, Rate] = Field(default_factory=_base_only)
    teams: TeamsShape
    people: PeopleShape
    months: MonthsShape
    round_to: Positive | None = None
    potential: Name | None = None
    pipeline: Name | None = None
    band: Share = Decimal(0)  # how far sums of children may be off, as a share of what is due; `quota reconcile`

    @model_validator(mode="after")
    def _one_company_figure(self) -> TargetsPolicy:
        found: list[Fault] = []
        if self.amount is None and self.growth is None:
            found.append(Fault("one-of-keys-missing", (), {"choices": ("amount", "growth")}))
        if self.amount is not None and self.growth is not None:
            found.append(Fault("keys-exclude-each-other", ("growth",), {"key": "growth", "other": "amount"}))
        if self.growth is not None and self.base is None:
            found.append(Fault("missing-key", (), {"key": "base"}))
        if self.growth is not None and self.growth <= -1:
            found.append(Fault("number-not-above", ("growth",), {"limit": "-100%"}))
        if self.levels.get("base") != WHOLE:
            found.append(Fault("base-level-not-100", ("levels",), {}))
        found += [
            Fault("method-not-used", (key,), {"key": key})
            for key, named in (("potential", self.potential), ("pipeline", self.pipeline))
            if named is not None and not self.uses(key)
        ]
        found += [
            Fault("number-not-above", ("levels", level), {"text": shown_percent(rate), "limit": "0%"})
            for level, rate in self.levels.items()
            if rate <= 0
        ]
        if found:
            raise faults(found)
        return self

    def uses(self, method: str) -> bool:
        """Tell whether teams or people are split by a method."""
        return self.teams.uses(method) or self.people.uses(method)

    @property
    def base_text(self) -> BaseText | None:
        """What the target grows from, as written."""
        return self.base.window if isinstance(self.base, BaseShape) else self.base

    @property
    def base_metric(self) -> str:
        """The metric that the base is a figure of."""
        return (self.base.metric if isinstance(self.base, BaseShape) else None) or self.metric

    @property
    def needs_history(self) -> bool:
        """Tell whether figures of the base window are asked of teams or people."""
        limits = (self.people.at_least, self.people.at_most)
        own_year = any(limit is not None and limit.of_own_year is not None for limit in limits)
        return own_year or self.teams.uses("history") or self.people.uses("history")
