"""Run one command: the only place that meets typer on behalf of all of them.

The verb's function is taken from its module and turned into a parser alone, so that a group of twenty verbs costs no
more to start than a group of one. Its first help line and examples come from the table, its options from the function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from salescli.cli.emit import outcome
from salescli.cli.groups import Command, Group, Verb
from salescli.cli.helptext import OUTPUT_LINE, command_help
from salescli.cli.language import chosen
from salescli.cli.session import session
from salescli.cli.values import lighten
from salescli.core.title import Language

if TYPE_CHECKING:
    import typer

_ZH_WORDS = {
    "Usage:": "用法:",
    "Options:": "选项:",
    "Arguments:": "参数:",
    "Show this message and exit.": "显示帮助。",
    "[required]": "[必填]",
    "[default: ": "[默认: ",
}
HELP_NAMES = ("--help", "-h")


def run_verb(group: Group, verb: Verb, arguments: Sequence[str]) -> int:
    """Run `salescli GROUP VERB …`."""
    function, more = find_verb(group, verb.name)
    return _run(function, f"salescli {group.name} {verb.name}", verb, more, arguments)


def find_verb(group: Group, name: str) -> tuple[Callable[..., Any], str]:
    """Return the function of a verb, and what its module adds to the help.

    A module whose verbs follow from a registry has `make_verb(name)`, which makes the one that was typed.

    Raises:
        LookupError: the module has no such verb.
    """
    module = import_module(group.module)
    app: typer.Typer = module.app
    for info in app.registered_commands:
        known = info.name or getattr(info.callback, "__name__", "").replace("_", "-")
        if known == name and info.callback is not None:
            return info.callback, info.help if isinstance(info.help, str) else ""
    function = module.make_verb(name) if hasattr(module, "make_verb") else None
    if function is None:
        raise LookupError(f"{group.module} has no command {name!r}")
    return function, ""


def run_command(command: Command, arguments: Sequence[str]) -> int:
    """Run a bare `salescli VERB …`."""
    function = getattr(import_module(command.module), command.function)
    return _run(function, f"salescli {command.name}", command, "", arguments)


def build_parser(function: Callable[..., Any], title: str, entry: Verb | Command, more: str = "") -> Any:
    """Build the parser of one function, its help in the language of the session."""
    import typer

    language = session().language
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(
        help=command_help(entry, language, chosen(more, language)),
        epilog=OUTPUT_LINE.text(language),
        context_settings={"help_option_names": list(HELP_NAMES)},
    )(function)
    parser = typer.main.get_command(app)
    for parameter in parser.params:
        _dress(parameter, language)
    lighten(parser.params, title)
    return parser


def _dress(parameter: Any, language: Language) -> None:
    """Give a parameter its help in one language, and an argument its name in capitals."""
    text = getattr(parameter, "help", None)
    if text:
        parameter.help = chosen(text, language)
    if parameter.param_type_name == "argument" and parameter.metavar is None:
        parameter.metavar = str(parameter.name).upper()


def _run(function: Callable[..., Any], title: str, entry: Verb | Command, more: str, arguments: Sequence[str]) -> int:
    parser = build_parser(function, title, entry, more)
    words = list(arguments)
    own = words[: words.index("--")] if "--" in words else words
    if any(word in HELP_NAMES for word in own):
        print(_help_text(parser, title), end="")
        return 0
    parser.add_help_option = False  # answered above; its flag would be the one parameter that needs pydantic
    # Without the parser's own main(): it would turn errors into exits before the boundary sees them.
    with parser.make_context(title, words) as context:
        result = parser.invoke(context)
    code = result if isinstance(result, int) and not isinstance(result, bool) else 0
    return max(code, outcome())


def _help_text(parser: Any, title: str) -> str:
    context = parser.make_context(title, [], resilient_parsing=True)
    text = str(parser.get_help(context))
    if session().language == "zh":
        for english, chinese in _ZH_WORDS.items():
            text = text.replace(english, chinese)
    return text.rstrip("\n") + "\n"
