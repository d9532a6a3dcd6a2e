"""Failures of the world around (the command line, the disk, the store's file) as named problems.

Errors of typer and sqlite3 are recognised by their type's module and attributes, so that neither is imported to do it.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

from salescli.cli.values import spelling
from salescli.errors import Problem, Refused, SalesCliError, UsageError, problem

_STORE_PROBLEMS = {
    "SQLITE_BUSY": "store-busy",
    "SQLITE_LOCKED": "store-busy",
    "SQLITE_READONLY": "store-not-writable",
    "SQLITE_CANTOPEN": "store-not-opened",
    "SQLITE_PERM": "store-not-opened",
    "SQLITE_FULL": "disk-full",
    "SQLITE_IOERR": "disk-error",
    "SQLITE_CORRUPT": "store-damaged",
    "SQLITE_NOTADB": "store-damaged",
}


def explain_failure(error: Exception) -> SalesCliError | None:
    """Return the problem an outside failure amounts to; None where it can only be a bug of ours."""
    if callable(getattr(error, "format_message", None)):
        return UsageError(_usage_problem(error))
    if type(error).__module__ == "sqlite3":
        return _explain_store(error)
    if isinstance(error, OSError):
        return _explain_disk(error)
    return None


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the known word closest to a mistyped one, or ""."""
    from difflib import get_close_matches

    found = get_close_matches(text, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def _usage_problem(error: Exception) -> Problem:
    """Put a usage error of the option parser into our words, in the person's language."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "salescli"
    parameter = getattr(error, "param", None)
    name = spelling(parameter) if parameter is not None else ""
    message = str(getattr(error, "message", "") or error)
    if kind == "NoSuchOption":
        option = str(getattr(error, "option_name", ""))
        return problem("unknown-option", option=option, command=command, nearest=nearest(option, _options(context)))
    if kind == "MissingParameter" and name:
        return problem("missing-value", name=name, command=command)
    if kind == "BadParameter" and name:
        return problem("bad-value", name=name, message=message, command=command)
    if kind == "BadOptionUsage" and "requires an argument" in message:
        return problem("option-lacks-value", option=str(getattr(error, "option_name", "")), command=command)
    extra = message.partition("unexpected extra argument")[2]
    if extra:
        words = extra[extra.find("(", 3) + 1 :].rstrip(").")
        return problem("extra-words", words=words, command=command)
    return problem("bad-usage", message=message.rstrip("."), command=command)


def _options(context: object) -> list[str]:
    from salescli.cli.options import BY_NAME

    command = getattr(context, "command", None)
    own = [str(option) for parameter in getattr(command, "params", ()) for option in getattr(parameter, "opts", ())]
    return [*(option for option in own if option.startswith("-")), *BY_NAME]


def _explain_store(error: Exception) -> SalesCliError | None:
    code = str(getattr(error, "sqlite_errorname", "") or "")
    for prefix, name in _STORE_PROBLEMS.items():
        if code.startswith(prefix):
            return Refused(problem(name, reason=str(error)))
    return None


def _explain_disk(error: OSError) -> SalesCliError:
    reason = error.strerror or str(error) or type(error).__name__
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(problem("disk-full", reason=reason))
    path = str(error.filename) if error.filename else ""
    if not path:
        return Refused(problem("disk-error", reason=reason))
    return Refused(problem("cannot-use-file", path=path, reason=reason))
