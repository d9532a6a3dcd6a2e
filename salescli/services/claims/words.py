"""Claims in words: where a receipt may belong, and why, or why nothing is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescli.core.claims.model import Claim, Hit
from salescli.core.title import Title

SHOWN = 4
_REASONS: Mapping[str, Title] = {
    "contract-number": Title("合同号", "contract number"),
    "customer": Title("客户+金额", "customer and amount"),
    "payer": Title("付款单位+金额", "payer and amount"),
    "alias": Title("别名+金额", "other name and amount"),
}
_OBSTACLES: Mapping[str, Title] = {
    "several": Title("{count} 处相符:{hits}", "{count} fit: {hits}"),
    "contested": Title("另有回款也符合 {hits}", "another receipt fits {hits} too"),
    "other-customer": Title("{hits} 是其他客户的合同", "{hits} is another customer's"),
    "other-currency": Title("{hits} 是其他币种", "{hits} is in another currency"),
    "more-than-open": Title("超过 {hits} 未收金额", "more than is open on {hits}"),
    "no-amount": Title("无同额的未收期次", "no instalment of this amount"),
    "several-customers": Title("几个客户同名 {hits}", "several customers of that name {hits}"),
    "unknown-payer": Title("付款单位不明", "unknown payer"),
}


def hit_words(hit: Hit, numbers: Mapping[int, str]) -> str:
    """Return a hit as people read it: `HT-2026-001 · 2`."""
    number = numbers.get(hit.contract, f"#{hit.contract}")
    return f"{number} · {hit.instalment}" if hit.instalment else number


def claim_words(claim: Claim, numbers: Mapping[int, str]) -> Title:
    """Return why a claim is proposed, or why it is not."""
    if claim.proposal is not None:
        return _REASONS[claim.reason]
    said, count = _OBSTACLES[claim.obstacle], len(claim.candidates)
    zh, en = (_shown(claim.candidates, numbers, comma) for comma in ("、", ", "))
    return Title(said.zh.format(count=count, hits=zh).strip(), said.en.format(count=count, hits=en).strip())


def _shown(hits: Sequence[Hit], numbers: Mapping[int, str], comma: str) -> str:
    """Write candidates by contract: `HT-001 · 1/4/5, HT-002`."""
    parts: dict[int, list[str]] = {}
    for each in hits:
        parts.setdefault(each.contract, []).append(each.instalment)
    said = []
    for contract, names in list(parts.items())[:SHOWN]:
        held = [name for name in names if name]
        cut = "/".join(held[:SHOWN]) + ("/…" if len(held) > SHOWN else "")
        said.append(hit_words(Hit(contract, cut, 0), numbers))
    return comma.join(said) + (" …" if len(parts) > SHOWN else "")


def reason_words(reasons: Mapping[str, int]) -> Title:
    """Return how many claims each reason speaks for."""
    known = [(_REASONS[name], count) for name, count in reasons.items()]
    return Title(
        "、".join(f"{said.zh} {count} 笔" for said, count in known),
        ", ".join(f"{count} by {said.en}" for said, count in known),
    )
