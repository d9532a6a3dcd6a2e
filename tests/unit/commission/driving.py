"""Drive a sentence of a plan: change in a case's plan the one value that the sentence says, and run the case again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from salescli.messages import sentence
from salescli.policy.cases import load_cases
from salescli.policy.plans import load_plan
from salescli.services.case.running import CaseOutcome, run_case
from tests.case_files import PLANS, ROOT, placed_cases

TABLES = ("tiers", "only", "plan_rates", "by-age", "prizes", "table", "rate", "amount", "at_least", "at_most", "keep")
"""Keys whose values are tables or may be dated: what stands below them is said by their sentences."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Path = tuple[str | int, ...]


def name_of(path: Path) -> str:
    """Return what a path of a plan is about, whichever component or line it is of: `components.needs.at_least`."""
    parts: list[str] = []
    for index, part in enumerate(path):
        if isinstance(part, int) or (index == 1 and path[0] == "components") or _DAY.fullmatch(part):
            continue
        parts.append(part)
        if part in TABLES:
            below = [each for each in path[index + 1 :] if each in ("by", "otherwise")]
            return ".".join([*parts, *map(str, below)])
    return ".".join(parts)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every scalar of a plan with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, str(value)


@cache
def documents() -> dict[str, dict[str, Any]]:
    """Return every case of the project as plain data, its plan inside, by its name."""
    plans = {one.name: one.document.plain for one in (load_plan(path) for path in sorted(PLANS.glob("*.yaml")))}
    found: dict[str, dict[str, Any]] = {}
    for folder in (ROOT / "conformance", ROOT / "cases"):
        for placed in placed_cases(folder):
            plain: Any = placed.document.plain
            for part in placed.path:
                plain = plain[part]
            whole = deepcopy(plain)
            if isinstance(whole["plan"], str):
                whole["plan"] = deepcopy(plans[whole["plan"]])
            found[placed.case.case] = whole
    return found


def with_value(case: str, path: Path, value: str) -> dict[str, Any]:
    """Return a case whose plan has another value at a path."""
    whole = deepcopy(documents()[case])
    place: Any = whole["plan"]
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return whole


def run(whole: dict[str, Any]) -> CaseOutcome | str:
    """Run a case; where its plan is refused, say why."""
    file = load_cases(json.dumps(whole, ensure_ascii=False), "case.yaml")
    if not file.cases:
        return "; ".join(sentence(one) for one in file.problems)
    outcome = run_case(file.cases[0], lambda _: None)
    return outcome if outcome.results else "; ".join(sentence(one) for one in outcome.problems)
