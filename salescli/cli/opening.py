"""Open the workspace of the running command, with the day and the state of knowledge that its options ask for."""

from __future__ import annotations

from contextlib import AbstractContextManager

from salescli.cli.session import session, today, workspace
from salescli.services.context import Context, open_context


def opened(*, readonly: bool = False, at_known: bool = True, create: bool = False) -> AbstractContextManager[Context]:
    """Open the store for one command; what writes does so upon all that is known, whatever `--known` says."""
    here = workspace()
    asked = session()
    return open_context(
        here,
        today=today(),
        on=asked.on,
        known=asked.known if at_known else None,
        language=session().language,
        readonly=readonly,
        create=create,
    )
