"""Signs and their ASCII forms, for consoles that cannot draw them, and text made safe to print.

Only signs have a form here; Chinese text stays Chinese whatever the console.
"""

from __future__ import annotations

FORMS = {
    "✓": "yes", "✗": "no", "▲": "^", "▼": "v", "…": "...", "—": "-", "–": "-", "─": "-", "·": "-", "−": "-",
    "×": "x", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "Σ": "sum", "█": "#",
    "░": "-", "▁": "_", "▂": "_", "▃": ".", "▄": "-", "▅": "-", "▆": "=", "▇": "#", "“": '"', "”": '"',
    "‘": "'", "’": "'", "\u00a0": " ",
}  # fmt: skip
_TO_ASCII = str.maketrans(FORMS)
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029}
_HARMFUL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_HARMFUL |= {code: f"\\u{code:04x}" for code in _BIDI}
_HARMFUL |= {ord(space): " " for space in "\t\n\r\v\f"}


def to_ascii_signs(text: str) -> str:
    """Replace signs by their ASCII forms.

    >>> to_ascii_signs("门槛 ≥ 70 % ✓")
    '门槛 >= 70 % yes'
    """
    return text if text.isascii() else text.translate(_TO_ASCII)


def can_show_signs(encoding: str | None) -> bool:
    """Say whether a console of this encoding can print every sign; if not, render with `ascii=True`."""
    try:
        "".join(FORMS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def one_line(text: str) -> str:
    """Return a text that stays on its line: breaks become spaces, control characters are shown escaped.

    A cell of a spreadsheet must not be able to steer the terminal.

    >>> one_line("a\\tb\\x1b[31m")
    'a b\\\\x1b[31m'
    """
    return text if text.isprintable() else text.translate(_HARMFUL)
