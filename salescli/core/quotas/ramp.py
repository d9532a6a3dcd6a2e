"""The ramp: relief by calendar month, the month of joining is the first; the gap stays open or colleagues share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.quotas.frame import Frame
from salescli.core.quotas.grid import spread_shares
from salescli.core.quotas.members import Member
from salescli.core.quotas.people import Row, Split, relieve

Cells = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Ramp:
    """Quotas after the ramp, what colleagues took of it (in them already), and what stays open by month."""

    cells: Cells
    taken: Cells
    gap: tuple[int, ...]


def ease(frame: Frame, members: Sequence[Member], rows: Sequence[Row], split: Split) -> Ramp:
    """Take the ramp off the full months of a team, and spread it where the policy says so."""
    none = (0,) * len(frame.inputs.months)
    if not frame.policy.people.ramp:
        return Ramp(split.cells, (none,) * len(members), none)
    rates = [_rates(frame, member) for member in members]
    cells = [
        tuple(relieve(full, rate, split.unit) if rate < 1 else full for full, rate in zip(line, each, strict=True))
        for line, each in zip(split.cells, rates, strict=True)
    ]
    relief = [
        sum(line[at] - left[at] for line, left in zip(split.cells, cells, strict=True)) for at in range(len(none))
    ]
    taken: Cells = (none,) * len(members)
    if frame.policy.people.ramp_gap == "colleagues" and any(relief):
        taken = _share(frame, members, rows, rates, relief, split.unit)
    gap = tuple(each - sum(line[at] for line in taken) for at, each in enumerate(relief))
    added = (tuple(map(sum, zip(*both, strict=True))) for both in zip(cells, taken, strict=True))
    return Ramp(tuple(added), taken, gap)


def _share(
    frame: Frame,
    members: Sequence[Member],
    rows: Sequence[Row],
    rates: Sequence[Sequence[Fraction]],
    relief: Sequence[int],
    unit: int,
) -> Cells:
    """Spread each month's relief over colleagues by weight and days: in seat, not in ramp, without a fixed figure."""
    table = [[Fraction(0)] * len(relief) for _ in rows]
    for at, (month, open_part) in enumerate(zip(frame.inputs.months, relief, strict=True)):
        if not open_part:
            continue
        loads = {
            index: row.weight * row.presence[at]
            for index, (member, row) in enumerate(zip(members, rows, strict=True))
            if not member.is_seat and member.stretch_in(month) and rates[index][at] >= 1 and at not in row.fixed
        }
        total = sum(loads.values(), Fraction(0))
        part = open_part / total if total else Fraction(0)
        for index, load in loads.items():
            table[index][at] = part * load
    able = [index for index, line in enumerate(table) if any(line)]
    if not able:
        return tuple((0,) * len(relief) for _ in rows)
    cells = dict(zip(able, spread_shares([table[index] for index in able], unit).cells, strict=True))
    return tuple(cells.get(index, (0,) * len(relief)) for index in range(len(rows)))


def _rates(frame: Frame, member: Member) -> list[Fraction]:
    """What a member owes of a full month, by the role and the day of joining of the stretch in it."""
    found = []
    for month in frame.inputs.months:
        stretch = member.stretch_in(month)
        rates = frame.policy.people.ramp.get(stretch.role, ()) if stretch else ()
        rate = Fraction(1)
        if stretch and stretch.hired and rates:
            hired = stretch.hired
            since = (month.start.year - hired.year) * 12 + month.start.month - hired.month
            rate = Fraction(rates[since]) if 0 <= since < len(rates) else rate
        found.append(rate)
    return found
