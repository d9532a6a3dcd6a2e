"""A draft's results are taken over where the engine would be given the same; nobody can tell by what is stored."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from salescli.core.periods import month_of
from salescli.services.commission import reusing, running
from salescli.services.commission.closing import verify_run
from salescli.services.commission.running import run_commission
from salescli.services.context import open_context
from salescli.services.workspace import find_workspace
from salescli.store.runs import Run, fetch_results
from tests.shell import Shell, example

TODAY = date(2026, 4, 5)
DAY = f"--today={TODAY}"
MARCH = date(2026, 3, 1)
LATE = "late/回款-2026-03-补.xlsx"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with two months closed and a draft of March."""
    shell = example("huachen", tmp_path_factory.mktemp("drafted") / "w")
    shell("import", "inbox/*")
    for month in ("2026-01", "2026-02"):
        shell("commission", "close", month, DAY)
    shell("commission", "run", "2026-03", DAY)
    return shell.folder


@pytest.fixture
def shell(drafted: Path, tmp_path: Path) -> Shell:
    return Shell(Path(shutil.copytree(drafted, tmp_path / "w")))


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom the engine computes from now on."""
    found: list[str] = []

    def counting(original: Callable[..., object]) -> Callable[..., object]:
        def compute(plan: object, inputs: object, upto: object) -> object:
            found.append(inputs.person)
            return original(plan, inputs, upto)

        return compute

    for module in (reusing, running):
        monkeypatch.setattr(module, "compute_payee", counting(module.compute_payee))
    return found


def run_again(shell: Shell) -> tuple[Run, dict[str, str]]:
    with open_context(find_workspace(shell.folder), today=TODAY) as context:
        run = run_commission(context, month_of(MARCH)).run
        assert run is not None
        assert verify_run(context, run).is_same
        return run, fetch_results(context.store, run.id)


def from_the_beginning(shell: Shell) -> dict[str, str]:
    """Run where nothing is remembered."""
    (shell.folder / reusing.CACHE).unlink()
    return run_again(shell)[1]


def test_nobody_is_computed_again_where_nothing_happened(shell: Shell, computed: list[str]) -> None:
    with open_context(find_workspace(shell.folder), today=TODAY) as context:
        run = run_commission(context, month_of(MARCH)).run
    assert run is not None
    assert run.id == 3, "the same draft"
    assert computed == []


def test_only_those_whom_a_late_file_touches_are_computed(shell: Shell, computed: list[str]) -> None:
    before = run_again(shell)[1]
    computed.clear()
    shell("import", LATE, DAY)
    with open_context(find_workspace(shell.folder), today=TODAY) as context:
        run_commission(context, month_of(MARCH))
    touched = set(computed)
    after = run_again(shell)[1]
    people = {json.loads(text)["person"] for item, text in after.items() if text != before[item]}
    assert people
    assert people <= touched
    assert len(touched) < len(after) / 2
    assert from_the_beginning(shell) == after


@pytest.mark.parametrize("change", ["target", "plan"])
def test_what_everybody_is_given_is_seen(shell: Shell, computed: list[str], change: str) -> None:
    """A changed plan is everybody's on it; a quota is one person's."""
    if change == "plan":
        plan = next((shell.folder / "config" / "plans").glob("account-manager*"))
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text.replace("round_to: 0.01", "round_to: 1"), encoding="utf-8")
        assert "round_to: 1" in plan.read_text(encoding="utf-8")
    else:
        for words in ("quota split receipts-2026", "quota accept"):
            shell(*words.split(), DAY)
    after = run_again(shell)[1]
    assert computed
    assert from_the_beginning(shell) == after


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held: {**held, "run": [held["run"][0], "0" * 64]},
        lambda held: {**held, "run": [held["run"][0] + 1, held["run"][1]]},
        lambda held: {**held, "engine": "another"},
        lambda held: {**held, "digests": [1, 2]},
        lambda held: [held],
        lambda held: {},
        lambda held: {**held, "digests": dict.fromkeys(held["digests"], "x")},
    ],
)
def test_a_file_that_is_of_something_else_is_as_if_it_were_not_there(
    shell: Shell, computed: list[str], spoil: Callable[[object], object]
) -> None:
    path = shell.folder / reusing.CACHE
    path.write_text(json.dumps(spoil(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with open_context(find_workspace(shell.folder), today=TODAY) as context:
        run = run_commission(context, month_of(MARCH)).run
    assert run is not None
    assert run.id == 3
    assert len(computed) > 5


def test_a_draft_that_was_changed_behind_its_back_is_not_taken_over(shell: Shell, computed: list[str]) -> None:
    with open_context(find_workspace(shell.folder), today=TODAY) as context:
        changed = 'UPDATE run_result SET result = replace(result, \'"payable":"\', \'"payable":"9\') WHERE run = 3'
        with context.store.transaction("tampered"):
            context.store.db.execute(changed)
        run = run_commission(context, month_of(MARCH)).run
        assert run is not None
        assert len(computed) > 5


def test_broken_json_is_passed_over(shell: Shell, computed: list[str]) -> None:
    (shell.folder / reusing.CACHE).write_text("{", encoding="utf-8")
    run_again(shell)
    assert len(computed) > 5
