"""Commission plans: a YAML file to a checked plan, with the place of every problem and of every word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.errors import Problem, ProblemsFound, Where
from salescli.policy.reader import Document, read_document

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.core.shape_faults import Fault


@dataclass(frozen=True)
class PlanFile:
    """A plan file: its plan (None where it has errors), all its problems, its text, and where each word stands."""

    document: Document[Plan]
    plan: Plan | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The plan's name, or the file's where the plan could not be read."""
        return self.plan.plan if self.plan is not None else Path(self.document.file).stem

    @property
    def text(self) -> str:
        """The file's text, as it is kept in a run's manifest."""
        return self.document.text

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self.document.sha256

    def require(self) -> Plan:
        """Return the plan.

        Raises:
            ProblemsFound: the file has errors.
        """
        if self.plan is None:
            raise ProblemsFound(*self.problems)
        return self.plan

    def where(self, *path: str | int) -> Where:
        """Return the place of a path of the plan."""
        return self.document.where(*path)

    def place(self, path: tuple[str | int, ...]) -> str:
        """Return `file:line` of a path, as explanations print it."""
        where = self.document.where(*path)
        return f"{where.file}:{where.line}"


def load_plan(source: Path | str | bytes, file_name: str = "", metrics: Collection[str] | None = None) -> PlanFile:
    """Read and check a plan.

    Args:
        source: a path, or the text or bytes of a plan.
        file_name: the name that problems show; the path where empty.
        metrics: the names of the metric catalogue, to find misspelt ones.
    """
    from salescli.core.commission.check import check_plan
    from salescli.core.commission.plan import Plan

    document: Document[Plan] = read_document(source, Plan, file_name)
    plan = document.value
    if plan is None:
        return PlanFile(document, None, document.problems)
    found = [_placed(document, fault) for fault in check_plan(plan, metrics)]
    problems = tuple(sorted((*document.problems, *found), key=Problem.sort_key))
    return PlanFile(document, None if found else plan, problems)


@lru_cache(maxsize=64)
def load_kept_plan(text: str, file_name: str) -> PlanFile:
    """Read the text of a plan that runs keep: many kept the same one."""
    return load_plan(text, file_name)


def _placed(document: Document[Plan], fault: Fault) -> Problem:
    """Give a fault its place, and a name that is not known its nearest neighbour."""
    from salescli.policy.shape_problems import nearest

    values = dict(fault.values)
    choices = values.get("choices")
    if isinstance(choices, tuple) and "text" in values:
        values["nearest"] = nearest(str(values["text"]), choices)
    if fault.name == "missing-key":
        values = {"of_en": "this map", "of_zh": "此处", **values}
    return Problem(fault.name, document.where_value(*fault.path), values)
