"""The entry point: `salescli …` and `python -m salescli …`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    from salescli.cli.root import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
