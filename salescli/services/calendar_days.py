"""Days that the calendar's records say are worked or not; the others are worked from Monday to Friday."""

from __future__ import annotations

from datetime import date

from salescli.services.context import Context
from salescli.store.state import fetch_images


def fetch_working(context: Context) -> dict[date, bool]:
    """Return the days that the calendar's records say are worked or not."""
    images = fetch_images(context.store, context.store.registry["calendar-day"]).values()
    return {date.fromisoformat(image["date"]): bool(image["working"]) for image in images}
