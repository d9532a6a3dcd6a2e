"""Markdown that looks the same wherever it is shown: tables, code, texts that may hold signs of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `make docs`; changes made here are lost. -->"


def page(title: str, *blocks: str) -> str:
    """Join the blocks of a page below its title."""
    return "\n\n".join([NOTICE, f"# {title}", *(block.strip("\n") for block in blocks if block)]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or "" where there are no rows."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(header), _row(["---"] * len(header)), *lines]) if lines else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def code(text: str) -> str:
    """Return a text as code within a line."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def link(name: str, heading: str = "") -> str:
    """Return a link to a heading of the same page; its anchor keeps letters, digits, `-` and `_`."""
    kept = (sign for sign in (heading or name).lower().replace(" ", "-") if sign.isalnum() or sign in "-_")
    return f"[`{name}`](#{''.join(kept)})"


def codes(texts: Iterable[str]) -> str:
    """Return several texts as code within a line."""
    return ", ".join(code(text) for text in texts)


def block(text: str, language: str = "") -> str:
    """Return lines as they are; never a `console` block, which would be run as a test."""
    return f"```{language}\n{text.rstrip()}\n```"


def plain(text: str) -> str:
    """Return a text in which nothing is taken for HTML or emphasis; what stands in backticks stays."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _escaped(text)
    return "`".join(part if index % 2 else _escaped(part) for index, part in enumerate(parts))


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[")
