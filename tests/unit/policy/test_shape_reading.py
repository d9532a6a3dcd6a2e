"""Sound documents are read without pydantic, and as its model of the shape reads them; the others by pydantic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import TypeAdapter, ValidationError

from salescli.core.shape import Shape
from salescli.core.shape_reading import reader_of
from salescli.policy.source import read_source
from salescli.policy.tree import parse_tree
from salescli.services.checking import KINDS
from tests.unit.policy.sample import SOUND, Plan

ROOT = Path(__file__).parents[3]
_FOLDERS = {
    "settings": ["examples/*/salescli.yaml"],
    "records": ["examples/*/config/records.yaml"],
    "metrics": ["examples/*/config/metrics.yaml", "salescli/**/metrics.yaml"],
    "process": ["examples/*/config/process.yaml"],
    "plans": ["examples/*/config/plans/*.yaml", "tests/**/plans/*.yaml"],
    "targets": ["examples/*/config/targets/*.yaml"],
    "scorecards": ["examples/*/config/scorecards/*.yaml"],
    "imports": ["examples/*/config/imports/*.yaml"],
    "cases": ["tests/conformance/**/*.yaml", "tests/cases/**/*.yaml"],
    "market": ["examples/*/config/market.yaml"],
}


def both(shape: Any, plain: Any) -> tuple[Any, Any]:
    """Return what each way makes of a tree; None where it refuses it."""
    try:
        fast = reader_of(shape)(plain)
    except ValueError:
        fast = None
    try:
        slow = TypeAdapter(shape).validate_python(plain)
    except ValidationError:
        slow = None
    return fast, slow


def documents() -> list[Any]:
    """Every policy of the examples and of the tests, with its kind."""
    kinds = {one.name: one for one in KINDS}
    return [
        pytest.param(kinds[name], path, id=path.relative_to(ROOT).as_posix())
        for name, patterns in _FOLDERS.items()
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
    ]


def said(value: Any) -> Any:
    """Return a value with what the file said of each shape: equal shapes may still differ in that."""
    if isinstance(value, Shape):
        return type(value), sorted(value.model_fields_set), [said(one) for one in value]
    if isinstance(value, dict):
        return [(key, said(one)) for key, one in value.items()]
    return [said(one) for one in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize(("kind", "path"), documents())
def test_every_policy_is_read_alike(kind: Any, path: Path) -> None:
    source = read_source(path, path.name)
    fast, slow = both(kind.shape(), parse_tree(source.text, source.file).root)
    assert said(fast) == said(slow)
    assert fast == slow


def test_each_kind_has_a_document() -> None:
    assert {one.values[0].name for one in documents()} >= {"settings", "metrics", "plans", "targets", "cases"}


WORDS = some.sampled_from(["", "3%", "50万", "x", "month", "2026-01-01", "-5", "from 0", "amount", "tiered", "rate"])
VALUES = some.none() | WORDS | some.lists(WORDS, max_size=2) | some.dictionaries(WORDS, WORDS, max_size=2)


def change(plain: Any, data: some.DataObject) -> None:
    """Put another value, or none, somewhere into a tree."""
    here: Any = plain
    while isinstance(here, dict | list) and here:
        key = data.draw(some.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[key], dict | list) or data.draw(some.booleans()):
            if data.draw(some.booleans()):
                here[key] = data.draw(VALUES)
            else:
                del here[key]
            break
        here = here[key]


@given(some.data())
def test_a_changed_document_is_taken_by_both_or_by_neither(data: some.DataObject) -> None:
    plain = parse_tree(SOUND, "plan.yaml").root
    change(plain, data)
    if data.draw(some.booleans()) and isinstance(plain, dict):
        key = data.draw(some.sampled_from(["note", "strict", "months", "first", "pair", "cap", "nothing"]))
        plain[key] = data.draw(VALUES)
    fast, slow = both(Plan, plain)
    assert fast is None or fast == slow, "nothing is taken that pydantic refuses"
    assert slow is None or fast is not None, "and nothing sound is left to it"


@settings(deadline=None, max_examples=150)
@given(some.sampled_from(documents()), some.data())
def test_a_changed_policy_is_taken_by_both_or_by_neither(document: Any, data: some.DataObject) -> None:
    """Every kind of policy, not only the one that was written to have every kind of key."""
    kind, path = document.values
    source = read_source(path, path.name)
    plain = parse_tree(source.text, source.file).root
    for _ in range(data.draw(some.integers(1, 3))):
        change(plain, data)
    fast, slow = both(kind.shape(), plain)
    assert fast is None or (fast == slow and said(fast) == said(slow)), "nothing is taken that pydantic refuses"
    assert slow is None or fast is not None, "and nothing sound is left to it"


def test_a_shape_is_frozen_and_copied_by_what_changes() -> None:
    plan = reader_of(Plan)(parse_tree(SOUND, "plan.yaml").root)
    with pytest.raises(AttributeError):
        plan.note = "x"
    copied = plan.model_copy(update={"note": "x"})
    assert (copied.note, plan.note) == ("x", "")
    assert copied != plan
    assert copied.model_copy(update={"note": ""}) == plan
    assert copied.model_fields_set - plan.model_fields_set == {"note"}
