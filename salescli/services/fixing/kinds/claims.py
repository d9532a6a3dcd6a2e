"""Receipts that name no contract: to be claimed."""

from __future__ import annotations

from salescli.core.money import from_e4, total
from salescli.core.table import Column
from salescli.core.title import Title
from salescli.importers.writing.form_book import FormPage
from salescli.services.claims.finding import find_claims
from salescli.services.claims.sheet import build_claims_page
from salescli.services.claims.words import claim_words
from salescli.services.context import Context
from salescli.services.fixing.kind import FixKind, Section

TITLE = Title("回款没有合同", "Receipts without a contract")
WHY = Title("不进合同,也不进提成", "on no contract, and in nobody's commission")


def find(context: Context) -> Section | None:
    """Find the open claims."""
    claims = find_claims(context)
    if not len(claims):
        return None
    numbers = {one.id: one.number for one in claims.contracts}
    columns = (
        Column("number", Title("回款编号", "Receipt"), "id"),
        Column("date", Title("日期", "Date"), "date"),
        Column("payer", Title("付款单位", "Payer")),
        Column("contract", Title("建议合同", "Proposed"), "id"),
        Column("instalment", Title("期次", "Instalment"), "id"),
        Column("reason", Title("理由", "Why")),
        Column("amount", Title("金额", "Amount"), "money"),
    )
    rows = tuple(
        (
            one.row.number,
            one.row.day[:10],
            one.row.payer or None,
            numbers[one.found.proposal.contract] if one.found.proposal else None,
            (one.found.proposal.instalment or None) if one.found.proposal else None,
            claim_words(one.found, numbers),
            from_e4(one.row.open),
        )
        for one in claims
    )
    currencies = sorted({one.row.currency for one in claims})
    amounts = {code: total(from_e4(one.row.open) for one in claims if one.row.currency == code) for code in currencies}

    def page(file_name: str) -> FormPage:
        return build_claims_page(context, claims, file_name)

    return Section("claims", TITLE, WHY, len(claims), amounts, columns, rows, page)


KIND = FixKind("claims", TITLE, find)
