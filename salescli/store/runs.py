"""Runs: results of pure functions, kept with everything that went in. A run is a draft until it is closed.

Results and manifests are canonical JSON, so that running again on the same inputs gives the same bytes and finds the
same run. Closing and reopening are events, appended; nothing of a run is ever changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from salescli.errors import UsageError, problem
from salescli.store.batches import user_name
from salescli.store.connection import Store
from salescli.store.schema import utc_now

RunState = Literal["draft", "closed"]
SAME = "same"  # the event of a run that came out again, by what a later batch knows


@dataclass(frozen=True, slots=True)
class Run:
    """A stored run: what kind, of what, for which period, on which knowledge, and whether it is closed."""

    id: int
    kind: str
    subject: str
    period: str
    at: str
    by: str
    known: int
    manifest: dict[str, Any]
    sha256: str
    state: RunState


@dataclass(frozen=True, slots=True)
class RunEvent:
    """Something that happened to a run: made, closed, reopened, approved."""

    run: int
    event: str
    at: str
    by: str
    reason: str


def canonical(value: object) -> str:
    """Return the one JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def save_document(store: Store, name: str, text: str) -> str:
    """Keep a policy's text by its SHA-256, once; return the digest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    store.db.execute("INSERT OR IGNORE INTO document VALUES (?, ?, ?)", (digest, name, text))
    return digest


def fetch_document(store: Store, digest: str) -> tuple[str, str]:
    """Return name and text of a kept policy."""
    row = store.db.execute("SELECT name, text FROM document WHERE sha256 = ?", (digest,)).fetchone()
    return str(row[0]), str(row[1])


def save_run(
    store: Store,
    kind: str,
    subject: str,
    period: str,
    known: int,
    manifest: Mapping[str, Any],
    results: Mapping[str, str],
) -> Run:
    """Store a draft and return it; the same inputs and results as the newest draft of the period are that draft."""
    manifest_text = canonical(manifest)
    digest = _digest(manifest_text, results)
    row = store.db.execute(
        "SELECT id FROM run WHERE kind = ? AND subject = ? AND period = ? ORDER BY id DESC LIMIT 1",
        (kind, subject, period),
    ).fetchone()
    if row and (newest := fetch_run(store, row[0])).sha256 == digest and newest.state == "draft":
        return newest
    cursor = store.db.execute(
        "INSERT INTO run (kind, subject, period, at, by, known, manifest, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (kind, subject, period, utc_now(), user_name(), known, manifest_text, digest),
    )
    number = cursor.lastrowid
    assert number is not None
    store.db.executemany("INSERT INTO run_result VALUES (?, ?, ?)", ((number, *item) for item in results.items()))
    add_event(store, number, "made")
    return fetch_run(store, number)


def _digest(manifest_text: str, results: Mapping[str, str]) -> str:
    return hashlib.sha256(canonical([manifest_text, sorted(results.items())]).encode()).hexdigest()


def is_whole(run: Run, results: Mapping[str, str]) -> bool:
    """Tell whether results are those that a run was stored with."""
    return run.sha256 == _digest(canonical(run.manifest), results)


def fetch_run(store: Store, number: int) -> Run:
    """Return one run.

    Raises:
        UsageError: there is none of that number.
    """
    row = store.db.execute(
        "SELECT id, kind, subject, period, at, by, known, manifest, sha256 FROM run WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise UsageError(problem("no-such-run", run=number))
    number, kind, subject, period, at, by, known, manifest, digest = row
    return Run(number, kind, subject, period, at, by, known, json.loads(manifest), digest, _state(store, number))


def fetch_runs(store: Store, kind: str, period: str = "", subject: str = "") -> list[Run]:
    """Return the runs of a kind, newest first, of one period or subject where given."""
    rows = store.db.execute(
        "SELECT id FROM run WHERE kind = ? AND (? = '' OR period = ?) AND (? = '' OR subject = ?) ORDER BY id DESC",
        (kind, period, period, subject, subject),
    ).fetchall()
    return [fetch_run(store, number) for (number,) in rows]


def closed_runs(store: Store, kind: str, subject: str = "") -> dict[str, Run]:
    """Return the closed run of each period, periods in order."""
    found = {run.period: run for run in reversed(fetch_runs(store, kind, subject=subject)) if run.state == "closed"}
    return dict(sorted(found.items()))


def fetch_results(store: Store, run: int) -> dict[str, str]:
    """Return what a run computed, by item, as canonical JSON."""
    return dict(store.db.execute("SELECT item, result FROM run_result WHERE run = ? ORDER BY item", (run,)).fetchall())


def fetch_items(store: Store, run: int) -> list[str]:
    """Return whom, or what, a run computed."""
    return [item for (item,) in store.db.execute("SELECT item FROM run_result WHERE run = ? ORDER BY item", (run,))]


def fetch_result(store: Store, run: int, item: str) -> str:
    """Return what a run computed of one item."""
    row = store.db.execute("SELECT result FROM run_result WHERE run = ? AND item = ?", (run, item)).fetchone()
    return str(row[0])


def add_event(store: Store, run: int, event: str, reason: str = "", by: str = "") -> None:
    """Append what happened to a run."""
    store.db.execute(
        "INSERT INTO run_event (run, event, at, by, reason) VALUES (?, ?, ?, ?, ?)",
        (run, event, utc_now(), by or user_name(), reason),
    )


def confirm_run(store: Store, run: Run, batch: int) -> None:
    """Note that a run came out the same by what is known at a later batch; the run itself stays as it was made."""
    if batch > confirmed_at(store, run):
        add_event(store, run.id, SAME, str(batch))


def confirmed_at(store: Store, run: Run) -> int:
    """Return the newest batch by which a run came out as it is: that it was made by, or a later one."""
    row = store.db.execute(
        "SELECT max(CAST(reason AS INTEGER)) FROM run_event WHERE run = ? AND event = ?", (run.id, SAME)
    ).fetchone()
    return max(run.known, row[0] or 0)


def fetch_events(store: Store, run: int) -> list[RunEvent]:
    """Return everything that happened to a run, oldest first."""
    rows = store.db.execute("SELECT run, event, at, by, reason FROM run_event WHERE run = ? ORDER BY id", (run,))
    return [RunEvent(*row) for row in rows]


def _state(store: Store, run: int) -> RunState:
    """The newest of closing and reopening decides."""
    row = store.db.execute(
        "SELECT event FROM run_event WHERE run = ? AND event IN ('closed', 'reopened') ORDER BY id DESC LIMIT 1", (run,)
    ).fetchone()
    return "closed" if row and row[0] == "closed" else "draft"
