"""Deals that nobody owns, open ones and those that were won."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.deals import build_deals
from salescli.services.fixing.kind import FixColumn, FixKind, Section
from salescli.services.fixing.people import people_offered

TITLE = Title("没有负责人的商机", "Deals without an owner")
WHY = Title("不进任何人的漏斗和业绩", "in nobody's funnel or credit")


def find(context: Context) -> Section | None:
    """Find deals without an owner that were not lost."""
    asked = FixColumn("owner", "owner", role="fill", choices=people_offered(context))
    return build_deals(context, "deal-owner", (TITLE, WHY), "owner_id", asked, ("open", "won"))


KIND = FixKind("deal-owner", TITLE, find)
