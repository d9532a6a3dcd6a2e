"""The shape of a target policy: what `config/targets/*.yaml` may say. Intent only; the numbers are records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator

from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.core.quotas.methods.model import Place
from salescli.core.quotas.methods.registry import PLANNED, names_for
from salescli.core.scalars import TextRefused, parse_amount, parse_day, parse_rate
from salescli.core.shape_faults import Fault
from salescli.core.shapes import Amount, Count, Day, Name, Rate, Shape, TitleShape, fault, faults, of_text
from salescli.core.title import Title

Level = Literal["base", "stretch", "challenge"]
WHOLE = Decimal(1)
_OWN_YEAR = re.compile(r"(\S+\s*%)\s+of\s+own\s+last\s+year")
_YEAR = re.compile(r"(?:FY)?[0-9]{4}")


@dataclass(frozen=True, slots=True)
class LimitText:
    """`at_least` or `at_most`: a rate of the member's own last year, or an amount."""

    of_own_year: Decimal | None = None
    amount: Decimal | None = None


def _parse_limit(text: str) -> LimitText:
    match = _OWN_YEAR.fullmatch(text.strip())
    if match:
        return LimitText(of_own_year=parse_rate(match[1].replace(" ", "")))
    if "%" in text or " of " in text:
        raise TextRefused("bad-quota-limit", text=text)
    return LimitText(amount=parse_amount(text))


def _parse_year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise TextRefused("bad-target-year", text=text)
    return text


def _parse_window(text: str) -> Period:
    first, word, last = text.partition(" through ")
    if not word:
        raise TextRefused("bad-window", text=text)
    start, through = parse_day(first.strip()), parse_day(last.strip())
    if through < start:
        raise TextRefused("window-backwards", text=text)
    return Period(start, through.fromordinal(through.toordinal() + 1), text)


def _percent(rate: Decimal) -> str:
    return f"{CONTEXT.multiply(rate, Decimal(100)).normalize(CONTEXT):f}%"


def _scalar(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "description": description})


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise fault("number-too-small", text=f"{number:f}", limit=0)
    return number


def _above_zero(number: Decimal) -> Decimal:
    if number <= 0:
        raise fault("number-too-small", text=f"{number:f}", limit="0.0001")
    return number


Limit: TypeAlias = Annotated[LimitText, of_text(_parse_limit), _scalar("90% of own last year, or an amount")]
Year: TypeAlias = Annotated[str, of_text(_parse_year), _scalar("2026 or FY2026")]
Window: TypeAlias = Annotated[Period, of_text(_parse_window), _scalar("2024-11-01 through 2025-10-31")]
Weight: TypeAlias = Annotated[Amount, AfterValidator(_not_negative)]
Share: TypeAlias = Annotated[Rate, AfterValidator(_not_negative)]
Positive: TypeAlias = Annotated[Amount, AfterValidator(_above_zero)]

Blend = tuple[tuple[str, Decimal], ...]
"""Methods with their shares, which sum to 100 %."""


def _blend_of(place: Place) -> Any:
    """Return the type of `split_by` in a place: one method's name, or a map of methods to shares."""

    def check(name: str, *path: str) -> list[Fault]:
        if name in PLANNED:
            return [Fault("not-supported-yet", path, {"text": name})]
        if name in names_for(place):
            return []
        return [Fault("unknown-choice", path, {"text": name, "key": "split_by", "choices": names_for(place)})]

    def read(value: object) -> Blend:
        if isinstance(value, str):
            if found := check(value):
                raise faults(found)
            return ((value, WHOLE),)
        if not isinstance(value, dict):
            raise fault("not-a-value")
        return _read_blend(value, check)

    shares = {"type": "object", "additionalProperties": {"type": "string"}}
    schema = {"anyOf": [{"enum": list(names_for(place))}, shares]}
    return Annotated[Blend, PlainValidator(read), WithJsonSchema(schema)]


def _read_blend(value: dict[str, object], check: Callable[..., list[Fault]]) -> Blend:
    found: list[Fault] = []
    blend: list[tuple[str, Decimal]] = []
    for name, text in value.items():
        found += check(name, name)
        try:
            rate = parse_rate(text if isinstance(text, str) else "")
            blend.append((name, rate))
            if rate < 0:
                found.append(Fault("number-too-small", (name,), {"text": text, "limit": "0%"}))
        except TextRefused as refused:
            found.append(Fault(refused.name, (name,), refused.values))
    total = Decimal(0)
    for _, rate in blend:
        total = CONTEXT.add(total, rate)
    if not found and total != WHOLE:
        found.append(Fault("blend-not-100", (), {"total": _percent(total)}))
    if found:
        raise faults(found)
    return tuple(blend)


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


class TeamsShape(_Split):
    """The company's year among teams."""

    called = Title("teams 部分", "`teams`")
    split_by: _blend_of("teams")  # type: ignore[valid-type]
    street_above: Share = Decimal(0)


class FixedShape(Shape):
    """A figure that is agreed on: it stands, and the rest moves."""

    called = Title("固定目标", "a fixed figure")
    person: Name
    period: Name
    amount: Annotated[Amount, AfterValidator(_not_negative)]
    rest: Literal["team", "own-year"]


class VacantSeatShape(Shape):
    """A seat that is to be filled: it has a quota, and whoever takes it takes the remaining months."""

    called = Title("空缺席位", "a vacant seat")
    seat: Name
    team: Name
    role: Name | None = None
    from_day: Day | None = Field(default=None, alias="from")


class PeopleShape(_Split):
    """A team's year among its people and vacant seats.

    Without `roles`, everybody in the team has a quota but whoever leads it: a leader's target is the team's.
    """

    called = Title("people 部分", "`people`")
    split_by: _blend_of("people")  # type: ignore[valid-type]
    roles: tuple[Name, ...] = ()
    vacant_seats: tuple[VacantSeatShape, ...] = ()
    without_history: Literal["team-median", "nothing"] | None = None
    at_least: Limit | None = None
    at_most: Limit | None = None
    street_above: Share = Decimal(0)
    ramp: dict[Name, tuple[Share, ...]] = Field(default_factory=dict)
    ramp_gap: Literal["open", "colleagues"] | None = None
    fixed: tuple[FixedShape, ...] = ()

    @model_validator(mode="after")
    def _said_where_money_depends_on_it(self) -> PeopleShape:
        found: list[Fault] = []
        if self.uses("history") and self.without_history is None:
            found.append(Fault("missing-key", (), {"key": "without_history", "choices": ("team-median", "nothing")}))
        if self.ramp and self.ramp_gap is None:
            found.append(Fault("missing-key", (), {"key": "ramp_gap", "choices": ("open", "colleagues")}))
        if self.ramp_gap == "colleagues":
            found.append(Fault("not-supported-yet", ("ramp_gap",), {"text": "ramp_gap: colleagues"}))
        for role, rates in self.ramp.items():
            found += [
                Fault("number-too-large", ("ramp", role, index), {"text": _percent(rate), "limit": "100%"})
                for index, rate in enumerate(rates)
                if rate > 1
            ]
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
    split_by: _blend_of("months")  # type: ignore[valid-type]
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
    amount: Positive | None = None
    growth: Rate | None = None
    base: Window | None = None
    levels: dict[Level, Rate] = Field(default_factory=_base_only)
    teams: TeamsShape
    people: PeopleShape
    months: MonthsShape
    round_to: Positive | None = None

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
            found.append(Fault("number-too-small", ("growth",), {"limit": "-100%"}))
        if self.levels.get("base") != WHOLE:
            found.append(Fault("base-level-not-100", ("levels",), {}))
        found += [
            Fault("number-too-small", ("levels", level), {"text": _percent(rate), "limit": "0%"})
            for level, rate in self.levels.items()
            if rate <= 0
        ]
        if found:
            raise faults(found)
        return self

    @property
    def needs_history(self) -> bool:
        """Tell whether figures of the base window are asked of teams or people."""
        limits = (self.people.at_least, self.people.at_most)
        own_year = any(limit is not None and limit.of_own_year is not None for limit in limits)
        return own_year or self.teams.uses("history") or self.people.uses("history")
