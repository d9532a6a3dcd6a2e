"""Kinds about deals: those in some kinds of stages that lack a cell."""

from __future__ import annotations

from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixRow, Section, build_section
from salescli.services.fixing.values import customer_names
from salescli.store.frames import fetch_stage_texts
from salescli.store.waiting import fetch_deals_lacking


def build_deals(
    context: Context,
    name: str,
    titles: tuple[Title, Title],
    column: str,
    asked: FixColumn,
    kinds: tuple[str, ...],
) -> Section | None:
    """Find deals without a value in a column, whose stage is of one of these kinds in the process in force."""
    found = fetch_deals_lacking(context.store, column, _stages(context, kinds))
    if not found:
        return None
    names = customer_names(context, (row[2] for row in found))
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=18),
        FixColumn("name", title=Title("商机", "Deal"), width=28),
        FixColumn("customer", title=Title("客户", "Customer"), width=26),
        FixColumn("stage", title=Title("阶段", "Stage"), width=12),
        asked,
    )
    rows = [
        FixRow(
            {"number": number, "name": title, "customer": names.get(customer), "stage": stage},
            None if amount is None else from_e4(amount),
            currency,
        )
        for number, title, customer, stage, currency, amount in found
    ]
    return build_section(context, name, "deal", titles, columns, rows)


def _stages(context: Context, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stage texts of the deals there are whose meaning is of these kinds."""
    meanings = context.stages
    return tuple(
        text
        for text in fetch_stage_texts(context.store)
        if meanings.get(" ".join(text.casefold().split()), ("", "", 0))[1] in kinds
    )
