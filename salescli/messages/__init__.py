"""The sentences of every problem and notice, in both languages; one module per area.

Each area module holds `MESSAGES: dict[str, Message]`. A sentence is a `str.format` template over the values of
its Problem; a hint whose values are missing or empty is left out, and a value `remark` is put behind the sentence.
The error reference is generated from these tables, and a test holds the two languages and the reproducers complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Literal, NamedTuple

from salescli.errors import Problem

Language = Literal["zh", "en"]

AREAS = (
    "general",
    "command",
    "store",
    "merging",
    "imports",
    "proving",
    "importing",
    "wide",
    "claims",
    "roster",
    "policy",
    "metric",
    "targets",
    "quota",
    "capacity",
    "commission",
    "paying",
    "payroll",
    "life",
    "late",
    "adjusting",
    "special",
    "groups",
    "lint",
    "changing",
    "scorecard",
    "funnel",
    "report",
    "export",
    "packs",
)


class Message(NamedTuple):
    """One sentence and its optional hint, in English and Chinese."""

    en: str
    zh: str
    hint_en: str = ""
    hint_zh: str = ""


@cache
def catalogue() -> dict[str, Message]:
    """All sentences by problem name. A name declared in two areas is a defect."""
    found: dict[str, Message] = {}
    for area in AREAS:
        for name, message in import_module(f"salescli.messages.{area}").MESSAGES.items():
            if name in found:
                raise ValueError(f"message {name!r} is declared twice")
            found[name] = message
    return found


def sentence(problem: Problem, language: Language = "en") -> str:
    """Return the sentence of a problem."""
    message = catalogue()[problem.name]
    said = (message.zh if language == "zh" else message.en).format_map(_Values(problem.values, language))
    remark = problem.values.get("remark")
    return f"{said} ({_shown(remark, language)})" if remark else said


def hint(problem: Problem, language: Language = "en") -> str:
    """Return the hint of a problem, or "" where it has none or lacks the values for it."""
    message = catalogue()[problem.name]
    template = message.hint_zh if language == "zh" else message.hint_en
    needed = [name for _, name, _, _ in Formatter().parse(template) if name]
    if any(problem.values.get(name) in (None, "", (), []) for name in needed):
        return ""
    return template.format_map(_Values(problem.values, language))


class _Values(dict[str, object]):
    """Shows a missing value as its name: a sentence with a gap is better than a second error."""

    def __init__(self, values: Mapping[str, object], language: Language) -> None:
        super().__init__({name: _shown(value, language) for name, value in values.items()})

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def _shown(value: object, language: Language) -> object:
    """Show a value in a sentence: titles in its language, lists with commas."""
    if isinstance(value, tuple) and hasattr(value, "text"):
        return value.text(language)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_shown(part, language)) for part in value)
    return value
