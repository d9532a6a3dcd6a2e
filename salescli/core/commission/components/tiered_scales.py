"""Which scale prices a day of a tiered component: the table in force, the person's quota and base rate as seen then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import Task, dated_path
from salescli.core.commission.result import Note, Path
from salescli.core.commission.tiers import Tier, build_scale, build_value_scale
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import in_force
from salescli.core.periods import FOREVER
from salescli.core.scales import Band, Scale
from salescli.core.value_scales import ValueScale

if TYPE_CHECKING:
    from salescli.core.commission.components.tiered import TieredComponent

NOTHING = Scale([Band(Fraction(0), Fraction(0))])


@lru_cache(maxsize=1024)
def _constant_scale(
    tiers: tuple[Tier, ...], whole: Fraction, base_rate: Fraction | None, part: Fraction
) -> Scale | None:
    return build_scale(tiers, whole, base_rate, part)


@dataclass(slots=True)
class Scales:
    """The scales of one window, found by day and quota. `notes` says why one pays nothing."""

    component: TieredComponent
    task: Task
    span: Span
    notes: dict[str, Note] = field(default_factory=dict)
    _found: dict[tuple[object, ...], Scale | ValueScale] = field(default_factory=dict)
    _fixed: Scale | ValueScale | None = None
    _asked: dict[tuple[date, date, date], Scale | ValueScale] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the table that holds for everybody, where there is one and no window is scaled."""
        if self.task.part_period is None:
            self._fixed = self.component.scale_for_all

    @property
    def key(self) -> tuple[str, str, str]:
        """Which quota is read."""
        attainment = self.component.attainment
        return ("", "", "") if attainment is None else (attainment.attainment_of, attainment.level, attainment.of)

    def quota(self, seen: date, upto: date = FOREVER) -> Fraction | None:
        """Return the window's quota as seen on a day, of the months before `upto`."""
        if self.component.attainment is None:
            return None
        start = self.span.start if self.task.brought(self.span) is None else self.span.whole_start
        return self.task.facts.quota(self.key, start, self.span.end, seen, upto)

    def on(self, day: date, seen: date, upto: date = FOREVER) -> Scale | ValueScale:
        """Return the scale of a stretch that begins on `day`, with the quota as seen on `seen`."""
        if self._fixed is not None:
            return self._fixed
        if (day, seen, upto) not in self._asked:
            self._asked[day, seen, upto] = self._find(day, seen, upto)
        return self._asked[day, seen, upto]

    def _find(self, day: date, seen: date, upto: date) -> Scale | ValueScale:
        quota = self.quota(seen, upto)
        base = self._base_rate(day, seen)
        version = max((one for one, _ in self.component.tiers.values if one <= day), default=date.min)
        terms = self.task.facts.terms_on(max(day, self.task.facts.timeline.start)) if self.component.uses_terms else {}
        key = (version, quota, base, *terms.items())
        if key not in self._found:
            self._found[key] = self._build(day, quota, base, terms)
        return self._found[key]

    def _build(
        self, day: date, quota: Fraction | None, base: Fraction | None, terms: Mapping[str, Decimal]
    ) -> Scale | ValueScale:
        component = self.component
        if component.attainment is not None and quota is None:
            metric, level, of = self.key
            return self._nothing("no-quota", ("metric", metric), ("level", level), ("of", of))
        if quota is not None and quota <= 0:
            zero = component.when_quota_is_zero
            self.notes["zero-quota"] = Note("zero-quota", (), (*self.task.path, "when_quota_is_zero"))
            if zero is None or isinstance(zero, str):
                return NOTHING
            return Scale([Band(Fraction(0), Fraction(zero.rate))])
        tiers = in_force(component.tiers, day)
        whole = quota if quota is not None else Fraction(1)
        part = self.task.part("thresholds", component.adds_up_over, self.span)
        found: Scale | ValueScale | None
        if component.is_by_value:
            fixed = self.task.part("fixed-amounts", component.adds_up_over, self.span)
            found = build_value_scale(
                tiers, component.apply, component.beyond or "flat", whole, base, terms, part, fixed
            )
        else:
            found = _constant_scale(tiers, whole, base, part)
        if found is None and component.uses_terms:
            names = ", ".join(dict.fromkeys(one.amount.text for one in tiers if one.amount and one.amount.term))
            self.notes["no-term"] = Note("no-term", (("text", names),), (*self.task.path, "tiers"))
            return NOTHING
        if found is None:
            text = component.base_rate.text if component.base_rate is not None else ""
            return self._nothing("no-base-rate", ("base_rate", text))
        return found

    def _base_rate(self, day: date, seen: date) -> Fraction | None:
        text = self.component.base_rate
        if text is None:
            return None
        if text.rate is not None:
            return Fraction(text.rate)
        term = self.task.facts.term(text.term, max(day, self.task.facts.timeline.start))
        if term is None or not text.over_quota:
            return None if term is None else Fraction(term)
        quota = self._quota_of_year(seen)
        return Fraction(term) / quota if quota else None

    def _quota_of_year(self, seen: date) -> Fraction | None:
        """A target incentive is of a year, so is the quota that it is divided by, whatever the window."""
        if self.component.adds_up_over == "year":
            return self.quota(seen)
        timeline = self.task.facts.timeline
        year = timeline.calendar.window("year", self.span.start)
        start, end = max(year.start, timeline.start), min(year.end, timeline.end)
        return self.task.facts.quota(self.key, start, end, seen)

    def _nothing(self, name: str, *parts: tuple[str, str]) -> Scale:
        self.notes[name] = Note(name, parts, (*self.task.path, "tier_by"))
        return NOTHING

    def tier_path(self, day: date, band: int) -> Path:
        """Return the place of a tier in the table in force on a day."""
        place = dated_path((*self.task.path, "tiers"), self.component.tiers, day)
        return (*place, band) if band >= 0 else place
