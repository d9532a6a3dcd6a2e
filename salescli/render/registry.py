"""Every output format, by name. A new format is one module in `formats/` and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import Protocol

    from salescli.core.table import Report
    from salescli.render.options import RenderOptions

    class Renderer(Protocol):
        """What the module of a format offers."""

        def render_report(self, report: Report, options: RenderOptions) -> str | bytes:
            """Return the whole output: text that ends with a newline, or the bytes of a file."""


class Format(NamedTuple):
    """One format: its module, the file suffixes that choose it, and whether it gives bytes."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    is_binary: bool = False

    def load(self) -> Renderer:
        """Import the module of this format, and nothing of the others."""
        return cast("Renderer", import_module(self.module))


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("text", "salescli.render.formats.text", (".txt",)),
        Format("plain", "salescli.render.formats.plain", (".tsv",)),
        Format("csv", "salescli.render.formats.csv", (".csv",)),
        Format("json", "salescli.render.formats.json", (".json",)),
        Format("markdown", "salescli.render.formats.markdown", (".md", ".markdown")),
        Format("html", "salescli.render.formats.html", (".html", ".htm")),
        Format("xlsx", "salescli.render.formats.xlsx", (".xlsx",), is_binary=True),
    )
}


def format_for(path_suffix: str) -> Format | None:
    """Return the format that a file suffix (`.xlsx`) or a file name (`out/a.xlsx`) chooses, or None.

    >>> format_for("out/March.XLSX").name
    'xlsx'
    """
    suffix = "." + path_suffix.lower().rpartition(".")[2]
    return next((entry for entry in FORMATS.values() if suffix in entry.suffixes), None)
