"""`status`: the morning screen."""

from __future__ import annotations

from salescli.cli.emit import emit
from salescli.cli.opening import opened


def status() -> None:
    from salescli.services.status.screen import show_status

    with opened() as ctx:
        emit(show_status(ctx))
