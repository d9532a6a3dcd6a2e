"""`check`: every file, every problem, by name; what nothing reads; the schema of each kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salescli.errors import UsageError
from salescli.services.checking import KINDS, check_policies, policy_schema
from salescli.services.workspace import create_workspace

BROKEN = {
    "salescli.yaml": "name: x\ncurrency: CNY\nlanguge: zh\n",
    "config/metrics.yaml": (
        "mine: {title: Mine, of: reciept, value: sum amount, date: date, credit: none, unit: money}\n"
    ),
    "config/process.yaml": "format: 1\nprocess: p\nstages: []\nfoo: 1\n",
    "config/records.yaml": "format: 1\nfields: {deel: {}}\n",
    "config/plans/a.yaml": "plan: a\n",
    "config/targets/b.yaml": "metrik: receipts\n",
    "config/scorecards/e.yaml": "scorecard: e\n",
    "config/imports/c.yaml": "format: 1\n",
    "config/cases/d.yaml": "case: d\n",
    "config/payroll.yaml": "format: 1\ncolumns: []\nfoo: 1\n",
    "config/market.yaml": "format: 1\nsizes:\n  - {period: 2026-Q9, metric: bookings, amount: 1}\n",
    "config/metric.yaml": "a: 1\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    create_workspace(tmp_path, "x", "CNY", "en")
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_new_workspace_has_nothing_wrong(workspace: Path) -> None:
    assert [(one.file, one.problems) for one in check_policies(workspace)] == [("salescli.yaml", ())]


def test_every_file_is_checked_and_every_problem_has_its_place(workspace: Path) -> None:
    write(workspace, BROKEN)
    checked = check_policies(workspace)
    assert {one.file for one in checked} == set(BROKEN)
    for one in checked:
        assert one.problems, one.file
        assert {each.where.file for each in one.problems} == {one.file}
    assert {one.kind for one in checked} == {"", *(kind.name for kind in KINDS)}
    (unread,) = checked[-1].problems
    assert (unread.name, unread.severity, unread.values["nearest"]) == ("policy-not-read", "warning", "metrics")


def test_some_may_be_named_by_kind_file_or_stem(workspace: Path) -> None:
    write(workspace, BROKEN)
    for name in ("plans", "a", "a.yaml", "config/plans/a.yaml", str(workspace / "config/plans/a.yaml")):
        assert [one.file for one in check_policies(workspace, [name])] == ["config/plans/a.yaml"], name
    with pytest.raises(UsageError) as wrong:
        check_policies(workspace, ["plan", "nope"])
    assert [each.name for each in wrong.value.problems] == ["unknown-policy", "unknown-policy"]
    assert wrong.value.problems[0].values["nearest"] == "plans"


def test_targets_must_name_a_metric_there_is(workspace: Path) -> None:
    source = Path(__file__).parents[3] / "examples/huachen/config/targets/receipts-2026.yaml"
    text = source.read_text(encoding="utf-8").replace("metric: receipts-net", "metric: recepts-net")
    write(workspace, {"config/targets/t.yaml": text})
    (found,) = check_policies(workspace, ["targets"])[0].problems
    assert (found.name, found.values["nearest"]) == ("unknown-metric", "receipts-net")


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_each_kind_has_a_schema(kind: str) -> None:
    schema = json.loads(policy_schema(kind))
    assert schema["$schema"].startswith("https://json-schema.org/") and schema["title"]
