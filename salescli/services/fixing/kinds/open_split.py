"""Splits that make less than the whole: what is missing of them is in nobody's credit."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.money import CONTEXT, MILLION, from_e4, part
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.knowledge import record_keys
from salescli.store.entities import labels
from salescli.store.waiting import OpenSplit, fetch_amounts, fetch_open_splits

TITLE = Title("不足 100% 的分成", "Splits below 100 %")
WHY = Title("差额不计入任何人", "the rest is in nobody's credit")
SUBJECTS = ("contract", "deal", "receipt")


def find(context: Context) -> Section | None:
    """Find the shares of sets that do not make the whole; each set's missing part counts once."""
    found = fetch_open_splits(context.store)
    if not found:
        return None
    subjects = [name for name in SUBJECTS if any(one.of == name for one in found)]
    columns = (
        *(FixColumn(name, name, role="key", shown_as="id", width=18) for name in subjects),
        FixColumn("person", "person", role="key", shown_as="id", width=14),
        FixColumn("name", title=Title("姓名", "Name"), width=12),
        FixColumn("share", "share", role="fill", shown_as="rate", width=10),
        FixColumn("sum", title=Title("合计", "Sum"), shown_as="rate", width=10),
        FixColumn("missing", title=Title("差", "Missing"), shown_as="rate", width=10),
    )
    return build_section(context, "open-split", "credit-split", (TITLE, WHY), columns, _rows(context, found))


def _rows(context: Context, found: list[OpenSplit]) -> list[FixRow]:
    store, registry = context.store, context.store.registry
    keys: dict[int, str] = {}
    amounts: dict[int, tuple[str, int]] = {}
    for name in SUBJECTS:
        ids = {one.subject for one in found if one.of == name}
        keys |= record_keys(context, registry[name], ids)
        amounts |= fetch_amounts(store, name, ids)
    people = {one.person for one in found}
    numbers, names = record_keys(context, registry["person"], people), labels(store, registry["person"], people)
    seen: set[int] = set()
    rows = []
    for one in found:
        currency, amount = amounts.get(one.subject, ("", 0))
        missing = None if one.subject in seen or not amount else amount - part(amount, one.total)
        seen.add(one.subject)
        cells = {
            one.of: keys[one.subject],
            "person": numbers[one.person],
            "name": names.get(one.person),
            "share": _rate(one.share),
            "sum": _rate(one.total),
            "missing": _rate(MILLION - one.total),
        }
        rows.append(FixRow(cells, None if missing is None else from_e4(missing), currency))
    return rows


def _rate(millionths: int) -> Decimal:
    return CONTEXT.scaleb(Decimal(millionths), -6)


KIND = FixKind("open-split", TITLE, find)
