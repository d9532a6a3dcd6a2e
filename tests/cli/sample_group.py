"""A small group and bare commands for the tests of the root: one of everything a command can do or suffer."""

from __future__ import annotations

import os
import threading
from decimal import Decimal
from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.groups import Command, Group, Table, Verb
from salescli.cli.language import both
from salescli.cli.session import on_or_today, session, today
from salescli.core.table import Column, Report
from salescli.core.table import Table as ReportTable
from salescli.core.title import Title
from salescli.errors import DecisionNeeded, Refused, Where, problem

app = typer.Typer(add_completion=False, rich_markup_mode=None)

HERE = "tests.cli.sample_group"


@app.command("show", help=both("只为测试。", "Only for tests."))
def show(
    name: Annotated[str, typer.Argument(help=both("名称", "a name"))],
    person: Annotated[str, typer.Option("--person", help=both("人员", "a person"))] = "",
    count: Annotated[int, typer.Option("--count", help=both("行数", "rows"))] = 1,
) -> None:
    columns = (
        Column("name", Title("名称", "Name")),
        Column("person", Title("人员", "Person")),
        Column("amount", Title("金额", "Amount"), "money", currency="CNY"),
    )
    rows = tuple((f"{name}-{number}", person, Decimal("1234.5600")) for number in range(1, count + 1))
    emit(Report("sample", Title("样例", "Sample"), (ReportTable("rows", columns, rows),)))


@app.command("asked")
def asked() -> None:
    here = session()
    on = on_or_today()
    print(here.language, here.format, here.width, here.unit, on, here.known, today(), here.no_input, here.yes)


@app.command("fail")
def fail(how: str) -> int | None:
    if how == "problems":
        found = [
            problem("bad-period", Where("b.yaml", 3, 2), text="x"),
            problem("bad-period", Where("a.yaml", 9), text="y"),
        ]
        print("data")
        emit_problems(found)
        say(Title("完成", "done"))
    elif how == "warning":
        emit_problems([problem("bad-period", Where("b.yaml", 3, 2), severity="warning", text="x")])
    elif how == "refused":
        raise Refused(problem("cannot-write", path="p", reason="r"))
    elif how == "decision":
        raise DecisionNeeded(problem("bad-period", text="x"))
    elif how == "bug":
        raise KeyError("lost")
    elif how == "memory":
        raise MemoryError
    elif how == "interrupt":
        raise KeyboardInterrupt
    elif how == "wait":
        print("waiting", flush=True)
        threading.Event().wait(60)
    elif how == "pipe":
        raise BrokenPipeError(32, "Broken pipe")
    elif how == "full":
        raise OSError(28, "No space left on device")
    elif how == "file":
        raise PermissionError(13, "Permission denied", "secret.xlsx")
    elif how == "locked":
        _lock()
    elif how == "exit":
        raise typer.Exit(4)
    elif how == "parameter":
        raise typer.BadParameter("not one of ours")
    elif how == "code":
        return 3
    return None


def bare(words: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    print("bare", *(words or []))


def _lock() -> None:
    import sqlite3

    name = os.environ["SAMPLE_STORE"]
    holder = sqlite3.connect(name, isolation_level=None)
    waiter = sqlite3.connect(name, isolation_level=None, timeout=0)
    try:
        holder.execute("BEGIN IMMEDIATE")
        waiter.execute("BEGIN IMMEDIATE")
    finally:
        holder.close()
        waiter.close()


TABLE = Table(
    (Command("bare", HERE, "bare", "start", Title("只有动词", "A bare verb."), ("bare one two",)),),
    (
        Group(
            "sample",
            HERE,
            "data",
            Title("样例", "Samples."),
            (
                Verb(
                    "show", Title("显示样例。", "Show samples."), ("sample show A", "sample show A --count 3 -O json")
                ),
                Verb("asked", Title("显示通用选项。", "Show the common options.")),
                Verb("fail", Title("出错。", "Go wrong.")),
            ),
        ),
    ),
)
