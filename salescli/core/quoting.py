"""Text in CSV files that a spreadsheet program would run as a formula: the mark that stops it, and its removal.

Written with a leading `'` by the CSV format, taken off again by the importer; both use this one rule, so that what
is exported comes back unchanged. And texts as words of a command that is shown to be typed.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]\s?[¥$€£]?\s?(\d[\d,]*)?\.?\d+\s?%?")
_PHONE = re.compile(r"\+\d[\d ()-]{4,}")


def _is_risky(text: str) -> bool:
    bare = text.lstrip("'")
    if bare[:1] in ("=", "@", "\t", "\r"):
        return True
    return bare[:1] in ("+", "-") and not (_NUMBER.fullmatch(bare) or _PHONE.fullmatch(bare))


def quote_formula(text: str) -> str:
    """Put `'` before a text that begins like a formula; numbers and phone numbers stay as they are.

    >>> quote_formula("=1+1"), quote_formula("+86 138 0013 8000"), quote_formula("-12.5"), quote_formula("-x")
    ("'=1+1", '+86 138 0013 8000', '-12.5', "'-x")
    """
    return "'" + text if _is_risky(text) else text


def unquote_formula(text: str) -> str:
    """Take off the `'` that `quote_formula` put there; any other `'` stays.

    >>> unquote_formula("'=1+1"), unquote_formula("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if text.startswith("'") and _is_risky(text) else text


def shell_word(text: str) -> str:
    """Write a text as one word of a command line; a shell needs no quotes around Chinese.

    >>> shell_word("product:GTXPro=GTX Pro"), shell_word("王芳")
    ("'product:GTXPro=GTX Pro'", '王芳')
    """
    if re.fullmatch(r"[\w.@%+=:,/-]+", text):
        return text
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if not re.search(r'[\\"$`!]', text) else "'" + text.replace("'", "'\"'\"'") + "'"
