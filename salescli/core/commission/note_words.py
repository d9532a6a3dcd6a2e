"""The words of every note that the engine can give; a test holds the table complete."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.commission.result import Note
from salescli.core.commission.taking_over import Transfer
from salescli.core.commission.wording import both, money
from salescli.core.title import Title

NOTE_WORDS: dict[str, tuple[str, str]] = {
    "no-quota": ("没有目标({metric},{level}):不计提成", "no quota ({metric}, {level}): pays nothing"),
    "zero-quota": ("目标为 0:按 when_quota_is_zero", "the quota is 0: when_quota_is_zero applies"),
    "no-base-rate": ("没有基准费率({base_rate}):不计提成", "no base rate ({base_rate}): pays nothing"),
    "held-lost": ("方案结束,暂存的 {amount} 作废({metric})", "the plan has ended: {amount} held is lost ({metric})"),
    "no-term": ("个人约定缺少 {text}", "the person's own terms lack {text}"),
    "cap-moved": (
        "窗口的上限由 {was} 改为 {now}:此前已计的部分变动 {amount}",
        "the cap of the window was {was} and is {now}: what was earned before moves by {amount}",
    ),
    "limit-lost": (
        "方案结束:{of} 超出上限的 {amount} 没有后续窗口可计,作废",
        "{amount} above the limit of {of} is lost with the plan's end: no window follows",
    ),
    "lines-missing": ("逐笔计算需要明细,只收到合计", "single transactions are needed, only sums were given"),
    "pool-not-due": ("{due} 之前不分配奖金包", "the pot is not shared before {due}"),
    "pool-not-shared": (
        "奖金包 {pot} 的分配表不可用:整个奖金包未发放",
        "the pot of {pot} has no sheet that spends it: nothing of it is paid",
    ),
    "rank-not-due": ("{due} 之前不排名", "the ranking is not made before {due}"),
    "not-due": ("{due} 之前不发放,目前 {so_far}", "not due before {due}; so far {so_far}"),
    "forfeited-on-leaving": ("离开本方案:未到期窗口作废 {amount}", "forfeited on leaving the plan: {amount}"),
    "credit-after-leaving": (
        "离开本方案后的业绩累计 {amount} 未计",
        "credits after the last day, {amount} to date, are not counted",
    ),
    "rest-after-leaving": (
        "离开本方案后的业绩除本人部分外累计 {amount} 按 rest_to 归接手人、经理或公司",
        "the rest of what came in after the last day, {amount} to date, goes where `rest_to` says",
    ),
    "parts-waiting": ("尚有 {amount} 待回款后计提", "{amount} waits for its money to come in"),
    "credit-while-away": (
        "离开本方案期间的业绩累计 {amount} 未计",
        "credits while away from the plan, {amount} to date, are not counted",
    ),
    "credit-before-start": ("入册前的业绩 {amount} 未计", "credits before the first day, {amount}, are not counted"),
    "kept-without-date": (
        "合同 {contract} 没有 {field}:留存 {kept}",
        "contract {contract} has no {field}: {kept} stays kept",
    ),
    "below-zero-listed": ("低于零的 {amount} 不结转,列出待处理", "{amount} below zero is not carried but listed"),
    "draw-forgiven": ("方案结束:未扣回的预支 {amount} 免除", "the plan has ended: {amount} of the draw is forgiven"),
    "deductions-waiting": ("扣款 {amount} 超出本期限额,留待以后", "deductions of {amount} wait for later pay"),
    "adjustment-before-first-run": (
        "手工调整 {key}({amount})属于首个发放期间以前:不计入,已计入的予以冲回;请改到发放的月份",
        "manual adjustment {key} ({amount}) is of a month before the first that is paid: no run takes it, and what one "
        "has posted is taken back; move it to one that is",
    ),
    "adjustment-rounded": (
        "手工调整 {key}:{amount} 按 round_to 取整为 {taken}",
        "manual adjustment {key}: {amount} is rounded to {taken} by round_to",
    ),
    "deduction-rounded": (
        "扣款 {key}:{amount} 按 round_to 取整为 {taken}",
        "deduction {key}: {amount} is rounded to {taken} by round_to",
    ),
    "deductions-before-first-run": (
        "首个发放期之前的扣款 {amount} 不由本系统扣除,列出待处理",
        "deductions of {amount} are dated before the first run that is paid: none takes them, they wait",
    ),
    "continued": (
        "延续 {source}:累计 {position} 起步,此前已计 {earned}",
        "goes on from {source}: at {position}, {earned} earned there",
    ),
    "refund-without-receipt": (
        "退款 {key}({date})中的 {amount} 没有对应本方案的回款:没有可收回的提成",
        "of the refund {key} of {date}, {amount} undoes no receipt of this plan: there is no pay to take back",
    ),
    "owed-not-recovered": ("期初欠款 {amount} 尚未扣回", "owed from the opening, {amount}, is not recovered"),
}
"""The words of every note that the engine can give; a test holds it complete."""


def transfer_words(transfer: Transfer) -> Title:
    """Return what a run moves between two plans of a person; amounts as balances, without a sign of their own."""
    figures = (
        (both("未扣回的预支", "owed of the draw"), abs(transfer.owed)),
        (both("低于零的结转", "carried below zero"), abs(transfer.carried)),
        (both("待扣款项", "waiting of deductions"), abs(transfer.waiting)),
    )
    named = [(title, money(amount)) for title, amount in figures if amount]
    zh = "、".join(f"{title.zh} {amount}" for title, amount in named)
    en = ", ".join(f"{title.en} {amount}" for title, amount in named)
    grows = transfer.carried <= 0 and transfer.owed >= 0 and transfer.waiting >= 0
    if transfer.is_taken:
        zh_way, en_way = (
            ("从方案 {} 接管", "taken over from {}") if grows else ("与方案 {} 的接管更正", "set right with {}")
        )
    else:
        falls = transfer.carried >= 0 and transfer.owed <= 0 and transfer.waiting <= 0
        zh_way, en_way = (
            ("移交方案 {}", "handed over to {}") if falls else ("与方案 {} 的移交更正", "set right with {}")
        )
    return both(f"{zh_way.format(transfer.plan)}:{zh}", f"{en_way.format(transfer.plan)}: {en}")


def note_words(note: Note) -> Title:
    """Return the words of a note."""
    zh, en = NOTE_WORDS[note.name]
    values = {name: _shown(value) for name, value in note.parts}
    return both(zh.format_map(values), en.format_map(values))


def _shown(value: object) -> str:
    if isinstance(value, Decimal) or hasattr(value, "numerator"):
        return money(value)  # type: ignore[arg-type]
    return str(value)
