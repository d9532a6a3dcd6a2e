"""`report`: one verb per report of the registry; its options are made from the parameters that the report declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.services.report.registry import Entry, find_report

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("list")
def list_reports() -> None:
    from salescli.cli.session import workspace
    from salescli.errors import SalesCliError
    from salescli.services.report.running import build_report_list

    with suppress(SalesCliError):
        workspace()  # for its language; the list itself needs none
    emit(build_report_list())


def make_verb(name: str) -> Callable[..., None] | None:
    """Return the function of a report's verb, with a signature that says what the report can be asked."""
    entry = find_report(name)
    return None if entry is None else _function_of(entry)


def _function_of(entry: Entry) -> Callable[..., None]:
    from salescli.services.report.running import params_of, run_report

    def run(**given: Any) -> None:
        with opened() as ctx:
            report = run_report(ctx, entry, given)
            notes = list(ctx.notes)
        emit_problems(notes)
        emit(report)

    parameters = [_parameter(param) for param in params_of(entry) if not param.is_fixed]
    run.__name__ = entry.name
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _parameter(param: Any) -> inspect.Parameter:
    """Return a parameter as typer reads it: an argument or an option, of the simple kinds that `values` reads."""
    said = both(param.help.zh, param.help.en)
    kind, default, limits = _type_of(param)
    if param.is_argument:
        shown: Any = typer.Argument(help=said, **limits)
    else:
        shown = typer.Option(f"--{param.key.replace('_', '-')}", help=said, **limits)
    return inspect.Parameter(
        param.key,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[kind, shown],
        default=default,  # what is required and lacks is said by the service, with everything else that is wrong
    )


def _type_of(param: Any) -> tuple[Any, Any, dict[str, Any]]:
    if param.kind == "flag":
        return bool, False, {}
    if param.kind == "count":
        return int, int(param.default), {"min": param.least, "max": param.most}
    if param.kind == "choice":
        return Literal[param.choices] | None, param.default or None, {}
    return str, param.default, {}
