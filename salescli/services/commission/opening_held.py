"""Lines of an opening sheet that say whose held money it is: of a contract, or until a day. They say nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salescli.core.commission.inputs import HeldFor
from salescli.core.commission.result import plain
from salescli.core.money import CONTEXT, total
from salescli.core.scalars import TextRefused, parse_day
from salescli.errors import Problem, problem
from salescli.importers.figures import FigureRow, FiguresRead
from salescli.reports.commission.opening import HeldLine
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.entities import resolve

ALONE = ("position", "earned", "owed", "carried")
DAY = len("2026-01-01")


def read_held(context: Context, read: FiguresRead, row: FigureRow) -> tuple[list[HeldFor], list[Problem]]:
    """Return what one line says is held; a contract that is not known, or other figures beside it, are problems."""
    problems: list[Problem] = []
    said = [name for name in ALONE if row.cells.get(name) is not None]
    problems += [problem("held-stands-alone", read.where(row, name)) for name in said]
    contract, until = "", None
    if text := row.text("contract"):
        kind = context.store.registry["contract"]
        found = resolve(context.store, kind, [text]).get(text)
        if found is None:
            problems.append(
                problem("unknown-record", read.where(row, "contract"), text=text, type=kind.titles, nearest="")
            )
        else:
            contract = Places(context).label("contract", found)
    if text := row.text("held_until"):
        try:
            until = parse_day(text[:DAY].replace("/", "-"))
        except TextRefused:
            problems.append(problem("held-until-no-day", read.where(row, "held_until"), text=text))
    amount = row.cells.get("held")
    if problems or amount is None:
        return [], problems
    return [HeldFor(amount, contract, until)], []


def held_lines(held_for: Sequence[HeldFor], implied: Sequence[HeldLine]) -> tuple[HeldLine, ...]:
    """Put what the sheet says beside what the history implies, contract by contract."""
    known = {one.contract: one for one in implied}
    found = [
        HeldLine(one.contract, one.until or (known[one.contract].until if one.contract in known else None), one.amount,
                 known[one.contract].implied if one.contract in known else None)
        for one in held_for
    ]  # fmt: skip
    named = {one.contract for one in held_for}
    return (*found, *(one for one in implied if one.contract not in named))


def held_row(held_for: Sequence[HeldFor], held: Decimal) -> dict[str, object]:
    """Return what a stored line says of held money: what belongs to no contract or day, and what does."""
    if not held_for:
        return {}
    rest = CONTEXT.subtract(held, total(one.amount for one in held_for))
    rows = [
        {"amount": plain(one.amount), "contract": one.contract, "until": one.until.isoformat() if one.until else None}
        for one in held_for
    ]
    return {"held": plain(rest), "held_for": rows}
