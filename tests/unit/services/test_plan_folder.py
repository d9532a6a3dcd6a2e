"""`check` of plans beside each other: a name that stands twice, plans that are not there, rates nobody can mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import Problem
from salescli.policy.plans import PlanFile, load_plan
from salescli.services.checking import check_policies
from salescli.services.plan_folder import check_plan_folder
from salescli.services.workspace import create_workspace
from tests.unit.commission.plans import SMALL

METRICS = ("receipts",)


def plan(name: str, file: str = "", **changes: str) -> PlanFile:
    text = SMALL.replace("plan: small", f"plan: {name}")
    for old, new in changes.items():
        text = text.replace(f"{old}:", new, 1)
    return load_plan(text, file or f"config/plans/{name}.yaml", METRICS)


def found(tmp_path: Path, *files: PlanFile) -> list[Problem]:
    return list(check_plan_folder(files, tmp_path))


def test_two_files_of_one_name_are_named_with_their_lines(tmp_path: Path) -> None:
    one, two = plan("a"), plan("a", "config/plans/b.yaml")
    (said,) = found(tmp_path, one, two, plan("c"))
    assert (said.name, said.where.file, said.where.line) == ("plan-name-twice", "config/plans/b.yaml", 2)
    assert said.values["place"] == "config/plans/a.yaml:2"


def test_a_name_taken_by_a_plan_with_errors_is_taken(tmp_path: Path) -> None:
    broken = plan("a", "config/plans/z.yaml", through="through: 2020-01-01\n#")
    assert broken.plan is None
    assert [each.name for each in found(tmp_path, plan("a"), broken)] == ["plan-name-twice"]


def test_a_plan_that_is_taken_over_must_be_there(tmp_path: Path) -> None:
    new = load_plan(SMALL.replace("plan: small", "plan: new").replace("payout: {", "payout: {takes_over: old, "), "new")
    (said,) = found(tmp_path, new)
    assert (said.name, said.severity) == ("takes-over-unknown-plan", "error") and said.where.line
    assert not found(tmp_path, plan("old"), new)
    assert not found(tmp_path, plan("old", through="through: 2020-01-01\n#"), new), "there, with errors of its own"


@pytest.mark.parametrize(("rate", "name"), [("-5%", "rate-below-zero"), ("5000%", "rate-above-whole"), ("100%", "")])
def test_rates_below_zero_are_refused_and_above_the_whole_asked_about(tmp_path: Path, rate: str, name: str) -> None:
    file = load_plan(SMALL.replace("from 0: 3%", f"from 0: {rate}"), "p", METRICS)
    said = [*file.problems, *found(tmp_path, file)]
    assert [each.name for each in said if each.name.startswith("rate-")] == ([name] if name else [])
    assert all(each.where.line for each in said)
    assert not load_plan(SMALL.replace("from 0: 3%", f"from 0: {rate}"), "p").problems, "kept"


def test_check_says_it_at_the_file(tmp_path: Path) -> None:
    create_workspace(tmp_path, "x", "CNY", "en")
    for file in ("a.yaml", "b.yaml"):
        (tmp_path / "config/plans" / file).write_text(SMALL.replace("receipts", "receipts-net"), encoding="utf-8")
    files = {one.file: [each.name for each in one.problems] for one in check_policies(tmp_path, ["plans"])}
    assert files == {"config/plans/a.yaml": [], "config/plans/b.yaml": ["plan-name-twice"]}


LEVELS = """
  override:
    type: rate
    pays_on: receipts
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: BASE}
    rate: 1%
    refunds: recompute
"""


@pytest.mark.parametrize(("base", "pay", "named"), [
    ("less-commission-below", "quarterly", ["levels-other-pay"]),
    ("rate-difference", "quarterly", ["levels-other-pay"]),
    ("gross", "quarterly", []),
    ("less-commission-below", "monthly", []),
])  # fmt: skip
def test_what_is_left_by_the_levels_below_is_found_run_by_run(
    tmp_path: Path, base: str, pay: str, named: list[str]
) -> None:
    text = SMALL.replace("plan: small", "plan: high").replace("\ncomponents:\n", f"\ncomponents:{LEVELS}", 1)
    high = load_plan(text.replace("BASE", base), "config/plans/high.yaml", METRICS)
    assert not high.problems, [one.name for one in high.problems]
    said = found(tmp_path, high, plan("low", pay=f"pay: {pay} #"))
    assert [one.name for one in said] == named
    assert all(one.values["text"] == "low" for one in said)
