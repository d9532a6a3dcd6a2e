"""Cost two programs by turns: processor time of the child processes, and their peak memory."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A command line, the folder it runs in, and what it adds to the environment.

    `template` is a folder that is copied over `folder` before each run: a run that writes starts as the first one did.
    """

    argv: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    template: Path | None = None


@dataclass(frozen=True)
class Case:
    """Our program beside another one; `goal` is the highest ratio that is fine, `memory_goal` bytes at the peak.

    `skipped` says why a case cannot be run here.
    """

    name: str
    ours: Program
    other: Program
    other_name: str
    goal: float
    rounds: int = 5
    memory_goal: int = 0
    skipped: str = ""


@dataclass(frozen=True)
class Result:
    """Median seconds of each, the median of the paired ratios, and the highest peak memory of each in bytes."""

    ours: float
    other: float
    ratio: float
    peak: int
    other_peak: int


def salescli(*words: str) -> tuple[str, ...]:
    """Return the installed command beside this Python, else the module, as a command line."""
    script = Path(sys.executable).with_name("salescli")
    return (str(script), *words) if script.exists() else (sys.executable, "-m", "salescli", *words)


def compare(case: Case, rounds: int) -> Result:
    """Run both once to warm the disk, then by turns, each first as often as second."""
    run_once(case.ours)
    run_once(case.other)
    ours: list[tuple[float, int]] = []
    others: list[tuple[float, int]] = []
    for turn in range(rounds):
        first_is_ours = turn % 2 == 0
        for is_ours in (first_is_ours, not first_is_ours):
            (ours if is_ours else others).append(run_once(case.ours if is_ours else case.other))
    return Result(
        ours=statistics.median(seconds for seconds, _ in ours),
        other=statistics.median(seconds for seconds, _ in others),
        ratio=statistics.median(mine / theirs for (mine, _), (theirs, _) in zip(ours, others, strict=True)),
        peak=max(memory for _, memory in ours),
        other_peak=max(memory for _, memory in others),
    )


def _environment() -> dict[str, str]:
    """Both programs keep their compiled modules, as installed programs do."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_once(program: Program) -> tuple[float, int]:
    """Return the processor seconds and the peak memory of one run.

    Raises:
        SystemExit: the program failed; a benchmark of a failure would look fast.
    """
    if not hasattr(os, "wait4"):
        sys.exit("the benchmarks need a system that tells the cost of one child process (Linux, macOS)")
    if program.template is not None:
        shutil.rmtree(program.folder, ignore_errors=True)
        shutil.copytree(program.template, program.folder)
    process = subprocess.Popen(
        program.argv,
        cwd=program.folder,
        env={**_environment(), **program.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)  # wait4 counts this child alone
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        sys.exit(f"{' '.join(program.argv)} failed ({process.returncode}): {said.decode(errors='replace')}")
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale
