"""The text of cells as a sheet's XML holds it. Text stays text, whatever it begins with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

LONGEST_TEXT = 32_767  # Excel's limit, in UTF-16 units
RISKY = ("=", "+", "-", "@")
_DAY_ZERO = date(1899, 12, 30).toordinal()


def is_too_long(text: str) -> bool:
    """Say whether a text is cut in a cell."""
    return len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TEXT


def text_xml(text: str, style: int) -> str:
    """Return what follows a cell's address, for a text: never a formula, never a sign that XML cannot hold."""
    if not text.isprintable():
        text = "".join(character if _fits(character) else ascii(character)[1:-1] for character in text)
    if is_too_long(text):
        cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)]
        text = cut.decode("utf-16-le", errors="ignore") + "…"
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keep = "" if text == text.strip() and "\n" not in text else ' xml:space="preserve"'
    return f' s="{style}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def value_xml(value: str | int | Decimal | float | bool | date | datetime | None, style: int) -> str:
    """Return what follows a cell's address, for any value."""
    if isinstance(value, str):
        return text_xml(value, style)
    if value is None:
        return f' s="{style}"/>'
    if isinstance(value, bool):
        return f' s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f' s="{style}"><v>{serial(value)}</v></c>'
    return f' s="{style}"><v>{value:f}</v></c>' if isinstance(value, Decimal) else f' s="{style}"><v>{value}</v></c>'


def formula_xml(formula: str, value: object, style: int) -> str:
    """Return what follows a cell's address, for a formula of ours with the number that it comes to."""
    written = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    known = f"<v>{value:f}</v>" if isinstance(value, Decimal) else f"<v>{value}</v>" if isinstance(value, int) else ""
    return f' s="{style}"><f>{written}</f>{known}</c>'


def serial(day: date | datetime) -> str:
    """Return a date or a moment as Excel counts it: days since 1899-12-30."""
    days = day.toordinal() - _DAY_ZERO
    if not isinstance(day, datetime):
        return str(days)
    return repr(days + (day.hour * 3600 + day.minute * 60 + day.second) / 86400)


def _fits(character: str) -> bool:
    """Say whether XML can hold a character: no controls, no lone surrogates, no non-characters."""
    return (
        " " <= character < "\ud800" or "\ue000" <= character < "\ufffe" or character in "\t\n" or character > "\uffff"
    )
