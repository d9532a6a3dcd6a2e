"""Reports as text or bytes: one function, and one module per format behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.render.options import RenderOptions
from salescli.render.registry import FORMATS
from salescli.render.wording import worded

if TYPE_CHECKING:
    from salescli.core.table import Report

__all__ = ["FORMATS", "RenderOptions", "render"]


def render(report: Report, format_name: str, options: RenderOptions) -> str | bytes:
    """Return a report in one format: text for most, bytes where `FORMATS[format_name].is_binary`.

    Raises:
        KeyError: no such format.
    """
    output = FORMATS[format_name].load().render_report(worded(report, options.language), options)
    return _encodable(output) if isinstance(output, str) else output


def _encodable(text: str) -> str:
    """A file name may carry bytes that are no text (lone surrogates); shown escaped, never an error on writing."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="backslashreplace").decode()
    return text
