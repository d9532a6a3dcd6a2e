"""Rules that several record types share: what one record says against itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salescli.core.records.model import Rule, RuleBreak


def ordered(first: str, last: str, name: str) -> Rule:
    """Build the rule that one date does not come before another."""

    def check(values: Mapping[str, Any]) -> RuleBreak | None:
        begun, ended = values.get(first), values.get(last)
        if begun and ended and ended[:10] < begun[:10]:
            return RuleBreak(name, last, {"first": begun[:10], "last": ended[:10]})
        return None

    return check
