"""The way from earned to payable, as a trace."""

from __future__ import annotations

from salescli.core.commission.explain_told import Explained, Place, note_line
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import PayeeResult
from salescli.core.commission.wording import both
from salescli.core.table import Line, Trace


def build_payout_trace(plan: Plan, result: PayeeResult, inputs: PayeeInputs, place: Place) -> Trace:
    """Explain the way from earned to payable."""
    told = Explained(plan, result, inputs, place, {})
    lines = [Line(both("应计", "earned"), result.earned, told.money)]
    if result.kept_change:
        lines.append(Line(both("留存变动", "holdback"), -result.kept_change, told.money, place(("payout", "holdback"))))
    if result.carried_in:
        lines.append(
            Line(both("上期结转", "carried in"), result.carried_in, told.money, place(("payout", "below_zero")))
        )
    lines += _balance_lines(told)
    lines.append(Line(both("应发", "payable"), result.payable, told.money, place(("payout",))))
    if result.carried_out:
        words = both("结转下期", "carried to the next run")
        lines.append(Line(words, result.carried_out, told.money, place(("payout", "below_zero"))))
    if result.listed:
        words = both("列出待处理,不结转", "listed, not carried")
        lines.append(Line(words, result.listed, told.money, place(("payout", "below_zero"))))
    lines += [note_line(told, note) for note in result.notes]
    return Trace("payout", tuple(lines), both("应计到应发", "From earned to payable"))


def _balance_lines(told: Explained) -> list[Line]:
    """The draw and the deductions, in their order; what is owed after them stands below."""
    balance = told.result.balance
    if balance is None:
        return []
    draw, deductions = told.place(("payout", "draw")), told.place(("payout", "deductions"))
    owed = Line(both("预支余额", "owed of the draw after this run"), balance.owed, told.money)
    steps = (
        (both("预支补足", "topped up by the draw"), balance.topped_up, draw),
        (both("扣回预支", "draw recovered"), -balance.recovered, draw),
        (both("减已预付", "less the advance"), -balance.advanced, draw),
        (both("扣款", "deductions"), -balance.deducted, deductions),
        (
            both("以前期间的预支与扣款差异", "draw and deductions of earlier periods"),
            balance.earlier,
            draw or deductions,
        ),
    )
    lines = [Line(text, amount, told.money, source) for text, amount, source in steps if amount]
    return [*lines, owed] if balance.owed or balance.topped_up or balance.recovered else lines
