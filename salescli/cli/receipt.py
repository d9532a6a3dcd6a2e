"""`receipt`: money that came in, and whose it is."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("claims")
def claims(
    with_owned: Annotated[
        bool,
        typer.Option("--all", help=both("也列出写明负责人的回款", "also receipts that name their owner")),
    ] = False,
) -> None:
    target = session().output
    with opened() as ctx:
        if target is None or session().format != "xlsx":
            from salescli.services.claims.showing import show_claims

            emit(show_claims(ctx, with_owned=with_owned))
            return
        from salescli.services.atomic import write_file
        from salescli.services.claims.sheet import write_claims

        content = write_claims(ctx, target.name, with_owned=with_owned)
    write_file(target, content)
    say(
        Title(
            f"已写入 {target};填好黄色单元格后:salescli import {target}",
            f"written: {target}; fill in the yellow cells, then: salescli import {target}",
        )
    )
