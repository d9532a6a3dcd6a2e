"""The process policy: stages in order, their kind, and the names that files give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from salescli.core.shape_marks import model_validator
from salescli.core.shapes import Count, Name, Rate, Shape, Title, TitleShape, fault
from salescli.errors import Problem, problem
from salescli.policy.layers import PolicyFile
from salescli.policy.reader import read_document

StageKind = Literal["entry", "open", "won", "lost"]


class StageShape(Shape):
    """One stage: `entry` is counted but not yet worked on, `won` and `lost` end the deal.

    `probability` is how likely a deal in it is won; without it, it is measured where it is needed.
    """

    called = Title("阶段", "a stage")
    stage: Name
    title: TitleShape
    kind: StageKind
    aliases: tuple[Name, ...] = ()
    probability: Rate | None = None

    @model_validator(mode="after")
    def _probability_is_a_share(self) -> StageShape:
        if self.probability is not None and not 0 <= self.probability <= 1:
            name, limit = ("number-too-small", "0%") if self.probability < 0 else ("number-too-large", "100%")
            raise fault(name, "probability", limit=limit)
        return self


class ProcessShape(Shape):
    """A sales process: its stages in the order of the funnel."""

    called = Title("流程", "a process")
    format: Count
    process: Name
    stages: tuple[StageShape, ...]


def read_process(files: Sequence[PolicyFile]) -> tuple[ProcessShape | None, list[Problem]]:
    """Read the process in force: the workspace's, else the shipped one. A name used by two stages is a problem."""
    if not files:
        return None, []
    chosen = max(files, key=lambda one: (one.layer, one.name == "process"))
    document = read_document(chosen.path, ProcessShape)
    found = list(document.problems)
    if document.value is None:
        return None, found
    seen: dict[str, str] = {}
    for place, stage in enumerate(document.value.stages):
        for text in (stage.stage, *stage.title, *stage.aliases):
            folded = fold_stage(text)
            if seen.setdefault(folded, stage.stage) != stage.stage:
                where = document.where("stages", place, "stage")
                found.append(problem("stage-named-twice", where, text=text, first=seen[folded], second=stage.stage))
    return document.value, found


def stage_meanings(process: ProcessShape) -> dict[str, tuple[str, str, int]]:
    """Return folded text → (stage, kind, place in the funnel)."""
    return {
        fold_stage(text): (stage.stage, stage.kind, place)
        for place, stage in enumerate(process.stages)
        for text in (stage.stage, *stage.title, *stage.aliases)
    }


def fold_stage(text: str) -> str:
    """Return a stage name without case and doubled spaces."""
    return " ".join(text.casefold().split())
