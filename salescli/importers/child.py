"""Read a workbook in a process of its own: run by `workbook.read_in_child`, never imported for its names.

The reader library allocates what a damaged or hostile file asks for and may abort the whole process. Where no
pre-scan can prove a file harmless (.xls, .xlsb, .ods) it is this process that dies, and its parent says so.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

MEMORY = 3 << 30


def main() -> None:
    """Read the path given as the first argument and write the sheets, pickled, to stdout."""
    _limit_memory()
    from salescli.importers.workbook import read_sheets

    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    sheets = read_sheets(Path(sys.argv[1]).read_bytes(), wanted)
    sys.stdout.buffer.write(pickle.dumps(sheets, protocol=5))


def _limit_memory() -> None:
    """Keep a bomb from taking the machine down; Windows has no such limit to set."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


if __name__ == "__main__":
    main()
