"""Figures of a metric: totals, roll-up, rows that add up, currencies, few cases, and reasons for nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from salescli.core.table import Ratio, Report, Table
from salescli.errors import ProblemsFound, UsageError
from salescli.services.context import Context
from salescli.services.metric.showing import MetricRequest, build_metric_report
from salescli.services.quota.figures import find_metric
from tests.unit.services.workspaces import fill, workspace_context
from tests.unit.store_support import load


def show(ctx: Context, name: str, *by: str, **more: object) -> Report:
    return build_metric_report(ctx, MetricRequest(name, by, **more))  # type: ignore[arg-type]


def table(report: Report, place: int = 0) -> Table:
    block = report.blocks[place]
    assert isinstance(block, Table)
    return block


def keyed(report: Report) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in table(report).rows}


def test_lines_come_largest_first_with_nobody_last_and_their_own_total(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        found = table(show(ctx, "receipts", "person"))
        assert [row[0] for row in found.rows] == ["赵磊", "王芳", "(none)"]
        assert found.total == ("", Decimal("157.01"), Ratio(Decimal("157.01"), Decimal("157.01")))
        by_name = table(show(ctx, "receipts", "person", sort="name"))
        assert [row[0] for row in by_name.rows] == [*sorted(["赵磊", "王芳"]), "(none)"]


def test_a_team_shows_its_own_and_with_all_below(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        found = keyed(show(ctx, "receipts", "team", period="2026-Q1"))
        own = Decimal("60.006") + Decimal("30.003")
        assert found["一部"][:2] == (own, own)
        assert found["销售中心"][:2] == (Decimal(0), own + 50)
        assert found["(none)"][0] == Decimal("100.01") - own + 7


def test_a_rate_has_its_parts_says_few_cases_and_gives_the_interval(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        report = show(ctx, "win-rate", "person", with_explanation=True)
        assert keyed(report)["王芳"] == (Ratio(Decimal(1), Decimal(1)), 1, 1, "few cases (1)")
        assert table(report).total == ("", Ratio(Decimal(1), Decimal(2)), 1, 2, "few cases (2)")
        said = [line.text.en for line in report.blocks[-1].lines]
        assert said[-1] == "95 % interval (Wilson) 9.5 % – 90.5 %"


def test_rows_add_up_to_the_figure_and_name_their_cell(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        rows = table(show(ctx, "receipts", with_rows=True, period="2026-02"), 1)
        assert [(row[2], row[4], row[5]) for row in rows.rows] == [
            ("王芳", Decimal("0.6"), Decimal("60.006")),
            ("赵磊", Decimal("0.3"), Decimal("30.003")),
            ("", Decimal("0.1"), Decimal("10.001")),
        ]
        assert rows.total is not None and rows.total[5] == Decimal("100.01")
        assert {row[6] for row in rows.rows} == {"f.xlsx!Sheet1!D2"}


def test_what_was_edited_names_its_batch_or_the_cell_the_value_still_has(tmp_path: Path) -> None:
    from salescli.services.record.editing import edit

    with workspace_context(tmp_path) as ctx:
        edit(ctx, "receipt", "R2", ["note=seen"])
        edit(ctx, "receipt", "R3", ["amount=8"])
        rows = table(show(ctx, "receipts", with_rows=True, period="2026-03"), 1).rows
        assert [row[-1] for row in rows] == ["f.xlsx!Sheet1!D3", "f.xlsx!Sheet1!D4 · batch 9 (by hand)"]


def test_two_currencies_are_two_lines_and_no_total(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "receipt", [{"number": "U1", "date": "2026-03-01", "amount": 9, "currency": "USD"}], "usd")
        found = table(show(ctx, "receipts"))
        assert [row[:2] for row in found.rows] == [("CNY", Decimal("157.01")), ("USD", Decimal(9))]
        assert table(show(ctx, "receipts", "person")).total is None
        assert table(show(ctx, "receipts", with_rows=True), 1).total is None


def test_a_customer_served_on_two_days_is_one_customer_of_the_month(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        lines = [
            {"order": f"O{n}", "line": "1", "ordered": f"2026-03-0{n}", "customer": name, "owner": "王芳", "amount": 1}
            for n, name in enumerate(["上海港通", "上海港通", "宁波远洋"], 1)
        ]
        load(ctx.store, "order-line", lines)
        for by in ("month", "team", "role"):
            ((_, value, *_),) = [row for row in table(show(ctx, "customers-served", by)).rows if row[1]][:1]
            assert value == 2, by
        assert keyed(show(ctx, "customers-served", "team"))["销售中心"][1] == 2


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (MetricRequest("refunds"), "there are no Refund records: import them first"),
        (
            MetricRequest("receipts", period="2026-09"),
            "no Receipt in 2026-09: dates run from 2026-02-10 through 2026-03-11",
        ),
        (MetricRequest("receipts", where=("person=李娜",)), "no Receipt in the period has person = 李娜"),
        (MetricRequest("bookings", period="2026"), "no Contract has a Signed date"),
    ],
)  # fmt: skip
def test_nothing_says_why(tmp_path: Path, request_: MetricRequest, said: str) -> None:
    with workspace_context(tmp_path) as ctx:
        found = table(build_metric_report(ctx, request_))
        assert found.rows == () and found.total is None and found.empty is not None and found.empty.en == said


@pytest.mark.parametrize(
    ("text", "nearest"), [("赢单金额", "won-value"), ("won VALUE", "won-value"), ("reciepts", "receipts"), ("天气", "")]
)
def test_a_title_leads_to_the_name_of_the_metric(tmp_path: Path, text: str, nearest: str) -> None:
    with workspace_context(tmp_path) as ctx:
        with pytest.raises(UsageError) as wrong:
            show(ctx, text)
        with pytest.raises(ProblemsFound) as refused:
            find_metric(ctx, text)
    assert [one.values["nearest"] for one in (*wrong.value.problems, *refused.value.problems)] == [nearest, nearest]


def test_everything_wrong_with_the_question_comes_at_once(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        with pytest.raises(UsageError) as wrong:
            show(ctx, "receipts", "foo", "source", where=("bar",), period="zzz")
        names = {each.name for each in wrong.value.problems}
        assert names == {"unknown-dimension", "no-such-dimension", "not-a-condition", "bad-period"}
        with pytest.raises(UsageError) as unknown:
            show(ctx, "reciepts")
        assert unknown.value.problems[0].values["nearest"] == "receipts"


@pytest.mark.parametrize("text", ["bar", "=x", "amount>=1|2", "amount>", ""])
def test_what_is_no_condition_is_said(tmp_path: Path, text: str) -> None:
    with workspace_context(tmp_path) as ctx, pytest.raises(UsageError) as wrong:
        show(ctx, "receipts", where=(text,))
    assert [each.name for each in wrong.value.problems] == ["not-a-condition"]


def test_a_blank_value_is_what_reaches_nothing(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        texts = ("contract=", "contract=(none)", "contract!=C1|C2")
        found = [table(show(ctx, "receipts", where=(text,))).rows for text in texts]
        assert found == [((Decimal(7),),)] * 3


def test_an_open_period_is_marked(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        assert show(ctx, "receipts", period="2026-Q2").title.en == "Receipts · 2026-Q2 (not begun)"
        assert show(ctx, "receipts", period="2026").title.en == "Receipts · 2026 (day 90 of 365)"
        assert show(ctx, "receipts", period="2026-03").title.zh == "回款 · 2026-03"


def test_an_earlier_state_of_knowledge(tmp_path: Path) -> None:
    with workspace_context(tmp_path) as ctx:
        load(ctx.store, "receipt", [{"number": "R9", "date": "2026-03-30", "amount": 1000}], "late")
        ctx.store.at(7)
        assert table(show(ctx, "receipts")).rows == ((Decimal("157.01"),),)
        assert show(ctx, "receipts").footer[0].en == "data through 2026-03-11 · batch 7"


def test_the_fixture_has_what_the_tests_say(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as ctx:
        assert table(show(ctx, "receipts")).rows == ()
        fill(ctx.store)
        assert table(show(ctx, "receipts")).rows == ((Decimal("157.01"),),)
