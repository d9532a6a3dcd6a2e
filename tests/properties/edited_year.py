"""A random year in which plans, the calendar, adjustments by hand and special rates change as well, months restated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from salescli.errors import Refused
from salescli.services.commission.restating import restate_period, take_back
from salescli.services.commission.running import compute_period
from salescli.services.record.editing import remove_record
from salescli.store.runs import closed_runs
from tests.properties.late_year import PEOPLE, SELLERS, Year
from tests.unit.store_support import load

PARTLY = "part_period: {count: working-days, scale: [draw, limits]}"
EDITS = (
    (": 5%", ": 6%"), (": 8%", ": 9.5%"), ("rate: 0.5%", "rate: 0.75%"), ("rate: 1.5%", "rate: 2%"),
    ("at_most: 1_000", "at_most: 700"), ("keep: 10%", "keep: 25%"), ("keep: 10%", "keep: 0%"),
    ("at_least: 40%", "at_least: 90%"), ("tops_up_to: 900", "tops_up_to: 400"), ("advance: 500", "advance: 650"),
    ("credit: own\n    rate", "credit: own\n    only: {contract.number: [C1, C3]}\n    rate"),
    ("depth: direct-reports", "depth: everyone-below"), ("own_share: 50%", "own_share: 20%"),
    ("below_zero: carry", "below_zero: list"), ("refunds: at-refund-date", "refunds: recompute"),
)  # fmt: skip


def dressed(text: str) -> str:
    """Let a plan begin on a day that makes January a part of a month, count working days, and take special rates."""
    text = text.replace("from: 2026-01-01", "from: 2026-01-14")
    text = text.replace("part_period: nothing-scaled", PARTLY)
    return text.replace("    refunds: re", "    special_rates: {position: counts}\n    refunds: re", 1)


@dataclass
class Edits:
    """What else happens in a year."""

    year: Year
    by_hand: list[str] = field(default_factory=list)
    number: int = 0

    def something_happens(self, month: int) -> None:
        """Let one thing happen: a fact of money as in any year, or one of a person's own."""
        random = self.year.random
        if random.random() < 0.5:
            likely = [self.year.receipt, self.year.receipt, self.year.refund, self.year.edit_receipt, self.year.split]
            likely += [self.year.quota, self.year.move, self.year.accept, self.year.leave, self.year.deduct]
            random.choice([*likely, self.year.grade, self.year.rate])(month)
        else:
            random.choice([self.adjust, self.adjust, self.change_adjustment, self.grant])(month)

    def adjust(self, month: int) -> None:
        """Somebody is paid, or owes, by hand: of this month or an earlier one."""
        self.number += 1
        key, random = f"A{self.number}", self.year.random
        self.by_hand.append(key)
        of = f"2026-{month if random.random() < 0.5 else random.randint(1, month):02}"
        self._by_hand(key, random.choice(PEOPLE), of)

    def change_adjustment(self, month: int) -> None:
        """One is of another amount, or of another month; or it is gone."""
        if not self.by_hand:
            return
        random, key = self.year.random, self.year.random.choice(self.by_hand)
        if random.random() < 0.3:
            self.by_hand.remove(key)
            remove_record(self.year.context, "adjustment", key)
            self.year.told.append(f"adjustment {key} is gone")
            return
        self._by_hand(key, None, f"2026-{random.randint(1, month):02}")

    def _by_hand(self, key: str, person: str | None, month: str) -> None:
        row: dict[str, Any] = {"number": key, "month": month, "amount": str(self.year.random.choice([-300, 120, 500]))}
        self.year.put("adjustment", [row | {"reason": "补"} | ({"person": person} if person else {})])

    def grant(self, _month: int) -> None:
        """Somebody has a rate of their own for a contract."""
        random = self.year.random
        person, contract = random.choice(SELLERS), f"C{random.randint(1, 6)}"
        row = {"person": person, "contract": contract, "component": "sellers.sales", "from": "2026-01-01"}
        row |= {"rate": random.choice(["1%", "15%"]), "approved_by": "戊", "reason": "特批"}
        load(self.year.context.store, "special-rate", [row], feed=f"special-{person}-{contract}")
        self.year.told.append(f"special {row}")

    def edit_plan(self) -> None:
        """A line of a plan is another from now on."""
        random = self.year.random
        path = self.year.context.workspace.config / "plans" / f"{random.choice(['sellers', 'leaders'])}.yaml"
        text = path.read_text(encoding="utf-8")
        possible = [one for one in EDITS if one[0] in text]
        if not possible:
            return
        old, new = random.choice(possible)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.year.told.append(f"{path.name}: {old!r} is {new!r}")

    def mark_day(self) -> None:
        """A day of the year is worked or not after all."""
        random = self.year.random
        row = {"date": f"2026-{random.choice([1, 1, 2, 3, 9]):02}-{random.randint(1, 28):02}"}
        row |= {"working": random.choice(["yes", "no"])}
        load(self.year.context.store, "calendar-day", [row], feed="calendar")
        self.year.told.append(f"calendar {row}")

    def restate_all(self) -> None:
        """Let every closed month follow today's files; one of them is taken back and restated again."""
        context, random = self.year.context, self.year.random
        for label in closed_runs(context.store, "commission"):
            period = context.parse_period(label)
            try:
                restate_period(context, period, "agreed")
                if random.random() < 0.2:
                    take_back(context, period, "or not")
                    restate_period(context, period, "agreed after all")
            except Refused as refused:
                assert [one.name for one in refused.problems] == ["nothing-to-restate"]


def what_earlier_months_post(year: Year, month: int) -> list[tuple[str, ...]]:
    """Return the differences of earlier months that a month would post."""
    done = compute_period(year.context, year.context.parse_period(f"2026-{month:02}"))
    found = [
        (one.item, part.component, str(each.period), str(each.amount))
        for one in done.computed
        for part in one.result.components
        for each in part.differences
    ]
    earlier = ((one.item, one.result.balance) for one in done.computed)
    found += [(item, "earlier", str(one.earlier)) for item, one in earlier if one and one.earlier != Decimal(0)]
    return sorted(found)
