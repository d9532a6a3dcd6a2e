"""The entry point: `salescli …` and `python -m salescli …`."""

from __future__ import annotations

import gc
import sys

# A command lives for a second and makes few cycles: looking for some after every 700 objects costs a tenth of it.
OBJECTS_BETWEEN_COLLECTIONS = 200_000


def main() -> int:
    """Run the command line of this process and return its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from salescli.cli.root import main as run

    try:
        return run(sys.argv[1:])
    finally:
        gc.freeze()  # what is left dies with the process, and is not looked through for cycles before


if __name__ == "__main__":
    sys.exit(main())
