"""People without a target in the current month, where others in their role have one."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.periods import month_of
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.knowledge import record_keys
from salescli.store.entities import labels
from salescli.store.seats import Seat, fetch_seats
from salescli.store.waiting import fetch_targets

TITLE = Title("没有目标的人", "People without a target")
WHY = Title("达成与目标类提成无从计算", "no attainment, and nothing that is paid by it")


def find(context: Context) -> Section | None:
    """Find who sits in a role today in which others have a target this month, by metric and level."""
    month = month_of(context.on)
    targets = fetch_targets(context.store, month.label)
    seats = {one.person: one for one in fetch_seats(context.store, month.start, month.end) if _is_held(one, context)}
    lacking: list[tuple[str, str, str, Seat]] = []
    for metric, level in sorted({(row[0], row[1]) for row in targets}):
        having = {row[2]: row[3] for row in targets if (row[0], row[1]) == (metric, level)}
        peers = [(seats[one], code) for one, code in sorted(having.items()) if one in seats and seats[one].role]
        roles = {seat.role for seat, _ in peers}
        lacking += [
            (metric, level, _currency(one, peers), one)
            for one in sorted(seats.values(), key=lambda one: one.person)
            if one.role in roles and one.person not in having
        ]
    if not lacking:
        return None
    people = {one.person for *_, one in lacking}
    kind = context.store.registry["person"]
    numbers, names = record_keys(context, kind, people), labels(context.store, kind, people)
    columns = (
        FixColumn("metric", "metric", role="key", shown_as="id", width=16),
        FixColumn("level", "level", role="key", width=10),
        FixColumn("month", "month", role="key", shown_as="id", width=10),
        FixColumn("person", "person", role="key", shown_as="id", width=14),
        FixColumn("name", title=Title("姓名", "Name"), width=12),
        FixColumn("role", title=Title("岗位", "Role"), width=16),
        FixColumn("amount", "amount", role="fill", shown_as="money"),
        FixColumn("currency", "currency", role="key", shown_as="id", width=8),
    )
    rows = [
        FixRow(
            {
                "metric": metric,
                "level": level,
                "month": month.label,
                "person": numbers[seat.person],
                "name": names.get(seat.person),
                "role": seat.role,
                "currency": currency or None,
            }
        )
        for metric, level, currency, seat in lacking
    ]
    return build_section(context, "target", "target", (TITLE, WHY), columns, rows)


def _currency(seat: Seat, peers: Sequence[tuple[Seat, str]]) -> str:
    """Return the currency of most peers of the same role: those in the same team, else all."""
    alike = [(other, code) for other, code in peers if other.role == seat.role]
    codes = [code for other, code in alike if other.team == seat.team] or [code for _, code in alike]
    return max(sorted(set(codes)), key=codes.count)


def _is_held(seat: Seat, context: Context) -> bool:
    return seat.start <= context.on < seat.end


KIND = FixKind("target", TITLE, find)
