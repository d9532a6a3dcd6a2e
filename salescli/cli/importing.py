"""`import`: spreadsheets into the store; with `--preview` only shown as they would be stored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.reading import (
    AcceptDatesOption,
    AliasOption,
    AsOption,
    ConstantOption,
    DateOrderOption,
    EncodingOption,
    KeyOption,
    MapOption,
    PercentOption,
    ProfileOption,
    SheetOption,
    SourceOption,
)
from salescli.errors import UsageError, problem

FOLD = 5  # errors of one name in one column that are listed before the rest is counted


def import_(
    files: Annotated[
        list[str],
        typer.Argument(help=both("文件、通配符或文件夹;- 为标准输入", "files, patterns or folders; - is stdin")),
    ],
    as_type: AsOption = "",
    profile: ProfileOption = "",
    sheet: SheetOption = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))] = False,
    preview: Annotated[
        int,
        typer.Option(
            "--preview",
            metavar="N",
            min=0,
            help=both("只显示前 N 行存入后的样子", "only show the first N rows as they would be stored"),
        ),
    ] = 0,
    on_error: Annotated[
        Literal["reject", "abort"],
        typer.Option("--on-error", help=both("坏行:单独拒绝,或全部放弃", "a bad row: keep it out, or nothing goes in")),
    ] = "reject",
    date_order: DateOrderOption = "",
    accept_dates: AcceptDatesOption = False,
    percent: PercentOption = "",
    key: KeyOption = "",
    maps: MapOption = None,
    alias: AliasOption = None,
    encoding: EncodingOption = "",
    source: SourceOption = "",
    constant: ConstantOption = None,
    changes_from: Annotated[
        str,
        typer.Option("--changes-from", help=both("负责人、团队等自该日起变更", "owners, teams … change from this day")),
    ] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help=both("负责人、团队等一直如此(更正)", "owners, teams … were always so"))
    ] = False,
    prefer: Annotated[
        Literal["edit", "file"],
        typer.Option("--prefer", help=both("与手工修改冲突时采用哪个", "which wins over a hand edit")),
    ] = "edit",
    replaces: Annotated[
        bool,
        typer.Option(
            "--replaces", help=both("无编号的类型:取代同一来源的上一个文件", "no numbers: in place of its last file")
        ),
    ] = False,
    adds: Annotated[
        bool,
        typer.Option(
            "--adds", help=both("无编号的类型:在上一个文件之外追加", "no numbers: beside what its last file gave")
        ),
    ] = False,
    complete: Annotated[
        Literal["", "month"],
        typer.Option(
            "--complete",
            help=both(
                "文件包含所涉月份的全部记录(month)", "the files hold everything of the months they touch (month)"
            ),
        ),
    ] = "",
    accept_gone: Annotated[
        bool,
        typer.Option(
            "--accept-gone",
            help=both("文件中已没有的记录一律结束", "end what the files have no more, also of closed months"),
        ),
    ] = False,
    accept_posting: Annotated[
        bool,
        typer.Option(
            "--accept-posting",
            help=both("接受对已关账月份佣金的补计", "accept what it posts for closed months of commission"),
        ),
    ] = False,
    accept_claims: Annotated[
        bool,
        typer.Option(
            "--accept-claims",
            help=both("采纳唯一匹配的回款认领", "take the claims of receipts that match one contract"),
        ),
    ] = False,
    roster_month: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PERIOD",
            help=both(
                "花名册所属月份(2026-03),或各月份列所属年度(2026、FY2026)",
                "the month that a roster is of (2026-03), or the year of columns 1月 … (2026, FY2026)",
            ),
        ),
    ] = "",
    accept_roster: Annotated[
        bool,
        typer.Option(
            "--accept-roster",
            help=both("采纳花名册的入职、离职、调动", "take over who joined, left and moved by the roster"),
        ),
    ] = False,
    no_remember: Annotated[
        bool,
        typer.Option(
            "--no-remember", help=both("不把本次的决定记入导入配置", "do not keep what is decided as a profile")
        ),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help=both("列出每一个问题和月份", "list every problem and every month"))
    ] = False,
) -> None:
    from salescli.services.importing.request import build_request

    for first, second, is_wrong in (
        ("--changes-from", "--correct", changes_from and correct),
        ("--replaces", "--adds", replaces and adds),
    ):
        if is_wrong:
            raise UsageError(problem("options-exclude", first=first, second=second))
    said: dict[str, Any] = {
        "as_type": as_type, "profile": profile, "sheet": sheet, "date_order": date_order, "percent": percent,
        "key": key, "maps": maps or [], "aliases": alias or [], "encoding": encoding, "accept_dates": accept_dates,
        "source": source, "constants": constant or [],
    }  # fmt: skip
    if preview:
        _preview(files, preview, every, {**said, "year": roster_month})
        return
    with opened(at_known=False, create=True) as ctx:
        request = build_request(
            ctx, files, dry_run=dry_run, all_or_nothing=on_error == "abort",
            dated="correct" if correct else changes_from, prefer_file=prefer == "file",
            again="replaces" if replaces else "adds" if adds else "", accept_claims=accept_claims,
            complete=complete, accept_gone=accept_gone, accept_posting=accept_posting,
            roster_month=roster_month, accept_roster=accept_roster, remember=not no_remember, **said,
        )  # fmt: skip
        _import(ctx, request, every)


def _import(ctx: Any, request: Any, every: bool) -> None:
    from salescli.services.importing.files import import_files
    from salescli.services.importing.rejecting import write_rejects
    from salescli.services.importing.report import report_import

    outcome = import_files(ctx, request)
    rejects = [] if outcome.is_dry else write_rejects(ctx, outcome)
    emit(report_import(ctx, outcome, rejects, is_whole=every))
    emit_problems([*outcome.problems, *outcome.notes], limit=None if every else FOLD, option="--all")


def _preview(files: list[str], count: int, every: bool, said: dict[str, Any]) -> None:
    """Show the first rows; nothing is written, and there need be no workspace yet."""
    from salescli.cli.reading import ground
    from salescli.services.importing.preview import preview_files
    from salescli.services.importing.request import build_options

    here = ground()
    to_read = build_options(here, files, **said)
    report, problems = preview_files(here, to_read, count)
    emit(report)
    emit_problems(problems, limit=None if every else FOLD, option="--all")
