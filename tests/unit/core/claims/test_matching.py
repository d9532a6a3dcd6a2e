"""Claims: what is proposed, what is only listed, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.claims.matching import Ledger, build_ledger, match_claims
from salescli.core.claims.model import Claim, Contract, Hit, Instalment, OpenReceipt
from salescli.core.claims.numbers import NumberIndex, is_telling, plain

HARBOUR, OCEAN, TWIN, OTHER_TWIN = 1, 2, 3, 4
CUSTOMERS = [
    (HARBOUR, "上海港通物流有限公司"),
    (OCEAN, "Ocean Trading Co., Ltd"),
    (TWIN, "天合"),
    (OTHER_TWIN, "天合有限公司"),
]
CONTRACTS = [
    Contract(10, "HT-2026-001", HARBOUR, "CNY", 500),
    Contract(11, "HT-2026-0012", HARBOUR, "CNY", 900),
    Contract(12, "OC-2026-7", OCEAN, "USD", 100),
    Contract(13, "TW-2026-1", TWIN, "CNY", 70),
]
INSTALMENTS = [
    Instalment(10, "1", "CNY", 200),
    Instalment(10, "2", "CNY", 300),
    Instalment(11, "1", "CNY", 300),
    Instalment(11, "2", "CNY", 600),
    Instalment(12, "", "USD", 100),
    Instalment(13, "", "CNY", 70),
]


def ledger() -> Ledger:
    return build_ledger(CONTRACTS, INSTALMENTS, CUSTOMERS, [(OCEAN, "海洋贸易财务中心")])


def receipt(amount: int, payer: str = "", note: str = "", **more: object) -> OpenReceipt:
    values = {"id": 1, "day": "2026-03-01", "currency": "CNY", "payer": payer, "texts": (note, payer), **more}
    return OpenReceipt(open=amount, **values)  # type: ignore[arg-type]


def claim(amount: int, payer: str = "", note: str = "", **more: object) -> Claim:
    (found,) = match_claims([receipt(amount, payer, note, **more)], ledger())
    return found


def test_a_number_in_the_text_comes_first() -> None:
    found = claim(600, note="付ＨＴ-2026-0012第二期")
    assert found.proposal == Hit(11, "2", 600)
    assert found.reason == "contract-number"


def test_a_number_without_a_fitting_instalment_is_the_contract_s() -> None:
    assert claim(150, note="HT-2026-001").proposal == Hit(10, "", 150)


@pytest.mark.parametrize(
    "note", ["HT-2026-00", "HT-2026-0011", "HT-2026-001-2", "XHT-2026-001", "HT-2026-001a", "2026-001"]
)
def test_part_of_a_number_is_no_number(note: str) -> None:
    assert claim(1, note=note).obstacle == "unknown-payer"


@pytest.mark.parametrize(
    "note", ["HT-2026-001.", "(HT—2026—001)", "no.HT-2026-001", "合同HT-2026-001货款", "ht-2026-001/2期"]
)
def test_what_may_stand_around_a_number(note: str) -> None:
    found = claim(1, note=note)
    assert found.proposal == Hit(10, "", 1)


def test_two_numbers_are_listed() -> None:
    found = claim(150, note="HT-2026-001、HT-2026-0012")
    assert found.proposal is None
    assert [hit.contract for hit in found.candidates] == [10, 11]
    assert found.obstacle == "several"


@pytest.mark.parametrize(
    ("amount", "payer", "note", "currency", "obstacle"),
    [
        (100, "Ocean Trading", "HT-2026-001", "CNY", "other-customer"),
        (100, "", "HT-2026-001", "USD", "other-currency"),
        (501, "", "HT-2026-001", "CNY", "more-than-open"),
    ],
)
def test_evidence_that_contradicts_is_listed(amount: int, payer: str, note: str, currency: str, obstacle: str) -> None:
    found = claim(amount, payer, note, currency=currency)
    assert found.proposal is None
    assert found.obstacle == obstacle
    assert [hit.contract for hit in found.candidates] == [10]


def test_payer_and_one_exact_amount() -> None:
    found = claim(200, "上海 港通物流股份有限公司")
    assert (found.proposal, found.reason, found.customer) == (Hit(10, "1", 200), "payer", HARBOUR)


def test_an_accepted_other_name() -> None:
    found = claim(100, "海洋贸易财务中心", currency="USD")
    assert (found.proposal, found.reason) == (Hit(12, "", 100), "alias")


def test_the_customer_that_the_receipt_names_comes_before_its_payer() -> None:
    found = claim(200, "天合", customer=HARBOUR)
    assert (found.proposal, found.reason) == (Hit(10, "1", 200), "customer")


@pytest.mark.parametrize(
    ("amount", "payer", "count", "obstacle"),
    [
        (300, "上海港通物流", 2, "several"),
        (123, "上海港通物流", 0, "no-amount"),
        (70, "天合", 1, "several-customers"),
        (200, "谁也不是", 0, "unknown-payer"),
        (200, "", 0, "unknown-payer"),
    ],
)
def test_what_fits_twice_or_not_at_all_is_not_proposed(amount: int, payer: str, count: int, obstacle: str) -> None:
    found = claim(amount, payer)
    assert found.proposal is None
    assert (len(found.candidates), found.obstacle) == (count, obstacle)


def test_an_amount_in_another_currency_is_another_amount() -> None:
    assert claim(100, "Ocean Trading").obstacle == "no-amount"


def test_two_receipts_for_one_instalment_are_both_listed() -> None:
    receipts = [receipt(200, "上海港通物流", id=one, day=f"2026-03-0{one}") for one in (2, 1)]
    first, second = match_claims(receipts, ledger())
    assert [first.receipt.id, second.receipt.id] == [1, 2]
    assert {first.obstacle, second.obstacle} == {"contested"}
    assert first.candidates == second.candidates == (Hit(10, "1", 200),)


def test_a_number_wins_over_an_amount_that_another_receipt_has_too() -> None:
    by_amount, by_number = match_claims(
        [receipt(200, "上海港通物流", id=1), receipt(200, note="HT-2026-001", id=2)], ledger()
    )
    assert by_amount.obstacle == "contested"
    assert by_number.proposal == Hit(10, "1", 200)


WRITTEN = st.text("AB12-/", min_size=1, max_size=8)


@given(st.lists(WRITTEN, min_size=1, max_size=6, unique_by=plain), st.data())
def test_what_is_found_stands_in_the_text(numbers: list[str], data: st.DataObject) -> None:
    index = NumberIndex(dict(enumerate(numbers)))
    wanted = data.draw(st.sampled_from(numbers))
    text = f"付{wanted}款"
    for one in index.find([text]):
        assert plain(numbers[one]) in plain(text)
    if is_telling(plain(wanted)):
        hits = {plain(numbers[one]) for one in index.find([text])}
        assert (
            any(plain(wanted) in hit for hit in hits)
            or not plain(wanted)[0].isalnum()
            or not plain(wanted)[-1].isalnum()
        )


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["上海港通物流", "天合", "", "HT-2026-001"])), max_size=8),
)
def test_nothing_is_proposed_twice_by_its_amount(asked: list[tuple[int, str]]) -> None:
    receipts = [receipt(each * 100, who, id=place) for place, (each, who) in enumerate(asked)]
    claims = match_claims(receipts, ledger())
    assert len(claims) == len(receipts)
    taken = [one.proposal[:2] for one in claims if one.proposal and one.reason != "contract-number"]
    assert len(taken) == len(set(taken))
    assert all((one.proposal is None) == bool(one.obstacle) for one in claims)
