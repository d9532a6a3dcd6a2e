"""`check`: every policy of the workspace, all problems at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.session import session, workspace


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME…", help=both("类别、文件或名称;不写则全部检查", "kinds, files or names; all without")
        ),
    ] = None,
    schema: Annotated[
        str,
        typer.Option(
            "--schema", metavar="KIND", help=both("输出一类方案的 JSON Schema", "print the JSON Schema of a kind")
        ),
    ] = "",
) -> None:
    from salescli.services.checking import build_check_report, check_policies, policy_schema
    from salescli.services.workspace import find_folder

    if schema:
        _write(policy_schema(schema))
        return
    folder = find_folder(session().folder or Path())
    checked = check_policies(folder or workspace().folder, names or ())
    emit_problems([each for file in checked for each in file.problems], checked=len(checked))
    emit(build_check_report(checked))


def _write(text: str) -> None:
    target = session().output
    if target is None:
        print(text, end="")
        return
    from salescli.services.atomic import write_file

    write_file(target, text.encode())
