"""For which months payments are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salescli.store.connection import Store
from salescli.store.givers import fetch_given
from salescli.store.state import condition


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment as it is stored: to whom, in ten-thousandths, and where it was read."""

    person: int
    currency: str
    amount_e4: int
    batch: int
    source: int | None
    row: int | None
    edited: int | None = None  # the batch that set the amount by hand


def fetch_payment_rows(store: Store, period: str) -> Iterator[PaymentRow]:
    """Yield the payments of a month, by person and currency."""
    rows = store.db.execute(
        f"""SELECT id, person_id, currency, amount_e4, since_batch FROM "payment_made"
            WHERE period = ? AND person_id IS NOT NULL AND {condition(store.known)}
            ORDER BY person_id, currency""",
        (period,),
    ).fetchall()
    given = fetch_given(store, store.registry["payment-made"], [entity for entity, *_ in rows], "amount")
    for entity, person, currency, amount, batch in rows:
        one = given[entity]
        yield PaymentRow(person, currency, amount, batch, one.source, one.row, one.edited)


def fetch_paid_months(store: Store) -> list[str]:
    """Return the months for which somebody's payment is recorded, in order."""
    rows = store.db.execute(f'SELECT DISTINCT period FROM "payment_made" WHERE {condition(store.known)} ORDER BY 1')
    return [period for (period,) in rows]
