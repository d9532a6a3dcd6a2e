"""The sheet of a template that explains its columns: what each holds, what may be chosen, an example, other headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.title import Language, Title

NOTES_SHEETS = ("说明", "Notes")
_KINDS = {
    "text": Title("文字", "text"), "id": Title("编号(文本)", "number, as text"),
    "reference": Title("编号或名称", "number or name"),
    "money": Title("金额", "amount"), "quantity": Title("数量", "quantity"), "whole": Title("整数", "whole number"),
    "rate": Title("百分比,如 6%", "percentage, as 6%"), "share": Title("百分比,如 50%", "percentage, as 50%"),
    "decimal": Title("数字", "number"), "date": Title("日期,如 2026-03-31", "date, as 2026-03-31"),
    "moment": Title("日期时间", "date and time"), "month": Title("月份,如 2026-03", "month, as 2026-03"),
    "period": Title("月、季或年,如 2026-Q1", "month, quarter or year, as 2026-Q1"),
    "flag": Title("是 / 否", "yes / no"), "enum": Title("可选值", "one of a list"), "any": Title("任意", "any"),
}  # fmt: skip
# Examples by kind; what they are examples of is said beside them, and none of them stands where rows are read.
_EXAMPLES = {
    "id": Title("A-0012", "A-0012"), "money": Title("120000.00", "120000.00"), "quantity": Title("3", "3"),
    "whole": Title("5", "5"), "rate": Title("6%", "6%"), "share": Title("50%", "50%"), "decimal": Title("4.5", "4.5"),
    "date": Title("2026-03-31", "2026-03-31"), "moment": Title("2026-03-31 14:30", "2026-03-31 14:30"),
    "month": Title("2026-03", "2026-03"), "period": Title("2026-Q1", "2026-Q1"), "flag": Title("是", "yes"),
}  # fmt: skip
_TEXTS = {
    "name": Title("上海港通物流", "Harbour Logistics"), "company": Title("上海港通物流", "Harbour Logistics"),
    "currency": Title("CNY", "USD"), "region": Title("华东", "East"), "city": Title("上海", "Leeds"),
    "source": Title("展会", "Trade show"), "channel": Title("直销", "Direct"), "industry": Title("物流", "Logistics"),
    "subject": Title("方案讲解", "Walk through the proposal"), "role": Title("采购经理", "Buyer"),
    "next_step": Title("周五前发送报价", "send the quote by Friday"),
    "payer": Title("上海港通物流", "Harbour Logistics"),
    "email": Title("li@example.com", "li@example.com"), "phone": Title("021-55550100", "020 5555 0100"),
    "mobile": Title("13800000000", "07700 900123"), "note": Title("", ""),
}  # fmt: skip
_HEADINGS = (
    Title("列", "Column"),
    Title("必填", "Required"),
    Title("填写", "Holds"),
    Title("可选值", "Choices"),
    Title("示例(不会导入)", "Example (not imported)"),
    Title("也认这些表头", "Also known as"),
    Title("说明", "Note"),
)
_WIDTHS = (20, 8, 30, 30, 24, 60, 50)


def kind_words(each: Field, language: Language) -> str:
    """Return what a column holds."""
    return _KINDS[each.kind.name].text(language)


def choices_of(each: Field, language: Language) -> list[str]:
    """What may be written, in the language asked: the Chinese word where there is one."""
    if each.kind is kinds.FLAG:
        return ["是", "否"] if language == "zh" else ["yes", "no"]
    words = []
    for key, names in each.choices.items():
        chinese = next((name for name in names if not name.isascii()), key)
        words.append(chinese if language == "zh" else key)
    return words


def example_of(each: Field, language: Language, name: str = "") -> str:
    """Return what a cell of a column looks like; `name` is one that the store knows."""
    if name:
        return name
    if words := choices_of(each, language):
        return words[0]
    found = _TEXTS.get(each.name) or _EXAMPLES.get(each.kind.name)
    return found.text(language) if found else ""


def explain(
    page: Any,
    fields: Sequence[Field],
    language: Language,
    record_type: RecordType,
    references: Mapping[str, Title],
    examples: Mapping[str, str],
) -> None:
    """Fill the sheet of explanations: one row per column of the template."""
    from openpyxl.styles import Alignment, Font

    page.append([_introduction(record_type, language)])
    page.append([heading.text(language) for heading in _HEADINGS])
    for cell in page[2]:
        cell.font = Font(bold=True)
    for each in fields:
        holds = kind_words(each, language)
        if each.ref in references:
            holds = f"{references[each.ref].text(language)}: {holds}"
        must = each.required and each.default is None
        more = Title(",也可写其他", ", or any other word").text(language) if each.is_open else ""
        page.append(
            [
                each.title.text(language),
                Title("是", "yes").text(language) if must else "",
                holds,
                " / ".join(choices_of(each, language)) + more,
                example_of(each, language, examples.get(each.name, "")),
                ", ".join(each.aliases[:8]),
                each.note.text(language),
            ]
        )
    for letters, wide in zip("ABCDEFG", _WIDTHS, strict=True):
        page.column_dimensions[letters].width = wide
        for cell in page[letters]:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=letters in "DFG", vertical="top")


def _introduction(record_type: RecordType, language: Language) -> str:
    key = ", ".join(record_type[name].title.text(language) for name in record_type.key)
    name = record_type.titles.text(language)
    if language == "zh":
        return f"{name}:每行一条记录;以 {key} 识别同一条记录。第一张表的表头请勿改动;不用的列可以删除。"
    return (
        f"{name}: one record per row, told apart by {key}. Keep the headers of the first sheet; unused columns may go."
    )
