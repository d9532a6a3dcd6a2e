"""Words of the command line as values, without the validation library.

Current typer turns every argument into a value through a pydantic adapter, a third of the start of a command that needs
pydantic for nothing else. The kinds that our commands use are simple; here they are read directly, and what is wrong
with them is said in the person's language. A parameter of any other kind is left to typer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from salescli.errors import SalesCliError, UsageError, problem

Convert = Callable[[Any], Any]


def lighten(parameters: list[Any], command: str) -> None:
    """Give each parameter of a simple kind its own reader; older versions of typer never ask for it."""
    for parameter in parameters:
        descriptor = getattr(parameter, "type_descriptor", None)
        if descriptor is None or getattr(descriptor, "file_annotation", None) is not None:
            continue
        convert = _find(descriptor.annotation, descriptor.parameter_info, spelling(parameter), command)
        if convert is not None:
            reader = _Reader(convert)
            parameter.get_runtime_param = lambda reader=reader: reader


def spelling(parameter: Any) -> str:
    """Return a parameter as the person types it: `--person`, or PERIOD for an argument."""
    name = str(getattr(parameter, "name", "") or "")
    if getattr(parameter, "param_type_name", "") == "argument":
        return str(getattr(parameter, "metavar", None) or name.upper())
    return max((str(text) for text in getattr(parameter, "opts", ())), key=len, default=name)


class _Reader:
    """Stands where typer expects its adapter."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value, or the values of a parameter that takes several."""
        if param.multiple or param.nargs == -1:
            return () if value is None else [self._convert(item) for item in value]
        return None if value is None else self._convert(value)


def _find(annotation: Any, info: Any, name: str, command: str) -> Convert | None:
    """Return the reader of a kind, or None where typer should read it."""
    if get_origin(annotation) is list:
        annotation = get_args(annotation)[0]
    if info.parser is not None:
        return _parsed(info.parser, name, command)
    if get_origin(annotation) is Literal and all(isinstance(choice, str) for choice in get_args(annotation)):
        return _choice(get_args(annotation), bool(info.case_sensitive), name)
    if annotation is bool:
        return _flag
    if annotation is int:
        return _whole_number(info.min, info.max, name)
    if annotation is str and info.path_type is None:
        return str
    if annotation is Path and not (info.exists or info.resolve_path or info.allow_dash):
        return Path
    return None


def _flag(value: Any) -> bool:
    """Return whether a flag stands; a text can only come from an environment variable."""
    return value if isinstance(value, bool) else str(value).strip().lower() in ("1", "true", "yes", "on")


def _parsed(parser: Convert, name: str, command: str) -> Convert:
    def convert(value: Any) -> Any:
        try:
            return parser(value)
        except SalesCliError:
            raise
        except ValueError as error:
            raise UsageError(problem("bad-value", name=name, message=str(error), command=command)) from error

    return convert


def _choice(choices: tuple[str, ...], case_sensitive: bool, name: str) -> Convert:
    known = {choice if case_sensitive else choice.lower(): choice for choice in choices}

    def convert(value: Any) -> str:
        text = str(value)
        found = known.get(text if case_sensitive else text.lower())
        if found is None:
            raise UsageError(problem("option-choice", option=name, text=text, choices=choices))
        return found

    return convert


def _whole_number(least: Any, most: Any, name: str) -> Convert:
    def convert(value: Any) -> int:
        text = str(value).strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise UsageError(problem("not-a-number", option=name, text=text))
        number = int(text)
        if (least is not None and number < least) or (most is not None and number > most):
            raise UsageError(problem("number-out-of-range", option=name, text=text, least=least, most=most))
        return number

    return convert
