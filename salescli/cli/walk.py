"""The walk through the example: the commands a person would type, each shown and then run."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from salescli.cli.session import Session

DAY = "2026-04-05"
STEPS = (
    "import inbox/*",
    "quota split receipts-2026",
    "quota accept",
    "commission run 2026-01",
    "commission close 2026-01",
    "commission close 2026-02",
    "commission run 2026-03",
    "commission explain 2026-03 --person 王芳 --component receipts",
    "status",
    "commission show 2026-03 -o exports/2026-03.xlsx",
)


def walk(folder: Path, asked: Session) -> int:
    """Run every step in the example's folder; stop at the first that fails."""
    from salescli.cli.emit import say
    from salescli.cli.root import main
    from salescli.core.title import Title

    before = Path.cwd()
    os.chdir(folder)
    try:
        for step in STEPS:
            print(f"\n$ salescli {step}", flush=True)
            words = [*shlex.split(step), "--today", DAY]
            if asked.language_given:
                words += ["--lang", asked.language]
            if asked.width:
                words += ["--width", str(asked.width)]
            code = main(words)
            sys.stdout.flush()
            if code:
                return code
        say(Title(f"工作簿:{folder / 'exports' / '2026-03.xlsx'}", f"workbook: {folder / 'exports' / '2026-03.xlsx'}"))
        say(
            Title(
                f"下一步:cd {folder} && salescli commission close 2026-03",
                f"next: cd {folder} && salescli commission close 2026-03",
            )
        )
    finally:
        os.chdir(before)
    return 0
