"""`customer`: one page of what is known of a customer."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit
from salescli.cli.language import both
from salescli.cli.opening import opened

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("show")
def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=both("客户编号、别名,或唯一的名称", "a customer's number, alias, or a name of one only"),
        ),
    ],
    rows: Annotated[
        bool, typer.Option("--rows", help=both("列出全部记录及其来源行", "list all records with the row each is from"))
    ] = False,
) -> None:
    from salescli.services.customer.showing import show_customer

    with opened(readonly=True) as ctx:
        emit(show_customer(ctx, name, with_rows=rows))
