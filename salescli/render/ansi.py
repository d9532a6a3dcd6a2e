"""Colour on a terminal: four plain ANSI styles, used only when asked for."""

from __future__ import annotations

from typing import Literal

Style = Literal["", "bold", "dim", "red", "yellow", "cyan"]

_CODES: dict[str, str] = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36"}


def paint(text: str, style: Style, colour: bool) -> str:
    """Return the text in a style; unchanged without colour, style or text."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour and style and text.strip() else text


def unpainted(text: str) -> str:
    """Return the text without the styles that `paint` gave it."""
    for code in (*_CODES.values(), "0"):
        text = text.replace(f"\x1b[{code}m", "")
    return text
