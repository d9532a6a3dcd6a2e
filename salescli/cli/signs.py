"""Let every stream print everything: what its encoding lacks appears in a plainer form, never as an error.

Reports are rendered for their stream; this catches the rest, such as help, problems and names of files.
"""

from __future__ import annotations

from typing import TextIO

_HANDLER = "salescli-plain-signs"


def make_safe(*streams: TextIO) -> None:
    """Give streams an answer to what they cannot encode; UTF-8 lacks nothing but lone surrogates."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # a captured stream
            continue
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
        if encoding == "utf8":
            reconfigure(errors="backslashreplace")
        else:
            import codecs

            codecs.register_error(_HANDLER, _replace)
            reconfigure(errors=_HANDLER)


def plain(text: str) -> str:
    """Return the text in ASCII: signs in their plain form, full-width letters and marks in half width, the rest `?`.

    >>> plain("应计 ≥ 3 — ok!")
    '?? >= 3 - ok!'
    """
    from salescli.render.signs import FORMS

    return "".join(char if char.isascii() else FORMS.get(char) or _half_width(char) for char in text)


def _half_width(char: str) -> str:
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end
