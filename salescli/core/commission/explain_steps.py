"""The words of each step of a calculation, in both languages.

One function per kind of step; the registry is `STEP_WORDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.explain_groups import GROUP_STEP_WORDS
from salescli.core.commission.explain_matrix import matrix_words
from salescli.core.commission.explain_parts import credit_factor_words, part_due_words
from salescli.core.commission.explain_rates import at_rate_words
from salescli.core.commission.explain_special import special_rate_words
from salescli.core.commission.result import Step
from salescli.core.commission.wording import CAUSES, both, level_zh, money, percent, period, quantity, reading
from salescli.core.title import Title

Words = Callable[[Step], list[Title]]


def _number(step: Step, name: str) -> Fraction:
    value = step.part(name)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(0)


def _text(step: Step, name: str) -> str:
    value = step.part(name)
    return value if isinstance(value, str) else ""


def _day(step: Step, name: str) -> date:
    value = step.part(name)
    return value if isinstance(value, date) else date.min


def _value(step: Step) -> Fraction:
    return Fraction(step.value) if isinstance(step.value, int | Decimal | Fraction) else Fraction(0)


def _slice(step: Step) -> list[Title]:
    line = (
        f"{quantity(_number(step, 'from'))} → {quantity(_number(step, 'to'))}   {money(_number(step, 'size'))}"
        f" × {percent(_number(step, 'rate'))}{_weight(step)} = {money(_value(step))}"
    )
    return [both(line, line)]


def _weight(step: Step) -> str:
    """What credit factors multiply a slice by, where they do."""
    return f" × {quantity(_number(step, 'weight'))}" if step.part("weight") is not None else ""


def _transaction(step: Step) -> list[Title]:
    line = f"{_text(step, 'key')}   {money(_number(step, 'credit'))} → {money(_value(step))}"
    if step.part("rate") is None:
        worth = money(_number(step, "worth"))
        return [both(f"{line}(达到值 {worth})", f"{line} (worth {worth})")]
    rate = percent(_number(step, "rate"))
    return [both(f"{line}(达到 {rate} 档)", f"{line} (reaches {rate})")]


def _worth(step: Step) -> list[Title]:
    way = f"{quantity(_number(step, 'from'))} → {quantity(_number(step, 'to'))}"
    now, was, value = money(_number(step, "worth")), money(_number(step, "was")), money(_value(step))
    return [both(f"{way}   值 {now} − 此前 {was} = {value}", f"{way}   worth {now} − before {was} = {value}")]


def _all_at(step: Step) -> list[Title]:
    line = f"{money(_number(step, 'credit'))} × {percent(_number(step, 'rate'))}"
    was = money(_number(step, "was"))
    return [
        both(
            f"累计 {line} − 此前 {was} = {money(_value(step))}",
            f"all so far {line} − before {was} = {money(_value(step))}",
        )
    ]


def _new_at(step: Step) -> list[Title]:
    line = f"{money(_number(step, 'credit'))} × {percent(_number(step, 'rate'))} = {money(_value(step))}"
    position = quantity(_number(step, "position"))
    return [both(f"累计 {position} 定档:{line}", f"position {position} decides: {line}")]


def _per_unit(step: Step) -> list[Title]:
    units, amount = quantity(_number(step, "units")), money(_number(step, "amount"))
    shared = {
        "divide": both("按比例分享", "shared units divided"),
        "each": both("各计一个", "shared units count for each"),
        "largest-share": both("归份额最大者", "shared units go to the largest share"),
    }[_text(step, "shared_unit")]
    value = money(_value(step))
    return [both(f"{units} 个 × {amount} = {value}({shared.zh})", f"{units} × {amount} = {value} ({shared.en})")]


def _bonus(step: Step) -> list[Title]:
    return [both(f"奖金 {money(_value(step))}", f"bonus {money(_value(step))}")]


def _quota(step: Step) -> list[Title]:
    if step.value is None:
        return []
    metric, level = _text(step, "metric"), _text(step, "level")
    reached = step.part("attainment")
    shown = reading(reached, Fraction(1)) if isinstance(reached, Fraction) else "—"
    scope = {"full-window": both("整个窗口", "of the full window"), "to-date": both("截至本月", "to date")}[
        _text(step, "reading")
    ]
    position, quota = quantity(_number(step, "position")), quantity(_value(step))
    return [
        both(
            f"达成 {position} / 目标 {quota}({metric},{level_zh(level)}目标,{scope.zh})= {shown}",
            f"attainment {position} / quota {quota} ({metric}, {level}, {scope.en}) = {shown}",
        )
    ]


def _read_again(step: Step) -> list[Title]:
    now, was = money(_number(step, "reading")), money(_number(step, "was"))
    return [
        both(
            f"窗口重新计算 {now} − 上期 {was} = {money(_value(step))}",
            f"the window read again {now} − before {was} = {money(_value(step))}",
        )
    ]


def _gate(step: Step) -> list[Title]:
    state = step.value
    bound = _number(step, "at_least")
    is_rate = bool(step.part("is_rate"))
    value = step.part("reading")
    shown = (reading(value, bound) if is_rate else quantity(value)) if isinstance(value, Fraction) else "—"
    wanted = percent(bound) if is_rate else quantity(bound)
    metric = _text(step, "metric")
    held = money(_number(step, "held"))
    parts = f"({quantity(_number(step, 'numerator'))} / {quantity(_number(step, 'denominator'))})"
    if value is None:
        parts = ""
    if state == "not-due":
        return [both(f"门槛 {metric}:期末才看,暂存 {held}", f"gate {metric}: read at the window's end, held {held}")]
    if state == "passed":
        undefined = both("无读数,按规则视为通过", "undefined, counts as passed")
        if value is None:
            return [both(f"门槛 {metric}:{undefined.zh} ✓", f"gate {metric}: {undefined.en} ✓")]
        return [both(f"门槛 {metric} {shown} ≥ {wanted} ✓ {parts}", f"gate {metric} {shown} ≥ {wanted} ✓ {parts}")]
    ends = {
        "lost": both("未达标:本段不计", "missed: the span earns nothing"),
        "lost-unpaid": both("未达标:未付部分作废", "missed: what was not paid is lost"),
        "keep-held": both(f"未达标:继续暂存 {held}", f"missed: {held} stays held"),
        "lowest-tier": both("未达标:按最低档计", "missed: paid at the lowest tier"),
    }
    end = ends[_text(step, "if_missed")] if state == "missed" else both(f"暂存 {held}", f"held {held}")
    return [
        both(
            f"门槛 {metric} {shown} < {wanted} ✗ {parts}:{end.zh}",
            f"gate {metric} {shown} < {wanted} ✗ {parts}: {end.en}",
        )
    ]


def _factor(step: Step) -> list[Title]:
    over = _text(step, "over")
    named = period(_day(step, "start"), over)
    word, value = _text(step, "word"), quantity(_value(step))
    seen = step.part("reading")
    label = word or (reading(seen, Fraction(0)) if isinstance(seen, Fraction) else "")
    amount, result = money(_number(step, "amount")), money(_number(step, "result"))
    found = []
    if step.part("state") == "until-known":
        found.append(
            both(
                f"系数 {named.zh}尚未确定,暂按 {value}:{amount} → {result}",
                f"factor of {named.en} not known yet, {value} until then: {amount} → {result}",
            )
        )
    elif _number(step, "amount"):
        line = f"{label} × {value}: {amount} → {result}".strip()
        found.append(both(f"系数 {named.zh} {line}", f"factor {named.en} {line}"))
    else:
        found.append(both(f"系数 {named.zh} {label} × {value}", f"factor {named.en} {label} × {value}"))
    return found + _factor_changes(step)


def _factor_changes(step: Step) -> list[Title]:
    found = []
    remark = _text(step, "remark")
    if remark == "without-grade":
        found.append(both("没有绩效等级,按 without_grade", "no grade: without_grade applies"))
    elif remark == "grade-not-in-table":
        word = _text(step, "word")
        found.append(both(f"等级 {word} 不在表中,按 without_grade", f"grade {word} is not in the table: without_grade"))
    released, true_up = _number(step, "released"), _number(step, "true_up")
    if released:
        found.append(both(f"此前暂存部分放行 {money(released)}", f"held before, through now {money(released)}"))
    if taken := _number(step, "taken_back"):
        found.append(both(f"已计部分按原系数收回 {money(taken)}", f"taken back as it was multiplied {money(taken)}"))
    if true_up:
        was = money(_number(step, "earlier_was"))
        found.append(
            both(f"本段此前已计 {was},补差 {money(true_up)}", f"earlier runs of it {was}, trued up by {money(true_up)}")
        )
    return found


def _bound(step: Step) -> list[Title]:
    name = _text(step, "bound")
    what = both("保底补足", "raised to at_least") if name == "at_least" else both("封顶扣减", "cut to at_most")
    return [both(f"{what.zh} {money(_value(step))}", f"{what.en} {money(_value(step))}")]


def _limit(step: Step) -> list[Title]:
    to_date, cap, cut = (money(_number(step, name)) for name in ("to_date", "cap", "cut"))
    of = " ".join(filter(None, (_text(step, "of"), _text(step, "key"))))
    if not _number(step, "cut"):
        return [both(f"上限 {of} 累计 {to_date} ≤ {cap}", f"limit {of}: {to_date} to date ≤ {cap}")]
    excess = (
        both("作废", "is lost") if step.part("excess") == "lost" else both("计入下一窗口", "counts in the next window")
    )
    return [
        both(
            f"上限 {of} 累计 {to_date} > {cap}:超出 {cut} {excess.zh}",
            f"limit {of}: {to_date} > {cap}: {cut} {excess.en}",
        )
    ]


def _difference(step: Step) -> list[Title]:
    label = f"{_day(step, 'period'):%Y-%m}"
    name, change = _text(step, "cause"), step.part("change")
    cause = CAUSES["unposted" if name == "credits" and change is None else name]
    zh, en = cause
    if isinstance(change, Decimal) and change:
        zh, en = f"{zh} {money(change)}", f"{en} by {money(change)}"
    return [both(f"{label} 差额 {money(_value(step))}({zh})", f"difference of {label}: {money(_value(step))} ({en})")]


def _own(step: Step) -> list[Title]:
    return [both(f"本期应计 {money(_value(step))}", f"earned in this run {money(_value(step))}")]


def _take_back(step: Step) -> list[Title]:
    """The part of a receipt's pay that a refund takes back, and what is new of it in this run."""
    share = _number(step, "share")
    aged = "" if share == 1 else f" × {percent(share)}"
    line = (
        f"{money(_number(step, 'pay'))} × {quantity(_number(step, 'refunded'))} ÷ {quantity(_number(step, 'receipt'))}"
        f"{aged} = {money(-_value(step))}"
    )
    key, of, was = _text(step, "key"), _text(step, "of"), _number(step, "was")
    zh, en = f"退款 {key}(原回款 {of})收回:{line}", f"refund {key} (of {of}) takes back: {line}"
    if was:
        zh, en = f"{zh},此前已收回 {money(was)}", f"{en}, {money(was)} of it before"
    return [both(zh, en)]


def _nothing(step: Step) -> list[Title]:
    return []


STEP_WORDS: dict[str, Words] = {
    "matrix": matrix_words,
    "credit-factor": credit_factor_words,
    "part-due": part_due_words,
    "quota": _quota,
    "slice": _slice,
    "at-rate": at_rate_words,
    "special-rate": special_rate_words,
    "transaction": _transaction,
    "all-at": _all_at,
    "worth": _worth,
    "new-at": _new_at,
    "read-again": _read_again,
    "per-unit": _per_unit,
    "bonus": _bonus,
    "formula": _nothing,
    "gate": _gate,
    "factor": _factor,
    "bound": _bound,
    "limit": _limit,
    "own": _own,
    "difference": _difference,
    "take-back": _take_back,
    "payable": _nothing,
    **GROUP_STEP_WORDS,
}
"""The words of every step that the engine can give; a test holds it complete."""


def step_words(step: Step) -> list[Title]:
    """Return the lines of one step; none for a step that the head already shows."""
    return STEP_WORDS[step.name](step)
