"""A new calculation reaches closed months on purpose only, with a cause of its own; what is stored stays the truth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.commission.components import rate
from salescli.errors import Refused
from salescli.services.commission import running
from salescli.services.commission.accepting import accept_calculation
from salescli.services.commission.closing import close_period, verify_run, verify_shown
from salescli.services.commission.restating import restate_period, take_back
from salescli.services.commission.running import compute_period, run_commission
from salescli.services.commission.showing import run_period, show_period
from salescli.services.commission.statements import show_statement
from salescli.services.context import Context
from salescli.store.runs import closed_runs, fetch_results
from tests.unit.services.closing import close, paying_context
from tests.unit.store_support import load

WHY = "新的计算版本"


@contextmanager
def newer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    """January 100 and February 50 are closed; then the calculation pays twice as much."""
    with paying_context(folder / "w") as context:
        load(context.store, "contract", [{"number": "C", "owner": "王芳"}])
        rows = [
            {"number": f"R{month}", "date": f"2026-0{month}-05", "amount": amount, "contract": "C"}
            for month, amount in ((1, "1000"), (2, "500"), (3, "200"))
        ]
        load(context.store, "receipt", rows)
        close(context, "2026-01", "2026-02")
        old = rate._pay_stretch
        monkeypatch.setattr(rate, "_pay_stretch", lambda *given: old(*given) * 2)
        monkeypatch.setattr(running, "CALCULATION", 2)
        yield context


def accept(context: Context, period: str) -> Any:
    return accept_calculation(context, context.parse_period(period), WHY)


def differences(context: Context, month: str = "2026-03") -> list[tuple[str, str, str]]:
    done = compute_period(context, context.parse_period(month))
    return [
        (f"{each.period:%Y-%m}", str(each.amount), each.cause)
        for one in done.computed
        for part in one.result.components
        for each in part.differences
    ]


def names(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.name for one in raised.value.problems]


def test_no_month_is_run_upon_months_of_another_calculation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        march = context.parse_period("2026-03")
        for what in (compute_period, run_commission, run_period, close_period):
            with pytest.raises(Refused) as raised:
                what(context, march)
            assert names(raised) == ["calculation-not-accepted"]
            assert raised.value.problems[0].values["periods"] == ["2026-01", "2026-02"]
        assert list(closed_runs(context.store, "commission")) == ["2026-01", "2026-02"]
        assert "100.00" in str(show_period(context, context.parse_period("2026-01")).report), "what is stored is shown"


def test_what_is_accepted_is_posted_once_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        runs = closed_runs(context.store, "commission")
        before = {run.id: fetch_results(context.store, run.id) for run in runs.values()}
        shown = accept(context, "2026")
        assert differences(context) == [("2026-01", "100.00", "calculation"), ("2026-02", "50.00", "calculation")]
        assert [row[-2:] for block in shown.report.blocks for row in block.rows] == [
            (Decimal("100.00"), "计算版本变动"), (Decimal("50.00"), "计算版本变动"),
        ]  # fmt: skip
        assert {run: fetch_results(context.store, run) for run in before} == before
        said = str(run_period(context, context.parse_period("2026-03")).report)
        assert "计算版本变动" in said and WHY in said
        close(context, "2026-03")
        assert differences(context, "2026-04") == [], "posted once"
        march = closed_runs(context.store, "commission")["2026-03"]
        assert verify_run(context, march).is_same
        with pytest.raises(Refused) as raised:
            accept(context, "2026-01")
        assert names(raised) == ["nothing-to-accept"]


def test_months_may_be_accepted_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        shown = accept(context, "2026-01")
        assert shown.report is None and [one.name for one in shown.problems] == ["calculation-not-accepted"]
        assert shown.problems[0].values["periods"] == ["2026-02"] and shown.problems[0].severity == "warning"
        with pytest.raises(Refused):
            compute_period(context, context.parse_period("2026-03"))
        assert accept(context, "2026-02").report is not None
        assert len(differences(context)) == 2
        shown = take_back(context, context.parse_period("2026-02"), "not yet")
        assert shown.report is None, "nothing can be computed until it is accepted again"


def test_a_restatement_keeps_what_was_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        accept(context, "2026")
        path = context.workspace.config / "plans" / "tenth.yaml"
        path.write_text(path.read_text("utf-8").replace("10%", "20%"), encoding="utf-8")
        assert differences(context) == [("2026-01", "100.00", "calculation"), ("2026-02", "50.00", "calculation")]
        restate_period(context, context.parse_period("2026-01"), "also the rate")
        assert differences(context) == [
            ("2026-01", "100.00", "calculation"),
            ("2026-01", "200.00", "restated"),
            ("2026-02", "50.00", "calculation"),
        ]
        monkeypatch.setattr(running, "CALCULATION", 3)
        accept(context, "2026")
        assert [amount for _, amount, _ in differences(context)] == ["100.00", "200.00", "50.00"], "documents stay"


def test_a_late_fact_beside_it_is_named_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        accept(context, "2026")
        load(context.store, "receipt", [{"number": "L", "date": "2026-02-06", "amount": "10", "contract": "C"}])
        assert differences(context)[1] == ("2026-02", "52.00", "calculation")
        said = str(run_period(context, context.parse_period("2026-03")).report)
        assert "计算版本变动" in said and "迟到的回款 L" in said


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        for period, reason, wanted in (
            ("2026-03", WHY, ["not-closed"]),
            ("2026-02", " ", ["restate-needs-reason"]),
        ):
            with pytest.raises(Refused) as raised:
                accept_calculation(context, context.parse_period(period), reason)
            assert names(raised) == wanted


def test_verify_prints_what_another_calculation_makes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        report, problems = verify_shown(context)
        assert [(one.name, one.severity) for one in problems] == [
            ("run-differs", "error"), ("run-other-calculation", "warning"),
        ] * 2  # fmt: skip
        assert [row[2:] for row in report.blocks[1].rows][:2] == [
            ("1", "王芳", "tenth", "应计", Decimal("100.00"), Decimal("200.00"), Decimal("100.00")),
            ("1", "王芳", "tenth", "应发", Decimal("100.00"), Decimal("200.00"), Decimal("100.00")),
        ]
        accept(context, "2026")
        assert verify_shown(context)[1], "what is stored stays: it is of the other calculation still"


def test_a_statement_says_what_was_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer(tmp_path, monkeypatch) as context:
        shown = show_statement(context, context.parse_period("2026-01"), "王芳")
        said = str(shown.report)
        assert "100.00" in said and "200.00" not in said
        assert [one.name for one in shown.problems] == ["explained-differs"]


def test_a_calculation_that_changes_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with paying_context(tmp_path / "w") as context:
        close(context, "2026-01")
        monkeypatch.setattr(running, "CALCULATION", 2)
        _, problems = verify_shown(context)
        assert [(one.name, one.severity) for one in problems] == [("run-other-calculation", "note")]
