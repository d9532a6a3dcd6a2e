"""What a draft changes beside the one before it: people, facts with their places, lines of plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Report, Table
from salescli.errors import Refused, UsageError
from salescli.services.commission.approving import approvals, approve_period
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period
from salescli.services.commission.closing_points import Accepted
from salescli.services.commission.showing import RunShown, run_period, show_run
from salescli.services.context import Context
from salescli.services.record.editing import add_record, edit
from salescli.store.runs import fetch_events
from tests.unit.services.closing import close, paying_context
from tests.unit.services.importing import give
from tests.unit.services.test_gone import NUMBERED, month


def run(context: Context, label: str = "2026-01") -> RunShown:
    return run_period(context, context.parse_period(label))


def rows(report: Report, name: str) -> list[dict[str, Any]]:
    tables = [each for each in report.blocks if isinstance(each, Table) and each.name == name]
    return [dict(zip([one.key for one in each.columns], row, strict=True)) for each in tables for row in each.rows]


def test_the_same_inputs_are_the_same_draft_and_say_so(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        first = run(context)
        assert first.change is None
        again = run(context)
        assert again.run.id == first.run.id and "nothing changed" in str(again.change and again.change.en)
        assert not rows(again.report, "changed")


def test_a_credit_that_came_is_named_with_its_cell(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        run(context)
        give(context, "一月回款-补.csv", month(1, 5), NUMBERED)
        shown = run(context)
        (person,) = rows(shown.report, "changed")
        assert person["change"] == person["payable"] - person["payable_before"] > 0
        (reason,) = rows(shown.report, "reasons")
        assert (reason["reason"], reason["what"]) == ("新增业绩", "R1-04")
        assert reason["source"] == "一月回款-补.csv!6"
        edit(context, "receipt", "R1-04", ["owner=李娜"], dated="correct")
        reasons = {(one["person"], one["reason"]) for one in rows(run(context).report, "reasons")}
        assert reasons == {(person["person"], "业绩撤销"), ("李娜", "新增业绩")}


def test_a_changed_line_of_a_plan_stands_beside_what_it_was(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        run(context)
        path = context.workspace.config / "plans" / "tenth.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("rate: 10%", "rate: 11%"), encoding="utf-8")
        shown = run(context)
        (line,) = rows(shown.report, "plan-lines")
        assert line["place"] == "config/plans/tenth.yaml:11"
        assert "rate: 10%" in line["before"] and "rate: 11%" in line["after"]
        assert {one["reason"] for one in rows(shown.report, "reasons")} == {"方案文件(见下)"}
        path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
        same = run(context)
        assert same.run.id != shown.run.id and same.change is not None
        assert same.change.en.endswith("other inputs (plans), the same results")


def test_an_approval_is_of_exact_bytes(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        january = context.parse_period("2026-01")
        with pytest.raises(Refused) as caught:
            approve_period(context, january, "李总")
        assert caught.value.problems[0].name == "no-run"
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        run(context)
        done = approve_period(context, january, "李总", "已核对")
        assert any("李总" in line.en and "已核对" in line.en for line in done.report.footer)
        again = approve_period(context, january, "李总")
        assert [one.name for one in again.problems] == ["already-approved"]
        assert not [one for one in run(context).problems if one.name == "approval-gone"]
        edit(context, "receipt", "R1-01", ["amount=7"])
        changed = run(context)
        assert [one.name for one in changed.problems] == ["approval-gone"] and not approvals(context, changed.run)
        edit(context, "receipt", "R1-01", [f"amount={month(1, 4)[1][3]}"])
        back = run(context)
        assert approvals(context, back.run), "the same bytes as those that were approved"


def settings(context: Context, text: str) -> Context:
    """Reopen the settings of a workspace with more in them."""
    from dataclasses import replace

    from salescli.services.workspace import find_workspace

    path = context.workspace.settings_path
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return replace(context, workspace=find_workspace(context.workspace.folder))


def test_closing_may_want_an_approval(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as opened:
        context = settings(opened, "commission: {close_needs: approval}\n")
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        january = context.parse_period("2026-01")
        for accepted in ((), ("approval",)):
            with pytest.raises((Refused, UsageError)) as caught:
                close_period(context, january, Accepted(accepted, "in a hurry"))
            names = {(): "close-needs-approval", ("approval",): "unknown-check-point"}
            assert [one.name for one in caught.value.problems] == [names[accepted]]
        assert not check_period(context, january).may_close
        run(context)
        approve_period(context, january, "李总")
        assert check_period(context, january).may_close
        edit(context, "receipt", "R1-01", ["amount=7"])
        with pytest.raises(Refused):
            close(context, "2026-01")
        run(context)
        approve_period(context, january, "李总")
        close(context, "2026-01")


def test_points_that_stop_are_gone_past_by_name_and_reason(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as opened:
        context = settings(opened, "commission: {stop_at: [unclaimed]}\n")
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        add_record(context, "receipt", ["number=X1", "date=2026-01-09", "amount=5"])
        january = context.parse_period("2026-01")
        with pytest.raises(Refused) as caught:
            close_period(context, january)
        assert [(one.name, one.values["point"]) for one in caught.value.problems] == [("close-stopped", "unclaimed")]
        assert not context.store.db.execute(
            "SELECT 1 FROM run WHERE period = '2026-01' AND kind = 'commission'"
        ).fetchone()
        for wrong, name in (
            (Accepted(("unclaimed",)), "accept-needs-reason"),
            (Accepted(("x",), "y"), "unknown-check-point"),
        ):
            with pytest.raises(UsageError) as refused:
                close_period(context, january, wrong)
            assert refused.value.problems[0].name == name
        done = close_period(context, january, Accepted(("unclaimed",), "claimed next month"))
        events = [(one.event, one.reason) for one in fetch_events(context.store, done.id)]
        assert events == [("made", ""), ("accepted", "unclaimed: claimed next month"), ("closed", "")]
        foot = show_run(context, done).footer
        assert any("went on past unclaimed: claimed next month" in line.en for line in foot)


def test_of_very_many_only_those_who_moved_most_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.services.commission import since

    monkeypatch.setattr(since, "EXPLAINED", 1)
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        run(context)
        edit(context, "receipt", "R1-00", ["amount=1000"])
        edit(context, "receipt", "R1-01", ["amount=102"])
        shown = run(context)
        assert [one["person"] for one in rows(shown.report, "changed")] == ["王芳", "赵磊"]
        assert [one["person"] for one in rows(shown.report, "reasons")] == ["王芳"]


def test_a_workspace_may_stop_at_every_point_of_the_list() -> None:
    import re
    from typing import get_args

    from salescli.policy.settings import CheckPoint
    from salescli.services import commission

    folder = Path(commission.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in (*folder.glob("check_*.py"), folder / "checking.py")]
    named = {name for text in texts for name in re.findall(r'check\.add\(\s*"([a-z-]+)"', text)}
    assert len(named) > 10
    assert named - {"previous", "approval", "terms-ending"} <= set(get_args(CheckPoint))


def test_a_definition_that_moves_nothing_is_named_and_one_that_does_is_a_reason(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1, 4), NUMBERED)
        run(context)
        path = context.workspace.config / "metrics.yaml"
        path.write_text(
            "own: {title: 自有, of: receipt, value: count, date: date, credit: split, unit: count}\n", encoding="utf-8"
        )
        context.__dict__.pop("catalogue", None)
        same = run(context)
        assert same.change is not None and same.change.en.endswith("other inputs (metrics), the same results")
        path.write_text(
            "receipts: {title: 回款, of: receipt, value: sum purchase, date: date, credit: split, unit: money}\n",
            encoding="utf-8",
        )
        context.__dict__.pop("catalogue", None)
        assert "指标定义" in {one["reason"] for one in rows(run(context).report, "reasons")}
