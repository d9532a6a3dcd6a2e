"""`import`: spreadsheets into the store."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.errors import UsageError, problem


def import_(
    files: Annotated[
        list[str], typer.Argument(help=both("文件或通配符;- 为标准输入", "files or patterns; - is stdin"))
    ],
    as_type: Annotated[
        str, typer.Option("--as", help=both("记录类型(默认由表头识别)", "the record type (else by headers)"))
    ] = "",
    profile: Annotated[
        str, typer.Option("--profile", help=both("导入配置的名称", "the name of an import profile"))
    ] = "",
    sheet: Annotated[str, typer.Option("--sheet", help=both("只读这个工作表", "read this sheet only"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))] = False,
    on_error: Annotated[
        Literal["reject", "abort"],
        typer.Option("--on-error", help=both("坏行:单独拒绝,或全部放弃", "a bad row: keep it out, or nothing goes in")),
    ] = "reject",
    date_order: Annotated[
        Literal["", "dmy", "mdy", "ymd"],
        typer.Option("--date-order", help=both("如 03/04/2026 的日期顺序", "the order of dates such as 03/04/2026")),
    ] = "",
    percent: Annotated[
        Literal["", "percent", "fraction"],
        typer.Option(
            "--percent",
            help=both("无 % 的比例是 50(percent)还是 0.5(fraction)", "bare rates are 50 (percent) or 0.5 (fraction)"),
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key", help=both("无单号时作为键的列,逗号分隔", "columns that make the key where there is no number")
        ),
    ] = "",
    maps: Annotated[list[str] | None, typer.Option("--map", help=both("列=字段", "column=field"))] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(
            "--alias", help=both("类型:写法=实名,如 person:王方=王芳", "type:written=meant, as person:Jon=John")
        ),
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", help=both("文本编码(默认自动识别)", "the text encoding (else found out)"))
    ] = "",
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
) -> None:
    from salescli.services.importing.files import import_files, write_rejects
    from salescli.services.importing.report import report_import
    from salescli.services.importing.request import build_request

    if changes_from and correct:
        raise UsageError(problem("options-exclude", first="--changes-from", second="--correct"))
    with opened(at_known=False, create=True) as ctx:
        request = build_request(
            ctx, files, as_type=as_type, profile=profile, sheet=sheet, dry_run=dry_run,
            all_or_nothing=on_error == "abort", date_order=date_order, percent=percent, key=key, maps=maps or [],
            aliases=alias or [], encoding=encoding, dated="correct" if correct else changes_from,
            prefer_file=prefer == "file",
        )  # fmt: skip
        outcome = import_files(ctx, request)
        rejects = [] if outcome.is_dry else write_rejects(ctx, outcome)
        emit(report_import(ctx, outcome, rejects))
        emit_problems([*outcome.problems, *outcome.notes], limit=20)
