"""`start`, `init` and `demo`: the ways in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.reading import AcceptDatesOption, AsOption, DateOrderOption, MapOption, PercentOption
from salescli.cli.session import renew_workspace, session
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.workspace import Workspace

NameOption = Annotated[
    str, typer.Option("--name", help=both("工作区名称(默认:文件夹名)", "the workspace's name (else the folder's)"))
]
CurrencyOption = Annotated[str, typer.Option("--currency", help=both("本位币,如 CNY", "the base currency, as USD"))]


def start(
    files: Annotated[
        list[str], typer.Argument(help=both("手上的表格,如回款明细", "the spreadsheets you have, as receipts"))
    ],
    name: NameOption = "",
    currency: CurrencyOption = "",
    date_order: DateOrderOption = "",
    accept_dates: AcceptDatesOption = False,
    percent: PercentOption = "",
    as_type: AsOption = "",
    maps: MapOption = None,
) -> None:
    from salescli.services.importing.files import import_files
    from salescli.services.importing.rejecting import write_rejects
    from salescli.services.importing.report import report_import
    from salescli.services.importing.request import build_request, expand_files
    from salescli.services.starting import start_workspace

    paths = expand_files(files)
    asked = session()
    started = start_workspace(
        asked.folder or Path(), paths, asked.language if asked.language_given else None, currency, name
    )
    renew_workspace()
    with opened(at_known=False, create=True) as ctx:
        if started.is_new:
            _say_made(ctx.workspace, currency)
        request = build_request(
            ctx, paths, auto_key=True, date_order=date_order, accept_dates=accept_dates, percent=percent,
            as_type=as_type, maps=maps or [],
        )  # fmt: skip
        outcome = import_files(ctx, request)
        emit(report_import(ctx, outcome, write_rejects(ctx, outcome), next=("salescli commission new",)))
        emit_problems([*outcome.problems, *outcome.notes], limit=20)


def init(
    folder: Annotated[Path, typer.Argument(help=both("文件夹(默认:当前)", "the folder (else this one)"))] = Path(),
    name: NameOption = "",
    currency: CurrencyOption = "",
) -> None:
    from salescli.services.starting import init_workspace

    made = init_workspace(folder, session().language, currency, name)
    _say_made(made, currency)
    say(Title("下一步:salescli import 文件", "next: salescli import FILE"))


def _say_made(made: Workspace, asked: str) -> None:
    """Say the base currency beside the place: amounts that name none are read in it, and it stays."""
    say(Title(f"新工作区:{made.folder}", f"new workspace: {made.folder}"))
    currency = made.settings.currency
    if asked:
        say(Title(f"本位币:{currency}", f"base currency: {currency}"))
    else:
        say(
            Title(
                f"本位币:{currency};如为其他币种,请重新建立并加 --currency",
                f"base currency: {currency}; for another, begin again with --currency",
            )
        )


def demo(
    folder: Annotated[Path, typer.Argument(help=both("放示例的文件夹", "where to put the example"))] = Path(
        "salescli-demo"
    ),
    only_copy: Annotated[
        bool, typer.Option("--only-copy", help=both("只复制文件,不演示", "copy the files, walk nothing"))
    ] = False,
    example: Annotated[
        Literal["huachen", "acme"],
        typer.Option(
            "--example",
            help=both(
                "哪个示例:huachen(中文,回款)或 acme(英文,美元与欧元,财年四月起)",
                "which company: huachen (Chinese, receipts) or acme (English, dollars and euros, a year from April)",
            ),
        ),
    ] = "huachen",
) -> int:
    from salescli.cli.walk import walk
    from salescli.services.example import copy_example

    target = copy_example(example, folder)
    say(Title(f"示例在 {target}", f"the example is in {target}"))
    return 0 if only_copy else walk(target, session(), example)
