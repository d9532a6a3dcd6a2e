"""What was really paid: records of each person and month, beside what closed runs made payable.

A month is paid where it is closed and a payment of it is recorded. Payable and paid are two ledgers: a difference is
listed for as long as it stands, and moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.money import CONTEXT, from_e4, total
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.services.commission.places import Places
from salescli.services.commission.stored import StoredPayee, load_payees
from salescli.services.context import Context
from salescli.store.payments import fetch_paid_months, fetch_payment_rows
from salescli.store.runs import Run

Payee = tuple[int, str]
"""A person's record, and the currency."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What one person was paid for a month, and where that was read."""

    person: int
    currency: str
    amount: Decimal
    batch: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class PaidBeside:
    """One person's payable of a month beside what was paid; None: not on that side at all."""

    person: int
    currency: str
    payable: Decimal | None
    paid: Decimal | None
    source: str = ""

    @property
    def difference(self) -> Decimal:
        """What was paid above (+) or below (−) payable."""
        return CONTEXT.subtract(self.paid or Decimal(0), self.payable or Decimal(0))


def fetch_payments(context: Context, period: str) -> dict[Payee, Payment]:
    """Return the payments recorded for a month."""
    places = Places(context)
    return {
        (one.person, one.currency): Payment(
            one.person, one.currency, from_e4(one.amount_e4), one.batch, places.place(one.source, one.row, one.edited)
        )
        for one in fetch_payment_rows(context.store, period)
    }


def state_of_run(context: Context, run: Run) -> str:
    """Return `draft`, `closed` or `paid`."""
    return "paid" if run.state == "closed" and run.period in fetch_paid_months(context.store) else run.state


def sum_payable(payees: Iterable[StoredPayee]) -> dict[Payee, Decimal]:
    """Return what a run pays each person in each currency, all plans together."""
    found: dict[Payee, list[Decimal]] = {}
    for one in payees:
        found.setdefault((one.entity, one.result.currency), []).append(one.result.payable)
    return {payee: total(amounts) for payee, amounts in found.items()}


def beside(payable: Mapping[Payee, Decimal], payments: Mapping[Payee, Payment]) -> list[PaidBeside]:
    """Set payments beside what was payable; who has nothing on either side is left out."""
    found = []
    for person, currency in sorted({*payable, *payments}):
        due, made = payable.get((person, currency)), payments.get((person, currency))
        if due or made is not None:
            paid = None if made is None else made.amount
            found.append(PaidBeside(person, currency, due, paid, "" if made is None else made.source))
    return found


def paid_beside(context: Context, run: Run) -> list[PaidBeside]:
    """Return everybody's payment of a closed run's month beside payable; nothing where no payment is recorded."""
    payments = fetch_payments(context, run.period)
    return beside(sum_payable(load_payees(context, run)), payments) if payments else []


def with_paid(context: Context, run: Run, people: Iterable[int], report: Report) -> Report:
    """Return a statement with what was paid of payable at its foot, where its month is paid."""
    wanted = set(people)
    words = []
    for one in paid_beside(context, run):
        if one.person in wanted:
            due, tail = f"{one.payable or Decimal(0):,}", f"{one.difference:+,}"
            if one.paid is None:
                words.append(Title(f"应发 {due},实发表中没有本人", f"payable {due}, not on the pay sheet"))
                continue
            said = Title(f"实发 {one.paid:,} / 应发 {due}", f"paid {one.paid:,} of payable {due}")
            apart = Title(f",差异 {tail}({one.source})", f", difference {tail} ({one.source})")
            words.append(Title(said.zh + apart.zh, said.en + apart.en) if one.difference else said)
    return replace(report, footer=(*report.footer, *words)) if words else report
