"""The waterfall between two states of a store closes, and its ends are the stocks that were known then."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.table import Table
from salescli.core.title import Title
from salescli.services.funnel.histories import gather_deals
from salescli.services.funnel.waterfall import WaterfallRequest, show_waterfall
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

months = st.integers(1, 3).map(lambda month: f"2026-{month:02}-05")
deals = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(["王芳", "赵磊", "李娜"]),
        "amount": st.integers(0, 900),
        "stage": st.sampled_from(["线索", "方案", "谈判", "赢单", "输单"]),
        "expected": st.integers(1, 9).map(lambda month: f"2026-{month:02}-15"),
    }
)
exports = st.dictionaries(st.integers(1, 6), deals, min_size=1, max_size=6)


def rows(export, created):
    closed = {number: "2026-03-20" if one["stage"] in ("赢单", "输单") else None for number, one in export.items()}
    return [
        {"number": f"X{number}", "created": created[number - 1], "closed": closed[number], **one}
        for number, one in export.items()
    ]


def table_of(answer) -> Table:
    return next(block for block in answer.report.blocks if isinstance(block, Table) and block.name == "waterfall")


def stock(ctx, known) -> Decimal:
    ctx.store.at(known)
    found = gather_deals(ctx, ctx.on).histories
    return Decimal(sum(each.amount_e4 or 0 for each in found if each.outcome == "open")) / 10_000


@settings(deadline=None, max_examples=15)
@given(exports, exports, st.lists(months, min_size=6, max_size=6), st.sampled_from(["", "2026-Q1", "2026-Q2"]))
def test_it_closes_between_two_states_of_a_store(first, second, created, closing):
    with tempfile.TemporaryDirectory() as folder, workspace_context(Path(folder)) as ctx:
        load(ctx.store, "deal", rows(first, created))
        load(ctx.store, "deal", rows(second, created), dated="2026-02-01")
        request = WaterfallRequest(known="8..9", closing=closing)
        steps = {title: row for row in table_of(show_waterfall(ctx, request)).rows for title in [row[0]]}
        amounts = {title.en: row[2] for title, row in steps.items() if isinstance(title, Title)}
        assert sum(value for name, value in amounts.items() if name != "End") == amounts.get("End", 0)
        if not closing:
            assert (amounts.get("Start", 0), amounts.get("End", 0)) == (stock(ctx, 8), stock(ctx, 9))
        people = table_of(show_waterfall(ctx, WaterfallRequest(known="8..9", closing=closing, by="team")))
        keys = [column.key for column in people.columns]
        for row in [*people.rows, *([people.total] if people.total and people.rows else [])]:
            line = dict(zip(keys, row, strict=True))
            moved = sum(value for key, value in line.items() if key not in ("group", "deals", "end"))
            assert moved == line["end"]
