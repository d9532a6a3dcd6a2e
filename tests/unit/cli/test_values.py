"""Arguments become the same values as typer itself would make of them, and wrong ones become usage problems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer

from salescli.cli.commands import build_parser
from salescli.cli.groups import Verb
from salescli.core.title import Title
from salescli.errors import UsageError

VERB = Verb("show", Title("显示。", "Show."))


def upper(text: str) -> str:
    if not text.isalpha():
        raise ValueError("letters only")
    return text.upper()


def command(
    name: str,
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    count: Annotated[int, typer.Option(min=1, max=9)] = 3,
    by: Annotated[Literal["team", "person"], typer.Option()] = "team",
    person: Annotated[list[str] | None, typer.Option()] = None,
    rows: Annotated[bool, typer.Option("--rows/--no-rows")] = False,
    code: Annotated[Any, typer.Option(parser=upper)] = None,
    out: Path = Path("x"),
    note: str | None = None,
) -> dict[str, Any]:
    return {**locals()}


def lightened(words: list[str]) -> Any:
    parser = build_parser(command, "salescli sample show", VERB)
    with parser.make_context("show", list(words)) as context:
        return parser.invoke(context)


def untouched(words: list[str]) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(command)
    parser = typer.main.get_command(app)
    with parser.make_context("show", list(words)) as context:
        return parser.invoke(context)


@pytest.mark.parametrize(
    "words",
    [
        ["A"],
        ["A", "b.xlsx", "c d.xlsx", "--count", "9", "--by", "person", "--person", "王芳", "--person", "李娜"],
        ["A", "--rows", "--code", "abc", "--out", "y/z", "--note", ""],
        ["A", "--no-rows", "--note", "x=1", "--", "-b"],
    ],
)
def test_same_values_as_typer(words: list[str]) -> None:
    ours, theirs = lightened(words), untouched(words)
    assert ours == theirs
    assert {name: type(value) for name, value in ours.items()} == {name: type(value) for name, value in theirs.items()}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["A", "--count", "x"], "not-a-number"),
        (["A", "--count", "１"], "not-a-number"),
        (["A", "--count", "1_0"], "not-a-number"),
        (["A", "--count", "10"], "number-out-of-range"),
        (["A", "--by", "teem"], "option-choice"),
        (["A", "--code", "1"], "bad-value"),
    ],
)
def test_wrong_values_are_usage_problems(words: list[str], name: str) -> None:
    with pytest.raises(UsageError) as raised:
        lightened(words)
    assert [found.name for found in raised.value.problems] == [name]
