"""`commands.md`: every command with its sentence, examples and options, from the table of commands and the parsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from salescli.cli.commands import find_verb
from salescli.cli.groups import SECTIONS, TABLE, Command, Group, Verb
from salescli.cli.language import chosen
from salescli.cli.options import OPTIONS
from tools.reference.markdown import block, code, link, page, plain, table

_INTRODUCTION = """\
Every command, in the order of `salescli --help`. A command's own options may stand before or after its arguments; the
options of every command are at the end. `salescli help COMMAND` prints the same.

每个命令及其选项;`salescli help 命令 --lang zh` 显示中文帮助。"""


def build_pages() -> dict[str, str]:
    """Return the page of commands."""
    blocks = [_INTRODUCTION, _contents()]
    for section in SECTIONS:
        for entry in TABLE.entries():
            if entry.section == section:
                blocks.append(_group(entry) if isinstance(entry, Group) else _command(entry))
    return {"commands.md": page("Commands · 命令", *blocks, _common_options())}


def _contents() -> str:
    rows = []
    for section, title in SECTIONS.items():
        for entry in TABLE.entries():
            if entry.section == section:
                name = link(entry.name, f"salescli {entry.name}")
                rows.append((f"{title.en} · {title.zh}", name, plain(entry.summary.en), plain(entry.summary.zh)))
    return table(("", "Command", "", ""), rows)


def _command(entry: Command) -> str:
    function = getattr(import_module(entry.module), entry.function)
    return "\n\n".join([f"## salescli {entry.name}", *_body(entry, function, "", f"salescli {entry.name}")])


def _group(group: Group) -> str:
    blocks = [f"## salescli {group.name}", f"{plain(group.summary.en)}  \n{plain(group.summary.zh)}"]
    for verb in group.verbs:
        title = f"salescli {group.name} {verb.name}"
        blocks += [f"### {title}", *_body(verb, *find_verb(group, verb.name), title)]
    return "\n\n".join(blocks)


def _body(entry: Verb | Command, function: Callable[..., Any], more: str, title: str) -> Iterator[str]:
    parameters = [parameter for parameter in parser_of(function).params if parameter.name != "help"]
    yield f"{plain(entry.summary.en)}  \n{plain(entry.summary.zh)}"
    if more:
        yield f"{plain(chosen(more, 'en'))}\n\n{plain(chosen(more, 'zh'))}"
    arguments = [_argument(one) for one in parameters if one.param_type_name == "argument"]
    has_options = any(one.param_type_name == "option" for one in parameters)
    yield block(" ".join([title, *arguments, *(["[OPTIONS]"] if has_options else [])]), "text")
    yield block("\n".join(f"salescli {line}" for line in entry.examples), "sh")
    if parameters:
        yield table(("Option", "", ""), [_parameter_row(one) for one in parameters])


def parser_of(function: Callable[..., Any]) -> Any:
    """Return the parser of a command's function."""
    import typer

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    return typer.main.get_command(app)


def _argument(parameter: Any) -> str:
    name = str(parameter.name).upper() + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _parameter_row(parameter: Any) -> tuple[str, str, str]:
    text = str(getattr(parameter, "help", "") or "")
    default = _default(parameter)
    notes_en = " (required)" if parameter.required else f" (default: {code(default)})" if default else ""
    notes_zh = "(必填)" if parameter.required else f"(默认:{code(default)})" if default else ""
    return _spelling(parameter), plain(chosen(text, "en")) + notes_en, plain(chosen(text, "zh")) + notes_zh


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        choices = _value(parameter)
        return code(_argument(parameter)) + (f" {code(choices)}" if "|" in choices else "")
    names = code(", ".join([*parameter.opts, *parameter.secondary_opts]))
    value = "" if parameter.is_flag else _value(parameter)
    return names + (f" {code(value)}" if value else "") + (" …" if getattr(parameter, "multiple", False) else "")


def _value(parameter: Any) -> str:
    annotation = parameter.type_descriptor.annotation
    if get_origin(annotation) is list:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return "|".join(str(choice) for choice in get_args(annotation) if choice)
    return {int: "N", Path: "PATH"}.get(annotation, "TEXT")


def _default(parameter: Any) -> str:
    """Return a default worth telling: what is empty, off or zero says itself in the help text."""
    value = parameter.default
    if callable(value) or value in (None, "", False, 0, (), []) or value == Path():
        return ""
    return str(value)


def _common_options() -> str:
    rows = [
        (
            code(", ".join(one.names) + (f" {one.value}" if one.value else "")),
            plain(one.summary.en),
            plain(one.summary.zh),
        )
        for one in OPTIONS
        if not one.hidden
    ]
    return "## Options of every command · 通用选项\n\n" + table(("Option", "", ""), rows)
