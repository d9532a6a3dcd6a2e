"""The walk through an example: the commands a person would type, each shown and then run."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from salescli.cli.session import Session


@dataclass(frozen=True)
class Walk:
    """The walk through one example: its day, its commands, the workbook they write and what to type next."""

    day: str
    steps: tuple[str, ...]
    workbook: str
    following: str


WALKS = {
    "huachen": Walk(
        "2026-04-05",
        (
            "import inbox/*",
            "quota split receipts-2026",
            "quota accept",
            "commission run 2026-01",
            "commission close 2026-01",
            "commission close 2026-02",
            "commission run 2026-03",
            "commission explain 2026-03 --person 王芳 --component receipts",
            "report team 2026-03",
            "funnel show 2026-Q1",
            "scorecard run 2026-Q1",
            "export workbook 2026-03 -o exports/2026-03.xlsx",
        ),
        "exports/2026-03.xlsx",
        "commission close 2026-03",
    ),
    "acme": Walk(
        "2026-10-05",
        (
            "import inbox/*",
            "metric show bookings-acv --period FY2026-Q2 --by team",
            *(f"commission close 2026-{month:02d}" for month in range(4, 9)),
            "commission run 2026-09",
            'commission explain 2026-09 --person "Hannah Brooks" --component new-acv',
            "commission test",
            "report team 2026-09",
            "funnel show FY2026-Q2",
            "export workbook 2026-09 -o exports/2026-09.xlsx",
        ),
        "exports/2026-09.xlsx",
        "commission close 2026-09",
    ),
}


def walk(folder: Path, asked: Session, name: str = "huachen") -> int:
    """Run every step in the example's folder; stop at the first that fails."""
    from salescli.cli.emit import say
    from salescli.cli.root import main
    from salescli.core.title import Title

    way = WALKS[name]
    before = Path.cwd()
    os.chdir(folder)
    try:
        for step in way.steps:
            print(f"\n$ salescli {step}", flush=True)
            words = [*shlex.split(step), "--today", way.day]
            if asked.language_given:
                words += ["--lang", asked.language]
            if asked.width:
                words += ["--width", str(asked.width)]
            code = main(words)
            sys.stdout.flush()
            if code:
                return code
        say(Title(f"工作簿:{folder / way.workbook}", f"workbook: {folder / way.workbook}"))
        then = f"cd {folder} && salescli {way.following}"
        say(Title(f"下一步:{then}", f"next: {then}"))
    finally:
        os.chdir(before)
    return 0
