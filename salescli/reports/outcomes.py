"""The answer of what deals were closed: a fact per deal, and the stages by their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salescli.core.analysis.outcomes import Closed
from salescli.core.title import Title


@dataclass(frozen=True)
class Outcomes:
    """The closed deals of a period; `stages` names the stages they were lost from."""

    deals: tuple[Closed, ...]
    stages: Mapping[int, Title]
    currency: str = ""
