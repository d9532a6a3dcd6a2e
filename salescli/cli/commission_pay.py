"""`salescli commission pay`: the payroll file of a closed month, and what was really paid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem

if TYPE_CHECKING:
    from salescli.core.table import Report
    from salescli.services.commission.payroll import Payroll

FLAT, FLAT_SUFFIXES = ("csv", "plain"), (".csv", ".tsv")
"""Formats that hold one table."""


def pay(
    period: Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))],
    file: Annotated[
        Path | None, typer.Option("--from", help=both("实发表:记录实际发放", "the sheet of what was really paid"))
    ] = None,
    column: Annotated[str, typer.Option("--column", help=both("实发所在列的表头", "the header of its amounts"))] = "",
    paid: Annotated[bool, typer.Option("--paid", help=both("已记录的实发与应发", "what is recorded as paid"))] = False,
) -> None:
    """Write the payroll file of a closed month; with --from, record what was really paid."""
    from salescli.services.commission.pay_sheet import record_payments, show_paid
    from salescli.services.commission.payroll import build_payroll_file

    if file is not None:
        with opened(at_known=False) as context:
            done = record_payments(context, context.parse_period(period), file, column)
        _write(done.report)
        emit_problems(done.problems)
        say(done.said)
        return
    with opened() as context:
        month = context.parse_period(period)
        shown = show_paid(context, month) if paid else None
        payroll = None if paid else build_payroll_file(context, month)
    if payroll is not None:
        _emit_payroll(payroll)
    elif shown is not None:
        _write(shown)
    else:
        say(Title(f"{month} 还没有实发记录", f"nothing is recorded as paid for {month}"))


def _emit_payroll(payroll: Payroll) -> None:
    """Show the payroll file, or write it: one file, or a folder with a file for each legal entity."""
    from salescli.render import FORMATS

    asked = session()
    if asked.output is None or asked.output.suffix:
        is_flat = asked.format in FLAT or (asked.output is not None and asked.output.suffix.lower() in FLAT_SUFFIXES)
        _write(payroll.as_one_table(asked.language) if is_flat else payroll.report)
        return
    if asked.output.exists() and not asked.output.is_dir():
        raise Refused(problem("not-a-folder", path=str(asked.output)))
    name = asked.format or "xlsx"
    for one in payroll.tables:
        called, report = payroll.file_of(one, asked.language)
        _write_file(asked.output / f"{called}{FORMATS[name].suffixes[0]}", report, name)


def _write(report: Report) -> None:
    """Show a report, or write it to the one file of `-o`: this command's `-o` may also be a folder."""
    from salescli.render import FORMATS
    from salescli.render.registry import format_for

    asked = session()
    if asked.output is None:
        emit(report)
        return
    found = format_for(str(asked.output))
    if found is None and asked.format is None:
        suffixes = tuple(suffix for entry in FORMATS.values() for suffix in entry.suffixes)
        raise UsageError(problem("output-suffix", path=str(asked.output), suffixes=suffixes))
    _write_file(asked.output, report, asked.format or (found.name if found is not None else "text"))


def _write_file(path: Path, report: Report, name: str) -> None:
    from salescli.cli.session import base_currency, shown_unit
    from salescli.render import RenderOptions, render
    from salescli.services.atomic import write_file

    options = RenderOptions(session().language, unit=shown_unit(), to_file=True, currency=base_currency())
    content = render(report, name, options)
    write_file(path, content.encode() if isinstance(content, str) else content)
    say(Title(f"已写入 {path}", f"written: {path}"))
