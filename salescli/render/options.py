"""How a report is to be shown; decided by the command line, obeyed by every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salescli.core.title import Language

Unit = Literal["", "yuan", "thousand", "ten-thousand"]


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The choices of one rendering.

    `width` None means unlimited: nothing is ever wrapped or cut (a pipe, a file). `unit` divides money for display
    in the formats people read; machine formats and workbooks keep the amounts. `currency` is the workspace's own:
    amounts of which a report names none are in it.
    """

    language: Language = "en"
    width: int | None = None
    colour: bool = False
    ascii: bool = False
    unit: Unit = ""
    to_file: bool = False
    currency: str = ""
