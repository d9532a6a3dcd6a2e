"""Open deals that are expected to close on no day."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.deals import build_deals
from salescli.services.fixing.kind import FixColumn, FixKind, Section

TITLE = Title("没有预计成交日期的商机", "Deals without expected date")
WHY = Title("不进任何期间的预测", "in no forecast of any period")


def find(context: Context) -> Section | None:
    """Find open deals without an expected date."""
    asked = FixColumn("expected", "expected", role="fill", shown_as="date", width=14)
    return build_deals(context, "deal-expected", (TITLE, WHY), "expected", asked, ("open",))


KIND = FixKind("deal-expected", TITLE, find)
