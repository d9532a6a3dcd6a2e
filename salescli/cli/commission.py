"""`salescli commission`: from credits to what is paid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.cli.commission_adjust import adjust, dispute
from salescli.cli.commission_cost import cost
from salescli.cli.commission_curve import curve
from salescli.cli.commission_diff import diff
from salescli.cli.commission_life import approve, close, reopen
from salescli.cli.commission_lint import lint
from salescli.cli.commission_pack import pack, write_statement
from salescli.cli.commission_pay import pay
from salescli.cli.commission_restate import restate
from salescli.cli.commission_roll import roll
from salescli.cli.commission_schedule import schedule
from salescli.cli.emit import emit, emit_problems, say, set_outcome
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.errors import UsageError, problem

if TYPE_CHECKING:
    from salescli.services.commission.showing import RunShown

app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command("curve")(curve)
app.command("cost")(cost)
app.command("diff")(diff)
app.command("schedule")(schedule)
app.command("lint")(lint)
app.command("pack")(pack)
app.command("roll")(roll)
app.command("close")(close)
app.command("reopen")(reopen)
app.command("restate")(restate)
app.command("approve")(approve)
app.command("pay")(pay)
app.command("adjust")(adjust)
app.command("dispute")(dispute)

PeriodArgument = Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))]
PersonOption = Annotated[str, typer.Option("--person", help=both("人员:工号或姓名", "a person: number or name"))]


@app.command("run")
def run(period: PeriodArgument) -> None:
    """Compute a month and keep it as a draft."""
    from salescli.services.commission.showing import run_period

    with opened(at_known=False) as context:
        shown = run_period(context, context.parse_period(period))
        problems = [*shown.problems, *context.notes]
    is_wrong = any(each.severity == "error" for each in problems)
    emit_problems(() if is_wrong else problems)
    _emit(shown)
    emit_problems(problems if is_wrong else ())  # what is wrong stands last: a register is longer than a screen


@app.command("show")
def show(period: PeriodArgument, person: PersonOption = "") -> None:
    """Show the closed run of a month, else its newest draft."""
    from salescli.services.commission.showing import show_period

    with opened() as context:
        shown = show_period(context, context.parse_period(period), person)
    _emit(shown)


@app.command("explain")
def explain(
    period: PeriodArgument,
    person: PersonOption = "",
    component: Annotated[str, typer.Option("--component", help=both("只看一个组件", "one component only"))] = "",
    transaction: Annotated[
        str, typer.Option("--transaction", help=both("一笔单据的去向", "what became of one transaction"))
    ] = "",
    why_zero: Annotated[bool, typer.Option("--why-zero", help=both("为什么没有", "why nothing is paid"))] = False,
) -> None:
    """Explain a person's figure down to the rows of spreadsheets and the lines of the plan."""
    from salescli.services.commission.explaining import Asked, explain_period

    asked = Asked(person, component, transaction, why_zero)
    with opened() as context:
        explained = explain_period(context, context.parse_period(period), asked)
    emit_problems(explained.problems)
    emit(explained.report)


@app.command("statement")
def statement(period: PeriodArgument, person: PersonOption) -> None:
    """Show a person's statement: every transaction, the differences, the holdback, what is paid."""
    from salescli.services.commission.statements import show_statement

    if session().output is not None and session().format in ("xlsx", "html"):
        write_statement(period, person)
        return
    with opened() as context:
        shown = show_statement(context, context.parse_period(period), person)
    emit_problems(shown.problems)
    _emit(shown)


@app.command("verify")
def verify(
    which: Annotated[
        str,
        typer.Argument(
            metavar="[RUN|PERIOD]",
            help=both("运行编号或月份(默认:全部已关账的)", "a run or a month (else all closed ones)"),
        ),
    ] = "",
) -> None:
    """Compute stored runs again from what they knew, and compare byte for byte."""
    from salescli.services.commission.closing import verify_shown

    with opened(at_known=False) as context:
        report, problems = verify_shown(context, which)
    emit(report)
    emit_problems(problems)


@app.command("new")
def new(
    template: Annotated[
        str, typer.Option("--template", help=both("flat、tiered 或 attainment", "flat, tiered or attainment"))
    ] = "",
    name: Annotated[str, typer.Option("--name", help=both("方案名称(文件名)", "the plan's name"))] = "",
    rate: Annotated[str, typer.Option("--rate", help=both("比例,如 2%", "a rate: 2%"))] = "",
    tiers: Annotated[
        str, typer.Option("--tiers", help=both("档位,如 '0:1%, 1000000:1.5%'", "tiers: '0:1%, 1000000:1.5%'"))
    ] = "",
    pays_on: Annotated[str, typer.Option("--pays-on", help=both("按哪个指标计提", "the metric it pays on"))] = "",
    for_role: Annotated[list[str] | None, typer.Option("--for-role", help=both("适用岗位", "for a role"))] = None,
    everyone: Annotated[bool, typer.Option("--for-everyone", help=both("适用所有人", "for everyone known"))] = False,
    start: Annotated[str, typer.Option("--from", help=both("起始日", "the first day"))] = "",
    currency: Annotated[str, typer.Option("--currency", help=both("币种", "the currency"))] = "",
) -> None:
    """Write a plan from a shipped one: at most six questions, each also a flag."""
    from salescli.cli.commission_new import ask_missing, may_ask
    from salescli.services.commission.drafting import PlanRequest, show_templates, write_plan

    asked = PlanRequest(template, name, rate, tiers, pays_on, tuple(for_role or ()), everyone, start, currency)
    with opened() as context:
        if may_ask():
            asked = ask_missing(context, asked)
        if not asked.template:
            if asked != PlanRequest():
                raise UsageError(problem("missing-value", name="--template", command="salescli commission new"))
            emit(show_templates(context))
            return
        written = write_plan(context, asked)
    emit_problems(written.problems)
    emit(written.report)


@app.command("read")
def read(
    plan: Annotated[str, typer.Argument(help=both("方案名称", "the plan's name"))],
) -> None:
    """Read a plan as numbered sentences: the text that people sign."""
    from salescli.services.commission.drafting import read_plan

    with opened() as context:
        report = read_plan(context, plan, context.language)
    emit(report)


@app.command("test")
def test(
    names: Annotated[list[str] | None, typer.Argument(help=both("用例或文件名", "cases, or files of cases"))] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help=both("哪些规则没有用例", "which rules no case reaches"))
    ] = False,
    keep: Annotated[
        str, typer.Option("--keep", help=both("把一个月的提成单留作用例", "keep a month's statement as a case"))
    ] = "",
    person: PersonOption = "",
    component: Annotated[str, typer.Option("--component", help=both("只留一个组件", "one component only"))] = "",
    name: Annotated[str, typer.Option("--name", help=both("用例文件名", "the name of its file"))] = "",
) -> None:
    """Run the cases of config/cases; say what they do not reach; keep a statement as a case."""
    from salescli.cli.commission_test import keep_statement, run_tests

    if keep:
        keep_statement(keep, person, component, name)
    else:
        run_tests(names or (), coverage)


@app.command("compare")
def compare(
    period: PeriodArgument,
    file: Annotated[Path, typer.Argument(help=both("现用的提成表", "the sheet used until now"))],
    column: Annotated[str, typer.Option("--column", help=both("提成所在列的表头", "the header of its figures"))] = "",
    figure: Annotated[
        Literal["earned", "payable"], typer.Option("--figure", help=both("与我方哪个数对比", "which of our figures"))
    ] = "earned",
) -> None:
    """Set our figures beside the spreadsheet used until now, with what explains each difference."""
    from salescli.services.commission.comparing import compare_sheet

    with opened() as context:
        compared = compare_sheet(context, context.parse_period(period), file, column, figure)
    emit(compared.report)
    emit_problems(compared.problems)
    if compared.differs:
        set_outcome(1)


@app.command("check")
def check(period: PeriodArgument) -> None:
    """List what should be looked at before a month is closed."""
    from salescli.services.commission.checking import check_period

    with opened() as context:
        checked = check_period(context, context.parse_period(period))
        problems = [*checked.problems, *context.notes]
    emit(checked.report)
    emit_problems(problems)
    if not checked.may_close:
        set_outcome(1)


@app.command("open")
def open_(
    period: PeriodArgument,
    file: Annotated[Path | None, typer.Option("--from", help=both("期初表", "the opening sheet"))] = None,
    template: Annotated[
        bool, typer.Option("--template", help=both("写出要填的期初表", "write the sheet to fill in"))
    ] = False,
) -> None:
    """Name the first month that salescli pays, with the balances people bring into it."""
    from salescli.services.commission.opening import open_month, opening_template

    with opened(at_known=template) as context:
        month = context.parse_period(period)
        if template:
            emit(opening_template(context, month))
            return
        done = open_month(context, month, file)
    emit_problems(done.problems)
    emit(done.report)


def _emit(shown: RunShown) -> None:
    emit(shown.report)
    if shown.change is not None:
        say(shown.change)
