"""The outermost ring: whatever happens in a command becomes words and an exit code, never a traceback.

0 done · 1 problems or refused · 2 usage · 3 a decision is needed · 4 an alert · 70 a bug · 130 interrupted. Errors
are told apart by what they are, without importing the packages they come from: nothing here may make a start slower.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

BUG = 70
INTERRUPTED = 130

_BUG_EN = (
    "internal error: {what} (salescli {salescli}, Python {python}). Please report it with the command you typed; "
    "SALESCLI_DEBUG=1 shows the traceback"
)
_BUG_ZH = (
    "内部错误:{what} (salescli {salescli}, Python {python})。请附上所输入的命令报告此问题;SALESCLI_DEBUG=1 显示调用栈"
)


def run_guarded(action: Callable[[], int]) -> int:
    """Run and return the exit code; says what went wrong on stderr."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except Exception as error:  # the boundary: everything becomes an exit code
        try:
            return _report(error)
        except BrokenPipeError:
            return 0
        except KeyboardInterrupt:
            return _interrupted()
        except Exception as second:
            return _bug(second)


def _report(error: Exception) -> int:
    """Say what stopped the work."""
    from salescli.cli.emit import emit_problems, outcome
    from salescli.cli.failure import explain_failure
    from salescli.errors import SalesCliError

    if type(error).__name__ == "Exit" and hasattr(error, "exit_code"):
        return max(int(error.exit_code), outcome())
    if type(error).__name__ == "Abort":
        return _interrupted()
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO):
        _silence_stdout()
    known = error if isinstance(error, SalesCliError) else explain_failure(error)
    if known is None:
        return _bug(error)
    emit_problems(known.problems)
    _trace(error)
    return known.exit_code


def _bug(error: BaseException) -> int:
    """Say in one line that salescli is at fault, and how to report it."""
    from salescli import __version__
    from salescli.cli.session import session

    what = "out of memory" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}".replace("\n", " ")
    version = ".".join(str(part) for part in sys.version_info[:3])
    try:
        zh = session().language == "zh"
    except Exception:
        zh = False
    line = _BUG_ZH if zh else _BUG_EN
    sys.stderr.write(line.format(what=what, salescli=__version__, python=version) + "\n")
    _trace(error)
    return BUG


def _trace(error: BaseException) -> None:
    from salescli.cli.session import session

    if session().debug or os.environ.get("SALESCLI_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exception(error)


def _interrupted() -> int:
    from salescli.cli.session import session

    zh = session().language == "zh"
    sys.stderr.write(
        "\n已中断:未完成的写入已全部撤回\n" if zh else "\ninterrupted: whatever was not finished is rolled back\n"
    )
    return INTERRUPTED


def _silence_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush has nothing to complain about."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a captured stream has no descriptor
        pass
