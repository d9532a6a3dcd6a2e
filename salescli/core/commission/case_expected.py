"""What a case expects of a run. What is not named is not looked at."""

from __future__ import annotations

from typing import TypeAlias

from salescli.core.shape_marks import Field
from salescli.core.shapes import Amount, Month, Name, Rate, Shape, Text
from salescli.core.title import Title

Figures: TypeAlias = dict[Name, Amount]


class Expected(Shape):
    """What one run must come to. What is not named is not looked at."""

    called = Title("应得", "an expectation")
    earned: Figures = Field(default_factory=dict)
    own: Figures = Field(default_factory=dict)
    to_date: Figures = Field(default_factory=dict)
    held: Figures = Field(default_factory=dict)
    position: Figures = Field(default_factory=dict)
    kept: Figures = Field(default_factory=dict)
    kept_of_contract: Figures = Field(default_factory=dict)
    attainment: dict[Name, Rate] = Field(default_factory=dict)
    variance: Figures = Field(default_factory=dict)
    slices: dict[Name, tuple[Amount, ...]] = Field(default_factory=dict)
    blended: dict[Name, Rate] = Field(default_factory=dict)
    differences: dict[Name, dict[Month, Amount]] = Field(default_factory=dict)
    notes: dict[Name, tuple[Text, ...]] = Field(default_factory=dict)
    others: dict[Name, Figures] = Field(default_factory=dict)
    payable: Amount | None = None
    carried: Amount | None = None
    listed: Amount | None = None
    owed: Amount | None = None
    topped_up: Amount | None = None
    recovered: Amount | None = None
    deducted: Amount | None = None
    adjusted: Amount | None = None
