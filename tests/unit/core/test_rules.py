"""Rules over whole columns: no row that breaks one is passed over."""

from __future__ import annotations

from itertools import product

from salescli.core.records.rules import ordered

DAYS = [None, "", "2025-12-31", "2026-01-05", "2026-01-05 09:00", "2026-01-05 18:00:00", "2026-01-06"]


def test_every_row_that_breaks_an_order_is_a_suspect():
    rule = ordered("first", "last", "close-before-open")
    begun, ended = map(list, zip(*product(DAYS, DAYS), strict=True))
    broken = [
        index
        for index, (first, last) in enumerate(zip(begun, ended, strict=True))
        if rule({"first": first, "last": last})
    ]
    suspects = rule.suspects({"first": begun, "last": ended})
    assert broken and set(broken) <= set(suspects)
    assert rule.suspects({"first": begun}) == rule.suspects({"last": ended}) == []


def test_what_is_in_order_is_not_looked_at():
    rule = ordered("first", "last", "close-before-open")
    assert rule.suspects({"first": ["2026-01-05", None], "last": ["2026-01-05", "2025-01-01"]}) == []
