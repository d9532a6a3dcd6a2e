"""Laws of claims: however a sheet is filled in, no receipt gives more than it is, and every row is somewhere."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from salescli.importers.form import FormPart, form_mark
from salescli.services.batches import undo
from salescli.store.state import dump_state, fetch_images
from tests.unit.services.forms import take_in
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

AMOUNTS = {"R1": 100, "R2": 250, "R3": 7}
PARTS = (
    FormPart(
        "allocation",
        {"receipt": "回款编号", "contract": "合同编号", "instalment": "期次", "amount": "认领金额"},
        ("contract", "instalment", "amount"),
        "采用建议",
        {"contract": "_建议合同", "amount": "_建议金额"},
        {"amount": "_未认领"},
    ),
    FormPart("receipt", {"number": "回款编号", "customer": "客户"}, ("customer",)),
)
HEAD = ["回款编号", "_建议合同", "_建议金额", "_未认领", "采用建议", "合同编号", "期次", "认领金额", "客户"]
CONTRACT = st.sampled_from(["", "", "C1", "C2", "NICHTS"])
ROW = st.tuples(
    st.sampled_from(["R1", "R1", "R2", "R3", "R9", ""]),
    st.sampled_from(["", "C1", "C2"]),
    st.sampled_from(["", "7", "100"]),
    st.sampled_from(["", "7", "100", "250"]),
    st.sampled_from(["", "", "是", "否"]),
    CONTRACT,
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "7", "50", "100", "101", "-5", "x"]),
    st.sampled_from(["", "", "甲", "乙"]),
)


@given(st.lists(st.lists(ROW, max_size=7), min_size=1, max_size=2))
def test_no_receipt_gives_more_than_it_is(sheets: list[list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder), is_filled=False) as context:
        load(context.store, "customer", [{"number": "1", "name": "甲"}, {"number": "2", "name": "乙"}])
        load(context.store, "contract", [{"number": "C1", "customer": "甲"}, {"number": "C2", "customer": "乙"}])
        receipts = [
            {"number": number, "date": "2026-03-01", "amount": amount, "payer": f"付款人{number}"}
            for number, amount in AMOUNTS.items()
        ]
        load(context.store, "receipt", receipts)
        states = [dump_state(context.store)]
        batches = []
        for number, rows in enumerate(sheets):
            path = Path(folder) / f"认领{number}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["填写"], [form_mark(PARTS)], HEAD, *rows])
            batches.append(take_in(context, path).batch)
            states.append(dump_state(context.store))
            given_out: dict[int, int] = {}
            for one in fetch_images(context.store, context.store.registry["allocation"]).values():
                given_out[one["receipt"]] = given_out.get(one["receipt"], 0) + one["amount"]
            held = fetch_images(context.store, context.store.registry["receipt"])
            assert all(held[receipt]["amount"] >= amount for receipt, amount in given_out.items())
            assert take_in(context, path).batch is None
        for batch, before, after in reversed(list(zip(batches, states, states[1:], strict=False))):
            if batch is None:
                assert before == after
            else:
                undo(context, batch)
                assert dump_state(context.store) == before
