"""What of a computed month may leave for the person it pays."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.commission.private import hide_others
from salescli.services.commission.running import Computed


def for_the_person(one: Computed) -> Computed:
    """Return somebody's month without what it tells of others."""
    result, inputs = hide_others(one.result, one.inputs, one.payee.name)
    return replace(one, result=result, inputs=inputs)
