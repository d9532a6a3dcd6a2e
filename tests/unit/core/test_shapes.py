"""Shapes on their own: choices, dated values, tables of tiers, titles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from salescli.core.dated import Dated as DatedValue
from salescli.core.dated import always
from salescli.core.shape_faults import FaultsFound
from salescli.core.shapes import AT_KEY, Dated, OneOf, OneOrMany, Rate, Shape, StepText, Title, TitleShape, parse_step
from salescli.core.shapes import Name as NameText


def read(shape: Any, value: object) -> Any:
    return TypeAdapter(shape).validate_python(value)


def test_dated_is_one_value_or_a_map_of_days() -> None:
    assert read(Dated[Rate], "3%") == always(Decimal("0.03"))
    assert read(Dated[Rate], {"2026-01-01": "3%", "2026-07-01": "5%"}) == DatedValue(
        ((date(2026, 1, 1), Decimal("0.03")), (date(2026, 7, 1), Decimal("0.05")))
    )


def test_dated_map_of_a_shape_that_is_a_map_itself() -> None:
    class Pair(Shape):
        a: NameText

    assert read(Dated[Pair], {"a": "x"}) == always(Pair(a="x"))
    assert read(Dated[Pair], {"2026-01-01": {"a": "x"}}).on(date(2026, 1, 1)) == Pair(a="x")


def test_one_or_many_is_a_tuple() -> None:
    assert read(OneOrMany[NameText], "0071") == ("0071",)
    assert read(OneOrMany[NameText], ["0071", "x"]) == ("0071", "x")


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("回款", Title("回款", "回款")),
        ({"zh": "回款"}, Title("回款", "回款")),
        ({"en": "Receipts"}, Title("Receipts", "Receipts")),
        ({"zh": "回款", "en": "Receipts"}, Title("回款", "Receipts")),
    ],
)
def test_title(value: object, title: Title) -> None:
    assert read(TitleShape, value) == title


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ({"from 500,000": "5%"}, StepText("from", Decimal(500_000), False, "5%", "from 500,000")),
        ({"above 80%": "1 x base_rate"}, StepText("above", Decimal("0.8"), True, "1 x base_rate", "above 80%")),
        ({"at 100 %": "6,000"}, StepText("at", Decimal(1), True, "6,000", "at 100 %")),
    ],
)
def test_step(line: object, step: StepText) -> None:
    assert parse_step(line) == step


def test_step_takes_only_the_words_asked_for() -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_step({"at 80%": "0"}, words=("from", "above"))
    (found,) = caught.value.faults
    assert (found.name, found.path) == ("bad-step", ("at 80%", AT_KEY))


def test_choice_speaks_of_the_chosen_shape_only() -> None:
    class First(Shape):
        type: NameText
        a: NameText

    class Second(Shape):
        type: NameText
        b: NameText

    adapter: TypeAdapter[Shape] = TypeAdapter(Annotated[Shape, OneOf("type", {"one": First, "two": Second})])
    assert adapter.validate_python({"type": "two", "b": "x"}) == Second(type="two", b="x")
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python({"type": "two", "a": "x"})
    assert sorted((error["type"], error["loc"][-1]) for error in caught.value.errors()) == [
        ("extra_forbidden", "a"),
        ("missing", "b"),
    ]


def test_a_wrong_key_is_offered_only_where_the_meant_one_exists() -> None:
    class Window(Shape):
        through: NameText

    class Other(Shape):
        name: NameText

    assert Window.meant_key("end") == "through"
    assert Other.meant_key("end") == ""
