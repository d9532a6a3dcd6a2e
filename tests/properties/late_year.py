"""A random year of a small company: what is imported, corrected, undone and redone, and what is closed when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from salescli.services.commission.opening import open_month
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from salescli.store.batches import latest_batch
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

SELLERS, LEADERS = ("甲", "乙", "丙"), ("丁", "戊")
PEOPLE = (*SELLERS, *LEADERS)
CONTRACTS = 6
HEAD = """format: 1
plan: {name}
title: {{zh: {name}, en: {name}}}
for: {{role: {role}}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: {part}
exchange: {{rates: daily, on: receipt-date, if_missing: last-known-within-7-days}}
components:
"""
LEAVERS = """leavers:
  receipts_after_last_day: {{own_share: {share}, for_days: 60, rest_to: {rest}}}
  open_windows: end-on-last-day
  held_money: {held}
  owed_to_company: list
"""
GATE = """    needs:
      - metric: receipts-gross-attainment
        of: own
        over: {over}
        quota: full-window
        at_least: 40%
        looked_at: {looked}
        meanwhile: {meanwhile}
        if_missed: {missed}
        if_undefined: pass
"""
FACTOR = """    times:
      - grade_from: kpi
        over: quarter
        which: {which}
        until_known: {until}
        once_known: {once}
        without_grade: 1.0
        table: {{A: 1.2, C: 0.8, D: 0}}
"""
DRAWS = (
    "",
    "  draw: {tops_up_to: 900, recover: nothing}\n",
    "  draw: {advance: 500, for_months: 4}\n",
    "  draw:\n    tops_up_to: 1_200\n    for_months: 5\n    recover: 50% of pay above the draw\n"
    "    recover_from_month: 3\n    at_plan_end: owed\n",
)


def plan_of_sellers(random: Random) -> str:
    """Return a plan with tiers, and some of gate, factor, cap, holdback, draw and deductions."""
    is_attainment = random.random() < 0.5
    tier_by = "{attainment_of: receipts-gross, of: own, quota: full-window}" if is_attainment else "amount"
    tiers = ("0%: 5%", "60%: 8%", "100%: 12%") if is_attainment else ("0: 5%", "6,000: 8%", "15,000: 12%")
    zero = "    when_quota_is_zero: {rate: 2%}\n    when_quota_changes: from-then-on\n" if is_attainment else ""
    refunds = random.choice(["recompute", "recompute", "at-refund-date"])
    text = HEAD.format(name="sellers", role="销售", part="nothing-scaled")
    text += f"""  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: {random.choice(["month", "quarter", "year"])}
    tier_by: {tier_by}
    apply: {random.choice(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"])}
    tiers: [{", ".join(f'"from {one}"' if "," in one else f"from {one}" for one in tiers)}]
    refunds: {refunds}
{zero}"""
    text = text.replace('"from 6,000', "from 6_000").replace('"from 15,000', "from 15_000").replace('%"', "%")
    if random.random() < 0.6:
        text += GATE.format(
            over=random.choice(["month", "quarter"]), looked=random.choice(["each-run", "window-end"]),
            meanwhile=random.choice(["hold", "pay"]), missed=random.choice(["lost", "lost-unpaid", "keep-held"]),
        )  # fmt: skip
    if random.random() < 0.6:
        text += FACTOR.format(
            which=random.choice(["same-quarter", "previous-quarter"]), until=random.choice(["1.0", "hold"]),
            once=random.choice(["true-up", "from-then-on"]),
        )  # fmt: skip
    text += "  count: {type: rate, pays_on: receipts, credit: own, rate: 0.5%, refunds: recompute}\n"
    if random.random() < 0.5:
        excess = random.choice(["lost", "next-window"])
        text += (
            f"limits: [{{at_most: 1_000, of: sales, over: {random.choice(['month', 'quarter'])}, excess: {excess}}}]\n"
        )
    text += "payout:\n"
    if random.random() < 0.6:
        without = random.choice(["keep-and-list", "release"])
        text += f"  holdback: [{{keep: 10%, of: sales, until: contract.accepted_on, without_date: {without}}}]\n"
    text += random.choice(DRAWS)
    text += "  deductions: {at_most: 30% of pay}\n" if random.random() < 0.5 else ""
    text += f"  below_zero: {random.choice(['carry', 'carry', 'list'])}\n  round_to: 0.01\n"
    held = random.choice(["on-its-date", "at-once", "forfeited"])
    return text + LEAVERS.format(
        share=random.choice(["50%", "0%"]), rest=random.choice(["manager", "house"]), held=held
    )


def plan_of_leaders(random: Random) -> str:
    """Return a plan on what the people below collect."""
    text = HEAD.format(name="leaders", role="主管", part="nothing-scaled")
    depth, own = random.choice(["direct-reports", "everyone-below"]), random.choice(["left-out", "counted"])
    text += f"""  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {{depth: {depth}, own_deals: {own}, base: gross}}
    rate: 1.5%
    refunds: recompute
payout:
{random.choice(DRAWS)}  below_zero: carry
  round_to: 0.01
"""
    return text


@dataclass
class Year:
    """One random year under way. Everything random comes from `random`."""

    context: Context
    random: Random
    receipts: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)  # that may be undone
    undone: list[int] = field(default_factory=list)  # batches that undid others
    told: list[str] = field(default_factory=list)
    number: int = 0
    has_left: bool = False
    roles: dict[str, str] = field(default_factory=dict)  # of those who have another than at first
    seats: dict[str, list[str]] = field(default_factory=dict)  # the days from which people were moved

    def day(self, month: int) -> str:
        """Return a day of a month, or of one before it."""
        when = month if self.random.random() < 0.5 else self.random.randint(1, month)
        return f"2026-{when:02}-{self.random.randint(1, 28):02}"

    def put(self, kind: str, rows: list[dict[str, Any]], **options: Any) -> None:
        """Import rows from a source of their own."""
        self.number += 1
        load(self.context.store, kind, rows, feed=f"{kind}-{self.number}", **options)
        self.batches.append(latest_batch(self.context.store))
        self.told.append(f"{kind} {rows}")

    def something_happens(self, month: int) -> None:
        """Let one thing happen in a month: mostly money, sometimes a correction of anything."""
        likely = (
            [self.receipt] * 6
            + [self.refund] * 2
            + [self.edit_receipt, self.split, self.quota, self.move, self.promote]
        )
        likely += [self.rate, self.grade, self.terms, self.accept, self.leave, self.deduct, self.undo, self.redo]
        self.random.choice(likely)(month)

    def receipt(self, month: int) -> None:
        """Money comes in, or is found out to have come in."""
        number = f"R{len(self.receipts) + 1}"
        amount = f"{self.random.randint(1, 2_000_000) / 100:.2f}"
        row = {"number": number, "date": self.day(month), "amount": amount, "contract": self._contract()}
        if self.random.random() < 0.2:
            row |= {"currency": "USD", "amount": f"{self.random.randint(1, 50_000) / 100:.2f}"}
        self.receipts.append(number)
        self.put("receipt", [row])

    def edit_receipt(self, _month: int) -> None:
        """An amount, a date or a contract was wrong."""
        if self.receipts:
            row = {"number": self.random.choice(self.receipts)}
            row |= self.random.choice([{"amount": "77.77"}, {"contract": self._contract()}, {"date": self.day(6)}])
            self.put("receipt", [row])

    def refund(self, month: int) -> None:
        """Some money goes back."""
        if self.receipts:
            amount = f"{self.random.randint(1, 800_000) / 100:.2f}"
            undoes = {"receipt": self.random.choice(self.receipts)}
            undoes = undoes if self.random.random() < 0.7 else {"contract": self._contract()}
            self.put("refund", [{"number": f"T{self.number}", "date": self.day(month), "amount": amount} | undoes])

    def split(self, _month: int) -> None:
        """A contract is shared, from its first day on."""
        one, two = self.random.sample(SELLERS, 2)
        contract, share = self._contract(), self.random.choice([30, 50, 70])
        rows = [{"contract": contract, "person": one, "share": f"{share}%"}]
        rows += [{"contract": contract, "person": two, "share": f"{100 - share}%"}]
        load(self.context.store, "credit-split", rows, feed=f"split-{contract}")
        self.batches.append(latest_batch(self.context.store))

    def quota(self, month: int) -> None:
        """A quota is set again, of some month, from some month on."""
        since = f"2026-{self.random.randint(1, month):02}"
        of = f"2026-{self.random.randint(1, 12):02}"
        row = {"metric": "receipts-gross", "person": self.random.choice(SELLERS), "month": of, "currency": "CNY"}
        self.put("target", [row | {"amount": str(self.random.choice([0, 3000, 9000])), "effective_from": since}])

    def move(self, month: int) -> None:
        """Somebody has another manager, from a day that may be long past."""
        self._sit(self.random.choice(PEOPLE), self.day(month))

    def promote(self, month: int) -> None:
        """Somebody has another role from a day on, and keeps it: who comes back is on both plans in between."""
        person = self.random.choice(PEOPLE)
        if person not in self.roles:
            self.roles[person] = "主管" if person in SELLERS else "销售"
            self._sit(person, max(self.day(month), *self.seats.get(person, ("",)), "2025-01-02"))

    def _sit(self, person: str, day: str) -> None:
        manager = self.random.choice([one for one in LEADERS if one != person])
        role = self.roles.get(person, _role(person))
        self.seats.setdefault(person, []).append(day)
        self.put("assignment", [{"person": person, "from": day, "role": role, "manager": manager}])

    def leave(self, month: int) -> None:
        """Somebody has left, or left long ago."""
        if not self.has_left:
            self.has_left = True
            self.put("person", [{"name": self.random.choice(SELLERS), "left": self.day(month)}])

    def rate(self, month: int) -> None:
        """A rate of a day was wrong."""
        rate = str(self.random.choice([6.5, 7, 7.25]))
        self.put("fx-rate", [{"base": "USD", "quote": "CNY", "date": self.day(month), "rate": rate}])

    def grade(self, month: int) -> None:
        """A grade becomes known, or is corrected."""
        quarter = self.random.randint(1, (month + 2) // 3)
        known = f"2026-{min(12, quarter * 3 + self.random.randint(0, 2)):02}-15"
        row = {"scorecard": "kpi", "person": self.random.choice(SELLERS), "period": f"2026-Q{quarter}"}
        self.put("rating", [row | {"grade": self.random.choice("ACD"), "known_on": known}])

    def terms(self, month: int) -> None:
        """Somebody has terms of their own."""
        row = {"person": self.random.choice(SELLERS), "from": self.day(month), "target_incentive": "12000"}
        self.put("person-terms", [row])

    def accept(self, month: int) -> None:
        """A contract is accepted: what was kept of it goes out."""
        self.put("contract", [{"number": self._contract(), "accepted_on": self.day(month)}])

    def deduct(self, month: int) -> None:
        """Something is to be taken from somebody's pay."""
        amount = str(self.random.choice([50, 400]))
        row = {"number": f"K{self.number}", "person": self.random.choice(PEOPLE), "date": self.day(month)}
        self.put("deduction", [row | {"amount": amount, "reason": "车"}])

    def undo(self, _month: int) -> None:
        """A batch is taken back, whoever has used it."""
        if self.batches:
            batch = self.batches.pop(self.random.randrange(len(self.batches)))
            undo_batch(self.context.store, batch)
            self.undone.append(latest_batch(self.context.store))
            self.told.append(f"undo {batch}")

    def redo(self, _month: int) -> None:
        """And is brought back."""
        if self.undone:
            undo_batch(self.context.store, self.undone.pop(self.random.randrange(len(self.undone))))
            self.told.append("redo")

    def _contract(self) -> str:
        return f"C{self.random.randint(1, CONTRACTS)}"


def _role(person: str) -> str:
    return "销售" if person in SELLERS else "主管"


def _as_it_is(text: str) -> str:
    return text


@contextmanager
def random_year(folder: Path, seed: int, dressed: Callable[[str], str] = _as_it_is) -> Iterator[Year]:
    """Open a company with people, contracts, quotas, rates and two random plans; January is the first month paid.

    `dressed` is what becomes of a plan's text before it is written.
    """
    random = Random(seed)
    workspace = create_workspace(folder, "test", "CNY", "en")
    for name, text in (("sellers", plan_of_sellers(random)), ("leaders", plan_of_leaders(random))):
        (workspace.config / "plans" / f"{name}.yaml").write_text(dressed(text), encoding="utf-8")
    with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
        store = context.store
        load(store, "person", [{"name": name, "joined": "2025-01-01"} for name in PEOPLE])
        managers = {"甲": "丁", "乙": "丁", "丙": "戊", "丁": "戊"}
        seats = [
            {"person": name, "from": "2025-01-01", "role": _role(name)}
            | ({"manager": managers[name]} if name in managers else {})
            for name in PEOPLE
        ]
        load(store, "assignment", seats)
        owners = [{"number": f"C{n}", "owner": SELLERS[n % 3], "signed": "2025-12-01"} for n in range(1, CONTRACTS + 1)]
        load(store, "contract", owners)
        quotas = [
            {
                "metric": "receipts-gross",
                "person": name,
                "month": f"2026-{month:02}",
                "amount": "2000",
                "currency": "CNY",
            }
            for name in SELLERS
            for month in range(1, 13)
        ]
        load(store, "target", quotas)
        days = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 7, 13, 19, 25)]
        load(store, "fx-rate", [{"base": "USD", "quote": "CNY", "date": day, "rate": "7"} for day in days])
        open_month(context, context.parse_period("2026-01"), None)
        yield Year(context, random)
