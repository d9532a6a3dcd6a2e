"""Benchmarks: each case runs two programs by turns and prints the ratio of what they cost.

Seconds on one machine mean little; the ratio of two programs run by turns in the same minutes means much. Compared
is the processor time (user and system) of the children, by its median, and peak memory where a case asks for it. The
inputs are made once, from a fixed seed, and kept in `build/bench`.

    python tools/bench.py            all cases
    python tools/bench.py start      the cases whose name begins so
    python tools/bench.py --rounds 5

A new case is a function in `tools/benches/` that returns `Case` values, and one line in `CASES`.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.benches.paired import Case, compare  # noqa: E402

# name of the group -> module:function that prepares its cases in a folder and returns them
CASES: dict[str, str] = {
    "start": "tools.benches.start:cases",
    "import": "tools.benches.importing:cases",
    "commission": "tools.benches.commission:cases",
    "year": "tools.benches.commission_year:cases",
    "export": "tools.benches.export:cases",
    "quota": "tools.benches.quota:cases",
}
# Groups that take minutes and much disk: run only when they are named.
LARGE: dict[str, str] = {"large-commission": "tools.benches.commission:ten_millions"}


def main() -> int:
    """Run the cases asked for and print one line each; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description="Ratios of cost, each pair run by turns.")
    parser.add_argument(
        "names", nargs="*", help=f"groups to run: {', '.join(CASES)} (default: these), {', '.join(LARGE)}"
    )
    parser.add_argument("--rounds", type=int, default=0, help="rounds per case (default: each case's own)")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if not any(group.startswith(name) for group in {**CASES, **LARGE})]
    if unknown:
        parser.error(f"no such cases: {', '.join(unknown)}")
    missed = 0
    print(f"{'case':<34} {'ours':>9} {'other':>9} {'ratio':>7} {'goal':>7}   compared with")
    for group, place in {**CASES, **LARGE}.items():
        if group in LARGE and not asked.names:
            continue
        if asked.names and not any(group.startswith(name) for name in asked.names):
            continue
        module, _, function = place.partition(":")
        folder = ROOT / "build" / "bench" / group
        folder.mkdir(parents=True, exist_ok=True)
        for case in getattr(import_module(module), function)(folder):
            missed += not _show(case, asked.rounds)
    return 1 if missed else 0


def _show(case: Case, rounds: int) -> bool:
    """Run one case, print its line, and tell whether its goals are met."""
    if case.skipped:
        print(f"{case.name:<34} skipped: {case.skipped}", flush=True)
        return True
    result = compare(case, rounds or case.rounds)
    is_fast, fits = result.ratio <= case.goal, not case.memory_goal or result.peak <= case.memory_goal
    print(
        f"{case.name:<34} {_seconds(result.ours):>9} {_seconds(result.other):>9} {result.ratio:>6.2f}x "
        f"{case.goal:>6.2f}x   {case.other_name}{'' if is_fast else '  MISSED'}"
    )
    if case.memory_goal:
        print(
            f"{'  peak memory':<34} {_megabytes(result.peak):>9} {_megabytes(result.other_peak):>9} {'':>7} "
            f"{_megabytes(case.memory_goal):>7}{'' if fits else '  MISSED'}"
        )
    sys.stdout.flush()
    return is_fast and fits


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 10 else f"{value:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
