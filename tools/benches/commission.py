"""What commission costs: a million order lines beside one SQLite window query, ten million beside one, a team's month.

The inputs are prepared by `commission_data.py`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.benches.commission_data import FIVE_COMPONENTS, ONE_COMPONENT, build_workspace, person_key
from tools.benches.paired import Case, Program, salescli
from tools.benches.start import empty_program

MILLION = 1_000_000
PEOPLE = 1_000
# The running sum of each person cut into slices, line by line, in ten-thousandths; rates in hundredths. An index by
# person would make it half as slow again: it reads the table in its own order.
_QUERY = """\
import sqlite3, sys

QUERY = '''
WITH line AS (
    SELECT owner_id, amount_e4, sum(amount_e4) OVER (PARTITION BY +owner_id ORDER BY ordered, id) AS reached
    FROM order_line WHERE until_batch IS NULL AND ordered >= '2026-01-01' AND ordered < '2027-01-01'
)
SELECT owner_id, sum(amount_e4), sum(
    1 * (min(reached, 10000000000) - min(reached - amount_e4, 10000000000))
    + 2 * (min(max(reached, 10000000000), 30000000000) - min(max(reached - amount_e4, 10000000000), 30000000000))
    + 3 * (max(reached, 30000000000) - max(reached - amount_e4, 30000000000))
) FROM line GROUP BY owner_id
'''
db = sqlite3.connect(sys.argv[1])
db.execute('PRAGMA cache_size = -65536')
assert len(db.execute(QUERY).fetchall()) == int(sys.argv[2])
"""


def cases(folder: Path) -> list[Case]:
    """Runs of a thousand people over a million lines, with one component and with five; a team's month; one line."""
    found = []
    for plan, words, goal in ((ONE_COMPONENT, "1,000,000 lines", 1.5), (FIVE_COMPONENTS, "five components", 2.0)):
        workspace = build_workspace(folder, MILLION, PEOPLE, plan)
        ours = Program(salescli("commission", "run", "2026-12"), folder / "workspace", template=workspace)
        other = Program((sys.executable, "-c", _QUERY, str(workspace / "salescli.db"), str(PEOPLE)), folder)
        name = "one SQLite window query"
        found.append(Case(f"commission: {words}", ours, other, name, goal=goal, rounds=5, memory_goal=500_000_000))
    return [*found, *_small_cases(folder)]


def _small_cases(folder: Path) -> list[Case]:
    """200 people and 5,000 lines: a month's run, and the explanation of one line, beside an empty typer program."""
    workspace = build_workspace(folder, 5_000, 200, FIVE_COMPONENTS)
    ran = folder / "explained"
    if not ran.exists():
        unfinished = folder / "explained-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(workspace, unfinished)
        subprocess.run(salescli("commission", "run", "2026-12"), cwd=unfinished, capture_output=True, check=True)
        unfinished.rename(ran)
    empty, name = empty_program(folder), "an empty typer program"
    month = Program(salescli("commission", "run", "2026-12"), folder / "month", template=workspace)
    words = ("commission", "explain", "2026-12", "--person", person_key(7), "--transaction", _a_line_of(ran, 7))
    line = Program(salescli(*words), ran)
    return [
        Case("commission: 200 people, 5,000 lines", month, empty, name, goal=5.5, rounds=9),  # well under a second
        Case("commission: explain one line", line, empty, name, goal=2.0, rounds=9),
    ]


def _a_line_of(workspace: Path, number: int) -> str:
    """Return the key of a person's last line of December."""
    import sqlite3

    with sqlite3.connect(workspace / "salescli.db") as db:
        (key,) = db.execute(
            """SELECT e.key FROM order_line AS l JOIN entity AS e ON e.id = l.id JOIN person AS p ON p.id = l.owner_id
               WHERE p.number = ? AND l.ordered >= '2026-12-01' ORDER BY l.ordered DESC, l.id LIMIT 1""",
            (person_key(number),),
        ).fetchone()
    return str(key)


def ten_millions(folder: Path) -> list[Case]:
    """Ten million lines beside one million: linear, in less than a gigabyte. Making them takes minutes and disk."""
    programs = []
    for lines in (10 * MILLION, MILLION):
        workspace = build_workspace(folder, lines, PEOPLE, FIVE_COMPONENTS)
        programs.append(Program(salescli("commission", "run", "2026-12"), workspace))
    ours, other = programs
    memory = 1_000_000_000
    return [Case("commission: 10,000,000 lines", ours, other, "1,000,000 lines", 11.0, rounds=3, memory_goal=memory)]
