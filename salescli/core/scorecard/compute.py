"""The arithmetic of a scorecard: readings to scores, scores to a total, the total to a grade. Exact to the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from salescli.core.scorecard.result import KpiScore, NoGrade, PersonScore, Reading
from salescli.core.scorecard.shape import MetricKpi, Scorecard


def compute_person(
    card: Scorecard, person: int, team: int | None, days: int, readings: Mapping[str, Reading]
) -> PersonScore:
    """Return one person's sheet.

    A KPI without a reading scores nothing, or its neutral score, or is left out; what is left out gives its weight to
    the others in proportion. The total is compared with the grades' lower bounds exactly.
    """
    scored = [(name, readings[name], *_score(card, name, readings[name])) for name in card.kpis]
    counted = sum((Fraction(card.kpis[name].weight) for name, _, _, score in scored if score is not None), Fraction(0))
    kpis = tuple(
        KpiScore(
            name,
            reading,
            value,
            score,
            Fraction(card.kpis[name].weight) / counted if score is not None else Fraction(0),
        )
        for name, reading, value, score in scored
    )
    if days < card.min_days:
        return PersonScore(person, team, days, kpis, None, "", "not-enough-days")
    if all(one.value is None for one in kpis):
        return PersonScore(person, team, days, kpis, None, "", "nothing-measured")
    total = sum((one.contribution for one in kpis), Fraction(0))
    index = card.grade_index(total)
    why: NoGrade = "below-all-grades" if index is None else ""
    return PersonScore(person, team, days, kpis, total, card.grades[index].word if index is not None else "", why)


def is_growth(card: Scorecard, kpi: str) -> bool:
    """Tell whether a KPI reads how much a figure grew."""
    shape = card.kpis[kpi]
    return isinstance(shape, MetricKpi) and shape.read_as == "growth"


def _score(card: Scorecard, name: str, reading: Reading) -> tuple[Fraction | None, Fraction | None]:
    """Return the exact reading and its score; no score where the KPI is left out."""
    shape = card.kpis[name]
    value = reading.value(is_growth=is_growth(card, name))
    if value is not None:
        return value, card.held(card.curve(name).score(value))
    if shape.if_missing == "exclude":
        return None, None
    return None, Fraction(shape.neutral) if shape.neutral is not None else Fraction(0)


def compute_ranks(people: Iterable[PersonScore]) -> dict[int, int]:
    """Return the place of everyone who has a total; equal totals share a place, and the next ones are passed over.

    Ranks are information: nothing is paid by them.
    """
    totals = {one.person: one.total for one in people if one.total is not None}
    ordered: Sequence[Fraction] = sorted(totals.values(), reverse=True)
    return {person: ordered.index(total) + 1 for person, total in totals.items()}
