"""Words of the choices that a plan can make. A choice without words is a KeyError here and a failing test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from salescli.core.commission.wording import both, percent, quantity
from salescli.core.dated import Dated
from salescli.core.title import Title

PAY = {"monthly": both("按月", "monthly"), "quarterly": both("按季度", "quarterly")}
IN_FORCE = {
    "receipt-date": both("按到账(发生)当日有效的数字计算", "the numbers in force on the day of the transaction apply"),
    "signing-date": both(
        "档位、费率和每件金额按合同签订日有效的数字计算(没有合同的按到账当日);门槛、系数和上限按所在窗口",
        "of tiers, rates and amounts for each the numbers in force when the contract was signed apply (without a "
        "contract: on the day of the transaction); of gates, factors and limits those of their window",
    ),
}
CREDIT = {
    "own": both(
        "本人的业绩(负责人全额,或按业绩分成的份额)", "the person's own credits (as owner, or the share of a split)"
    ),
    "team": both("团队的业绩", "the team's credits"),
    "overlay": both("另行登记的协同业绩", "credits declared besides, above 100 %"),
}
DEPTH = {
    "direct-reports": both("直接下属", "direct reports"),
    "everyone-below": both("所有下级", "everyone below"),
}
OWN_DEALS = {
    "left-out": both("不含经理本人的单子", "without the manager's own deals"),
    "counted": both("含经理本人的单子", "with the manager's own deals"),
}
OWNER_ON = {
    "transaction-date": both("以发生当日的负责人为准", "whoever held it when the money came is credited"),
    "signing-date": both("以签约当日的负责人为准", "whoever held it when it was signed is credited"),
}
REFUNDS = {
    "recompute": both(
        "退款计入被退那笔的日期(未写明原回款的,从该合同最近的回款退起),当时应得的差额现在补扣",
        "a refund counts on the date of what it undoes (named, else the latest receipts of the contract first); what "
        "that period would have earned is posted now",
    ),
    "at-refund-date": both(
        "退款按退款当日的档位和系数,作为负业绩计算",
        "a refund is a negative credit on its own day, at the position and factor of that day",
    ),
    "original-rate": both(
        "退款从累计中减去(按退款当日),不按档位计;按退款占原回款的比例,收回原回款所得的提成",
        "a refund lowers the position on its own day and is priced by no table: it takes back, in its own run, the pay "
        "of the receipt that it undoes, in proportion",
    ),
}
WINDOW = {
    "each-transaction": both("每笔单独计算,互不累计", "each transaction stands by itself"),
    "month": both("按月累计,每月重新开始", "it adds up over a month and starts again"),
    "quarter": both("按季度累计,每季重新开始", "it adds up over a quarter and starts again"),
    "year": both("按年度累计,每年重新开始", "it adds up over a year and starts again"),
}
APPLY = {
    "slice-by-slice": both("分段累进:每一段按该段费率", "slice by slice: each part at the rate of its tier"),
    "all-at-rate-reached": both(
        "达档全额:累计全部按达到的费率,补足与此前累计(按同一张表)的差额",
        "everything so far at the rate reached, less what was there before by the same table; that is made up",
    ),
    "straight-line": both(
        "按点连成的直线计金额,发放与此前累计(按同一张表)的差额",
        "the amount lies on straight lines between the points, less what was there before by the same table",
    ),
    "amount-reached": both(
        "按达到的档位发定额,扣除此前(按同一张表)的定额",
        "the fixed amount of the tier reached, less the one reached before by the same table",
    ),
    "amounts-add-up": both(
        "达到的各档定额相加,扣除此前(按同一张表)的定额",
        "the fixed amounts of all tiers reached together, less those reached before by the same table",
    ),
    "as-stated": both(
        "每档按所写的基数计:该段,或累计全部",
        "each tier on the basis that it states: the slice in it, or everything so far",
    ),
    "new-at-rate-reached": both(
        "累计定档:只有当期新增按达到的费率,以前的不变",
        "only the run's new credits at the rate reached; what was earned before stays",
    ),
}
TIER_BY = {
    "amount": both("档位按累计金额确定", "the tier follows the amount so far"),
    "units": both("档位按累计数量确定", "the tier follows the units so far"),
}
QUOTA_READING = {
    "full-window": both("累计业绩 ÷ 整个窗口的目标", "what was collected ÷ the quota of the whole window"),
    "to-date": both(
        "累计业绩 ÷ 截至当期的目标(慢月会扣回)", "what was collected ÷ the quota to date, so a slow month takes back"
    ),
}
WHEN_CHANGES = {
    "from-then-on": both("目标调整后只影响之后的业绩", "a changed quota counts from then on; what was earned stays"),
    "whole-window": both("目标调整后整个窗口重新计算", "a changed quota re-reads the whole window"),
}
SHARED = {
    "divide": both("多人共有一个时按份额分", "a shared unit is divided by the shares"),
    "each": both("多人共有一个时每人各计一个", "a shared unit counts in full for each"),
    "largest-share": both(
        "多人共有一个时归份额最大者(相同归先列者)", "a shared unit goes to the largest share (ties: the first)"
    ),
}
WHOSE = {
    "own": both("本人", "the person's own"),
    "team": both("团队", "the team's"),
    "company": both("公司", "the company's"),
}
OVER = {"month": both("当月", "the month"), "quarter": both("当季", "the quarter"), "year": both("当年", "the year")}
LOOKED_AT = {
    "each-run": both("每次发放时看窗口至今", "looked at in each run, on the window so far"),
    "window-end": both("窗口结束时看", "looked at when the window ends"),
}
MEANWHILE = {
    "hold": both("此前未达标则暂存不发", "until then what does not pass is held"),
    "pay": both("此前照常发放", "until then it is paid"),
}
IF_MISSED = {
    "lost": both(
        "最终未达标则该段不计,已发的收回", "missed at the end, the span earns nothing and paid parts come back"
    ),
    "lost-unpaid": both(
        "最终未达标则未发部分作废,已发的保留", "missed at the end, what is unpaid is lost and paid parts stay"
    ),
    "keep-held": both(
        "最终未达标则继续暂存,以后某段结束时达标再发;方案结束时仍暂存的作废",
        "missed at the end, it stays held and is paid when a later span ends well; "
        "what the plan's end finds held is lost",
    ),
    "lowest-tier": both(
        "最终未达标则该段全部按最低档计", "missed at the end, the whole span is paid at the first rate"
    ),
}
IF_UNDEFINED = {
    "pass": both("没有读数视为通过", "without a reading it counts as passed"),
    "fail": both("没有读数视为未通过", "without a reading it counts as missed"),
}
ONCE_KNOWN = {
    "true-up": both("确定后对该段已发部分多退少补", "once known, what the span has paid is trued up"),
    "from-then-on": both("确定后只用于之后的部分", "once known, it counts for what follows only"),
}
WHICH = {
    "same": both("取同期的等级", "the grade of the same period counts"),
    "previous": both("取上一期的等级", "the grade of the period before counts"),
}
EXCESS = {
    "lost": both("超出部分作废", "what is above is lost"),
    "next-window": both("超出部分计入下一窗口", "what is above counts first in the next window"),
}
LIMIT_OVER = {
    "each-transaction": both("每笔", "for each transaction"),
    "month": both("每月", "in a month"),
    "quarter": both("每季度", "in a quarter"),
    "year": both("每年度", "in a year"),
}
WITHOUT_DATE = {
    "keep-and-list": both("没有日期的继续留存并列出", "without a date it stays kept, and is listed"),
    "release": both("没有日期的不留存", "without a date nothing is kept"),
}
BELOW_ZERO = {
    "carry": both("应发低于零时发 0,差额结转下期", "below zero nothing is paid and the rest is carried over"),
    "list": both(
        "应发低于零时发 0,差额不结转,列给经理处理",
        "below zero nothing is paid; the rest is not carried but listed for the manager",
    ),
}
SCALED = {
    "thresholds": both("门槛", "thresholds"),
    "limits": both("上限", "limits"),
    "draw": both("预支", "the draw"),
    "fixed-amounts": both("定额", "fixed amounts"),
}
PART_COUNTED = {
    "calendar-days": both("在册天数占窗口天数的比例", "the days on the plan over the days of the window"),
    "working-days": both(
        "在册工作日占窗口工作日的比例", "the working days on the plan over the working days of the window"
    ),
    "months": both("在册月数占窗口月数的比例", "the months on the plan over the months of the window"),
}
AT_PLAN_END = {
    "forgiven": both("方案结束时未扣回的免除", "what is still owed when the plan ends is forgiven"),
    "owed": both("方案结束时未扣回的仍欠", "what is still owed when the plan ends stays owed"),
}
REST_TO = {
    "successor": both(
        "其余归接手人(当日合同的负责人,否则其后首位接手的人;合同没有的看客户),没有则归公司",
        "the rest goes to the successor (who holds the contract on the day, else who took it over first; else the same "
        "of the customer), without one to the house",
    ),
    "manager": both(
        "其余归经理(离职时的直属主管;其也离职的,归其上级)",
        "the rest goes to the manager they had (where that one has left too, to the one above)",
    ),
    "house": both("其余归公司", "the rest is the house's"),
}
OPEN_WINDOWS = {
    "end-on-last-day": both("未结束的窗口在最后一天结算", "open windows end on the last day"),
    "forfeit": both(
        "未结束的窗口中,到期才发的作废,逐期累计的结算到最后一天",
        "open windows of what is paid at their end are forfeited, running sums end on the last day",
    ),
}
HELD_MONEY = {
    "on-its-date": both("留存款到期照发", "held money is paid on its date"),
    "at-once": both("留存款立即发放", "held money is paid at once"),
    "forfeited": both("留存款作废", "held money is forfeited"),
}
OWED = {"list": both("欠公司的款项列出", "what is owed to the company is listed")}


def listed(values: Iterable[object]) -> Title:
    """Write names one after another."""
    names = [str(value) for value in values]
    return Title("、".join(names), ", ".join(names))


def dated(value: Dated[Any], write: Any) -> Title:
    """Write a number that may change on known days."""
    if value.is_constant:
        text = write(value.on(date.max))
        return Title(text, text)
    zh = ";".join(f"{start} 起 {write(one)}" for start, one in value.values)
    en = "; ".join(f"from {start} {write(one)}" for start, one in value.values)
    return Title(zh, en)


def term_text(value: Any) -> str:
    """Write an amount, or a share of one of the person's own terms."""
    if value.amount is not None:
        return quantity(value.amount)
    return f"{percent(value.share)} × {value.term}"


def measure_text(value: Any) -> str:
    """Write a bound: a rate, or a number."""
    return percent(value.number) if value.is_rate else quantity(value.number)


def age_text(age: Any) -> Title:
    """Write from which age on a refund takes back which share."""
    unit = {"days": both("天", "days"), "months": both("个月", "months")}[age.unit]
    share = percent(age.share)
    return Title(f"到账满 {age.count} {unit.zh}起:{share}", f"from {age.count} {unit.en} after the receipt: {share}")


BASIS = {"": both("", ""), "slice": both("(该段)", " on the slice"), "everything": both("(累计全部)", " on everything")}
BEYOND = {
    "flat": both("最后一点之后不再增加", "beyond the last point it stays"),
    "same-slope": both("最后一点之后按同样斜率继续", "beyond the last point it goes on with the same slope"),
}


def tier_value(tier: Any) -> Title:
    """Write what a tier pays: a rate, with its basis where it states one, or an amount."""
    if tier.amount is not None:
        text = term_text(tier.amount)
        return Title(text, text)
    rate = percent(tier.rate.rate) if tier.rate.rate is not None else f"{quantity(tier.rate.multiple)} × base_rate"
    basis = BASIS[tier.basis]
    return Title(rate + basis.zh, rate + basis.en)


def threshold(tier: Any) -> Title:
    """Write where a tier begins, and whether that number belongs to it."""
    number = percent(tier.threshold) if tier.is_rate else quantity(tier.threshold)
    if getattr(tier, "word", "") == "at":
        return Title(f"在 {number}", f"at {number}")
    if tier.inclusive:
        return Title(f"从 {number} 起(含)", f"from {number} on, itself included")
    return Title(f"超过 {number}(不含)", f"above {number}, itself not included")
