"""Every registry agrees with what it registers: commands, formats, sentences."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import pytest

from salescli.cli.commands import find_verb
from salescli.cli.groups import SECTIONS, TABLE, Command, Group, Verb
from salescli.cli.language import _BETWEEN
from salescli.cli.options import BY_NAME, OPTIONS
from salescli.messages import AREAS, Message, catalogue
from salescli.render.registry import FORMATS
from salescli.reports.registry import REPORTS, Entry

ROOT = Path(__file__).parent.parent
VERBS = [pytest.param(group, verb, id=f"{group.name} {verb.name}") for group in TABLE.groups for verb in group.verbs]
BARE = [pytest.param(command, id=command.name) for command in TABLE.commands]
RESERVED = {"help", "completion", "__complete"}


def registered(group: Group) -> set[str]:
    """Return the verbs that a group's module has: those it declares, and those it makes from a registry."""
    module = import_module(group.module)
    infos = module.app.registered_commands
    made = {entry.name for entry in REPORTS} if hasattr(module, "make_verb") else set()
    return {info.name or info.callback.__name__.replace("_", "-") for info in infos} | made


def has_both(title: tuple[str, str]) -> bool:
    return bool(title[0].strip() and title[1].strip()) and any(char > "\u2e80" for char in title[0])


def test_names_are_unique_and_free() -> None:
    names = TABLE.names()
    assert len(names) == len(set(names))
    assert not set(names) & RESERVED
    assert {entry.section for entry in TABLE.entries()} <= set(SECTIONS)


@pytest.mark.parametrize("group", TABLE.groups, ids=lambda group: group.name)
def test_group_has_the_verbs_of_the_table(group: Group) -> None:
    assert [verb.name for verb in group.verbs] == list(dict.fromkeys(verb.name for verb in group.verbs))
    assert {verb.name for verb in group.verbs} == registered(group)
    assert has_both(group.summary)


@pytest.mark.parametrize(("group", "verb"), VERBS)
def test_verb_is_described(group: Group, verb: Verb) -> None:
    function, more = find_verb(group, verb.name)
    check_entry(verb, f"{group.name} {verb.name}", function, more)


@pytest.mark.parametrize("command", BARE)
def test_bare_command_is_described(command: Command) -> None:
    check_entry(command, command.name, getattr(import_module(command.module), command.function))


def check_entry(entry: Verb | Command, typed: str, function: Any, more: str = "") -> None:
    """A command has a sentence and an example, its options have both languages, and none hides a common option."""
    from salescli.cli.commands import build_parser

    assert has_both(entry.summary), "the summary lacks a language"
    assert entry.summary.en.endswith(".") and entry.summary.zh.endswith("。"), "the summary is a sentence"
    assert entry.examples, "no example"
    assert all(line.split(" ")[: typed.count(" ") + 1] == typed.split(" ") for line in entry.examples)
    assert _BETWEEN in more or not more, "further help is not in both languages"
    import typer

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    for parameter in typer.main.get_command(app).params:
        if parameter.name == "help":
            continue
        text = getattr(parameter, "help", None) or ""
        assert _BETWEEN in text, f"the help of `{parameter.name}` is not written with both()"
        assert not set(parameter.opts) & set(BY_NAME), f"`{parameter.opts}` is an option of every command already"
    assert build_parser(function, typed, entry).help


def test_common_options_are_described() -> None:
    assert len(BY_NAME) == sum(len(option.names) for option in OPTIONS)
    assert all(has_both(option.summary) for option in OPTIONS)


@pytest.mark.parametrize("entry", REPORTS, ids=lambda entry: entry.name)
def test_report_is_declared(entry: Entry) -> None:
    """A report has its module, parameters in both languages, a shown example and a golden."""
    module = import_module(entry.module)
    assert callable(module.needs) and callable(module.build)
    assert all(has_both(param.help) for param in module.PARAMS)
    keys = [param.key for param in module.PARAMS]
    assert len(keys) == len(set(keys)) and {"rows", "explain"} <= set(keys)
    golden = (ROOT / "tests" / "cli" / "report.console").read_text(encoding="utf-8")
    assert f"$ salescli report {entry.name} " in golden


@pytest.mark.parametrize("name", FORMATS)
def test_format_renders(name: str) -> None:
    assert callable(FORMATS[name].load().render_report)


def named(template: str) -> set[str]:
    """Return the values a template names, as they are given."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def fields(template: str) -> set[str]:
    """Return the values a sentence names; `{of_en}` and `{of_zh}` are one value in two languages."""
    return {name.removesuffix("_en").removesuffix("_zh") for name in named(template)}


@pytest.mark.parametrize(("name", "message"), catalogue().items(), ids=catalogue())
def test_sentence_is_in_both_languages(name: str, message: Message) -> None:
    assert message.en and message.zh
    assert bool(message.hint_en) == bool(message.hint_zh)
    assert fields(message.en) == fields(message.zh)
    assert not message.en.endswith("."), "a sentence of a problem ends without a full stop"
    assert name == name.lower() and " " not in name


class Raised(NamedTuple):
    """A `problem("name", …)` in the source: where it stands, and the values it gives (None: not to be seen)."""

    name: str
    place: str
    values: set[str] | None


@cache
def source() -> tuple[set[str], list[Raised]]:
    """Return every string literal outside messages, and each problem that is built under a literal name."""
    texts: set[str] = set()
    raised: list[Raised] = []
    for path in sorted((ROOT / "salescli").rglob("*.py")):
        if "messages" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "problem":
                match node.args:
                    case [ast.Constant(value=str(name)), *_]:
                        given = [keyword.arg for keyword in node.keywords]
                        values = None if None in given else {str(value) for value in given}
                        raised.append(Raised(name, f"{path.relative_to(ROOT)}:{node.lineno}", values))
    return texts, raised


def test_every_problem_has_its_sentence() -> None:
    _, raised = source()
    assert not {found.place: found.name for found in raised if found.name not in catalogue()}


def test_every_problem_gives_what_its_sentence_names() -> None:
    """Hints may lack a value, and are then left out; a sentence may not."""
    _, raised = source()
    lacking = {
        found.place: sorted(named(catalogue()[found.name].en + catalogue()[found.name].zh) - found.values)
        for found in raised
        if found.values is not None and found.name in catalogue()
    }
    assert not {place: values for place, values in lacking.items() if values}


def test_every_sentence_is_used() -> None:
    texts, _ = source()
    assert not sorted(set(catalogue()) - texts)


def test_every_area_is_listed() -> None:
    modules = {path.stem for path in (ROOT / "salescli" / "messages").glob("*.py")} - {"__init__"}
    assert modules == set(AREAS)
