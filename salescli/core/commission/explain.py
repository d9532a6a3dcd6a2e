"""How a figure came about: a result to an indented trace, each line with the place of the plan's words.

The numbers are the engine's own steps; nothing is computed here again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.commission.credit_factors import factor_words
from salescli.core.commission.explain_steps import step_words
from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.note_words import note_words
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, KeptChange, Note, Path, PayeeResult, Step
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import APPLIES, WINDOWS, both, days, money, percent, quantity
from salescli.core.money import to_decimal
from salescli.core.table import Column, Line, Trace
from salescli.core.title import Title

Place = Callable[[Path], str]
BEFORE_FORMULA = {
    "quota",
    "slice",
    "at-rate",
    "transaction",
    "all-at",
    "new-at",
    "worth",
    "read-again",
    "per-unit",
    "bonus",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """What an explanation is made from."""

    plan: Plan
    result: PayeeResult
    inputs: PayeeInputs
    place: Place
    names: Mapping[str, Title]

    @property
    def money(self) -> Column:
        """The column that amounts are shown as."""
        return Column("amount", Title("金额", "Amount"), "money", currency=self.plan.currency)


def build_trace(
    plan: Plan,
    result: PayeeResult,
    inputs: PayeeInputs,
    component: str,
    place: Place,
    person: str = "",
    names: Mapping[str, Title] | None = None,
) -> Trace:
    """Explain one component of one person in one run.

    Args:
        plan: the plan of the run.
        result: what the engine came to.
        inputs: what it was given; the sources are its lines.
        component: which component.
        place: gives `file:line` for a path of the plan, "" where there is none.
        person: the person's name for the head; the key where empty.
        names: the titles of metrics and scorecards, by their keys.
    """
    told = Explained(plan, result, inputs, place, names or {})
    one = result.component(component)
    path: Path = ("components", component)
    head = f"{person or result.person} · {result.run:%Y-%m} · "
    lines = [_window(told, one, path), _position(told, one, path)]
    if not any(step.name in (*BEFORE_FORMULA, "part-due") for step in one.steps):
        lines.append(Line(_why_nothing(told, one), source=place(path)))
    lines += [line for step in one.steps if step.name not in BEFORE_FORMULA for line in _lines(told, step)]
    lines += [line for step in result.steps if _is_about(step, component) for line in _lines(told, step)]
    lines += _sum_up(told, one)
    lines += [_note(told, note) for note in one.notes]
    lines += _sources(told, one)
    if one.to_next_tier is not None:
        lines.append(Line(both("距下一档", "to the next tier"), one.to_next_tier, told.money))
    lines += _did_not_match(told, component)
    return Trace("explain", tuple(lines), both(head + one.title.zh, head + one.title.en))


def _window(told: Explained, one: ComponentResult, path: Path) -> Line:
    component = told.plan.components.get(one.component)
    stretch = days(one.window_start, one.window_end)
    words = WINDOWS[component.window] if component is not None else Title("", "")
    apply = APPLIES.get(getattr(component, "apply", ""), Title("", ""))
    zh = " · ".join(part for part in (f"窗口 {stretch}", words.zh, apply.zh) if part)
    en = " · ".join(part for part in (f"window {stretch}", words.en, apply.en) if part)
    key = "adds_up_over" if getattr(component, "adds_up_over", None) is not None else "type"
    return Line(both(zh, en), source=told.place((*path, key)))


def _position(told: Explained, one: ComponentResult, path: Path) -> Line:
    moved = one.position_after - one.position_before
    before, credit, after = (quantity(n) for n in (one.position_before, moved, one.position_after))
    children = [line for step in one.steps if step.name in BEFORE_FORMULA for line in _lines(told, step)]
    text = both(f"累计前 {before} + 本期 {credit} = {after}", f"before {before} + this run {credit} = {after}")
    if one.credit != moved:  # what is paid on is not what moves the position
        paid = quantity(one.credit)
        text = both(f"{text.zh};计提业绩 {paid}", f"{text.en}; paid on {paid}")
    if before == credit == after == "0":
        text = both("本期公式", "formula of this run")
    return Line(text, one.formula, told.money, told.place((*path, "pays_on")), tuple(children))


def _lines(told: Explained, step: Step) -> list[Line]:
    words = [_with_titles(told, step, text) for text in step_words(step)]
    if not words:
        return []
    source = " · ".join(part for part in (told.place(step.path) if step.path else "", step.source) if part)
    children = tuple(Line(text) for text in words[1:])
    return [Line(words[0], source=source, children=children)]


def _with_titles(told: Explained, step: Step, text: Title) -> Title:
    """Put the title of a metric or scorecard where its key stands."""
    key = step.part("metric") or step.part("name")
    title = told.names.get(key) if isinstance(key, str) else None
    return text if title is None else both(text.zh.replace(str(key), title.zh), text.en.replace(str(key), title.en))


def _why_nothing(told: Explained, one: ComponentResult) -> Title:
    """An empty figure says why."""
    if told.result.run >= told.plan.end:
        return both("方案已到期,本期没有新业绩", "the plan has ended: no new credits")
    if not one.credit:
        return both("本期没有计入的业绩", "no credits in this run")
    return both("业绩未产生提成", "the credits earn nothing")


def _is_about(step: Step, component: str) -> bool:
    of = step.part("of")
    return step.name == "limit" and isinstance(of, str) and component in of.split(", ")


def _sum_up(told: Explained, one: ComponentResult) -> list[Line]:
    found = []
    if one.held:
        found.append(Line(both("暂存(未付)", "held, not posted"), one.held, told.money))
    found.append(Line(both("应计合计", "earned in all"), one.earned, told.money))
    for kept in (change for change in told.result.kept if change.component == one.component and change.amount):
        found.append(_kept(told, kept))
    if one.kept:
        found.append(Line(both("扣除留存后", "after the holdback"), to_decimal(one.earned - one.kept), told.money))
    return found


def _kept(told: Explained, kept: KeptChange) -> Line:
    holdback = told.plan.payout.holdback[kept.rule]
    share = percent(in_force(holdback.keep, told.result.run))
    contract = kept.contract or "—"
    until = both("未定日期", "no date yet") if kept.until is None else both(str(kept.until), str(kept.until))
    if kept.amount > 0:
        text = both(f"留存 {share} · {contract} · 至 {until.zh}", f"kept {share} · {contract} · until {until.en}")
    elif kept.kept_to_date:
        text = both(f"留存减少 · {contract} · 随业绩冲减", f"kept less · {contract} · its credits went down")
    else:
        text = both(f"留存释放 · {contract} · {until.zh}", f"released · {contract} · {until.en}")
    return Line(text, -kept.amount, told.money, told.place(kept.path))


def _sources(told: Explained, one: ComponentResult) -> list[Line]:
    """The credits of this run, and those that arrived for the periods that differ."""
    periods = {told.result.run, *(each.period for each in one.differences)}
    mine = [line for line in told.inputs.lines if line.component == one.component]
    found = [line for line in mine if _run_of(told, line.date) in periods]
    if not found:
        return []
    pay = {(line.key, line.contract): line.amount for line in one.lines}
    head = both(f"来源 {len(found)} 笔", f"sources: {len(found)}")
    children = tuple(_source(told, line, pay) for line in sorted(found, key=lambda each: (each.date, each.key)))
    return [Line(head, children=children)]


def _source(told: Explained, line: CreditLine, pay: dict[tuple[str, str], Decimal]) -> Line:
    share = percent(line.share)
    parts = [
        "" if "|" in line.key else line.key,  # made of the columns that follow anyway
        line.customer,
        f"{money(line.amount)} × {share} = {money(line.quota_credit if line.factors else line.pay_credit)}",
        line.date.isoformat(),
    ]
    others_zh = [f"与 {line.with_others}"] if line.with_others else []
    others_en = [f"with {line.with_others}"] if line.with_others else []
    if line.happened is not None and line.happened != line.date:
        others_zh.append(f"发生于 {line.happened}")
        others_en.append(f"happened on {line.happened}")
    text = both("  ".join([*filter(None, parts), *others_zh]), "  ".join([*filter(None, parts), *others_en]))
    return Line(text, pay.get((line.key, line.contract)), told.money, line.source, _factor_lines(told, line))


def _factor_lines(told: Explained, line: CreditLine) -> tuple[Line, ...]:
    """What each credit factor did to a line, with the line of its table."""
    if not line.factors:
        return ()
    path: Path = ("components", line.component)
    factors = told.plan.components[line.component].credit_factors
    words = [factor_words(one, used, n, path) for n, (one, used) in enumerate(zip(factors, line.factors, strict=True))]
    credit = both(f"计提业绩 {money(line.pay_credit)}", f"paid on {money(line.pay_credit)}")
    return (*(Line(text, source=told.place(place)) for text, place in words), Line(credit))


def _run_of(told: Explained, day: date) -> date:
    if told.plan.pay == "monthly":
        return day.replace(day=1)
    return told.inputs.calendar.window("quarter", day).start


def _did_not_match(told: Explained, component: str) -> list[Line]:
    """The plan's other components that pay nothing in this run, and why."""
    found = []
    for other in told.result.components:
        if other.component != component and not other.earned and not other.credit:
            why = _why_nothing(told, other)
            text = both(f"未命中 {other.title.zh}:{why.zh}", f"not matched: {other.title.en}: {why.en}")
            found.append(Line(text, source=told.place(("components", other.component))))
    return found


def _note(told: Explained, note: Note) -> Line:
    return Line(note_words(note), source=told.place(note.path) if note.path else "")


def build_payee_trace(
    plan: Plan,
    result: PayeeResult,
    inputs: PayeeInputs,
    place: Place,
    person: str = "",
    only: Sequence[str] = (),
    names: Mapping[str, Title] | None = None,
) -> tuple[Trace, ...]:
    """Explain all components, or some, and then how earned became payable."""
    wanted = [one.component for one in result.components if not only or one.component in only]
    found = [build_trace(plan, result, inputs, name, place, person, names) for name in wanted]
    return (*found, build_payout_trace(plan, result, inputs, place))


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
    lines += [_note(told, note) for note in result.notes]
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
