"""`budget`: what a component may pay to all payees together. The shape; the arithmetic is in `groups/budgets.py`."""

from __future__ import annotations

from typing import Literal

from salescli.core.shapes import Amount, Shape
from salescli.core.title import Title


class Budget(Shape):
    """So much for all payees of the component together, over the component's own dates."""

    called = Title("预算", "budget")
    amount: Amount
    when_spent: Literal["first-come", "scale-all"]
