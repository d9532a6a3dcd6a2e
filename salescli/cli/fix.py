"""`fix`: what waits for a person, and the sheets on which it is filled in."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title

app = typer.Typer(add_completion=False, rich_markup_mode=None)
SHOWN = 10


@app.command("list")
def list_fixes(
    kinds: Annotated[
        list[str] | None,
        typer.Argument(metavar="KIND…", help=both("只看这些种类,如 claims", "these kinds only, as claims")),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help=both("每类最多几行(0:不限)", "at most so many lines of each (0: all)")),
    ] = None,
) -> None:
    from salescli.services.fixing.listing import show_fixes, write_fixes

    target, form = session().output, session().format
    with opened() as ctx:
        if target is None or form != "xlsx":
            shown = SHOWN if limit is None and form in (None, "text", "plain") else limit or 0
            emit(show_fixes(ctx, kinds or (), shown))
            return
        content, count = write_fixes(ctx, target.name, kinds or ())
    if not count:
        say(Title("没有待补的事项,未写文件", "nothing waits for anybody: no file was written"))
        return
    from salescli.services.atomic import write_file

    write_file(target, content)
    say(
        Title(
            f"已写入 {target}({count} 张表);填好黄色单元格后:salescli import {target}",
            f"written: {target} (sheets: {count}); fill in the yellow cells, then: salescli import {target}",
        )
    )
