"""The looks of cells: each distinct one becomes a style of the workbook once, and a number from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

Role = Literal["body", "total", "heading", "title", "subtitle", "section", "note", "link"]
INK, GREY, ACCENT = "1F2937", "6B7280", "1F4E79"
HEAD_FILL, RULE_LIGHT, RULE_DARK = "E8EEF4", "E3E8EE", "808080"
GOOD_INK, GOOD_FILL, BAD_INK, BAD_FILL = "1E6B34", "E3F3E6", "A61B1B", "FBE6E4"


class Look(NamedTuple):
    """Everything that tells one cell's looks from another's."""

    number_format: str = "General"
    is_right: bool = False
    indent: int = 0
    wrap: bool = False
    is_quoted: bool = False
    role: Role = "body"


class Styles:
    """Gives each look its number in one workbook; `ruled` draws a thin line below each row."""

    def __init__(self, worksheet: Worksheet, ruled: bool = False) -> None:
        self._worksheet, self._ruled = worksheet, ruled
        self._numbers: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        """Return the number under which the workbook keeps a look."""
        found = self._numbers.get(look)
        if found is None:
            from openpyxl.cell import Cell as SheetCell

            cell = SheetCell(self._worksheet, 1, 1)  # never put into the sheet: it only carries the looks
            _dress(cell, look, self._ruled)
            found = self._numbers[look] = int(cell.style_id)
        return found


def _dress(cell: SheetCell, look: Look, ruled: bool) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    if look.number_format != "General":
        cell.number_format = look.number_format
    cell.font = _font(look.role)
    if look.role == "heading":
        cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
        cell.border = Border(bottom=Side(style="thin", color=RULE_DARK))
    elif look.role == "total":
        cell.border = Border(top=Side(style="thin", color=RULE_DARK))
    elif ruled and look.role in ("body", "link"):
        cell.border = Border(bottom=Side(style="hair", color=RULE_DARK))
    sideways = "right" if look.is_right else "left" if look.indent or look.role == "heading" else None
    upright = "center" if look.role in ("heading", "title", "subtitle", "section") else "top" if look.wrap else None
    if look.role == "heading" and ruled:
        cell.alignment = Alignment(sideways, "center", wrap_text=True)
    elif sideways or upright or look.wrap:
        cell.alignment = Alignment(sideways, upright, indent=look.indent, wrap_text=look.wrap or None)
    if look.is_quoted:
        cell.quotePrefix = True  # so that it stays text when someone edits the cell


def _font(role: Role):  # type: ignore[no-untyped-def]
    from openpyxl.styles import Font

    match role:
        case "title":
            return Font(bold=True, size=16, color=ACCENT)
        case "subtitle":
            return Font(size=10, color=GREY)
        case "section":
            return Font(bold=True, size=12, color=ACCENT)
        case "note":
            return Font(size=10, color=INK)
        case "link":
            return Font(color="0563C1", underline="single")
        case "heading" | "total":
            return Font(bold=True)
        case _:
            return Font()
