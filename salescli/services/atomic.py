"""Write a whole file or nothing: a reader, a cron job or a crash never meets half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from salescli.errors import Refused, problem


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; its folder is made if need be.

    Raises:
        Refused: the place cannot be written (`cannot-write`); what stood there is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise Refused(problem("cannot-write", path=str(path), reason=error.strerror or str(error))) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise Refused(problem("cannot-write", path=str(path), reason=error.strerror or str(error))) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
