"""Regions: targets are held against regions that records name, and against no others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescli.reports.breakdown import Part
from salescli.reports.regions import _comparable

TARGETS = {"East": Decimal(100), "North": Decimal(50)}


def part(key: str | None) -> Part:
    return Part(key, key or "", Decimal(10), None, {})


@pytest.mark.parametrize(
    ("keys", "is_comparable"),
    [(["East", "South"], True), (["Austria", "Italy"], False), (["Austria", None], False), ([None], True), ([], True)],
)
def test_targets_of_regions_that_no_record_names_are_no_miss(keys: list[str | None], is_comparable: bool) -> None:
    assert _comparable(TARGETS, [part(key) for key in keys]) == (TARGETS if is_comparable else {})
