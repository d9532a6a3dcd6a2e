"""What a case says was decided by hand, beside the plan."""

from __future__ import annotations

from salescli.core.shapes import Amount, Month, Name, Shape
from salescli.core.title import Title


class AdjustmentFact(Shape):
    """A manual adjustment of a month; several of one key add up, as what an edit made of it later."""

    called = Title("手工调整", "a manual adjustment")
    key: Name
    month: Month
    amount: Amount
    known_in: Month | None = None
