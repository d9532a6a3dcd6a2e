"""A plan that is not there: what is meant, or what there is."""

from __future__ import annotations

import pytest

from salescli.messages import hint
from salescli.services.commission.plan_names import no_such_plan

NAMES = ("manager-europe", "flat", "europe-2026")


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("nope", "unknown-plan", "plans: europe-2026, flat, manager-europe"),
        ("europe-2025", "unknown-plan", "did you mean `europe-2026`?"),
        ("drafts/flot.yaml", "file-not-found", ""),
    ],
)
def test_a_name_close_to_none_is_answered_by_all(text: str, name: str, said: str) -> None:
    (found,) = no_such_plan(text, NAMES).problems
    assert (found.name, hint(found, "en")) == (name, said)
