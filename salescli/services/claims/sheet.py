"""The workbook of open claims: one row per receipt with what is proposed, and yellow cells to fill in.

Filled in, it imports: a contract makes an allocation, a customer says whose the money is; a row left alone is skipped.
A second row of one receipt, with its number, allocates the rest to another contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salescli.core.claims.model import Contract, Instalment
from salescli.core.money import from_e4
from salescli.core.title import Language, Title
from salescli.importers.form import FormPart
from salescli.importers.writing.form_book import FormColumn, FormPage, build_forms
from salescli.services.claims.finding import OpenClaim, OpenClaims, find_claims
from salescli.services.claims.showing import credited_names
from salescli.services.claims.words import claim_words
from salescli.services.context import Context
from salescli.store.entities import labels

MONEY = "#,##0.00##"
PAGE = Title("认领", "Claims")
_HEADS = {
    "number": Title("回款编号", "Receipt number"),
    "date": Title("_日期", "_Date"),
    "payer": Title("_付款单位", "_Payer"),
    "amount": Title("_金额", "_Amount"),
    "open": Title("_未认领", "_Open"),
    "currency": Title("币种", "Currency"),
    "note": Title("_备注", "_Note"),
    "credited": Title("_现计入", "_Credit today"),
    "proposed": Title("_建议合同", "_Proposed contract"),
    "proposed_part": Title("_建议期次", "_Proposed instalment"),
    "proposed_amount": Title("_建议金额", "_Proposed amount"),
    "reason": Title("_理由", "_Why"),
    "accept": Title("采用建议", "Take it"),
    "contract": Title("合同编号", "Contract number"),
    "instalment": Title("期次", "Instalment"),
    "claimed": Title("认领金额", "Amount claimed"),
    "customer": Title("客户", "Customer"),
}
_WIDTHS = {
    "number": 15, "date": 11, "payer": 26, "amount": 13, "open": 13, "currency": 7, "note": 14, "credited": 10,
    "proposed": 15, "proposed_part": 9, "proposed_amount": 13, "reason": 34, "accept": 9, "contract": 16,
    "instalment": 8, "claimed": 13, "customer": 22,
}  # fmt: skip
_FORMATS = {
    "number": "@", "date": "yyyy-mm-dd", "amount": MONEY, "open": MONEY, "currency": "@", "proposed": "@",
    "proposed_part": "@", "proposed_amount": MONEY, "contract": "@", "instalment": "@", "claimed": MONEY,
    "customer": "@",
}  # fmt: skip
_FILL = ("accept", "contract", "instalment", "claimed", "customer")
_KEYS = ("number", "currency")


def write_claims(context: Context, file_name: str, *, with_owned: bool = False) -> bytes:
    """Return the workbook of open claims; `file_name` is what its title tells to import."""
    page = build_claims_page(context, find_claims(context, with_owned=with_owned), file_name)
    return build_forms([page], context.language)


def build_claims_page(context: Context, claims: OpenClaims, file_name: str) -> FormPage:
    """Return the page of some open claims."""
    language = context.language
    title = Title(
        f"填写黄色单元格(采用建议,或填合同;不认识的付款单位可填客户),保存后:salescli import {file_name}",
        f"Fill in yellow cells (take what is proposed, or a contract; whose an unknown payer is), then: "
        f"salescli import {file_name}",
    )
    credited = credited_names(context) if len(claims) else {}
    numbers = {one.id: one.number for one in claims.contracts}
    rows = tuple(_row(one, numbers, credited, language) for one in claims)
    return FormPage(
        PAGE.text(language), title.text(language), _columns(language), rows, _parts(language), _offers(context, claims)
    )


def _head(name: str, language: Language) -> str:
    return _HEADS[name].text(language)


def _columns(language: Language) -> tuple[FormColumn, ...]:
    yes = (Title("是", "yes").text(language),)
    return tuple(
        FormColumn(
            _head(name, language),
            "fill" if name in _FILL else "key" if name in _KEYS else "info",
            _FORMATS.get(name, "General"),
            _WIDTHS[name],
            yes if name == "accept" else (),
        )
        for name in _HEADS
    )


def _parts(language: Language) -> tuple[FormPart, ...]:
    """A row is an allocation where a contract is filled in, and says the receipt's customer where one is."""

    def heads(**fields: str) -> dict[str, str]:
        return {field: _head(name, language) for field, name in fields.items()}

    allocation = FormPart(
        "allocation",
        heads(receipt="number", currency="currency", contract="contract", instalment="instalment", amount="claimed"),
        ("contract", "instalment", "amount"),
        _head("accept", language),
        heads(contract="proposed", instalment="proposed_part", amount="proposed_amount"),
        heads(amount="open"),
    )
    return allocation, FormPart("receipt", heads(number="number", customer="customer"), ("customer",))


def _row(one: OpenClaim, numbers: dict[int, str], credited: dict[int, str], language: Language) -> tuple[object, ...]:
    row, found = one.row, one.found
    hit = found.proposal
    cells: dict[str, object] = {
        "number": row.number,
        "date": date.fromisoformat(row.day[:10]),
        "payer": row.payer,
        "amount": from_e4(row.amount),
        "open": from_e4(row.open),
        "currency": row.currency,
        "note": row.note,
        "credited": credited.get(row.id, ""),
        "proposed": numbers[hit.contract] if hit else None,
        "proposed_part": (hit.instalment or None) if hit else None,
        "proposed_amount": from_e4(hit.amount) if hit else None,
        "reason": claim_words(found, numbers).text(language),
    }
    return tuple(cells.get(name) or None for name in _HEADS)


def _offers(context: Context, claims: OpenClaims) -> dict[tuple[int, int], tuple[str, ...]]:
    """Offer each row the open contracts of its customer, or all of them; and customers where the payer is unknown."""
    columns = list(_HEADS)
    contract, customer = columns.index("contract"), columns.index("customer")
    by_customer = _open_numbers(claims.contracts, claims.instalments)
    everything = tuple(sorted({number for mine in by_customer.values() for number in mine}))
    ids = {one.customer for one in claims.contracts if one.customer is not None}
    names = tuple(sorted(labels(context.store, context.store.registry["customer"], ids).values()))
    offers: dict[tuple[int, int], tuple[str, ...]] = {}
    for index, one in enumerate(claims):
        mine = by_customer.get(one.found.customer) if one.found.customer is not None else None
        offers[index, contract] = mine or everything
        if one.row.customer is None:
            offers[index, customer] = names
    return offers


def _open_numbers(
    contracts: Sequence[Contract], instalments: Sequence[Instalment]
) -> dict[int | None, tuple[str, ...]]:
    """Return the numbers of the contracts on which something is open, by customer."""
    is_open = {one.contract for one in instalments}
    found: dict[int | None, list[str]] = {}
    for one in contracts:
        if one.id in is_open:
            found.setdefault(one.customer, []).append(one.number)
    return {customer: tuple(sorted(numbers)) for customer, numbers in found.items()}
