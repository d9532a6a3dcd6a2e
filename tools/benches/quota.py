"""What splitting and accepting the quotas of 5,000 people costs, beside merely writing as many rows to SQLite."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from salescli.core.records.registry import built_in
from salescli.core.records.staged import Source, Staged
from salescli.store.batches import begin_batch
from salescli.store.connection import Store, open_store
from salescli.store.merge import merge_staged
from salescli.store.schema import declaration_text
from tools.benches.paired import Case, Program, salescli

PEOPLE, TEAMS, MONTHS = 5_000, 250, 12
METRICS = ("receipts", "bookings", "invoiced")
SEED = 20260103
TODAY = "2026-01-05"
_SETTINGS = "name: bench\ncurrency: CNY\nfiscal_year_start: 1\nlanguage: en\n"
_POLICY = """\
format: 1
targets: {metric}-2026
for_year: 2026
metric: {metric}
amount: 5,000,000,000
teams:
  split_by: {{history: 70%, equal: 30%}}
  street_above: 3%
people:
  split_by: {{history: 70%, equal: 30%}}
  without_history: team-median
  street_above: 5%
  at_least: 80% of own last year
months:
  split_by: seasonal
  history: [2025]
  pull_to_equal: 50%
round_to: 100
"""
# The rows of a target, from one formula, into a table with the key of a target; nothing is read, checked or split.
_WRITE = """\
import sqlite3, sys

people, teams, months = map(int, sys.argv[1:4])
db = sqlite3.connect("written.db")
db.execute(
    "CREATE TABLE target (id INTEGER PRIMARY KEY, metric TEXT, level TEXT, team TEXT, person TEXT, month TEXT, "
    "amount_e4 INTEGER, currency TEXT)"
)
db.execute("CREATE UNIQUE INDEX target_key ON target (metric, level, team, person, month)")
rows = (
    (metric, "base", f"T{person % teams:03}", f"{person:04}", f"2026-{month:02}", 10_000 * (person + month), "CNY")
    for metric in sys.argv[4:]
    for person in range(people)
    for month in range(1, months + 1)
)
with db:
    db.executemany(
        "INSERT INTO target (metric, level, team, person, month, amount_e4, currency) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
"""


def cases(folder: Path) -> list[Case]:
    """The targets of three metrics split and stored as drafts; and drafts accepted as well."""
    workspace = _workspace(folder)
    split = f"{PEOPLE * MONTHS * len(METRICS):,} targets"
    (folder / "empty").mkdir(exist_ok=True)
    words = (str(PEOPLE), str(TEAMS), str(MONTHS), *METRICS)
    other = Program((sys.executable, "-c", _WRITE, *words), folder / "written", template=folder / "empty")
    today = {"SALESCLI_TODAY": TODAY}
    names = [f"{metric}-2026" for metric in METRICS]
    ours = Program(salescli("quota", "split", *names), folder / "workspace", today, workspace)
    accepted = Program(salescli("quota", "accept", "1", "2", "3"), folder / "accepted", today, _with_drafts(workspace))
    name = "writing them to SQLite"
    return [
        Case(f"quota split: {split}", ours, other, name, goal=3.0),
        Case(f"quota accept: {split}", accepted, other, name, goal=3.0),
    ]


def _with_drafts(workspace: Path) -> Path:
    """A copy of the workspace with its three drafts, made anew: what accepting starts from."""
    copy = workspace.with_name(f"{workspace.name}-drafts")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(workspace, copy)
    names = [f"{metric}-2026" for metric in METRICS]
    environment = {"SALESCLI_TODAY": TODAY}
    subprocess.run(
        ["env", *(f"{key}={value}" for key, value in environment.items()), *salescli("quota", "split", *names)],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return copy


def _workspace(folder: Path) -> Path:
    """Return a workspace with people, seats and a year of figures, which is made once for these record types."""
    declared = "".join(declaration_text(kind) for kind in built_in().types)
    workspace = folder / f"{PEOPLE}-{SEED}-{hashlib.sha256(declared.encode()).hexdigest()[:12]}"
    (workspace / "config" / "targets").mkdir(parents=True, exist_ok=True)
    (workspace / "salescli.yaml").write_text(_SETTINGS, encoding="utf-8")
    for metric in METRICS:
        path = workspace / "config" / "targets" / f"{metric}-2026.yaml"
        path.write_text(_POLICY.format(metric=metric), encoding="utf-8")
    if not (workspace / "salescli.db").exists():
        unfinished = workspace / "unfinished.db"
        unfinished.unlink(missing_ok=True)
        with open_store(unfinished, create=True, base_currency="CNY") as store:
            _fill(store)
        unfinished.rename(workspace / "salescli.db")
    return workspace


def _fill(store: Store) -> None:
    """Merge teams, people, their seats, and a figure of each metric for each person and month of 2025."""
    teams = [f"T{number:03}" for number in range(TEAMS)]
    people = [f"{number:04}" for number in range(PEOPLE)]
    _merge(store, "team", {"number": teams, "name": [f"团队{number}" for number in teams]})
    _merge(store, "person", {"number": people, "name": [f"销售{number}" for number in people]})
    seats: dict[str, Sequence[object]] = {
        "person": people,
        "team": [teams[number % TEAMS] for number in range(PEOPLE)],
        "from": ["2024-01-01"] * PEOPLE,
        "role": ["销售"] * PEOPLE,
    }
    _merge(store, "assignment", seats)
    chance = random.Random(SEED)
    for kind, day in (("receipt", "date"), ("contract", "signed"), ("invoice", "date")):
        cells = [(person, month) for person in people for month in range(1, MONTHS + 1)]
        columns: dict[str, Sequence[object]] = {
            "number": [f"{person}-{month:02}" for person, month in cells],
            day: [f"2025-{month:02}-{chance.randint(1, 28):02}" for _, month in cells],
            "owner": [person for person, _ in cells],
            "amount": [chance.randint(10_000, 150_000) * 10_000 for _ in cells],
        }
        _merge(store, kind, columns)


def _merge(store: Store, type_name: str, columns: Mapping[str, Sequence[object]]) -> None:
    count = len(next(iter(columns.values())))
    letters = {name: chr(ord("A") + place) for place, name in enumerate(columns)}
    source = Source(f"{type_name}.xlsx", "", "Sheet1", type_name, letters)
    rows = list(range(2, count + 2))
    staged = Staged(store.registry[type_name], source, rows, {name: list(column) for name, column in columns.items()})
    with store.transaction():
        merge_staged(store, begin_batch(store, "import", type_name), staged)
