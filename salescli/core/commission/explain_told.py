"""What an explanation is made from, and the words that all its parts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from salescli.core.commission.explain_steps import step_words
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.note_words import note_words
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Note, Path, PayeeResult, Step
from salescli.core.commission.wording import both
from salescli.core.table import Column, Line
from salescli.core.title import Title

Place = Callable[[Path], str]
Origins = Mapping[tuple[str, str, str, str], tuple[tuple[str, str], ...]]
"""(metric, level, of, effective from as `2026-07`, "" for the first) → what each version came from, and why it was."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What an explanation is made from."""

    plan: Plan
    result: PayeeResult
    inputs: PayeeInputs
    place: Place
    names: Mapping[str, Title]
    origins: Origins = field(default_factory=dict)

    @property
    def money(self) -> Column:
        """The column that amounts are shown as."""
        return Column("amount", Title("金额", "Amount"), "money", currency=self.plan.currency)


def note_line(told: Explained, note: Note) -> Line:
    """Say a note, with its place."""
    return Line(note_words(note), source=told.place(note.path) if note.path else "")


def step_lines(told: Explained, step: Step) -> list[Line]:
    """Say a step, with the place of the words that asked for it; nothing for one that the head shows."""
    words = [_with_titles(told, step, text) for text in step_words(step)]
    if not words:
        return []
    source = " · ".join(part for part in (told.place(step.path) if step.path else "", step.source) if part)
    children = tuple(Line(text) for text in words[1:])
    return [Line(words[0], source=source, children=children)]


def _with_titles(told: Explained, step: Step, text: Title) -> Title:
    """Put the title of a metric or scorecard where its key stands."""
    key = step.part("metric") or step.part("name")
    title = told.names.get(key) if isinstance(key, str) else None
    return text if title is None else both(text.zh.replace(str(key), title.zh), text.en.replace(str(key), title.en))


def is_about(step: Step, component: str) -> bool:
    """Tell whether a step of the whole plan is of a limit over a component."""
    of = step.part("of")
    return step.name == "limit" and isinstance(of, str) and component in of.split(", ")
