"""Sentences of the blocks: gates, factors, limits, payout, leavers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salescli.core.commission.wording import both, level_zh, percent, quantity
from salescli.policy.sentences import words
from salescli.policy.sentences.sentence import Path, Sentence, metric, say


def gate_sentences(gate: Any, path: Path) -> Iterator[Sentence]:
    """Say what a gate asks and what follows."""
    bound = words.dated(gate.at_least, words.measure_text)
    whose, over = words.WHOSE[gate.of], words.OVER[gate.over]
    zh_quota, en_quota, keys = _quota(gate)
    zh_name, en_name = (f"「{gate.title}」", f"“{gate.title}”: ") if gate.title else ("", "")
    keys += ["title"] if gate.title else []
    yield say(
        f"门槛{zh_name}:{over.zh}{whose.zh}{metric(gate.metric)}{zh_quota}至少 {bound.zh}。",
        f"Gate: {en_name}{whose.en} {metric(gate.metric)}{en_quota} over {over.en} is at least {bound.en}.",
        path,
        "metric",
        "of",
        "over",
        "at_least",
        *keys,
    )
    parts = [
        words.LOOKED_AT[gate.looked_at],
        words.MEANWHILE[gate.meanwhile],
        words.IF_MISSED[gate.if_missed],
        words.IF_UNDEFINED[gate.if_undefined],
    ]
    more = []
    if gate.min_sample is not None:
        parts.append(
            both(f"样本少于 {gate.min_sample} 视为没有读数", f"fewer than {gate.min_sample} cases are no reading")
        )
        more.append("min_sample")
    keys = ["looked_at", "meanwhile", "if_missed", "if_undefined", *more]
    yield say(";".join(one.zh for one in parts) + "。", _joined(one.en for one in parts), path, *keys)


def factor_sentences(factor: Any, path: Path) -> Iterator[Sentence]:
    """Say where a factor comes from, what counts until it is known, and its table."""
    over = words.OVER[factor.over]
    until = _until_known(factor.until_known)
    once = words.ONCE_KNOWN[factor.once_known]
    if hasattr(factor, "grade_from"):
        which = words.WHICH[factor.which.split("-")[0]]
        without = quantity(factor.without_grade)
        yield say(
            f"系数:取 {factor.grade_from} 的{over.zh}等级,{which.zh};{until.zh};{once.zh};没有等级按 {without}。",
            f"Factor: by the grade of {factor.grade_from} for {over.en}; {which.en}; {until.en}; {once.en}; "
            f"without a grade it is {without}.",
            path,
            *("grade_from", "over", "which", "until_known", "once_known", "without_grade"),
        )
    else:
        whose, looked = words.WHOSE[factor.of], words.LOOKED_AT[factor.looked_at]
        undefined = quantity(factor.if_undefined)
        zh_quota, en_quota, keys = _quota(factor)
        yield say(
            f"系数:按{over.zh}{whose.zh}{metric(factor.metric)}{zh_quota},{looked.zh};{until.zh};{once.zh};"
            f"没有读数按 {undefined}。",
            f"Factor: by {whose.en} {metric(factor.metric)}{en_quota} over {over.en}, {looked.en}; {until.en}; "
            f"{once.en}; "
            f"without a reading it is {undefined}.",
            path,
            *("metric", "of", "over", "looked_at", "until_known", "once_known", "if_undefined"),
            *keys,
        )
    yield from _factor_table(factor, (*path, "table"))


def _factor_table(factor: Any, path: Path) -> Iterator[Sentence]:
    for start, table in factor.table.values:
        place = path
        if not factor.table.is_constant:
            place = (*path, start.isoformat())
            yield say(f"自 {start} 起的系数:", f"Factors from {start} on:", place)
        if isinstance(table, dict):
            for grade, value in table.items():
                yield say(f"{grade}:{quantity(value)}", f"{grade}: {quantity(value)}", place, grade, item=True)
        else:
            for tier in table:
                since = words.threshold(tier)
                text = quantity(tier.factor)
                yield say(f"{since.zh}:{text}", f"{since.en}: {text}", (*place, tier.index), item=True)


def limit_sentences(limit: Any, path: Path) -> Iterator[Sentence]:
    """Say what a limit caps."""
    of, over, excess = words.listed(limit.of), words.LIMIT_OVER[limit.over], words.EXCESS[limit.excess]
    most = words.dated(limit.at_most, words.term_text)
    zh_name, en_name = (f"({limit.title.zh})", f" ({limit.title.en})") if limit.title is not None else ("", "")
    yield say(
        f"上限{zh_name}:{of.zh} 合计{over.zh}不超过 {most.zh};{excess.zh}。",
        f"Limit{en_name}: {of.en} together come to at most {most.en} {over.en}; {excess.en}.",
        path,
        *("at_most", "of", "over", "excess"),
        *(["title"] if limit.title is not None else []),
    )


def payout_sentences(payout: Any, path: Path) -> Iterator[Sentence]:
    """Say how earned becomes payable."""
    for index, holdback in enumerate(payout.holdback):
        keep, of = words.dated(holdback.keep, percent), words.listed(holdback.of)
        until = holdback.until.text
        without = words.WITHOUT_DATE[holdback.without_date] if holdback.without_date is not None else None
        zh, en = (f";{without.zh}", f"; {without.en}") if without is not None else ("", "")
        yield say(
            f"留存:{of.zh} 的 {keep.zh} 按合同留存至 {until},到期按合同发放,退款相应减少,不低于零{zh}。",
            f"Holdback: {keep.en} of {of.en} is kept per contract until {until}, released per contract, "
            f"reduced by its refunds and never below zero{en}.",
            (*path, "holdback", index),
            *("keep", "of", "until"),
            *(["without_date"] if without is not None else []),
        )
    if payout.draw is not None:
        yield from _draw_sentences(payout.draw, (*path, "draw"))
    if payout.deductions is not None:
        most = percent(payout.deductions.at_most)
        yield say(
            f"扣款按记录从应发中扣除,每期不超过 {most},其余留待以后。",
            f"Deductions are taken from pay by their records, at most {most} of it in a run; the rest waits.",
            (*path, "deductions"),
            "at_most",
        )
    if payout.takes_over:
        old = words.listed(payout.takes_over)
        yield say(
            f"方案 {old.zh} 结束后,本人在其下未扣回的预支、低于零的结转和待扣的款项由本方案接管;留存仍按原方案释放。",
            f"When {old.en} has ended for a person, what is owed of its draw, carried below zero and waiting of "
            "deductions is taken over here; what was kept back is released as it says there.",
            path,
            "takes_over",
        )
    below = words.BELOW_ZERO[payout.below_zero]
    yield say(f"{below.zh}。", f"{below.en[:1].upper()}{below.en[1:]}.", path, "below_zero")
    unit = quantity(payout.round_to)
    yield say(
        f"每个窗口的累计应计四舍五入到 {unit},每期发放与已计的差额。",
        f"Each window's earned to date is rounded to {unit}, half away from zero, and each run posts the difference.",
        path,
        "round_to",
    )


def _draw_sentences(draw: Any, path: Path) -> Iterator[Sentence]:
    """Say what is topped up or advanced, for how long, and how it comes back."""
    amount = words.dated(draw.amount, words.term_text)
    months = draw.for_months
    zh_months = f",限在册的前 {months} 个月" if months is not None else ""
    en_months = f" in the person's first {months} months on the plan" if months is not None else ""
    used = ["for_months"] if months is not None else []
    if draw.advance is not None:
        yield say(
            f"预付:每期已预付 {amount.zh},从应计中减去{zh_months}。",
            f"Advance: {amount.en} has been paid in each run{en_months} and is subtracted from what is earned.",
            path,
            "advance",
            *used,
        )
        return
    yield say(
        f"预支:应计不足 {amount.zh} 时补足到 {amount.zh}{zh_months};扣回的款项不补足。",
        f"Draw: pay is raised to {amount.en}{en_months}; what is clawed back is not topped up.",
        path,
        "tops_up_to",
        *used,
    )
    if draw.recover.is_guarantee:
        yield say("补足的部分不扣回。", "What is topped up is never recovered.", path, "recover")
        return
    rate, month = percent(draw.recover.rate), draw.recover_from_month
    end = words.AT_PLAN_END[draw.at_plan_end]
    yield say(
        f"自在册第 {month} 个月起,以超过预支额的应发的 {rate} 扣回补足的部分;{end.zh}。",
        f"From the person's month {month} on, {rate} of the pay above the draw recovers what was topped up; {end.en}.",
        path,
        *("recover", "recover_from_month", "at_plan_end"),
    )


def leaver_sentences(leavers: Any, path: Path) -> Iterator[Sentence]:
    """Say what happens when somebody leaves."""
    after = leavers.receipts_after_last_day
    rest = words.REST_TO[after.rest_to]
    yield say(
        f"离职后 {after.for_days} 天内的回款,本人计 {percent(after.own_share)},{rest.zh}。",
        f"Of receipts within {after.for_days} days after the last day "
        f"the leaver has {percent(after.own_share)}; {rest.en}.",
        (*path, "receipts_after_last_day"),
        *("own_share", "for_days", "rest_to"),
    )
    parts = [
        words.OPEN_WINDOWS[leavers.open_windows],
        words.HELD_MONEY[leavers.held_money],
        words.OWED[leavers.owed_to_company],
    ]
    keys = ("open_windows", "held_money", "owed_to_company")
    yield say("离职时" + ";".join(one.zh for one in parts) + "。", _joined(one.en for one in parts), path, *keys)


def _quota(block: Any) -> tuple[str, str, list[str]]:
    """Say which quota an attainment reads, where a block names one."""
    if block.quota is None:
        return "", "", []
    scope = {"full-window": ("整个窗口", "the full window's"), "to-date": ("截至当期", "to-date")}[block.quota]
    keys = ["quota", *(["level"] if "level" in block.model_fields_set else [])]
    return f"({scope[0]}的{level_zh(block.level)}目标)", f" (against {scope[1]} {block.level} quota)", keys


def _until_known(value: Any) -> Any:
    if value == "hold":
        return both("确定前暂存不发", "until it is known nothing is paid")
    return both(f"确定前按 {quantity(value)}", f"until it is known it is {quantity(value)}")


def _joined(parts: Any) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
