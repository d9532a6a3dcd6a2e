"""For which months payments are recorded."""

from __future__ import annotations

from salescli.store.connection import Store
from salescli.store.state import condition


def fetch_paid_months(store: Store) -> list[str]:
    """Return the months for which somebody's payment is recorded, in order."""
    rows = store.db.execute(f'SELECT DISTINCT period FROM "payment_made" WHERE {condition(store.known)} ORDER BY 1')
    return [period for (period,) in rows]
