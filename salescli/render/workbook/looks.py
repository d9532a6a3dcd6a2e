"""The looks of cells: each distinct one becomes a style of the workbook once, and a number from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from salescli.core.title import Language

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

Role = Literal["body", "total", "heading", "title", "subtitle", "section", "note", "link", "good", "bad"]
FONTS: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}  # other systems take their own for it
INK, GREY, ACCENT = "1F2937", "6B7280", "1F4E79"
HEAD_FILL, RULE_LIGHT, RULE_DARK = "E8EEF4", "E3E8EE", "808080"
GOOD_INK, GOOD_FILL, BAD_INK, BAD_FILL = "1E6B34", "E3F3E6", "A61B1B", "FBE6E4"
OPEN_FILL = "FFF7D6"  # to be filled in


class Look(NamedTuple):
    """Everything that tells one cell's looks from another's."""

    number_format: str = "General"
    is_right: bool = False
    indent: int = 0
    wrap: bool = False
    is_quoted: bool = False
    role: Role = "body"


class Styles:
    """Gives each look its number in one workbook; `ruled` is how a page looks: a thin line below each row."""

    def __init__(self, worksheet: Worksheet, language: Language = "en", ruled: bool = False) -> None:
        self._worksheet, self._font, self._ruled = worksheet, FONTS[language], ruled
        self._numbers: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        """Return the number under which the workbook keeps a look."""
        found = self._numbers.get(look)
        if found is None:
            from openpyxl.cell import Cell as SheetCell

            cell = SheetCell(self._worksheet, 1, 1)  # never put into the sheet: it only carries the looks
            _dress(cell, look, self._font, self._ruled)
            found = self._numbers[look] = int(cell.style_id)
        return found


def _dress(cell: SheetCell, look: Look, font: str, ruled: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    if look.number_format != "General":
        signed = ruled and look.number_format.startswith(("#,##0", "0.", "0%"))
        cell.number_format = f"{look.number_format};[Red]-{look.number_format}" if signed else look.number_format
    cell.font = Font(name=font, **{"size": 11, **_FONTS.get(look.role, {})})
    if look.role == "heading":
        cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
        cell.border = Border(bottom=Side(style="thin", color=RULE_DARK))
    elif look.role == "total":
        cell.border = Border(top=Side(style="thin", color=RULE_DARK))
    elif ruled and look.role in ("body", "link", "good", "bad"):
        cell.border = Border(bottom=Side(style="thin", color=RULE_LIGHT))
    is_day = ruled and look.number_format.startswith("yyyy")  # else it would touch a text behind it
    sideways = "right" if look.is_right else "left" if look.indent or is_day or look.role == "heading" else None
    upright = "top" if look.wrap and not ruled else "center" if ruled or look.role == "heading" else None
    wraps = look.wrap or (ruled and look.role == "heading")
    if sideways or upright or wraps:
        cell.alignment = Alignment(sideways, upright, indent=look.indent, wrap_text=wraps or None)
    if look.is_quoted:
        cell.quotePrefix = True  # so that it stays text when someone edits the cell


_FONTS: dict[Role, dict[str, Any]] = {
    "title": {"bold": True, "size": 16, "color": ACCENT},
    "subtitle": {"size": 10, "color": GREY},
    "section": {"bold": True, "size": 12, "color": ACCENT},
    "note": {"size": 10, "color": INK},
    "link": {"color": "0563C1", "underline": "single"},
    "heading": {"bold": True},
    "total": {"bold": True},
    "good": {"color": GOOD_INK},
    "bad": {"color": BAD_INK},
}
