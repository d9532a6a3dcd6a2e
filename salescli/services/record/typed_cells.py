"""Cells that a person types, `field=value`, read by the kinds of the fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salescli.core.records.kinds import Bad, Reading
from salescli.core.records.model import Field, RecordType
from salescli.errors import Problem, problem
from salescli.services.record.finding import find_field
from salescli.services.record.showing import unknown_field

Cells = dict[str, Any]
# A layout that only a whole column could prove is, in one typed cell, simply not readable.
_TYPED = {"date-order-unknown": "bad-date", "percent-unproved": "bad-rate"}


def parse_cells(kind: RecordType, texts: Sequence[str]) -> tuple[Cells, list[Problem]]:
    """Read `field=value` texts by the kinds of the fields; all problems come back together. An empty value clears."""
    cells: Cells = {}
    problems: list[Problem] = []
    for text in texts:
        name, sign, value = text.partition("=")
        each = find_field(kind, name) if sign else None
        if not sign:
            problems.append(problem("not-field-value", text=text))
        elif each is None:
            problems.append(unknown_field(kind, name))
        elif not each.is_given:
            problems.append(problem("field-is-computed", field=each.title))
        elif each.name in cells:
            problems.append(problem("field-said-twice", field=each.title))
        else:
            cells[each.name] = _parse_cell(each, value, problems)
    return cells, problems


def _parse_cell(each: Field, text: str, problems: list[Problem]) -> Any:
    if not text.strip():
        return None
    value = each.kind.parse_cell(text, Reading())
    if isinstance(value, Bad):
        problems.append(Problem(_TYPED.get(value.name, value.name), values={"text": value.text, "remark": each.title}))
        return None
    if each.choices and value is not None:
        from salescli.importers.names import folded

        chosen = {folded(word): key for key, words in each.choices.items() for word in (key, *words)}.get(folded(value))
        if chosen is None and each.is_open:
            return value
        if chosen is None:
            offered = tuple(each.choices)
            problems.append(problem("unknown-choice", text=value, choices=offered, nearest="", remark=each.title))
        return chosen
    return value


def is_cleared(kind: RecordType, texts: Sequence[str], name: str) -> bool:
    """Tell whether a field is cleared on purpose, not unreadable."""
    for text in texts:
        word, _, value = text.partition("=")
        each = find_field(kind, word)
        if each is not None and each.name == name:
            return not value.strip()
    return False
