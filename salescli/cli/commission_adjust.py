"""`salescli commission adjust` and `commission dispute`: what people decide and ask beside the plans."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened

_PERIOD = both("月份,如 2026-03", "a month: 2026-03")
PeriodArgument = Annotated[str, typer.Argument(help=_PERIOD)]
PersonOption = Annotated[str, typer.Option("--person", help=both("人员:工号或姓名", "a person: number or name"))]
KeyOption = Annotated[str, typer.Option("--key", help=both("编号(默认:自动)", "its number (else the next one)"))]
ComponentOption = Annotated[str, typer.Option("--component", help=both("关于哪个组件", "the component it is about"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))]


def adjust(
    period: PeriodArgument,
    person: PersonOption,
    amount: Annotated[str, typer.Option("--amount", help=both("金额,可为负", "an amount, or a negative one"))],
    reason: Annotated[str, typer.Option("--reason", help=both("为什么(必填)", "why (required)"))],
    key: KeyOption = "",
    plan: Annotated[str, typer.Option("--plan", help=both("计入哪个方案", "the plan that takes it"))] = "",
    component: ComponentOption = "",
    currency: Annotated[str, typer.Option("--currency", help=both("币种", "the currency"))] = "",
    author: Annotated[str, typer.Option("--author", help=both("调整人(默认:当前用户)", "who adjusts (else you)"))] = "",
    approved_by: Annotated[str, typer.Option("--approved-by", help=both("审批人", "who approved it"))] = "",
    dispute: Annotated[str, typer.Option("--dispute", help=both("解决哪个疑问", "the dispute that it settles"))] = "",
    dry_run: DryRun = False,
) -> None:
    """Adjust somebody's commission by hand; of a closed month it is posted in the open one."""
    from salescli.services.commission.asking import AdjustRequest, add_adjustment

    asked = AdjustRequest(person, amount, reason, key, plan, component, currency, author, approved_by, dispute)
    with opened(at_known=False) as context:
        done = add_adjustment(context, context.parse_period(period), asked, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


def dispute(
    period: PeriodArgument,
    person: PersonOption,
    question: Annotated[str, typer.Option("--question", help=both("疑问内容(必填)", "what is asked (required)"))],
    key: KeyOption = "",
    component: ComponentOption = "",
    transaction: Annotated[str, typer.Option("--transaction", help=both("关于哪笔单据", "the transaction"))] = "",
    raised_by: Annotated[str, typer.Option("--raised-by", help=both("由谁提出", "who asks"))] = "",
    dry_run: DryRun = False,
) -> None:
    """Write down what somebody asks about a month's commission; it stands on the statement until it is settled."""
    from salescli.services.commission.asking import DisputeRequest, add_dispute

    asked = DisputeRequest(person, question, key, component, transaction, raised_by)
    with opened(at_known=False) as context:
        done = add_dispute(context, context.parse_period(period), asked, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)
