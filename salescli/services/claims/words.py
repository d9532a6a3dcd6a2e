"""Claims in words: where a receipt may belong, and why, or why nothing is proposed."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.claims.model import Claim, Hit
from salescli.core.title import Title

SHOWN = 4
_REASONS: Mapping[str, Title] = {
    "contract-number": Title("文字中有合同号", "its number is in the text"),
    "customer": Title("客户与金额相符", "customer and amount fit"),
    "payer": Title("付款单位与金额相符", "payer and amount fit"),
    "alias": Title("付款单位(别名)与金额相符", "payer, by another name, and amount fit"),
}
_OBSTACLES: Mapping[str, Title] = {
    "several": Title("{count} 处相符:{hits}", "{count} fit: {hits}"),
    "contested": Title("另有回款同样符合 {hits}", "another receipt fits {hits} too"),
    "other-customer": Title("文字中的 {hits} 是其他客户的合同", "{hits} in the text is another customer's"),
    "other-currency": Title("文字中的 {hits} 是其他币种", "{hits} in the text is in another currency"),
    "more-than-open": Title("超过 {hits} 的未收金额", "more than is open on {hits}"),
    "no-amount": Title("没有金额相同的未收期次", "no open instalment of this amount"),
    "several-customers": Title("几个客户同名 {hits}", "several customers of that name {hits}"),
    "unknown-payer": Title("不认识的付款单位", "nobody is known by that name"),
}


def hit_words(hit: Hit, numbers: Mapping[int, str]) -> str:
    """Return a hit as people read it: `HT-2026-001 · 2`."""
    number = numbers.get(hit.contract, f"#{hit.contract}")
    return f"{number} · {hit.instalment}" if hit.instalment else number


def claim_words(claim: Claim, numbers: Mapping[int, str]) -> Title:
    """Return why a claim is proposed, or why it is not."""
    if claim.proposal is not None:
        return _REASONS[claim.reason]
    hits = [hit_words(each, numbers) for each in claim.candidates]
    shown = "、".join(hits[:SHOWN]) + (" …" if len(hits) > SHOWN else "")
    said = _OBSTACLES[claim.obstacle]
    values = {"count": len(hits), "hits": shown}
    return Title(
        said.zh.format(**values).strip(), said.en.format(**{**values, "hits": shown.replace("、", ", ")}).strip()
    )


def reason_words(reasons: Mapping[str, int]) -> Title:
    """Return how many claims each reason speaks for."""
    known = [(_REASONS[name], count) for name, count in reasons.items()]
    return Title(
        "、".join(f"{said.zh} {count} 笔" for said, count in known),
        ", ".join(f"{count} because {said.en}" for said, count in known),
    )
