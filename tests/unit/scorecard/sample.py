"""A small scorecard for tests, with parts that can be put in place of its own."""

from __future__ import annotations

from fractions import Fraction

from salescli.core.metrics.model import Catalogue
from salescli.core.scorecard.shape import Scorecard
from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from salescli.policy.scorecards import load_scorecard

RECEIPTS = """  receipts:
    weight: 60%
    metric: receipts
    of: own
    read_as: attainment
    curve: {type: linear, zero_at: 0%, full_at: 100%}
    if_missing: exclude
"""
CONDUCT = """  conduct:
    weight: 40%
    rating: conduct
    curve: {type: capped, zero_at: 0, full_at: 100, at_least: 0, at_most: 100}
    if_missing: nothing
"""
GRADES = """grades:
  - from 95: S
  - from 85: A
  - from 70: B
  - from 0: D
"""
FACTORS = "bonus_factors: {S: 1.5, A: 1.2, B: 1.0, D: 0}\n"


def text(
    kpis: str = RECEIPTS + CONDUCT,
    grades: str = GRADES,
    factors: str = FACTORS,
    head: str = "",
    whose: str = "role: rep",
) -> str:
    """Return the file of a scorecard."""
    top = f"format: 1\nscorecard: card\ntitle: Card\nfor: {{{whose}}}\nover: quarter\n"
    return f"{top}{head}kpis:\n{kpis}{grades}{factors}"


def shipped() -> Catalogue:
    """Return the shipped metrics."""
    return read_catalogue(policy_files(None, "metrics"))[0]


def card(**parts: str) -> Scorecard:
    """Return a scorecard that has no faults."""
    return load_scorecard(text(**parts), "card.yaml", shipped()).require()


def score(curve: str, reading: Fraction | int, *, is_rate: bool = True) -> Fraction:
    """Return what a curve, as YAML writes it, gives for a reading."""
    metric = "metric: win-rate\n    of: own\n    read_as: actual" if is_rate else "rating: r"
    kpi = f"  one:\n    weight: 100%\n    {metric}\n    curve: {curve}\n    if_missing: nothing\n"
    return card(kpis=kpi).curve("one").score(Fraction(reading))
