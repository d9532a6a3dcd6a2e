"""`record`: types, lists, one record with its lineage, and edits by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title
from salescli.errors import UsageError, problem

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_TYPE = both("记录类型,如 deal、商机", "a record type: deal, accounts, 商机")
_KEY = both("编号、别名,或唯一的名称", "its number, other name, or a name that fits one only")
_CELLS = both("字段=值;空值表示清除", "field=value; an empty value clears")
TypeName = Annotated[str, typer.Argument(metavar="TYPE", help=_TYPE)]
Key = Annotated[str, typer.Argument(metavar="KEY", help=_KEY)]
Cells = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help=_CELLS)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))]


@app.command("types")
def types(
    type_name: Annotated[
        str, typer.Argument(metavar="TYPE", help=both("只看这个类型的字段", "the fields of this type"))
    ] = "",
) -> None:
    from salescli.services.record.showing import build_types_report

    with opened() as ctx:
        emit(build_types_report(ctx, type_name))


@app.command("list")
def list_records(
    type_name: TypeName,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", help=both("条件,如 region=华东、amount>=50万", "a condition: region=North, amount>=500,000")
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help=both("最多几行(0:不限)", "at most so many lines (0: all)"))
    ] = 0,
) -> None:
    from salescli.services.record.showing import build_list_report

    machine = session().format not in (None, "text", "plain")
    with opened() as ctx:
        emit(build_list_report(ctx, type_name, where or (), limit, all_fields=machine))


@app.command("show")
def show(type_name: TypeName, key: Key) -> None:
    from salescli.services.record.showing import build_record_report

    with opened() as ctx:
        emit(build_record_report(ctx, type_name, key))


@app.command("add")
def add(type_name: TypeName, cells: Cells, dry_run: DryRun = False) -> None:
    from salescli.services.record.editing import add_record

    with opened(at_known=False) as ctx:
        done = add_record(ctx, type_name, cells, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


@app.command("edit")
def edit_record(
    type_name: TypeName,
    key: Key,
    cells: Cells,
    changes_from: Annotated[
        str,
        typer.Option(
            "--changes-from",
            metavar="DATE",
            help=both("按日期的字段从这天起变更", "dated fields change from this day on"),
        ),
    ] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help=both("原值一直有误,更正", "the value was wrong from the beginning"))
    ] = False,
    accept_posting: Annotated[
        bool,
        typer.Option(
            "--accept-posting",
            help=both("接受对已关账月份佣金的补计", "accept what it posts for closed months of commission"),
        ),
    ] = False,
    dry_run: DryRun = False,
) -> None:
    from salescli.services.record.editing import edit

    dated = _dated(changes_from, correct)
    with opened(at_known=False) as ctx:
        done = edit(ctx, type_name, key, cells, dated=dated, accept_posting=accept_posting, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


def _dated(changes_from: str, correct: bool) -> str:
    from datetime import date

    if changes_from and correct:
        raise UsageError(problem("options-exclude", first="--changes-from", second="--correct"))
    if correct or not changes_from:
        return "correct" if correct else ""
    try:
        if len(changes_from) == 10:
            return date.fromisoformat(changes_from).isoformat()
    except ValueError:
        pass
    raise UsageError(problem("option-date", option="--changes-from", text=changes_from))


@app.command("remove")
def remove(type_name: TypeName, key: Key, dry_run: DryRun = False) -> None:
    from salescli.services.record.editing import remove_record

    with opened(at_known=False) as ctx:
        done = remove_record(ctx, type_name, key, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


@app.command("rekey")
def rekey(
    type_name: TypeName,
    key: Key,
    new: Annotated[str, typer.Argument(metavar="NEW", help=both("新编号", "the new number"))],
    dry_run: DryRun = False,
) -> None:
    from salescli.services.record.editing import rekey_record

    with opened(at_known=False) as ctx:
        emit(rekey_record(ctx, type_name, key, new, is_dry=dry_run).report)


@app.command("dedupe")
def dedupe(
    type_name: TypeName,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help=both("最多几组(0:不限)", "at most so many groups (0: all)"))
    ] = 20,
) -> None:
    from salescli.services.atomic import write_file
    from salescli.services.record.dedupe import build_dedupe_report
    from salescli.services.record.merge_sheet import build_merge_sheet

    target = session().output
    with opened(readonly=True) as ctx:
        if target is None or session().format != "xlsx":
            emit(build_dedupe_report(ctx, type_name, limit))
            return
        content = build_merge_sheet(ctx, type_name)
    write_file(target, content)
    after = f"salescli record merge {type_name} --from {target}"
    say(Title(f"已写入 {target};选好后:{after}", f"written: {target}; choose in it, then: {after}"))


@app.command("merge")
def merge(
    type_name: TypeName,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help=both("保留的记录", "the record that stays"))] = "",
    others: Annotated[
        list[str] | None, typer.Argument(metavar="OTHER…", help=both("并入它的记录", "the records merged into it"))
    ] = None,
    from_file: Annotated[
        str,
        typer.Option(
            "--from", metavar="FILE", help=both("填好的 dedupe 工作簿", "the workbook of `record dedupe`, filled in")
        ),
    ] = "",
    prefer: Annotated[
        list[str] | None,
        typer.Option(
            "--prefer", metavar="FIELD", help=both("此字段采用并入记录的值", "take the other record's value of a field")
        ),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept-posting", help=both("接受已关账月份的变动", "accept that closed months may change")),
    ] = False,
    dry_run: DryRun = False,
) -> None:
    from salescli.services.record.merge_sheet import merge_from_sheet
    from salescli.services.record.merging import merge_records

    if bool(from_file) == bool(keep and others):
        raise UsageError(problem("merge-what", type=type_name))
    with opened(at_known=False) as ctx:
        if from_file:
            done = merge_from_sheet(ctx, type_name, from_file, is_accepted=accept, is_dry=dry_run)
        else:
            done = merge_records(
                ctx, type_name, keep, others or (), prefer=prefer or (), is_accepted=accept, is_dry=dry_run
            )
    emit_problems(done.problems)
    emit(done.report)


@app.command("template")
def template(type_name: TypeName) -> None:
    from salescli.services.atomic import write_file
    from salescli.services.record.templating import FORMATS, build_template_file

    target, form = session().output, session().format or ""
    if target is None or form not in FORMATS:
        raise UsageError(problem("template-needs-file", type=type_name))
    with opened(readonly=True) as ctx:
        content, _ = build_template_file(ctx, type_name, form)
    write_file(target, content)
    say(
        Title(
            f"已写入 {target};填好后:salescli import {target}",
            f"written: {target}; fill it in, then: salescli import {target}",
        )
    )
