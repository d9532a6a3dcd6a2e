"""The credits behind a figure: each with amount, share and place, and what is kept of its contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salescli.core.commission.components.base import dated_path
from salescli.core.commission.credit_factors import factor_place, factor_words
from salescli.core.commission.explain_rates import below_words
from salescli.core.commission.explain_special import special_of, special_words
from salescli.core.commission.explain_told import Explained
from salescli.core.commission.facts import own_lines
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import ComponentResult, KeptChange, Path
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import both, money, percent
from salescli.core.money import total
from salescli.core.table import Line
from salescli.core.title import Title


def source_lines(told: Explained, one: ComponentResult) -> list[Line]:
    """The credits of this run, and those that arrived for the periods that differ."""
    periods = {told.result.run, *(each.period for each in one.differences)}
    mine = [line for line in own_lines(told.inputs, told.plan.leavers) if line.component == one.component]
    found = [line for line in mine if _run_of(told, line.date) in periods]
    if not found:
        return []
    head = both(f"来源 {len(found)} 笔", f"sources: {len(found)}")
    paid = pay_of_lines(one, sorted(found, key=lambda each: (each.date, each.key, each.contract)))
    return [Line(head, children=tuple(source_line(told, line, amount) for line, amount in paid))]


def pay_of_lines(one: ComponentResult, lines: Iterable[CreditLine]) -> list[tuple[CreditLine, Decimal | None]]:
    """Return each credit with what of the run's own amount it has; None where it is of another run.

    A manager has a transaction once for each of the people below who share it: such lines are told apart by order.
    """
    waiting: dict[tuple[str, str, date | None], list[Decimal]] = {}
    for said in one.lines:
        waiting.setdefault((said.key, said.contract, said.date), []).append(said.amount)
    lines = list(lines)
    left = Counter((line.key, line.contract, line.date) for line in lines)
    found: list[tuple[CreditLine, Decimal | None]] = []
    for line in lines:
        key = (line.key, line.contract, line.date)
        left[key] -= 1
        amounts = waiting.get(key, [])
        mine = amounts[:1] if left[key] else amounts  # the last one has whatever is left
        waiting[key] = amounts[len(mine) :]
        found.append((line, total(mine) if mine else None))
    return found


def source_line(told: Explained, line: CreditLine, pay: Decimal | None) -> Line:
    """Say one credit: its key, customer, amount, share and date, with what it earns and where it was read."""
    credit = line.quota_credit if line.factors or line.taken_below else line.pay_credit
    plain = f"{money(line.amount)} × {percent(line.share)} = {money(credit)}"
    came = both(plain, plain) if line.exchanged is None else line.exchanged.words(line.share, credit)
    key = "" if "|" in line.key else line.key  # made of the columns that follow anyway
    head_zh, head_en = ([key, line.customer, words, line.date.isoformat()] for words in (came.zh, came.en))
    others = others_words(line)
    others_zh, others_en = [one.zh for one in others], [one.en for one in others]
    if line.happened is not None and line.happened != line.date:
        others_zh.append(f"发生于 {line.happened}")
        others_en.append(f"happened on {line.happened}")
    text = both("  ".join(filter(None, [*head_zh, *others_zh])), "  ".join(filter(None, [*head_en, *others_en])))
    below = [Line(words) for words in below_words(line)]
    below += [Line(special_words(one), source=one.source) for one in [special_of(told.plan, line)] if one is not None]
    return Line(text, pay, told.money, line.source, (*_rate_lines(told, line), *_factor_lines(told, line), *below))


def others_words(line: CreditLine) -> list[Title]:
    """Say who shares a credit and who had it before: by name, or only how many where others are not named."""
    found = []
    if line.with_others:
        found.append(both(f"与 {line.with_others}", f"with {line.with_others}"))
    elif line.sharers:
        count = "1 other" if line.sharers == 1 else f"{line.sharers} others"
        found.append(both(f"与其他 {line.sharers} 人共享", f"shared with {count}"))
    if line.taken_from:
        found.append(both(f"承接自 {line.taken_from}", f"taken over from {line.taken_from}"))
    elif line.taken_over:
        found.append(both("承接自离开方案的人员", "taken over from somebody who left"))
    return found


def _rate_lines(told: Explained, line: CreditLine) -> tuple[Line, ...]:
    """The rate that converted a line: where it was read, or the plan's words for it."""
    was, block = line.exchanged, told.plan.exchange
    if was is None:
        return ()
    path: Path = ("exchange", "rates")
    if was.rate.kind == "plan-rate" and block is not None and block.plan_rates is not None:
        path = (*dated_path(("exchange", "plan_rates"), block.plan_rates, was.day), was.currency)
    return (Line(was.rate_words(told.plan.currency), source=was.source or told.place(path)),)


def _factor_lines(told: Explained, line: CreditLine) -> tuple[Line, ...]:
    """What each credit factor did to a line, with the line of its table."""
    if not line.factors:
        return ()
    path: Path = ("components", line.component)
    factors = told.plan.components[line.component].credit_factors
    words = [
        (factor_words(one, used), factor_place(one, used, number, path, line.date))
        for number, (one, used) in enumerate(zip(factors, line.factors, strict=True))
    ]
    credit = both(f"计提业绩 {money(line.pay_credit)}", f"paid on {money(line.pay_credit)}")
    return (*(Line(text, source=told.place(place)) for text, place in words), Line(credit))


def _run_of(told: Explained, day: date) -> date:
    if told.plan.pay == "monthly":
        return day.replace(day=1)
    return told.inputs.calendar.window("quarter", day).start


def kept_lines(told: Explained, one: ComponentResult, contract: str = "") -> list[Line]:
    """Say what is kept and released of each contract (or of one), below their sum where they are several."""
    changes = [
        change
        for change in told.result.kept
        if change.component == one.component and change.amount and contract in ("", change.contract)
    ]
    lines = tuple(_kept(told, change) for change in changes)
    if len(lines) < 2:
        return list(lines)
    words = both(f"留存变动 {len(lines)} 份合同", f"holdback of {len(lines)} contracts")
    place = told.place(changes[0].path)
    return [Line(words, -total(change.amount for change in changes), told.money, place, lines)]


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
