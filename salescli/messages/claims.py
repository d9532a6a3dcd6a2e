"""Sentences of claims of receipts, and of sheets that were written to be filled in."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "rows-not-filled": Message(
        "rows in which nothing is filled in, skipped: {count}",
        "{count} 行未填写,已跳过",
    ),
    "claim-above-open": Message(
        "{amount} of receipt {receipt} is claimed, and {open} of it is open",
        "回款 {receipt} 认领了 {amount},而未认领的只有 {open}",
        "lower the amount; what is left may be claimed for another contract",
        "请改小金额;剩余部分可认领到其他合同",
    ),
    "receipt-overdrawn": Message(
        "{allocated} of receipt {receipt} is allocated to contracts, and it is {amount}",
        "回款 {receipt} 已认领到合同 {allocated},而回款金额为 {amount}",
        "correct the allocation: salescli record list allocation; or undo the batch that claimed it",
        "请更正核销记录:salescli record list allocation;或撤销认领的批次",
    ),
    "claim-not-positive": Message(
        "{amount} is claimed of receipt {receipt}: a claim is more than nothing",
        "回款 {receipt} 认领了 {amount}:认领金额须大于零",
        "leave the amount blank to claim all that is open",
        "认领全部未认领金额时,金额留空即可",
    ),
    "claim-instalment-unknown": Message(
        "contract {contract} has no instalment {instalment}; it has {known}",
        "合同 {contract} 没有第 {instalment} 期;现有:{known}",
        "leave it blank where no instalment is meant",
        "不针对某一期时请留空",
    ),
    "form-answer": Message(
        "`{text}` is neither yes nor no",
        "`{text}` 既不是“是”也不是“否”",
        "write yes to take what is proposed; else leave the cell blank",
        "采用建议请填“是”,否则留空",
    ),
    "form-contradicts": Message(
        "what is proposed ({proposed}) is taken, and {filled} is filled in",
        "既采用建议({proposed}),又填了 {filled}",
        "leave one of them blank",
        "二者只留其一",
    ),
    "claim-in-other-currency": Message(
        "receipt {receipt} came in {currency}, not in {stated}",
        "回款 {receipt} 的币种是 {currency},不是 {stated}",
        "write the amount in {currency}, or leave amount and currency blank",
        "请按 {currency} 填写金额,或将金额和币种留空",
    ),
    "claims-accepted": Message(
        "receipts allocated as proposed: {count} ({amounts}), {reasons}",
        "按建议认领回款 {count} 笔({amounts}):{reasons}",
    ),
    "claims-open": Message(
        "receipts without a contract: {count} ({amounts}), the oldest of {oldest}; with one match: {proposed}",
        "没有合同的回款 {count} 笔({amounts}),最早 {oldest};有唯一匹配的 {proposed} 笔",
        "see them: salescli receipt claims; take the single matches: salescli import … --accept-claims",
        "查看:salescli receipt claims;采用唯一匹配:salescli import … --accept-claims",
    ),
    "payer-known": Message(
        "`{payer}` is kept as another name of the customer {customer}",
        "`{payer}` 记为客户 {customer} 的别名",
    ),
    "payer-unclear": Message(
        "`{payer}` is not kept as another name: it was filled in for several customers: {customers}",
        "`{payer}` 未记为别名:填写了多个客户:{customers}",
    ),
    "unknown-fix": Message(
        "nothing called `{text}` can wait for a person; there are: {known}",
        "没有待办种类 `{text}`;现有:{known}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
}
