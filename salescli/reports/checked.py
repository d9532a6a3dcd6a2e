"""The report of `check`: each policy file and how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.table import Column, Report, Table
from salescli.core.title import Language, Title

Row = tuple[str, str, int, int]


def build_checked(rows: Sequence[Row], titles: dict[str, Title], language: Language) -> Report:
    """Build the list of checked files: (file, kind, errors, warnings)."""
    columns = (
        Column("file", Title("文件", "File"), "id"),
        Column("kind", Title("类别", "Kind"), "id"),
        Column("state", Title("结果", "State"), "id"),
    )
    shown = tuple(
        (file, titles[kind].text(language) if kind in titles else "—", _state(errors, warnings, language))
        for file, kind, errors, warnings in rows
    )
    count = len(rows)
    wrong = sum(1 for _, _, errors, _ in rows if errors)
    if wrong:
        title = Title(
            f"检查了 {count} 个文件,{wrong} 个有错误", f"{_counted(count, 'file')} checked, {wrong} with errors"
        )
    else:
        title = Title(f"检查了 {count} 个文件,没有错误", f"{_counted(count, 'file')} checked, no errors")
    return Report("check", title, (Table("files", columns, shown),))


def _state(errors: int, warnings: int, language: Language) -> str:
    if language == "zh":
        return "、".join([f"{errors} 个错误"] * bool(errors) + [f"{warnings} 个警告"] * bool(warnings)) or "✓"
    said = [_counted(errors, "error"), _counted(warnings, "warning")]
    return ", ".join(text for text in said if text) or "✓"


def _counted(count: int, noun: str) -> str:
    return "" if not count else f"{count} {noun}" if count == 1 else f"{count} {noun}s"
