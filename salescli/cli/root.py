"""The root of the command line: what to run, and all that needs nothing to be run.

`--version`, every help of the table, completion and "did you mean" are answered here from `groups.TABLE`; typer, rich,
pydantic and the command's own module are imported only to run a command. Start-up is a feature: look with
`python -X importtime -m salescli --help` before importing anything here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from salescli.cli.boundary import run_guarded
from salescli.cli.groups import TABLE, Command, Group, Table
from salescli.cli.language import find_language
from salescli.cli.options import BY_NAME, Taken, take_options
from salescli.core.title import Language

_HELP = ("--help", "-h")


def main(arguments: Sequence[str], table: Table = TABLE) -> int:
    """Run one command line and return its exit code."""
    from salescli.cli.signs import make_safe
    from salescli.cli.streams import open_closed_streams

    open_closed_streams()
    make_safe(sys.stdout, sys.stderr)
    return run_guarded(lambda: _dispatch(list(arguments), table))


def _dispatch(arguments: list[str], table: Table) -> int:
    if arguments[:1] == ["__complete"]:
        from salescli.cli.completion import complete

        return _show("".join(f"{word}\n" for word in complete(arguments[1:], table)))
    taken = take_options(arguments)
    language = find_language(taken.values.get("lang"), taken.values.get("workspace"))
    words = taken.rest
    if not words or words[0] in _HELP:
        return _show_help([], table, language)
    if words[0] in ("--version", "-V"):
        from salescli import __version__

        return _show(f"salescli {__version__}\n")
    if words[0] == "help":
        return _show_help([word for word in words[1:] if word not in _HELP], table, language)
    if words[0] == "completion":
        from salescli.cli.completion import render_script

        _begin(taken, language)
        return _show(render_script(words[1:]))
    return _run(taken, table, language)


def _run(taken: Taken, table: Table, language: Language) -> int:
    """Find the command that the words name, and run it."""
    words = taken.rest
    entry = table.command(words[0]) or table.group(words[0])
    if isinstance(entry, Group) and len(words) > 1 and words[1] in _HELP:
        return _show_help(words[:1], table, language)
    _begin(taken, language, _writes_folder(entry, words))
    if isinstance(entry, Command):
        from salescli.cli.commands import run_command

        return run_command(entry, words[1:])
    if words[0].startswith("-"):
        raise _unknown("unknown-root-option", words[0], [*BY_NAME, *_HELP, "--version"])
    if entry is None:
        owners = [
            f"{group.name} {verb.name}" for group in table.groups for verb in group.verbs if verb.name == words[0]
        ]
        raise _unknown("unknown-command", words[0], table.names(), instead=" · ".join(owners))
    return _run_verb(entry, words[1:])


def _run_verb(group: Group, words: list[str]) -> int:
    if not words or words[0].startswith("-"):
        from salescli.cli.helptext import render_group_help
        from salescli.cli.session import session

        sys.stderr.write(render_group_help(group, session().language))
        return 2
    verb = next((verb for verb in group.verbs if verb.name == words[0]), None)
    if verb is None:
        raise _unknown("unknown-verb", words[0], [verb.name for verb in group.verbs], group=group.name)
    from salescli.cli.commands import run_verb

    return run_verb(group, verb, words[1:])


def _unknown(name: str, word: str, known: list[str], *, group: str = "", instead: str = "") -> Exception:
    """Return the refusal of a word that names nothing, with the nearest one that does, or else with `instead`."""
    from salescli.cli.failure import nearest
    from salescli.errors import UsageError, problem

    near = nearest(word, known) or instead
    return UsageError(problem(name, word=word, group=group, nearest=f"{group} {near}" if group and near else near))


def _writes_folder(entry: Command | Group | None, words: list[str]) -> bool:
    """Tell whether the command's `-o` names a folder."""
    return isinstance(entry, Group) and any(verb.to_folder for verb in entry.verbs if verb.name in words[1:2])


def _begin(taken: Taken, language: Language, to_folder: bool = False) -> None:
    """Give the global options their types and make them the session."""
    from salescli.cli.emit import begin_outcome
    from salescli.cli.session import Session, begin_session, build_session
    from salescli.errors import UsageError, problem

    begin_outcome()
    begin_session(Session(language=language))  # the language of any complaint about the options themselves
    if taken.lacking:
        raise UsageError(*(problem("option-lacks-value", option=option) for option in taken.lacking))
    begin_session(build_session(taken.values, os.environ, language, to_folder))


def _show_help(words: list[str], table: Table, language: Language) -> int:
    """Print the help of the root, of a group or of the common options; a command's own help is its parser's."""
    from salescli.cli.helptext import render_group_help, render_options_help, render_root_help

    group = table.group(words[0]) if words else None
    if not words:
        return _show(render_root_help(table, language))
    if words == ["output"] or words == ["options"]:
        return _show(render_options_help(language))
    if group is not None and len(words) == 1:
        return _show(render_group_help(group, language))
    return _run(Taken({"lang": language}, [*words, "--help"], []), table, language)


def _show(text: str) -> int:
    sys.stdout.write(text)
    return 0
