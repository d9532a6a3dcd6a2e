"""Write the reference: `docs/reference/` follows from the program and is never edited by hand.

    python tools/docs.py            write what differs
    python tools/docs.py --check    write nothing; name what differs and exit 1

The same program gives the same bytes; a file that is right already is not touched. A new page is a module in
`tools/reference/` with `build_pages() -> {path below docs/reference: text}`, and one line in `PAGES`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
REFERENCE = ROOT / "docs" / "reference"

PAGES: tuple[str, ...] = (
    "tools.reference.commands",
    "tools.reference.records",
    "tools.reference.metrics",
    "tools.reference.schemas",
    "tools.reference.errors",
)


def build_reference() -> dict[str, str]:
    """Return every file of the reference: its path below `docs/reference`, and its text."""
    pages: dict[str, str] = {}
    for module in PAGES:
        pages |= import_module(module).build_pages()
    return pages


def compare_reference(pages: Mapping[str, str], folder: Path) -> tuple[list[str], list[str]]:
    """Return the files that are missing or differ, and those that the reference no longer has."""
    have = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    differing = [name for name, text in pages.items() if name not in have or have[name].read_bytes() != text.encode()]
    return sorted(differing), sorted(set(have) - set(pages))


def write_reference(pages: Mapping[str, str], folder: Path) -> tuple[list[str], list[str]]:
    """Write the files that differ and remove those that are no longer made; return their names."""
    differing, gone = compare_reference(pages, folder)
    for name in differing:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pages[name].encode())
    for name in gone:
        (folder / name).unlink()
    return differing, gone


def main(arguments: list[str] | None = None) -> int:
    """Write or check the reference; exit 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description="Write the generated reference of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    asked = parser.parse_args(arguments)
    differing, gone = (compare_reference if asked.check else write_reference)(build_reference(), REFERENCE)
    verbs = ("differs", "is no longer made") if asked.check else ("written", "removed")
    for names, verb in zip((differing, gone), verbs, strict=True):
        for name in names:
            print(f"docs/reference/{name}: {verb}")
    if asked.check and (differing or gone):
        print("run `make docs`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
