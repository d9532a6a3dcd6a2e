"""The way from earned to payable, as a trace."""

from __future__ import annotations

from salescli.core.commission.explain_terms import term_lines
from salescli.core.commission.explain_told import Explained, Place, note_line
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.note_words import transfer_words
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import PayeeResult
from salescli.core.commission.wording import both
from salescli.core.table import Line, Trace


def build_payout_trace(plan: Plan, result: PayeeResult, inputs: PayeeInputs, place: Place) -> Trace:
    """Explain the way from earned to payable."""
    told = Explained(plan, result, inputs, place, {})
    lines = [Line(both("应计", "earned"), result.earned, told.money)]
    lines += _adjusted(told)
    if result.kept_change:
        lines.append(Line(both("留存变动", "holdback"), -result.kept_change, told.money, place(("payout", "holdback"))))
    if result.carried_in:
        lines.append(
            Line(both("上期结转", "carried in"), result.carried_in, told.money, place(("payout", "below_zero")))
        )
    lines += _balance_lines(told)
    lines += term_lines(plan, result, inputs)
    takes = place(("payout", "takes_over"))
    lines += [
        Line(transfer_words(one), one.carried, told.money, takes if one.is_taken else "") for one in result.transfers
    ]
    lines.append(Line(both("应发", "payable"), result.payable, told.money, place(("payout",))))
    if result.carried_out:
        words = both("结转下期", "carried to the next run")
        lines.append(Line(words, result.carried_out, told.money, place(("payout", "below_zero"))))
    if result.listed:
        words = both("列出待处理,不结转", "listed, not carried")
        lines.append(Line(words, result.listed, told.money, place(("payout", "below_zero"))))
    lines += [note_line(told, note) for note in result.notes]
    return Trace("payout", tuple(lines), both("应计到应发", "From earned to payable"))


def _adjusted(told: Explained) -> list[Line]:
    """Each manual adjustment: its reason, who decided and approved it, and where it was read."""
    found = []
    sources = {one.key: one.source for one in told.inputs.adjustments}
    for one in told.result.adjustments:
        month = f"{one.period:%Y-%m} "
        late = {"": both("", ""), "late": both("迟到 ", "late "), "changed": both("改动 ", "changed ")}
        what = late.get(one.change, both("撤销 ", "taken back "))
        head = both(f"手工调整 {month}{what.zh}{one.key}", f"{what.en}manual adjustment {month}{one.key}")
        who = [one.author] if one.author else []
        approved = f"{one.approved_by} {one.approved_on or ''}".strip()
        zh = [one.reason, *who, f"审批 {approved}" if approved else "未审批"]
        en = [one.reason, *who, f"approved by {approved}" if approved else "not approved"]
        if one.dispute:
            zh, en = [*zh, f"疑问 {one.dispute}"], [*en, f"dispute {one.dispute}"]
        said = both(f"{head.zh}:{' · '.join(zh)}", f"{head.en}: {' · '.join(en)}")
        found.append(Line(said, one.amount, told.money, sources.get(one.key, "")))
    if found:
        found.append(Line(both("手工调整不经门槛、系数与上限", "adjustments are outside gates, factors and limits")))
    return found


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
