"""A month is closed whole or not at all: killed at any statement, and by two at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest

from salescli.errors import Refused
from salescli.services.commission.closing import verify_run
from salescli.services.commission.paid import fetch_payments, state_of_run
from salescli.services.commission.running import run_commission
from salescli.services.context import Context, open_context
from salescli.services.workspace import find_workspace
from salescli.store import connection
from salescli.store.runs import fetch_events, fetch_results, fetch_runs
from tests.unit.services.closing import close, paying_context
from tests.unit.services.importing import give
from tests.unit.services.test_gone import NUMBERED, month

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "SALESCLI_LANG": "en", "SALESCLI_TODAY": "2026-03-05"}

# Each child opens a copy of the workspace and is killed, by SIGKILL, at its n-th statement.
KILLED = textwrap.dedent(
    """
    import json, os, shutil, signal, sys
    from datetime import date
    from pathlib import Path
    from salescli.services.commission.closing import close_period
    from salescli.services.commission.pay_sheet import record_payments
    from salescli.services.commission.running import run_commission
    from salescli.services.context import open_context
    from salescli.services.workspace import find_workspace

    def work(folder, action, at, pipe):
        with open_context(find_workspace(folder), today=date(2026, 12, 31)) as context:
            seen = []
            def count(statement):
                seen.append(statement.lstrip()[:6].upper())
                if len(seen) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
            context.store.db.set_trace_callback(count)
            if action == "pay":
                record_payments(context, context.parse_period("2026-01"), folder / "paid.csv")
            else:
                act = {"run": run_commission, "close": close_period}[action]
                act(context, context.parse_period("2026-02"))
            if pipe is not None:
                os.write(pipe, json.dumps(seen).encode())

    def child(folder, action, at, pipe=None):
        number = os.fork()
        if number == 0:
            try:
                work(folder, action, at, pipe)
            finally:
                os._exit(0)
        return number

    source, scratch, action = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    whole = scratch / "whole"
    shutil.copytree(source, whole)
    reading, writing = os.pipe()
    number = child(whole, action, 0, writing)
    os.close(writing)
    seen = json.loads(os.fdopen(reading).read())
    os.waitpid(number, 0)
    writes = [at for at, word in enumerate(seen, 1) if word not in ("SELECT", "PRAGMA", "WITH")]
    points = sorted({*writes, *range(1, len(seen) + 1, max(1, len(seen) // 20)), len(seen)})
    killed = []
    for at in points:
        folder = scratch / str(at)
        shutil.copytree(source, folder)
        _, status = os.waitpid(child(folder, action, at), 0)
        killed.append([str(folder), os.WIFSIGNALED(status)])
    print(json.dumps({"statements": len(seen), "folders": killed}))
    """
)


@pytest.fixture
def two_months(tmp_path: Path) -> Path:
    """A workspace with January closed, and February with its receipts and an older draft."""
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        give(context, "二月回款.csv", month(2), NUMBERED)
        context.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (context.workspace.folder / "paid.csv").write_text("姓名,实发\n王芳,171\n赵磊,1\n", encoding="utf-8")
    return tmp_path / "w"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("action", ["run", "close", "pay"])
def test_killed_at_any_statement_the_month_is_as_before_or_whole(action: str, two_months: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "killed"
    scratch.mkdir()
    command = [sys.executable, "-c", KILLED, str(two_months), str(scratch), action]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert len(told["folders"]) > 20 and all(killed for _, killed in told["folders"])
    outcomes = {outcome_of(Path(folder), action) for folder, _ in told["folders"]}
    assert "as before" in outcomes
    assert outcome_of(scratch / "whole", action) == "whole"
    assert outcomes <= {"as before", "whole"}


def outcome_of(folder: Path, action: str) -> str:
    """What a workspace holds of February; anything but the two allowed states is told as it is."""
    with open_context(find_workspace(folder), today=date(2026, 12, 31)) as context:
        assert context.store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if action == "pay":
            return paid_outcome(context)
        runs = fetch_runs(context.store, "commission", "2026-02")
        if not runs:
            return "as before"
        (run,) = runs
        events = [event.event for event in fetch_events(context.store, run.id)]
        expected = ["made"] if action == "run" else ["made", "closed"]
        again = run_commission(context, context.parse_period("2026-02")) if action == "run" else None
        is_same = verify_run(context, run).is_same and (again is None or again.run == run)
        results = fetch_results(context.store, run.id)
        return "whole" if events == expected and is_same and len(results) == 3 else f"{events} {len(results)}"


def paid_outcome(context: Context) -> str:
    """What is recorded of January's payments: the batch, its records and the event of the run, or nothing of it."""
    (run,) = fetch_runs(context.store, "commission", "2026-01")
    events = [event.event for event in fetch_events(context.store, run.id) if event.event == "paid"]
    batches = context.store.db.execute("SELECT count(*) FROM batch WHERE title LIKE 'paid.csv%'").fetchone()[0]
    found = (len(fetch_payments(context, "2026-01")), len(events), batches, state_of_run(context, run))
    return {(0, 0, 0, "closed"): "as before", (2, 1, 1, "paid"): "whole"}.get(found, str(found))


def test_of_two_closings_at_once_one_is_refused(two_months: Path) -> None:
    command = [sys.executable, "-m", "salescli", "--workspace", str(two_months), "commission", "close", "2026-02"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [(each.communicate()[1], each.returncode) for each in both]
    assert sorted(code for _, code in told) == [0, 1]
    (refused,) = [said for said, code in told if code == 1]
    assert "error[already-closed]" in refused or "error[store-locked]" in refused
    assert closings(two_months) == 1


# Holds the store inside the closing until the other one has been refused.
HOLDING = textwrap.dedent(
    """
    import sys, time
    from datetime import date
    from pathlib import Path
    from salescli.services.commission import closing
    from salescli.services.context import open_context
    from salescli.services.workspace import find_workspace

    folder = Path(sys.argv[1])
    stop = closing.stop_open_points
    def wait(*given):
        (folder / "holding").touch()
        while not (folder / "go").exists():
            time.sleep(0.01)
        stop(*given)
    closing.stop_open_points = wait
    with open_context(find_workspace(folder), today=date(2026, 12, 31)) as context:
        closing.close_period(context, context.parse_period("2026-02"))
    """
)


def test_a_closing_during_another_says_who_holds_the_store(two_months: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with open_context(find_workspace(two_months), today=date(2026, 12, 31)) as context:
        first = subprocess.Popen([sys.executable, "-c", HOLDING, str(two_months)], cwd=ROOT, env=ENVIRONMENT)
        try:
            while not (two_months / "holding").exists():
                assert first.poll() is None
                time.sleep(0.01)
            with pytest.raises(Refused) as caught:
                close(context, "2026-02")
        finally:
            (two_months / "go").touch()
            assert first.wait(60) == 0
    (said,) = caught.value.problems
    assert said.name == "store-locked" and "commission close 2026-02" in str(said.values["holder"])
    assert closings(two_months) == 1


def closings(folder: Path) -> int:
    """How often February was closed."""
    with open_context(find_workspace(folder), today=date(2026, 12, 31)) as context:
        runs = fetch_runs(context.store, "commission", "2026-02")
        return sum(event.event == "closed" for run in runs for event in fetch_events(context.store, run.id))
